"""All figures of a record can hold together.

Why. Each figure may pass by itself and each sum by itself, and yet no numbers of patients satisfy them all: 33 % of
150 is 49 or 50, 5 of the other 7 responded, and 56 of all 157 is one too many. The sums, the percentages, the rows of
tables and the parts of a response are solved together, in whole numbers.

How to fix. The finding names the smallest set of statements that it found to contradict each other: one of them was
copied wrongly, or the publication contradicts itself.

Limits. Complete and partial responses of one group and time are taken as parts of the overall response. The search is
bounded; a record whose equations can't be decided within it is said to be not checkable.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tallysheet.pointers import resolve
from tallysheet.rows import rows_of
from tallysheet.rules import PRINTED_SO, Also, Answer, At, NotCheckable, Problem, numbers

if TYPE_CHECKING:
    from tallysheet.equations import Statement
    from tallysheet.figures.equations import Row

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results", "breakdowns")


def passes(record: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept printed counts that satisfy every equation: where none is unknown there is nothing to solve."""
    return 0 if at.once(rows_of).settled else None


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Solve all equations of the record, those that share an unknown count together."""
    from tallysheet.equations import statements  # where all counts are printed there is nothing to solve
    from tallysheet.figures.joint import UndecidedError, can_hold, conflict

    found = statements(record, at)
    order = {id(one): index for index, one in enumerate(found)}
    for part in parts(found):
        part.sort(key=lambda one: order[id(one)])
        equations = [one.equation for one in part]
        try:
            if not can_hold(equations):
                broken = conflict(equations)
                yield problem(record, [one for one in part if one.equation in broken])
        except UndecidedError:
            yield NotCheckable(part[0].pointer, "too many equations to decide")


def parts(found: "list[Statement]") -> "list[list[Statement]]":
    """Return the statements that are left to solve, apart where they share no unknown count.

    Printed counts are constants, so that statements without an unknown one are settled by adding up, in no time; the
    others are solved with the constants that stand in them. A settled one that fails is a part of its own.
    """
    known = {one.equation.name: one.equation.value for one in found if one.equation.value is not None}
    constants = {one.equation.name: one for one in found if one.equation.value is not None}
    settled: list[Statement] = []
    groups: list[tuple[set[str], list[Statement]]] = []
    for one in found:
        names = {name for row in one.equation.rows for name, _ in row.terms}
        if names <= known.keys():
            settled.append(one)
            continue
        unknown = names - known.keys()
        touching = [group for group in groups if group[0] & unknown]
        for group in touching:
            groups.remove(group)
        members = [member for group in touching for member in group[1]]
        groups.append((unknown.union(*(group[0] for group in touching)), [*members, one]))
    broken = [[one] for one in settled if not all(holds(row, known) for row in one.equation.rows)]
    return [with_constants(part, constants) for part in [*broken, *(group[1] for group in groups)]]


def with_constants(part: "list[Statement]", constants: "Mapping[str, Statement]") -> "list[Statement]":
    """Return statements with the printed counts that stand in them."""
    names = {name for one in part for row in one.equation.rows for name, _ in row.terms}
    return [*(constants[name] for name in sorted(names) if name in constants), *part]


def holds(row: "Row", known: Mapping[str, int]) -> bool:
    """Tell whether a row holds for known counts."""
    value = sum(coefficient * known[name] for name, coefficient in row.terms)
    return (row.low is None or row.low <= value) and (row.high is None or value <= row.high)


def problem(record: dict[str, Any], conflict: "list[Statement]") -> Problem:
    """Return the finding for statements that can't hold together."""
    from tallysheet.figures.repairs import find_repairs

    shown = "; ".join(one.said for one in conflict[:6]) + ("; ..." if len(conflict) > 6 else "")  # noqa: PLR2004 - a line
    first = next((one for one in conflict if one.pointer.startswith("/results")), conflict[0])
    also = tuple(Also(one.pointer, one.said) for one in conflict if one is not first)
    repairs = find_repairs([one.equation for one in conflict])
    likely = [repair for repair in repairs if repair.error][:2]
    edits = [f"{repair.meant} for {repair.value} ({repair.error})" for repair in likely]
    hint = f"did you mean {' or '.join(edits)}? " if edits else ""
    return Problem(
        first.pointer,
        f"{len(conflict)} statements can't hold together: {shown}",
        f"{hint}{PRINTED_SO}",
        also,
        tuple(dict.fromkeys(number for one in conflict for number in numbers_of(record, one))),
    )


def numbers_of(record: dict[str, Any], statement: "Statement") -> list[str]:
    """Return the printed figures that a statement holds, as their digits."""
    try:
        value = resolve(record, statement.pointer)
    except LookupError:
        return []
    return numbers(value) if isinstance(value, (int, str)) else []
