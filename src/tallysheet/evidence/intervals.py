"""Confidence intervals of a proportion at 95 %: Wilson's score interval, and Clopper and Pearson's exact one."""

from fractions import Fraction
from functools import lru_cache
from math import sqrt

from tallysheet.evidence.beta import beta_quantile
from tallysheet.figures.tails import normal_quantile

ALPHA = Fraction(1, 20)
_Z = float(normal_quantile(ALPHA))
Interval = tuple[float, float]


@lru_cache(maxsize=100_000)
def wilson(events: int, total: int) -> Interval:
    """Return Wilson's score interval, as proportions (Wilson 1927, J Am Stat Assoc 22:209); no correction."""
    square = _Z * _Z
    middle, reach = 2 * events + square, _Z * sqrt(square + 4 * events * (total - events) / total)
    low, high = ((middle + side) / (2 * (total + square)) for side in (-reach, reach))
    return (low if events else 0.0), (high if events < total else 1.0)


@lru_cache(maxsize=100_000)
def clopper_pearson(events: int, total: int) -> Interval:
    """Return the exact interval, as proportions (Clopper & Pearson 1934, Biometrika 26:404).

    Its limits are quantiles of beta distributions; of 0 or all events one limit is 0 or 1, the other stays two-sided.
    """
    half = float(ALPHA) / 2
    low = beta_quantile(events, total - events + 1, half) if events else 0.0
    high = 1 - beta_quantile(total - events, events + 1, half) if events < total else 1.0
    return low, high
