"""Accepts p values and ratios that agree by more than floats can be off; near a border nobody is asked but `pvalues`.

Every p value here is off by less than 1e-10, and one that lies within `ROOM` of a border of the printed one's window is
left to the exact judgement. Where that is a matter of whole numbers, such as the middle of an interval, it is decided
by whole numbers. Why the errors are that small stands beside each formula; u is 2**-53, by which one operation is off.
"""

from functools import lru_cache
from math import comb, erfc, exp, inf, lgamma, log, log1p, sqrt
from typing import TypeAlias

from tallysheet.figures.agreeing import plain
from tallysheet.figures.printed import NotAFigure, Printed, read_printed

ROOM = 1e-9
Window: TypeAlias = tuple[float, float]
"""Least and most of what a p value is printed for: floats next to the exact limits."""

MOST = 600
"""Most patients of an exact test, as in `exact_tests`: below, no weight of a table overflows."""

Z_95 = 1.959963984540054
HALF_ALPHA = 0.025
Edge: TypeAlias = tuple[int, int]
"""A limit of an interval: its digits, and what a whole is in the unit that they count."""
CLOSE = 10_000
"""Limits of an interval that differ by less than one part in so many are left: the difference of their logarithms
would be off by too much."""


@lru_cache(maxsize=4096)
def window_of_p(text: str, comma: bool) -> Window | None:  # noqa: FBT001 - by place, for speed
    """Return what a p value may be that is a number above 0 or a bound, and possible; None for any other text."""
    try:
        printed = read_printed(text, decimal_comma=comma)
    except NotAFigure:
        return None
    if not isinstance(printed, Printed) or printed.negative or printed.kind or printed.upper or not printed.digits:
        return None
    digits, unit, sign = printed.digits, 10**printed.decimals, printed.qualifier
    if digits > unit or sign == "~" or (sign == ">" and digits == unit):
        return None
    if sign:
        return (-inf, digits / unit) if sign in ("<", "<=") else (digits / unit, inf)
    return (2 * digits - 1) / (2 * unit), (2 * digits + 1) / (2 * unit)


def ratio_agrees(value: str, lower: str, upper: str, p: str | None, comma: bool) -> bool | str:  # noqa: FBT001 - by place
    """Tell whether a ratio is in the middle of its 95% interval by logarithm, and its p value surely follows from both.

    "limit at 0" where a limit may be 0, so that no p value follows. `judge_ratio` says the same.
    """
    first, middle, last = plain(lower, comma), plain(value, comma), plain(upper, comma)
    if first is None or middle is None or last is None:
        return False
    (one, per_low), (two, per), (three, per_high) = first, middle, last
    # The ends of the windows, doubled, each in the unit of its figure.
    a, c, e = max(0, 2 * one - 1), max(0, 2 * two - 1), max(0, 2 * three - 1)
    b, d, f = 2 * one + 1, 2 * two + 1, 2 * three + 1
    ordered = a * per < d * per_low and c * per_high < f * per and a * per_high < f * per_low
    per_ends, per_square = per_low * per_high, per * per
    if not (ordered and a * e * per_square <= d * d * per_ends and c * c * per_ends <= b * f * per_square):
        return False
    if p is None or (window := window_of_p(p, comma)) is None:
        return p is None
    above, below = e * per_low, b * per_high
    if not (a and c and e) or above <= below:
        return "limit at 0"
    if (above - below) * CLOSE < below:
        return False
    # A quotient is off by u, so its logarithm is off by less than 2u and u of itself. `narrow` and `wide` are above
    # 2.5e-5, so z is off by less than 1e-11 and 1e-11 of itself: as |dp/dz| < 0.8 and |dp/d ln z| < 0.49, p is off by
    # less than 1e-10.
    narrow, wide = log(above / below) / (2 * Z_95), log(f * per_low / (a * per_high)) / (2 * Z_95)
    low, high = log(c / (2 * per)), log(d / (2 * per))
    near = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    least, most = erfc(max(-low, high) / narrow / sqrt(2)), erfc(near / wide / sqrt(2))
    return window[0] <= most - ROOM and least + ROOM <= window[1]


def ratio_of_counts_agrees(kind: str, first: tuple[int, int], second: tuple[int, int], value: str, comma: bool) -> bool:  # noqa: FBT001 - the same
    """Tell whether "OR" or "RR" of two groups, each (events, total), is printed so: `judge_ratio_of_counts` says it."""
    (a, n), (c, m), found = first, second, plain(value, comma)
    top, bottom = (a * (m - c), (n - a) * c) if kind == "OR" else (a * m, c * n)
    return found is not None and bottom > 0 and abs(2 * top * found[1] - 2 * found[0] * bottom) <= bottom


