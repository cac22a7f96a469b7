"""A row of a table adds up: what is counted in the parts of a partition is what is counted in the whole.

Why. Tables print a column for all patients and one for each subgroup; numerators and denominators each add up across
them. A slip in one column shows in the row.

How to fix. Compare the row with the publication, numerators and denominators apart.

Limits. Rows are compared where a breakdown is a partition without missing patients and every part has a result of the
same outcome, label and time. A count that is not printed is taken where only one fits the percentage.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.groups import counts_of
from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import Also, Answer, At, answers

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results", "breakdowns")


def passes(record: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept rows of printed counts that add up: each is two figures that hold."""
    return at.once(rows_of).added


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare every row of every partition."""
    results = record.get("results", ())
    partitions = [
        one for one in record.get("breakdowns", ()) if one["relation"] == "partition" and not one.get("missing")
    ]
    counts = [counts_of(result.get("proportion"), at) if partitions else None for result in results]
    first: dict[tuple[str, tuple[Any, ...]], int] = {}
    for index, result in enumerate(results):
        if counts[index]:
            first.setdefault((result["group"], kind(result)), index)
    for breakdown in partitions:
        for index, result in enumerate(results):
            if result["group"] != breakdown["of"] or counts[index] is None:
                continue
            rows = [first.get((part, kind(result))) for part in breakdown["parts"]]
            parts = [row for row in rows if row is not None]
            if len(parts) == len(rows):
                yield from compare(results, index, parts, at)


def kind(result: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a result counts: outcome, label, time and basis."""
    return result["outcome"], result.get("label"), result.get("time"), result["proportion"].get("basis")


def compare(results: list[dict[str, Any]], whole: int, parts: list[int], at: At) -> Iterator[Answer]:
    """Compare one row: the whole's counts with those of its parts."""
    from tallysheet.figures.columns import judge_strata  # few records have it

    counts = [counts_of(results[index]["proportion"], at) for index in (whole, *parts)]
    overall, *strata = [pair for pair in counts if pair is not None]
    also = tuple(Also(pointer("results", i, "proportion"), f"{k}/{n}") for i, (k, n) in zip(parts, strata, strict=True))
    for name, found in zip(("events", "total"), judge_strata(overall, strata), strict=True):
        checked = found
        place = name if name in results[whole]["proportion"] else "percent"
        if place == "percent" and not checked.holds:
            follows = f"{overall[0]} follow from the percentage of all"
            checked = checked._replace(message=checked.message.partition(", printed")[0] + f", {follows}")
        figures = [pair[name == "total"] for pair in (overall, *strata)]
        yield from answers([checked], pointer("results", whole, "proportion", place), figures, also)
