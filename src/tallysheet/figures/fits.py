"""What would fit beside a printed percentage: counts, totals, and percentages.

R are the printed digits as an integer, d its decimals, P = 10**d, n the total, k the count.
"""

from fractions import Fraction

from tallysheet.figures.printed import Missing, Printed
from tallysheet.figures.windows import Habit, Interval

HUNDRED = 100
"""Per cent."""

MOST = 6
"""How many totals are named at the most, and how far from a small total another one is looked for."""

FARTHEST = 50
"""How far from a large total another one is looked for."""


def share_window(printed: Printed, habit: Habit = "nearest") -> Interval:
    """Return the percentages from 0 to 100 that `printed` may stand for."""
    return printed.window(habit).meet(Interval(Fraction(0), Fraction(HUNDRED)))


def fitting_counts(total: int, printed: Printed, habit: Habit = "nearest") -> range:
    """Return the counts from 0 to `total` that print as `printed`, from the least to the most.

    For a plain percentage they run from ceil((2R-1)*n/(200*P)) to floor((2R+1)*n/(200*P)).
    """
    if printed.kind or total < 1:
        return range(0)
    if habit == "nearest" and printed.is_plain:
        unit = 200 * 10**printed.decimals
        least = max(0, -((1 - 2 * printed.digits) * total // unit))
        most = min(total, (2 * printed.digits + 1) * total // unit)
        return range(least, max(least, most + 1))
    return share_window(printed, habit).scaled(Fraction(total, HUNDRED)).integers(0, total)


def fitting_totals(events: int | None, total: int | None, printed: Printed) -> tuple[int, ...]:
    """Return the totals near `total` that fit: smaller ones first, the nearest first.

    Without a total, those of all that `events` fits, smallest first.
    """
    if not printed.is_plain:
        return ()
    if total is None:
        return _totals_of(events, printed) if events and printed.digits else ()
    reach = min(max(MOST, total // 10), FARTHEST)
    candidates = [*range(total - 1, max(0, total - reach - 1), -1), *range(total + 1, total + reach + 1)]
    found = []
    for other in candidates:
        fits = fitting_counts(other, printed)
        if events in fits if events is not None else len(fits) > 0:
            found.append(other)
            if len(found) == MOST:
                break
    return tuple(found)


def _totals_of(events: int, printed: Printed) -> tuple[int, ...]:
    unit = 200 * 10**printed.decimals * events
    least = max(events, -(-unit // (2 * printed.digits + 1)))
    return tuple(range(least, unit // (2 * printed.digits - 1) + 1)[:MOST])


def has_no_power(total: int, printed: Printed) -> bool:
    """Say whether every percentage printed so would fit some count: 10**(d+2) patients or more, or an open bound."""
    if printed.is_plain:
        return total >= HUNDRED * int(10**printed.decimals)
    if printed.upper is None:
        return True
    share = share_window(printed)
    low, high = share.low or Fraction(0), share.high if share.high is not None else Fraction(HUNDRED)
    return (high - low) * total >= HUNDRED


def rounded_texts(exact: Fraction, decimals: int) -> tuple[str, ...]:
    """Return `exact` rounded to `decimals`, as text: both neighbours, the higher first, where it is a tie."""
    scaled = exact * 10**decimals
    down = scaled.numerator // scaled.denominator
    twice_rest = 2 * (scaled - down)
    if twice_rest == 1:
        return as_text(down + 1, decimals), as_text(down, decimals)
    return (as_text(down + (twice_rest > 1), decimals),)


def as_text(digits: int, decimals: int) -> str:
    """Return the integer `digits` with its last `decimals` after a point."""
    sign = "-" if digits < 0 else ""
    body = str(abs(digits)).rjust(decimals + 1, "0")
    return sign + (f"{body[:-decimals]}.{body[-decimals:]}" if decimals else body)


def expansion(exact: Fraction, decimals: int) -> str:
    """Return `exact` written out: to its end, or cut two digits behind `decimals` with "..."."""
    places = decimals + 2
    scaled = exact * 10**places
    whole = abs(scaled.numerator) // scaled.denominator
    text = as_text(-whole if exact < 0 else whole, places)
    if scaled.denominator != 1:
        return text + "..."
    return text.rstrip("0").rstrip(".")


def counts_of(printed: Printed | Missing | None, total: int | None) -> range:
    """Return `fitting_counts` where there is something to fit, else none."""
    return range(0) if total is None or not isinstance(printed, Printed) else fitting_counts(total, printed)
