"""The total of a result is the size of its group, or the result says on which basis it was counted.

Why. A denominator that silently differs from the group is the slip that does most harm: the percentage may still be
right for the wrong patients. Patients lost between group and result are evidence too.

How to fix. Compare the total with the group's n in the publication. If fewer patients could be evaluated, tested or
followed, the total stays, and `basis` says why. If all results of a group count the same other number, it is the
group's n that wants a look.

Limits. A basis that is given is believed; a total above the group's n needs the basis `larger-cohort`.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.groups import Group, groups_of
from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import PRINTED_SO, Also, Answer, At, Problem

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results")

TOTALS = (("proportion", "total"), ("survival", "total"), ("estimate", "n"))
"""Where a result says of how many it speaks."""


def passes(record: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept results that count their whole group."""
    return 0 if at.once(rows_of).whole else None


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare the totals of all results of a group with its n."""
    groups = at.once(groups_of)
    plain: dict[str, list[tuple[str, int]]] = {}
    for index, result in enumerate(record.get("results", ())):
        group = groups.get(result["group"])
        for block, name in TOTALS:
            total = result.get(block, {}).get(name)
            if group is None or total is None:
                continue
            place = pointer("results", index, block, name)
            basis = result[block].get("basis")
            if block != "proportion":
                # Survival and estimates are of whoever was followed or measured: only more than all is wrong.
                if total > group.n:
                    message = f"{total} are more than the {group.n} of the group {result['group']}"
                    yield problem(place, message, result["group"], group, total)
            elif basis is None:
                plain.setdefault(result["group"], []).append((place, total))
            elif total < group.n and basis == "larger-cohort":
                message = f"{total} are less than the {group.n} of the group {result['group']}, though {basis}"
                yield problem(place, message, result["group"], group, total)
            elif total > group.n and basis != "larger-cohort":
                message = f"{total} are more than the {group.n} of the group {result['group']}, though {basis}"
                yield problem(place, message, result["group"], group, total)
    for name, totals in plain.items():
        yield from judge(name, groups[name], totals)


def judge(name: str, group: Group, totals: list[tuple[str, int]]) -> Iterator[Problem]:
    """Yield a problem at each total that differs, or at the group's n where all totals agree on another number."""
    others = {total for _, total in totals}
    if len(totals) > 1 and len(others) == 1 and group.n not in others:
        total = others.pop()
        message = f"n of the group {name} is {group.n}, but all its {len(totals)} results count {total}"
        also = tuple(Also(place, f"counts {total}") for place, _ in totals)
        hint = f"read the group's size again; n: {total} fits; {PRINTED_SO}"
        yield Problem(group.pointer, message, hint, also, (str(group.n), str(total)))
        return
    for place, total in totals:
        if total != group.n:
            yield problem(place, f"total is {total}, but the group {name} has n: {group.n}", name, group, total)


def problem(place: str, message: str, name: str, group: Group, total: int) -> Problem:
    """Return the problem of one total that differs from its group."""
    whole = f"write total: {group.n}, or say with basis why it is not the whole group"
    hint = f"{'read total and basis again' if 'though' in message else whole}; {PRINTED_SO}"
    return Problem(place, message, hint, (Also(group.pointer, f"{name} has n: {group.n}"),), (str(total), str(group.n)))
