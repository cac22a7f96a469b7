"""The equations that a record's figures stand in, as linear rows over whole numbers.

Every printed count, every sum and every percentage is one equation. A percentage bounds a ratio of two counts, and such
a bound is linear: (2R-1)*n <= 200*P*k <= (2R+1)*n, with R the digits and P = 10**d.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tallysheet.figures.fits import HUNDRED, share_window
from tallysheet.figures.printed import Printed
from tallysheet.figures.sums import Relation
from tallysheet.figures.windows import Habit


@dataclass(frozen=True, slots=True)
class Row:
    """`low` <= the sum of coefficient*figure <= `high`, over whole numbers; None is no bound."""

    terms: tuple[tuple[str, int], ...]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Equation:
    """One statement of the publication, with the rows that say it. `value` is set where it prints the count `name`."""

    label: str
    rows: tuple[Row, ...]
    name: str = ""
    value: int | None = None


def printed_count(name: str, value: int) -> Equation:
    """Return that the figure `name` is printed as `value`."""
    return Equation(f"{name} = {value}", (Row(((name, 1),), value, value),), name, value)


def printed_sum(
    whole: str, parts: Sequence[str], relation: Relation = "partition", missing: int = 0, label: str = ""
) -> Equation:
    """Return that `parts` stand in `relation` to `whole` (see `sums`)."""
    said = label or f"{' + '.join(parts)} {'=' if relation == 'partition' else '<='} {whole}"
    if relation in ("overlapping", "nested"):
        pairs = zip([whole] * len(parts) if relation == "overlapping" else [whole, *parts], parts, strict=False)
        rows = tuple(Row(((above, 1), (below, -1)), 0, None) for above, below in pairs)
        return Equation(label or f"{relation}: {whole}, {', '.join(parts)}", rows)
    terms = ((whole, 1), *((part, -1) for part in parts))
    return Equation(said, (Row(_gathered(terms), missing, missing if relation == "partition" else None),))


def printed_share(events: str, total: str, percent: Printed, habit: Habit = "nearest", label: str = "") -> Equation:
    """Return that `events` of `total` prints as `percent`, under `habit`. Approximate figures bind no counts.

    Whatever is printed, it is of somebody: of a total of 0 there is no percentage.
    """
    rows = [Row(((total, 1), (events, -1)), 0, None), Row(((total, 1),), 1, None)]
    window = share_window(percent, habit)
    if percent.qualifier == "~" or percent.kind:
        return Equation(label or f"{events}/{total} about {percent.text}", tuple(rows))
    for limit, closed, sign in ((window.low, window.low_closed, 1), (window.high, window.high_closed, -1)):
        if limit is not None:
            # sign*(100*q*k - p*n) >= 0, or >= 1 where the limit p/q is open: all of it is whole.
            terms = ((events, sign * HUNDRED * limit.denominator), (total, -sign * limit.numerator))
            rows.append(Row(_gathered(terms), 0 if closed else 1, None))
    return Equation(label or f"{events}/{total} prints {percent.text}", tuple(rows))


def _gathered(terms: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Add up the coefficients of a figure that stands in a row twice."""
    found: dict[str, int] = {}
    for name, coefficient in terms:
        found[name] = found.get(name, 0) + coefficient
    return tuple((name, coefficient) for name, coefficient in found.items() if coefficient)