def some_test_fits(first: tuple[int, int], second: tuple[int, int], window: Window) -> bool:
    """Tell whether a usual test of two groups, each (events, total), surely gives a p value of the window.

    True also where a margin is empty, so that there is nothing to test. `judge_two_by_two` says the same.
    """
    (a, n), (c, m) = first, second
    b, d, total, seen = n - a, m - c, n + m, a + c
    if min(a, b, c, d) < 0 or total >= 10**9:
        return False
    product = n * m * seen * (b + d)
    if not product:
        return True
    # Each statistic is a quotient of whole numbers, so it is off by u; |dp/d ln x| < 0.25, so p is off by a few u.
    cross, least, most = abs(a * d - b * c), window[0] + ROOM, window[1] - ROOM
    pearson = total * cross * cross
    if least <= erfc(sqrt(pearson / (2 * product))) <= most:
        return True
    if total <= MOST and any(least <= p <= most for p in fisher(a, n, m, seen)):
        return True
    corrected, spread = max(0, 2 * cross - total), a * b * m**3 + c * d * n**3
    others = [(total * corrected * corrected, 8 * product), (pearson * (total - 1), 2 * product * total)]
    others += [(cross * cross * n * m, 2 * spread)] if spread else []
    if not spread and least <= 0 <= most:
        return True
    return any(least <= erfc(sqrt(over / under)) <= most for over, under in others)


def fisher(a: int, n: int, m: int, drawn: int) -> tuple[float, float, float, float]:
    """Return Fisher's p: two-sided, twice the smaller tail, one-sided, mid-P; of `a` events of `n`, `drawn` of `n + m`.

    Tables are weighed against this one, outwards from it. A step is off by 3u and a sum of 600 by 600u; what is left
    out is at most 600 weights of 1e-14 of the rest; so p is off by less than 1e-11.
    """
    tails, likely = [], 1.0
    for step in (1, -1):
        total = weight = 1.0
        k, last = a, min(n, drawn) if step == 1 else max(0, drawn - m)
        while k != last:
            more = k if step == 1 else k - 1
            up, down = (n - more) * (drawn - more), (more + 1) * (m - drawn + more + 1)
            weight = weight * up / down if step == 1 else weight * down / up
            total += weight
            k += step
            if weight < 1 - ROOM or (weight < 1 + ROOM and not likelier(k, a, n, m, drawn)):
                likely += weight
            if weight < 1e-14 * total:
                break
        tails.append(total)
    tail, whole = min(tails), sum(tails) - 1
    return likely / whole, min(1.0, 2 * tail / whole), tail / whole, min(1.0, (2 * tail - 1) / whole)


def likelier(k: int, a: int, n: int, m: int, drawn: int) -> bool:
    """Tell by whole numbers whether `k` events of the first group are likelier than `a`."""
    return comb(n, k) * comb(m, drawn - k) > comb(n, a) * comb(m, drawn - a)


def interval_fits(events: int, total: int, lower: Edge, upper: Edge) -> bool:
    """Tell whether a usual 95% interval of `events` of `total` surely has these limits: `judge_interval` says it.

    A limit is its digits and what a whole is in their unit. The formulas are as in `limits`; a dozen operations on
    numbers below 10**4 are off by less than 1e-11, and so is a tail of 600 terms.
    """
    if not 0 < total <= MOST or not 0 <= events <= total:
        return False
    (low, low_unit), (high, high_unit) = lower, upper
    if (2 * low - 1) * total > 2 * low_unit * events or (2 * high + 1) * total < 2 * high_unit * events:
        return False
    first = ((2 * low - 1) / (2 * low_unit) + ROOM, (2 * low + 1) / (2 * low_unit) - ROOM)
    last = ((2 * high - 1) / (2 * high_unit) + ROOM, (2 * high + 1) / (2 * high_unit) - ROOM)
    for least, most in closed_forms(events, total):
        if first[0] <= max(least, 0.0) <= first[1] and last[0] <= min(most, 1.0) <= last[1]:
            return True
    return tail_fits(events, total, first) and tail_fits(total - events, total, (1 - last[1], 1 - last[0]))


def closed_forms(events: int, total: int) -> list[tuple[float, float]]:
    """Return the limits by Wilson, Wald, with and without continuity correction for the latter, and Agresti-Coull."""
    n, p, z = float(total), events / total, Z_95
    middle, reach, whole = 2 * n * p + z * z, z * sqrt(z * z + 4 * n * p * (1 - p)), 2 * (n + z * z)
    wald, more = z * sqrt(p * (1 - p) / n), 1 / (2 * n)
    adjusted = (events + z * z / 2) / (n + z * z)
    coull = z * sqrt(adjusted * (1 - adjusted) / (n + z * z))
    return [
        ((middle - reach) / whole, (middle + reach) / whole),
        (p - wald, p + wald),
        (p - wald - more, p + wald + more),
        (adjusted - coull, adjusted + coull),
    ]


def tail_fits(events: int, total: int, window: Window) -> bool:
    """Tell whether the lower limit by Clopper and Pearson surely lies in a window."""
    if events == 0:
        return window[0] <= 0 <= window[1]
    return upper_tail(events, total, window[0]) + ROOM <= HALF_ALPHA <= upper_tail(events, total, window[1]) - ROOM


def upper_tail(events: int, total: int, p: float) -> float:
    """Return the probability of `events` or more of `total`, each with probability `p`."""
    if p <= 0 or p >= 1:
        return float(p >= 1)
    ways = lgamma(total + 1) - lgamma(events + 1) - lgamma(total - events + 1)
    weight = exp(ways + events * log(p) + (total - events) * log1p(-p))
    tail = 0.0
    for k in range(events, total + 1):
        tail += weight
        weight *= (total - k) / (k + 1) * p / (1 - p)
    return tail
