"""For a contradiction, every single change that would settle all the equations at once: hints, never applied.

The likeliest comes first, by how people err: a slip of the pen, the value of a neighbouring row, then the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from tallysheet.figures.equations import Equation
from tallysheet.figures.joint import UndecidedError, can_hold, conflict, solve
from tallysheet.figures.slips import SLIPS, Slip, slip

Error: TypeAlias = Slip | Literal["the value of a neighbouring row", ""]

_ORDER: tuple[Error, ...] = (*SLIPS, "the value of a neighbouring row", "")

MANY = 20
"""A range of more values settles nothing; only those that a slip explains are named."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change: the printed count `name`, now `value`, to `meant`."""

    name: str
    value: int
    meant: int
    error: Error

    @property
    def message(self) -> str:
        """The hint, as a question."""
        why = f" ({self.error})" if self.error else ""
        return f"did you mean {self.name} = {self.meant} instead of {self.value}{why}?"


def find_repairs(equations: Sequence[Equation]) -> tuple[Repair, ...]:
    """Return the changes of one printed count after which all `equations` can hold, the likeliest first."""
    try:
        if can_hold(equations):
            return ()
    except UndecidedError:
        return ()
    neighbours = _neighbours(equations)
    found: list[Repair] = []
    for equation in conflict(equations):
        if equation.value is not None:
            found += _of(equation, equations, neighbours)
    return tuple(sorted(found, key=lambda repair: (_ORDER.index(repair.error), abs(repair.meant - repair.value))))


def _of(equation: Equation, equations: Sequence[Equation], neighbours: dict[str, set[int]]) -> list[Repair]:
    others = [other for other in equations if other is not equation]
    solved = solve(others)
    if solved.verdict != "consistent" or equation.name not in solved.bounds or equation.value is None:
        return []
    low, high = solved.bounds[equation.name]
    written = str(equation.value)
    if high - low > MANY:
        meant = [value for value in range(low, min(high, 10 * (equation.value + 10)) + 1) if slip(written, str(value))]
    else:
        meant = list(range(low, high + 1))
    found = []
    for value in meant:
        error: Error = slip(written, str(value)) or ""
        if not error and equation.value in neighbours.get(equation.name, ()):
            error = "the value of a neighbouring row"
        if high - low <= MANY or error:
            found.append(Repair(equation.name, equation.value, value, error))
    return found


def _neighbours(equations: Sequence[Equation]) -> dict[str, set[int]]:
    """Return the values printed just before and just after each printed count."""
    counts = [(equation.name, equation.value) for equation in equations if equation.value is not None]
    found: dict[str, set[int]] = {}
    for (one, first), (other, second) in pairwise(counts):
        found.setdefault(one, set()).add(second)
        found.setdefault(other, set()).add(first)
    return found
