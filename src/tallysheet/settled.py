"""What known counts settle by themselves: whether the rows of tables add up, and all equations of a record hold.

It says the same as `equations.statements` and the rule `row-additivity`, in the time that a sum takes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

What: TypeAlias = tuple[Any, Any, Any, Any]
"""What a result counts: outcome, label, time and basis. Results of one kind in several groups make a row."""

Told: TypeAlias = tuple[str, What, int, int, int]
"""A group, what is counted in it, the total, and the least and the most that the events of it may be: as printed, or
what the percentage admits."""

PARTS_OF_A_RESPONSE = ("complete-response", "partial-response")
"""Improvement short of a response is counted as one by some publications and not by others."""
COMPLEMENTS = (("survival", "death"),)
IN_COMPOSITES = frozenset(("clinical-response", *PARTS_OF_A_RESPONSE, *(name for pair in COMPLEMENTS for name in pair)))
TWO = 2
"""Of fewer outcomes no composite is made: a part needs its whole beside it."""
NONE: Mapping[Any, Any] = {}


class Table(NamedTuple):
    """The proportions of a record that have a total and are counts of it."""

    told: list[Told]
    """In the order of the record."""
    first: dict[str, dict[What, int]]
    """Where the first one of each group and kind stands in it."""
    counted: bool
    """Whether all have a count or a percentage that admits some, and no percentage but one that agrees."""


def figures_added(table: Table, breakdowns: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how many figures of partitions are counts that add up; None where one does not, or where that is unclear.

    Rows in which a count is not known for sure are left out, as the rule leaves them out.
    """
    held = 0
    for breakdown in breakdowns:
        if breakdown["relation"] != "partition" or breakdown.get("missing"):
            continue
        columns = [column for part in breakdown["parts"] if (column := table.first.get(part))]
        if not breakdown["parts"]:
            return None
        if len(columns) < len(breakdown["parts"]):
            continue
        if not table.counted or len(table.told) > sum(map(len, table.first.values())):
            return None  # a count that has to be worked out, or two results of one kind
        for what, place in table.first.get(breakdown["of"], NONE).items():
            whole, *parts = [
                table.told[one] for one in (place, *(column[what] for column in columns if what in column))
            ]
            if len(parts) < len(columns) or any(least != most for _, _, _, least, most in (whole, *parts)):
                continue
            if whole[2:4] != (sum([part[2] for part in parts]), sum([part[3] for part in parts])):
                return None
            held += 2
    return held


def hold_by_counts(table: Table, breakdowns: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether there are counts, all that are printed among them, for which every equation holds.

    Where a percentage admits several, those are tried that make rows add up, from the least on; that none are found
    means nothing. What is left out holds by itself or is no equation: `statements` leaves out what its own rule tells,
    a total that is its group's n, and a percentage that agrees with its count.
    """
    if not table.counted:
        return False
    counts = [least for _, _, _, least, _ in table.told]
    rows = list(rows_of_breakdowns(table, breakdowns))
    for whole, parts, is_sum in rows:
        if is_sum:
            balance(counts, table.told, whole, parts)
    for whole, parts, is_sum in rows:
        if is_sum:
            if counts[whole] != sum([counts[part] for part in parts]):
                return False
        elif any(
            counts[part] > counts[whole] or table.told[part][2] - counts[part] > table.told[whole][2] - counts[whole]
            for part in parts
        ):
            return False
    return composites_hold(table.told, counts)


def rows_of_breakdowns(table: Table, breakdowns: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, list[int], bool]]:
    """Yield for each row of each breakdown where whole and parts stand, and whether the parts are to add up to it."""
    for breakdown in breakdowns:
        columns = [column for part in breakdown["parts"] if (column := table.first.get(part))]
        adds_up = breakdown["relation"] == "partition" and not breakdown.get("missing")
        for what, whole in table.first.get(breakdown["of"], NONE).items():
            parts = [column[what] for column in columns if what in column]
            yield whole, parts, bool(adds_up and parts and len(parts) == len(breakdown["parts"]))


def balance(counts: list[int], told: Sequence[Told], whole: int, parts: Sequence[int]) -> None:
    """Try more events in a row that does not add up yet, where percentages admit more."""
    gap = counts[whole] - sum([counts[part] for part in parts])
    if gap < 0:
        counts[whole] += min(-gap, told[whole][4] - counts[whole])
    for part in parts if gap > 0 else ():
        more = min(gap, told[part][4] - counts[part])
        counts[part] += more
        gap -= more


def composites_hold(told: Sequence[Told], counts: Sequence[int]) -> bool:
    """Tell whether parts of a response are no more than it, and survivors and deaths no more than all."""
    if len(IN_COMPOSITES.intersection([row[1][0] for row in told])) < TWO:
        return True
    by_place: dict[tuple[Any, ...], dict[str, int]] = {}
    for (group, (outcome, label, time, _), total, _, _), events in zip(told, counts, strict=True):
        by_place.setdefault((group, label, time, total), {}).setdefault(outcome, events)
    for (*_, total), found in by_place.items():
        if "clinical-response" in found:
            parts = [found[name] for name in PARTS_OF_A_RESPONSE if name in found]
            if parts and sum(parts) > found["clinical-response"]:
                return False
        for one, other in COMPLEMENTS:
            if one in found and other in found and found[one] + found[other] > total:
                return False
    return True
