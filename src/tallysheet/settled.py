"""Whether printed counts by themselves satisfy all equations of a record: then no unknown count is left to solve for.

It says the same as `equations.statements`, in the time that a sum takes.
"""

from collections.abc import Mapping
from typing import Any

from tallysheet.rows import Rows, Told, What

PARTS_OF_A_RESPONSE = ("complete-response", "partial-response")
"""Improvement short of a response is counted as one by some publications and not by others."""
COMPLEMENTS = (("survival", "death"),)
IN_COMPOSITES = frozenset(("clinical-response", *PARTS_OF_A_RESPONSE, *(name for pair in COMPLEMENTS for name in pair)))


TWO = 2
"""Of fewer outcomes no composite is made: a part needs its whole beside it."""


def hold_by_counts(record: Mapping[str, Any], rows: Rows) -> bool:
    """Tell whether every count is printed and every equation holds for these counts.

    What is left out holds by itself or is no equation: `statements` leaves out what its own rule tells, a total that is
    its group's n, and a percentage that agrees with its count.
    """
    if not rows.counted:
        return False
    for breakdown in record.get("breakdowns", ()):
        whole = rows.first.get(breakdown["of"])
        columns = [column for part in breakdown["parts"] if (column := rows.first.get(part))]
        adds_up = breakdown["relation"] == "partition" and not breakdown.get("missing")
        for column in columns:
            for what in column:
                if whole and what in whole and not holds(whole[what], what, columns, breakdown, adds_up):
                    return False
    return composites_hold(rows)


def holds(
    whole: Told,
    what: What,
    columns: list[dict[What, Told]],
    breakdown: Mapping[str, Any],
    adds_up: bool,  # noqa: FBT001 - by place, for speed
) -> bool:
    """Tell whether a row of a table adds up, or where it need not, whether each part lies within the whole."""
    _, _, total, events, _ = whole
    parts = [column[what] for column in columns if what in column]
    if adds_up and len(parts) == len(breakdown["parts"]):
        return bool(events == sum([part[3] for part in parts]))
    return all(part[3] <= events and part[2] - part[3] <= total - events for part in parts)


def composites_hold(rows: Rows) -> bool:
    """Tell whether parts of a response are no more than it, and survivors and deaths no more than all."""
    if len(IN_COMPOSITES.intersection([row[1][0] for row in rows.told])) < TWO:
        return True
    by_place: dict[tuple[Any, ...], dict[str, int]] = {}
    for group, (outcome, label, time, _), total, events, _ in rows.told:
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
