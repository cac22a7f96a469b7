"""What stands around every page: its head, the way to the other pages, its foot."""

from collections.abc import Sequence
from typing import NamedTuple

from tallysheet import __version__
from tallysheet.site.links import within
from tallysheet.site.markup import Html, joined, tag

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""Works from file:// too, where Chromium takes 'self' for the folder's own files."""
STYLE, SCRIPT = "site.css", "site.js"


class Entry(NamedTuple):
    """A page that every page leads to."""

    title: str
    path: str


class Frame(NamedTuple):
    """What the pages of a site have in common."""

    title: str
    entries: Sequence[Entry]


def page(frame: Frame, path: str, title: str, *body: Html, kind: str = "") -> Html:
    """Return a whole page; `path` is its place in the site, `kind` a word for the style."""
    up = "../" * path.count("/")
    whole = frame.title if title == frame.title else f"{title} · {frame.title}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", whole),
        tag("link", rel="stylesheet", href=within(STYLE, up)),
        tag("script", src=within(SCRIPT, up), defer=True),
    )
    entries = [
        tag("li", tag("a", one.title, href=within(one.path, up), aria_current="page" if one.path == path else None))
        for one in frame.entries
    ]
    header = tag(
        "header",
        tag("p", tag("a", tag("bdi", frame.title), href=within("index.html", up)), class_="home"),
        tag("nav", tag("ul", *entries), aria_label="Pages"),
        class_="site",
    )
    foot = tag("footer", tag("p", f"Written by Tallysheet {__version__} from the records alone."), class_="site")
    skip = tag("a", "Skip to the content", href=within("#content"), class_="skip")
    main = tag("main", *body, id="content", tabindex="-1", class_=kind or None)
    html = tag("html", head, tag("body", skip, header, main, foot), lang="en")
    return joined(Html("<!DOCTYPE html>\n"), html, Html("\n"))
