"""Tables that a screen reader can follow: a caption, the scope of each header, and a way to scroll what is wide."""

from collections.abc import Iterable, Sequence

from tallysheet.site.markup import Content, Html, tag


def table(
    caption: Content,
    columns: Sequence[str],
    rows: Iterable[Sequence[Content]],
    *,
    numbers: Sequence[str] = (),
    kind: str = "",
) -> Html:
    """Return a table whose first column names its rows; `numbers` are the columns that hold figures."""
    marks = ["number" if column in numbers else None for column in columns]
    head = tag(
        "tr", *(tag("th", column, scope="col", class_=mark) for column, mark in zip(columns, marks, strict=True))
    )
    body = []
    for first, *others in rows:
        cells = [
            tag("td", other, class_=mark, data_label=column)
            for other, mark, column in zip(others, marks[1:], columns[1:], strict=True)
        ]
        body.append(tag("tr", tag("th", first, scope="row", class_=marks[0]), *cells))
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body), class_=kind or None)
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=plain(caption))


def plain(caption: Content) -> str:
    """Return the text of a caption, which must hold no markup."""
    if isinstance(caption, Html):
        raise TypeError("a caption is text")
    return str(caption or "")


def facts(pairs: Iterable[tuple[str, Content]]) -> Html:
    """Return names and values as a list, without those that have no value."""
    found = [tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs if value not in (None, "")]
    return tag("dl", *found, class_="facts") if found else Html("")


def section(name: str, heading: str, *content: Html) -> Html:
    """Return a section of a page with its heading, or nothing where it would be empty."""
    inner = [one for one in content if one]
    return tag("section", tag("h2", heading, id=name), *inner, aria_labelledby=name) if inner else Html("")
