"""Tail probabilities of the normal, t, F and chi-square distributions, with bounds that hold.

They are transcendental, so they are computed: in decimal arithmetic of 60 digits, by series of positive terms that are
cut where a geometric series bounds what is left. Each step rounds once, relative to 10**-60, and no series has more
than 10**5 steps, so the answer is right to far better than `SLACK`, by which every bound is widened.

Series: Abramowitz & Stegun 6.5.29 (incomplete gamma function), 26.5.4 (incomplete beta function), 6.1.40 (gamma).
"""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from tallysheet.figures.windows import Interval

SLACK = Fraction(1, 10**25)
"""How far a computed probability may be off, at the very most."""

STEPS = 100_000
"""Most terms of a series; a statistic that needs more is not judged."""

_DIGITS = 60
_CONTEXT = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-(10**15), Emax=10**15)
_SMALL = Decimal(10) ** -45
_STIRLING = tuple(
    Fraction(*pair)
    for pair in (
        (1, 12),
        (-1, 360),
        (1, 1260),
        (-1, 1680),
        (1, 1188),
        (-691, 360360),
        (1, 156),
        (-3617, 122400),
        (43867, 244188),
        (-174611, 125400),
        (77683, 5796),
        (-236364091, 1506960),
        (657931, 300),
    )
)
_SHIFT = 60
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")


class OutOfReachError(ValueError):
    """The statistic or its degrees of freedom are too large to be computed within bounds."""


def decimal(value: Fraction) -> Decimal:
    """Return `value` to 60 digits."""
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _bounded(value: Decimal) -> Interval:
    exact = Fraction(value)
    return Interval(max(Fraction(0), exact - SLACK), min(Fraction(1), exact + SLACK))


@lru_cache(maxsize=512)
def _log_gamma(argument: Fraction) -> Decimal:
    """Return ln(gamma(a)) for a > 0: shifted above 60, where Stirling's series is right to better than 10**-45."""
    with localcontext(_CONTEXT):
        shifted, product = argument, Fraction(1)
        while shifted < _SHIFT:
            product *= shifted
            shifted += 1
        z = decimal(shifted)
        total = (z - Decimal("0.5")) * z.ln() - z + (2 * PI).ln() / 2
        power = z
        for term in _STIRLING:
            total += decimal(term) / power
            power *= z * z
        return total - decimal(product).ln()


def _series(first: Decimal, ratio: Callable[[int], Decimal], limit: Decimal) -> Decimal:
    """Sum positive terms of which each is `ratio(n)` times the last; the ratios tend to `limit` < 1, from one side."""
    total = term = first
    for step in range(STEPS):
        factor = ratio(step)
        term *= factor
        total += term
        worst = max(factor, limit)
        if worst < 1 and term * worst <= _SMALL * total * (1 - worst):
            return total
    raise OutOfReachError("the series is too long: the statistic or its degrees of freedom are too large")


def upper_gamma(shape: Fraction, x: Fraction) -> Interval:
    """Return Q(a, x), the upper regularised incomplete gamma function, for a > 0 and x >= 0."""
    if x <= 0:
        return Interval(Fraction(1), Fraction(1))
    with localcontext(_CONTEXT):
        a, z = decimal(shape), decimal(x)
        if x > shape and a * (z / a).ln() + a - z < Decimal(-100):
            return Interval(Fraction(0), SLACK)  # Chernoff: Q(a, x) <= (x/a)**a * exp(a - x) for x > a
        head = (a * z.ln() - z - _log_gamma(shape + 1)).exp()
        return _bounded(1 - _series(head, lambda n: z / (a + n + 1), Decimal(0)))


def lower_beta(a: Fraction, b: Fraction, x: Fraction) -> Interval:
    """Return I_x(a, b), the regularised incomplete beta function, for a, b > 0 and 0 <= x <= 1."""
    if x <= 0 or x >= 1:
        return Interval(Fraction(int(x >= 1)), Fraction(int(x >= 1)))
    with localcontext(_CONTEXT):
        if x > Fraction(1, 2):
            return _bounded(1 - _beta_series(b, a, 1 - x))
        return _bounded(_beta_series(a, b, x))


def _beta_series(a: Fraction, b: Fraction, x: Fraction) -> Decimal:
    one, other, z = decimal(a), decimal(b), decimal(x)
    log_beta = _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)
    head = (one * z.ln() + other * (1 - z).ln() - log_beta).exp() / one
    return _series(head, lambda n: (one + other + n) / (one + 1 + n) * z, z)


def normal_two_sided(z_squared: Fraction) -> Interval:
    """Return P(|Z| >= z) for a standard normal Z, from the square of z."""
    return upper_gamma(Fraction(1, 2), z_squared / 2)


def chi_square(statistic: Fraction, df: Fraction) -> Interval:
    """Return P(X >= statistic) for a chi-square X with `df` degrees of freedom."""
    return upper_gamma(df / 2, statistic / 2)


def f_ratio(statistic: Fraction, df1: Fraction, df2: Fraction) -> Interval:
    """Return P(F >= statistic) for an F with `df1` and `df2` degrees of freedom."""
    if statistic <= 0:
        return Interval(Fraction(1), Fraction(1))
    return lower_beta(df2 / 2, df1 / 2, df2 / (df2 + df1 * statistic))


def t_two_sided(t_squared: Fraction, df: Fraction) -> Interval:
    """Return P(|T| >= t) for Student's t with `df` degrees of freedom, from the square of t."""
    return f_ratio(t_squared, Fraction(1), df)


@lru_cache(maxsize=16)
def normal_quantile(two_sided: Fraction) -> Fraction:
    """Return z with P(|Z| >= z) = `two_sided`, to 30 decimals: 1.95996... for 1/20."""
    low, high = Fraction(0), Fraction(40)
    for _ in range(105):
        middle = Fraction(round((low + high) / 2 * 10**32), 10**32)
        tail = normal_two_sided(middle * middle).low
        assert tail is not None  # noqa: S101 - a tail has both bounds
        if tail + SLACK > two_sided:
            low = middle
        else:
            high = middle
    return low
