"""The period of a study is in order, and over before its record was written.

Why. Periods tell whether two reports may have counted the same patients; one that runs backwards hides it.

How to fix. Compare with the methods section. `from` and `to` may each be a year, a month or a day.

Limits. Dates are compared as far as both are known.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.dates import is_before
from tallysheet.rules import Also, Answer, At, Problem

SCOPE = "study"
SEVERITY = "error"
WAIVABLE = True
READS = ("curation",)

LINKS = ("subset_of", "overlaps", "same_as")
NOTHING: Mapping[str, Any] = {}


def passes(study: dict[str, Any], at: At) -> int | None:
    """Accept a study without links whose period, if it has one, begins, ends and is read of in this order."""
    if not study.keys().isdisjoint(LINKS):
        return None
    if (period := study.get("period")) is None:
        return 0
    read_on = at.record.get("curation", NOTHING).get("extracted", NOTHING).get("on", "")
    # A date that is not after another in the alphabet is not after it in time either, unless it says more.
    start, end = period.get("from", ""), period.get("to", "")
    return 0 if start <= end <= read_on and len(start) <= len(end) else None


def check(study: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare the ends of the period with each other and with the day of extraction."""
    period = study.get("period", {})
    start, end = period.get("from"), period.get("to")
    if start is not None and end is not None and is_before(end, start):
        also = (Also(f"{at.pointer}/period/from", f"from {start}"),)
        yield Problem(at / "period" + "/to", f"the period ends in {end}, before it begins in {start}", None, also)
    read_on = at.record.get("curation", {}).get("extracted", {}).get("on")
    if end is not None and read_on is not None and is_before(read_on, end):
        also = (Also("/curation/extracted/on", f"extracted on {read_on}"),)
        yield Problem(
            at / "period" + "/to", f"the period ends in {end}, after the record was extracted, {read_on}", None, also
        )
    for link in LINKS:
        for index, other in enumerate(study.get(link, ())):
            if other == study["id"]:
                yield Problem(f"{at.pointer}/{link}/{index}", f'the study "{other}" is linked to itself')
