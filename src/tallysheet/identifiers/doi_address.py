"""A DOI inside a web address: broken schemes, proxies, publishers' pages, queries."""

import re
from typing import TYPE_CHECKING

from .surface import WHITE, show

if TYPE_CHECKING:
    from .doi_reading import Reading

_DOI_INSIDE = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}(?:\.[0-9]{1,9})?(?:/|%2f)", re.ASCII | re.IGNORECASE)
# What is left of `https://doi.org/` when a letter, a colon or a slash was lost, or when it was pasted twice.
_BROKEN_RESOLVER = re.compile(
    r"[a-z]{0,6}[:;.,/\\]{0,5}(?:[a-z]{0,6}[:;.,/\\]{1,5})?(?:www\.)?(?:dx\.?)?(?:doi\.org|hdl\.handle\.net)[:./\\]{0,4}",
    re.ASCII | re.IGNORECASE,
)
_BROKEN_SCHEME = re.compile(r"h?t{0,2}ps?[:;.,]?[/\\]{0,4}", re.ASCII | re.IGNORECASE)
_PROXY = re.compile(r"doi[.-]org[.:-]|doi-org|[/.](?:ez)?proxy|[?&]q?url=", re.ASCII | re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z]{2,8}:)?(?://)?[a-z0-9.-]{1,200}\.[a-z]{2,24}(?::[0-9]{1,5})?[/?]", re.ASCII | re.IGNORECASE
)
# A `#` after `;2-` is the check character of a SICI (ANSI/NISO Z39.56), and a `?` inside its brackets part of a title.
_QUERY = re.compile(r"\?|(?<!;[0-9]-)#", re.ASCII)
_IN_TITLE_CODE = re.compile(r"\?[^\[\]<>]{0,20}[\]>][0-9.]{1,4}", re.ASCII)
# A number and a title in words, as the pages of some publishers end: /556933/Emapalumab-use-in-malignancy.
_PAGE = re.compile(r"/[0-9]{4,9}(?:/[a-z][a-z0-9_-]{3,})?/?", re.ASCII | re.IGNORECASE)
_NEXT_PARAMETER = re.compile(r"&[a-z_]{1,20}=", re.ASCII | re.IGNORECASE)


def leave_address(reading: "Reading") -> None:
    """Take a DOI out of a web address that is no plain resolver's; text with a DOI in it is left alone."""
    found = _DOI_INSIDE.search(reading.text)
    if found is None or found.start() == 0:
        return
    before, after = reading.text[: found.start()], reading.text[found.start() :]
    # Links broken by a space are links still; a sentence with a link in it is none.
    link = before.translate(dict.fromkeys(map(ord, WHITE))) if len(before) < 80 else before  # noqa: PLR2004 - a link
    if _BROKEN_RESOLVER.fullmatch(link) or _BROKEN_SCHEME.fullmatch(link):
        reason = f"begins with {show(before)}, a broken resolver"
    elif any(white in before for white in WHITE) or not (reading.in_uri or "://" in before or _HOST.match(before)):
        return
    elif _PROXY.search(before):
        reason = f"is taken from a proxy's address ({show(before)})"
    else:
        reason = f"is taken from another site's address ({show(before)})"
    in_query = "?" in before
    reading.in_uri = True
    reading.doubt(after, reason)
    if in_query:
        parameter = _NEXT_PARAMETER.search(after)
        reading.text = after[: parameter.start()] if parameter else after
        return
    cut_query(reading)
    page = _PAGE.search(reading.text, reading.text.find("/") + 2)
    if page is not None and page.end() == len(reading.text) and "/" in page[0][1:].rstrip("/"):
        reading.text = reading.text[: page.start()]


def cut_query(reading: "Reading") -> None:
    """Cut off what stands behind a bare `?` or `#`, which in a URL is for the server and the browser."""
    text = reading.text
    mark = _QUERY.search(text, text.find("/") + 1)
    if mark is None or _IN_TITLE_CODE.match(text, mark.start()):
        return
    tail = text[mark.start() :]
    if tail[0] == "#" and tail[1:].isdigit() and not reading.in_uri:
        # The DOI Handbook has 10.1000/456#789 for a name; a web page's places are named, not numbered.
        return
    what = "the query of a web address" if tail[0] == "?" else "a place in a web page"
    reading.doubt(text[: mark.start()], f"{show(tail)} at the end looks like {what}")
