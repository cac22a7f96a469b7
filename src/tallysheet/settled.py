"""What known counts settle by themselves: whether the rows of tables add up, and all equations of a record hold.

It says the same as `equations.statements` and the rule `row-additivity`, in the time that a sum takes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

What: TypeAlias = tuple[Any, Any, Any, Any]
"""What a result counts: outcome, label, time and basis. Results of one kind in several groups make a row."""

Told: TypeAlias = tuple[str, What, int, Any]
"""A group, what is counted in it, and the total and the events of it: as printed, or the only ones that the percentage
admits; None where neither is."""

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
    first: dict[str, dict[What, Told]]
    """The first one of each group and kind."""
    counted: bool
    """Whether all counts are known, and those that are printed have no percentage but one that agrees."""


def figures_added(table: Table, breakdowns: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how many figures of partitions are counts that add up; None where one does not, or is not known."""
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
        for what, (_, _, total, events) in table.first.get(breakdown["of"], NONE).items():
            parts = [column[what] for column in columns if what in column]
            if len(parts) < len(columns):
                continue
            if total != sum([part[2] for part in parts]) or events != sum([part[3] for part in parts]):
                return None
            held += 2
    return held


def hold_by_counts(table: Table, breakdowns: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether every count is known and every equation holds for these counts.

    What is left out holds by itself or is no equation: `statements` leaves out what its own rule tells, a total that is
    its group's n, and a percentage that agrees with its count.
    """
    if not table.counted:
        return False
    for breakdown in breakdowns:
        columns = [column for part in breakdown["parts"] if (column := table.first.get(part))]
        adds_up = breakdown["relation"] == "partition" and not breakdown.get("missing")
        for what, (_, _, total, events) in table.first.get(breakdown["of"], NONE).items():
            parts = [column[what] for column in columns if what in column]
            if adds_up and columns and len(parts) == len(breakdown["parts"]):
                if events != sum([part[3] for part in parts]):
                    return False
            elif any(part[3] > events or part[2] - part[3] > total - events for part in parts):
                return False
    return composites_hold(table.told)


def composites_hold(told: Sequence[Told]) -> bool:
    """Tell whether parts of a response are no more than it, and survivors and deaths no more than all."""
    if len(IN_COMPOSITES.intersection([row[1][0] for row in told])) < TWO:
        return True
    by_place: dict[tuple[Any, ...], dict[str, int]] = {}
    for group, (outcome, label, time, _), total, events in told:
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
