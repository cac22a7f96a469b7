"""p values of counts: one proportion against a stated one, and two-by-two tables under every test in common use.

Binomial and hypergeometric tails are sums of integers, so they are exact; the others are bounded (`tails`).
Sources: Fisher 1934; Lancaster 1961 (mid-P); Pearson 1900; Yates 1934; Wilks 1938 (likelihood ratio); Campbell 2007,
Stat Med 26:3661 (N-1).
"""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import comb

from tallysheet.figures import tails
from tallysheet.figures.windows import Interval

Table = tuple[int, int, int, int]
"""Events and others of the first group, then of the second."""

MOST = 600
"""Most patients of an exact test: with more the approximations give the same digits, and the sums take too long."""

FINEST = 2
"""Most decimals of a percentage that is tested against."""


def _point(p: Fraction) -> Interval:
    return Interval(p, p)


@lru_cache(maxsize=256)
def binomial(events: int, total: int, null: Fraction) -> dict[str, Interval]:
    """Return the p values of `events` of `total` against the proportion `null`, by the name of the test.

    Two-sided ones add up what is at most as likely (as R does), or double the smaller tail.
    """
    top, bottom = null.numerator, null.denominator
    rest = bottom - top
    if not top or not rest:
        weights = [0] * (total + 1)
        weights[total if top else 0] = bottom**total
    else:
        weights = [rest**total]
        for k in range(total):  # C(n,k+1)/C(n,k) = (n-k)/(k+1): each weight follows from the one before, exactly
            weights.append(weights[k] * (total - k) * top // ((k + 1) * rest))
    whole = bottom**total
    upper, lower, here = sum(weights[events:]), sum(weights[: events + 1]), weights[events]
    likely = sum(weight for weight in weights if weight <= here)
    return {
        "exact binomial, two-sided": _point(Fraction(likely, whole)),
        "exact binomial, twice the smaller tail": _point(min(Fraction(1), Fraction(2 * min(upper, lower), whole))),
        "exact binomial, one-sided": _point(Fraction(min(lower, upper), whole)),
        "exact binomial, mid-P": _point(min(Fraction(1), Fraction(2 * min(upper, lower) - here, whole))),
        "normal approximation": _one_sample(events, total, null),
    }


def _one_sample(events: int, total: int, null: Fraction) -> Interval:
    spread = null * (1 - null) * total
    return tails.normal_two_sided((events - total * null) ** 2 / spread) if spread else _point(Fraction(1))


@lru_cache(maxsize=256)
def two_by_two(table: Table) -> dict[str, Interval]:
    """Return the p values of a table by the name of the test. Raises `ValueError` where a margin is empty."""
    a, b, c, d = table
    rows, columns, total = (a + b, c + d), (a + c, b + d), a + b + c + d
    if 0 in (*rows, *columns):
        raise ValueError("an empty row or column: there is nothing to compare")
    product = rows[0] * rows[1] * columns[0] * columns[1]
    cross = abs(a * d - b * c)
    pearson = Fraction(total * cross**2, product)
    corrected = Fraction(total) * max(Fraction(0), cross - Fraction(total, 2)) ** 2 / product
    found = {
        "Pearson's chi-square": tails.chi_square(pearson, Fraction(1)),
        "chi-square with Yates's correction": tails.chi_square(corrected, Fraction(1)),
        "likelihood ratio": _likelihood_ratio(table),
        "chi-square with N-1": tails.chi_square(pearson * (total - 1) / total, Fraction(1)),
        "z test, unpooled": _unpooled(table),
    }
    return _fisher(table) | found if total <= MOST else found


def _likelihood_ratio(table: Table) -> Interval:
    a, b, c, d = table
    total = sum(table)
    margins = ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d))
    with localcontext(prec=60):
        parts = [
            2 * cell * tails.decimal(Fraction(cell * total, row * column)).ln() for cell, row, column in margins if cell
        ]
        statistic = sum(parts, Decimal(0))
    exact = max(Fraction(0), Fraction(statistic))
    # The density of the statistic is unbounded at 0, so its own error is carried through both ends.
    ends = (tails.chi_square(max(Fraction(0), exact + sign * tails.SLACK**2), Fraction(1)) for sign in (1, -1))
    least, most = ends
    return Interval(least.low, most.high)


def _unpooled(table: Table) -> Interval:
    a, b, c, d = table
    one, two = Fraction(a, a + b), Fraction(c, c + d)
    spread = one * (1 - one) / (a + b) + two * (1 - two) / (c + d)
    return tails.normal_two_sided((one - two) ** 2 / spread) if spread else _point(Fraction(0))


def _fisher(table: Table) -> dict[str, Interval]:
    a, b, c, d = table
    first, second, drawn = a + b, c + d, a + c
    least = max(0, drawn - second)
    weights = [comb(first, least) * comb(second, drawn - least)]
    for k in range(least, min(first, drawn)):
        weights.append(weights[-1] * (first - k) * (drawn - k) // ((k + 1) * (second - drawn + k + 1)))
    here, whole, place = weights[a - least], sum(weights), a - least
    upper, lower = sum(weights[place:]), sum(weights[: place + 1])
    likely = sum(weight for weight in weights if weight <= here)
    tail = min(upper, lower)
    return {
        "Fisher's exact test": _point(Fraction(likely, whole)),
        "Fisher's exact test, twice the smaller tail": _point(min(Fraction(1), Fraction(2 * tail, whole))),
        "Fisher's exact test, one-sided": _point(Fraction(tail, whole)),
        "Fisher's exact test, mid-P": _point(min(Fraction(1), Fraction(2 * tail - here, whole))),
    }


def _correlation(square: Fraction, df: Fraction) -> Interval:
    """Return P(|r| >= ...) from the square of r with n-2 degrees of freedom, through t."""
    return tails.t_two_sided(square * df / (1 - square), df) if square < 1 else _point(Fraction(0))


DISTRIBUTIONS: dict[str, Callable[..., Interval]] = {
    "z": tails.normal_two_sided,
    "t": tails.t_two_sided,
    "r": _correlation,
    "chi2": tails.chi_square,
    "F": tails.f_ratio,
}
"""P of the test: two-sided, from the square of the statistic, for z, t and r; from the statistic for the others."""
