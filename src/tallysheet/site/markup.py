"""HTML from values: whatever is not markup made here is escaped, and no address gets in but through `links`."""

from functools import lru_cache
from html import escape

from tallysheet.reader.inert import inert

VOID = frozenset({"meta", "link", "input", "br", "col", "img"})
ADDRESSES = frozenset({"href", "src"})


class Html(str):
    """Markup that was made here: the one kind of text that is not escaped again."""

    __slots__ = ()


class Link(str):
    """An address that `tallysheet.site.links` made."""

    __slots__ = ()


Content = str | int | None
"""What stands inside an element: markup as it is, any other text escaped, nothing for None."""


def text(value: Content) -> Html:
    """Return a value as HTML: its markup is inert, and so is what would hide or reorder what stands around it."""
    if isinstance(value, Html):
        return value
    return Html("") if value is None else escaped(str(value))


@lru_cache(maxsize=4096)
def escaped(value: str) -> Html:
    """Return text with nothing in it that a browser takes for markup; most of it comes again and again."""
    return Html(escape(inert(value, None)))


def joined(*content: Content, by: str = "") -> Html:
    """Return contents one after the other, with `by` between them."""
    return Html(text(by).join([text(one) for one in content]))


def tag(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """Return an element. A final `_` is dropped from an attribute's name, others become `-`; True has no value.

    Raises TypeError for an address that is no Link.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        named = key.rstrip("_").replace("_", "-")
        if named in ADDRESSES and not isinstance(value, Link):
            raise TypeError(f"{named} takes a Link, not {type(value).__name__}")
        parts.append(f" {named}" if value is True else f' {named}="{escaped(str(value))}"')
    if name in VOID:
        return Html("".join(parts) + ">")
    return Html("".join(parts) + ">" + "".join([text(one) for one in content]) + f"</{name}>")


def said(value: Content, lang: str | None = None) -> Html:
    """Return a stranger's text, kept apart from the direction of what stands around it."""
    return tag("bdi", value, lang=lang) if value not in (None, "") else Html("")
