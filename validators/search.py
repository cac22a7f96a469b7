"""A review's search was over before the review was published and before its record was written.

Why. The date of the search says which publications a review can't know; a wrong one makes an update look unneeded.

How to fix. Take the date from the methods section or the abstract: `through` is the last date that was searched.

Limits. Dates are compared as far as both are known.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.dates import is_before
from tallysheet.rules import Also, Answer, At, Problem

SCOPE = "search"
SEVERITY = "error"
WAIVABLE = True
READS = ("citation", "curation")


def check(search: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare the last date searched with the dates of the publication and of the record."""
    through = search.get("through")
    if through is None:
        return
    citation = at.record.get("citation", {})
    later = [
        ("published", citation.get("published"), "/citation/published"),
        ("extracted", at.record.get("curation", {}).get("extracted", {}).get("on"), "/curation/extracted/on"),
    ]
    for word, date, place in later:
        if date is not None and is_before(date, through):
            also = (Also(place, f"{word} {date}"),)
            yield Problem(at / "through", f"searched through {through}, after it was {word}, {date}", None, also)
