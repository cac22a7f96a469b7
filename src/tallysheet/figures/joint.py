"""All equations of a record at once: what they leave open, what they settle, and what can't hold together.

Bounds are propagated through every row until nothing changes; what is left is decided by halving ranges. Both are exact
over whole numbers. The work is limited, and what a limit cuts short is `not_testable`, never a pass.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallysheet.figures.equations import Equation, Row
from tallysheet.figures.judgement import Verdict

CEILING = 10**9
"""No group is larger."""

STEPS = 40_000
"""Most row visits of one question."""

Bounds = dict[str, tuple[int, int]]


class UndecidedError(Exception):
    """The work limit was reached."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What the equations together say.

    `bounds` are the least and most of each figure, exact where all could be decided. `conflict` are equations that
    can't hold together although any of them left out would let the others; empty where all can.
    """

    verdict: Verdict
    bounds: Bounds
    conflict: tuple[Equation, ...] = ()

    def derived(self, printed: Iterable[str]) -> dict[str, int]:
        """Return the figures with one possible value, other than those `printed`."""
        known = set(printed)
        return {name: low for name, (low, high) in self.bounds.items() if low == high and name not in known}


def solve(equations: Sequence[Equation]) -> Solution:
    """Return whether all `equations` can hold together in whole numbers from 0 on, and what they leave to each."""
    rows = [row for equation in equations for row in equation.rows]
    try:
        bounds = _propagated(rows, _start(rows), _Work(STEPS))
        if bounds is None or not _is_feasible(rows, bounds, _Work(STEPS)):
            return Solution("inconsistent", {}, conflict(equations))
    except UndecidedError:
        return Solution("not_testable", {})
    for name in bounds:
        bounds = _tightened(rows, bounds, name)
    return Solution("consistent", bounds)


def can_hold(equations: Sequence[Equation]) -> bool:
    """Say whether all `equations` can hold together. Raises `UndecidedError` where the work limit is reached."""
    rows = [row for equation in equations for row in equation.rows]
    return _is_feasible(rows, _start(rows), _Work(STEPS))


def conflict(equations: Sequence[Equation]) -> tuple[Equation, ...]:
    """Return equations of which none can be left out of the contradiction: the fewest of several deletion orders."""
    found = [_reduced(list(order)) for order in (equations, equations[::-1])]
    found.append(_reduced(sorted(equations, key=lambda equation: -sum(len(row.terms) for row in equation.rows))))
    best = min(found, key=len)
    return tuple(equation for equation in equations if equation in best)


def _reduced(equations: list[Equation]) -> list[Equation]:
    kept = equations
    for equation in equations:
        fewer = [other for other in kept if other is not equation]
        try:
            if not can_hold(fewer):
                kept = fewer
        except UndecidedError:
            continue
    return kept


class _Work:
    """Counts down the row visits that are left."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise UndecidedError


def _start(rows: Sequence[Row]) -> Bounds:
    return {name: (0, CEILING) for row in rows for name, _ in row.terms}


def _propagated(rows: Sequence[Row], start: Bounds, work: _Work) -> Bounds | None:
    """Return the bounds tightened until no row changes them, or None where a range becomes empty."""
    bounds = dict(start)
    standing: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for name, _ in row.terms:
            standing.setdefault(name, []).append(place)
    waiting = dict.fromkeys(range(len(rows)))
    while waiting:
        place = next(iter(waiting))
        del waiting[place]
        work.spend()
        changed = _tighten(rows[place], bounds)
        if changed is None:
            return None
        waiting.update((other, None) for name in changed for other in standing[name])
    return bounds


def _tighten(row: Row, bounds: Bounds) -> list[str] | None:
    """Tighten `bounds` by one row; return the figures that changed, or None where nothing is left of one."""
    ends = [(c * bounds[name][c < 0], c * bounds[name][c > 0]) for name, c in row.terms]
    least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
    if (row.high is not None and least > row.high) or (row.low is not None and most < row.low):
        return None
    changed = []
    for (name, c), (own_least, own_most) in zip(row.terms, ends, strict=True):
        low, high = bounds[name]
        # c*x >= low - (most of the others), and c*x <= high - (least of the others)
        if row.low is not None:
            bound = row.low - (most - own_most)
            low, high = (max(low, -(-bound // c)), high) if c > 0 else (low, min(high, bound // c))
        if row.high is not None:
            bound = row.high - (least - own_least)
            low, high = (low, min(high, bound // c)) if c > 0 else (max(low, -(-bound // c)), high)
        if low > high:
            return None
        if (low, high) != bounds[name]:
            bounds[name] = (low, high)
            changed.append(name)
    return changed


def _is_feasible(rows: Sequence[Row], start: Bounds, work: _Work) -> bool:
    """Say whether whole numbers within `start` satisfy all rows, by halving the narrowest open range."""
    pending = [start]
    while pending:
        bounds = _propagated(rows, pending.pop(), work)
        if bounds is None:
            continue
        open_ranges = [(high - low, name) for name, (low, high) in bounds.items() if high > low]
        if not open_ranges or _least_values_fit(rows, bounds):
            return True
        _, name = min(open_ranges)
        low, high = bounds[name]
        middle = (low + high) // 2
        pending += [bounds | {name: (middle + 1, high)}, bounds | {name: (low, middle)}]
    return False


def _least_values_fit(rows: Sequence[Row], bounds: Bounds) -> bool:
    """Try the least value of every figure, then the most: a guess that often ends the search."""
    for side in (0, 1):
        sums = (sum(c * bounds[name][side] for name, c in row.terms) for row in rows)
        if all(
            (row.low is None or row.low <= total) and (row.high is None or total <= row.high)
            for row, total in zip(rows, sums, strict=True)
        ):
            return True
    return False


def _tightened(rows: Sequence[Row], bounds: Bounds, name: str) -> Bounds:
    """Return `bounds` with the ends of `name` moved inwards to values that it can have, as far as the work allows."""
    work = _Work(STEPS // 10)
    low, high = bounds[name]
    try:
        while low < high and not _is_feasible(rows, bounds | {name: (low, low)}, work):
            low += 1
        while high > low and not _is_feasible(rows, bounds | {name: (high, high)}, work):
            high -= 1
    except UndecidedError:
        pass
    return bounds | {name: (low, high)}
