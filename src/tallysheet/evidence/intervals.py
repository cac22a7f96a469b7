"""Confidence intervals of a proportion at 95 %: Wilson's score interval, and Clopper and Pearson's exact one."""

from fractions import Fraction
from functools import lru_cache

from tallysheet.evidence.beta import beta_quantile
from tallysheet.figures.limits import closed_form

ALPHA = Fraction(1, 20)
Interval = tuple[float, float]


@lru_cache(maxsize=100_000)
def wilson(events: int, total: int) -> Interval:
    """Return Wilson's score interval, as proportions (Wilson 1927, J Am Stat Assoc 22:209); no correction."""
    low, high = closed_form(events, total, ALPHA)["Wilson"]
    return (float(low) if events else 0.0), (float(high) if events < total else 1.0)


@lru_cache(maxsize=100_000)
def clopper_pearson(events: int, total: int) -> Interval:
    """Return the exact interval, as proportions (Clopper & Pearson 1934, Biometrika 26:404).

    Its limits are quantiles of beta distributions; of 0 or all events one limit is 0 or 1, the other stays two-sided.
    """
    half = float(ALPHA) / 2
    low = beta_quantile(events, total - events + 1, half) if events else 0.0
    high = 1 - beta_quantile(total - events, events + 1, half) if events < total else 1.0
    return low, high
