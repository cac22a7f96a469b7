"""The limits of a proportion's confidence interval by each method in common use.

A method answers whether its limit lies in the window of the printed one. Limits that are closed formulas are computed
to 60 digits (`tails`); those that are defined by a tail probability are never inverted: the tail at the window's two
edges lies on either side of its level exactly when the limit lies between them.

Sources: Newcombe 1998, Stat Med 17:857 (Wald, Wilson, with and without correction; mid-P); Clopper & Pearson 1934;
Agresti & Coull 1998; Brown, Cai & DasGupta 2001, Stat Sci 16:101 (Jeffreys, logit).
"""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb

from tallysheet.figures import tails
from tallysheet.figures.windows import Interval

_SLACK = Fraction(1, 10**20)
_HALF = Fraction(1, 2)

LONGEST_SUM = 20_000
"""Most digits times terms of an exact sum."""

Limits = tuple[Fraction, Fraction]


def closed_form(events: int, total: int, alpha: Fraction) -> dict[str, Limits]:
    """Return the limits, as proportions, of the methods that have a formula. They may lie beyond 0 or 1."""
    z = tails.normal_quantile(alpha)
    p, n, z2 = Fraction(events, total), Fraction(total), z * z
    wald = z * root(p * (1 - p) / n)
    correction = 1 / (2 * n)
    adjusted = (events + z2 / 2) / (n + z2)
    coull = z * root(adjusted * (1 - adjusted) / (n + z2))
    four = Fraction(events + 2, total + 4)
    plus_four = z * root(four * (1 - four) / (n + 4))
    found = {
        "Wald": (p - wald, p + wald),
        "Wald with continuity correction": (p - wald - correction, p + wald + correction),
        "Wilson": _wilson(p, n, z),
        "Wilson with continuity correction": _wilson_corrected(p, n, z),
        "Agresti-Coull": (adjusted - coull, adjusted + coull),
        "plus four": (four - plus_four, four + plus_four),
    }
    if 0 < events < total:
        found["logit"] = _logit(events, total, z)
    return found


def root(value: Fraction) -> Fraction:
    """Return the square root of `value`, right to about 50 digits."""
    with localcontext(prec=60):
        return Fraction(tails.decimal(max(value, Fraction(0))).sqrt())


def _wilson(p: Fraction, n: Fraction, z: Fraction) -> Limits:
    middle, reach = 2 * n * p + z * z, z * root(z * z + 4 * n * p * (1 - p))
    return (middle - reach) / (2 * (n + z * z)), (middle + reach) / (2 * (n + z * z))


def _wilson_corrected(p: Fraction, n: Fraction, z: Fraction) -> Limits:
    z2 = z * z
    low_root = root(z2 - 2 - 1 / n + 4 * p * (n * (1 - p) + 1))
    high_root = root(z2 + 2 - 1 / n + 4 * p * (n * (1 - p) - 1))
    low = (2 * n * p + z2 - 1 - z * low_root) / (2 * (n + z2)) if p else Fraction(0)
    high = (2 * n * p + z2 + 1 + z * high_root) / (2 * (n + z2)) if p < 1 else Fraction(1)
    return low, high


def _logit(events: int, total: int, z: Fraction) -> Limits:
    with localcontext(prec=60):
        centre = tails.decimal(Fraction(events, total - events)).ln()
        spread = tails.decimal(z) * tails.decimal(Fraction(total, events * (total - events))).sqrt()
        low, high = (1 / (1 + (-(centre + sign * spread)).exp()) for sign in (Decimal(-1), Decimal(1)))
    return Fraction(low), Fraction(high)


Tail = Callable[[int, int, Fraction], Interval]


def _upper(events: int, total: int, p: Fraction) -> Interval:
    """Return P(X >= events) of a binomial X: exactly, or by the incomplete beta function where that takes too long."""
    top, bottom = p.numerator, p.denominator
    if total * len(str(bottom)) > LONGEST_SUM:
        return tails.lower_beta(Fraction(events), Fraction(total - events + 1), p)
    weights = (comb(total, k) * top**k * (bottom - top) ** (total - k) for k in range(events, total + 1))
    tail = Fraction(sum(weights), bottom**total)
    return Interval(tail, tail)


def _mid_p(events: int, total: int, p: Fraction) -> Interval:
    above, from_here = (_upper(events + more, total, p) for more in (1, 0)) if events < total else (None, None)
    if above is None or from_here is None:
        return _upper(events, total, p).scaled(_HALF)
    assert above.low is not None  # noqa: S101 - probabilities are bounded
    assert above.high is not None  # noqa: S101 - the same
    assert from_here.low is not None  # noqa: S101 - the same
    assert from_here.high is not None  # noqa: S101 - the same
    return Interval((above.low + from_here.low) / 2, (above.high + from_here.high) / 2)


def _jeffreys(events: int, total: int, p: Fraction) -> Interval:
    return tails.lower_beta(events + _HALF, total - events + _HALF, p)


BY_TAIL: dict[str, Tail] = {"Clopper-Pearson": _upper, "mid-P": _mid_p, "Jeffreys": _jeffreys}
"""Methods whose lower limit is the p at which a tail, rising with p, is alpha/2; the upper one is that of the rest."""


def lower_fits(method: str, events: int, total: int, alpha: Fraction, window: Interval) -> bool:
    """Say whether the lower limit, by a method of `BY_TAIL`, lies in `window`, a window of proportions."""
    if events == 0:
        return window.contains(0)
    tail = BY_TAIL[method]
    edges = [min(max(edge, Fraction(0)), Fraction(1)) for edge in (window.low, window.high) if edge is not None]
    if len(edges) < 2:  # noqa: PLR2004 - a window has two edges, or is a bound that tests nothing
        return False
    least, most = tail(events, total, edges[0]).low, tail(events, total, edges[1]).high
    return least is not None and most is not None and least <= alpha / 2 <= most


def upper_fits(method: str, events: int, total: int, alpha: Fraction, window: Interval) -> bool:
    """Say whether the upper limit lies in `window`: it is 1 less the lower limit of those without the event."""
    return lower_fits(method, total - events, total, alpha, window.mirrored().shifted(1))


def formula_fits(limit: Fraction, window: Interval) -> bool:
    """Say whether a computed limit, or the end of the scale where it lies beyond, lies in `window`."""
    clipped = min(max(limit, Fraction(0)), Fraction(1))
    return any(window.meets(Interval(value - _SLACK, value + _SLACK)) for value in (limit, clipped))
