"""The dates, the year and the pages of a citation agree with each other.

Why. A citation with a wrong year or page leads nowhere, and such slips go unnoticed since nobody computes with them.

How to fix. Compare with the publication's own page. `year` is the year of the issue; `published` the date of the
issue (or of an online journal's article), `online` the date ahead of it.

Limits. Page numbers that carry letters are compared only where the letters are the same on both sides. A publication
may not be later than the day on which the record says that it was read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.dates import is_before
from tallysheet.rules import Also, Answer, At, Problem

SCOPE = "citation"
SEVERITY = "error"
WAIVABLE = True
READS = ("curation",)

PAGES = re.compile(r"([A-Za-z]*)([0-9]+)[A-Za-z]?[-–]([A-Za-z]*)([0-9]+)[A-Za-z]?")


NOTHING: Mapping[str, Any] = {}


def passes(citation: dict[str, Any], at: At) -> int | None:
    """Accept dates in order, none after the year or the day of reading, and pages in digits that count up."""
    year = str(citation.get("year"))
    published = citation.get("published", year)
    read_on = at.record.get("curation", NOTHING).get("extracted", NOTHING).get("on", "")
    # A date that is no longer than another and not after it in the alphabet is not after it in time either.
    if published[:4] != year or not citation.get("online", published) <= published <= read_on:
        return None
    if (pages := citation.get("pages")) is None:
        return 0
    first, _, last = pages.partition("-")
    plain = first.isdecimal() and last.isdecimal()
    return 0 if plain and len(last) <= len(first) and first[-len(last) :] <= last else None


def check(citation: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare year, dates and pages."""
    year, published, online = citation.get("year"), citation.get("published"), citation.get("online")
    if year is not None and published is not None and int(published[:4]) != year:
        also = (Also(at / "published", f"published {published}"),)
        yield Problem(
            at / "year", f"year is {year}, but published is {published}", f"write year: {published[:4]}", also
        )
    if year is not None and online is not None and int(online[:4]) > year:
        also = (Also(at / "online", f"online {online}"),)
        yield Problem(at / "year", f"year is {year}, but it was online in {online[:4]} only", None, also)
    if published is not None and online is not None and is_before(published, online):
        also = (Also(at / "online", f"online {online}"),)
        message = f"published is {published}, before online, {online}"
        yield Problem(at / "published", message, "online is the earlier date", also)
    read_on = at.record.get("curation", {}).get("extracted", {}).get("on")
    for name, value in (("published", published), ("online", online)):
        if value is not None and read_on is not None and is_before(read_on, value):
            also = (Also("/curation/extracted/on", f"extracted on {read_on}"),)
            yield Problem(at / name, f"{name} is {value}, after the record was extracted, {read_on}", None, also)
    yield from check_pages(citation, at)


def check_pages(citation: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare first and last page; a last page may be shortened, as in 387-90."""
    match = PAGES.fullmatch(citation.get("pages", ""))
    if not match:
        return
    before, first, letters, last = match.groups()
    if letters not in ("", before):
        return
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    if int(full) < int(first):
        message = f'pages "{citation["pages"]}" end before they begin'
        yield Problem(at / "pages", message, "compare with the publication: two digits may be swapped")
