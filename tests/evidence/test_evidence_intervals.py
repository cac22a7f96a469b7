"""Intervals of a proportion: as a package of the field computes them, and as the exact tails say."""

from fractions import Fraction
from math import isclose

import pytest
from scipy import special, stats
from statsmodels.stats.proportion import proportion_confint

from tallysheet.evidence.beta import beta_quantile, incomplete_beta, t_quantile
from tallysheet.evidence.intervals import clopper_pearson, wilson
from tallysheet.figures import limits
from tallysheet.figures.windows import Interval

COUNTS = [
    *((events, total) for total in (1, 2, 3, 7, 12, 25, 46, 105) for events in range(total + 1)),
    *((0, 1000), (1, 1000), (500, 1000), (1000, 1000), (3, 100_000), (99_999, 100_000), (0, 10**9), (10**9, 10**9)),
]


# Wilson's and the exact interval are those of statsmodels, from nobody to everybody.
@pytest.mark.parametrize(("events", "total"), COUNTS)
def test_intervals_agree_with_statsmodels(events: int, total: int) -> None:
    for method, ours in (("wilson", wilson(events, total)), ("beta", clopper_pearson(events, total))):
        theirs = proportion_confint(events, total, alpha=0.05, method=method)
        for limit, other in zip(ours, theirs, strict=True):
            assert isclose(limit, other, rel_tol=1e-8, abs_tol=1e-12), method


# Of nobody the lower limit is 0, of everybody the upper one is 1, and the others are none of both.
@pytest.mark.parametrize("total", [1, 5, 34, 1000])
def test_ends_are_exact(total: int) -> None:
    for interval in (wilson, clopper_pearson):
        low, high = interval(0, total)
        assert (low, 0 < high < 1) == (0.0, True)
        low, high = interval(total, total)
        assert (0 < low < 1, high) == (True, 1.0)


# The exact limits lie where the exact binomial tails cross 2.5 %.
@pytest.mark.parametrize(("events", "total"), [(0, 7), (1, 12), (6, 25), (22, 34), (7, 7), (50, 105)])
def test_exact_limits_lie_where_the_tails_say(events: int, total: int) -> None:
    low, high = clopper_pearson(events, total)
    slack = Fraction(1, 10**9)
    around = [Interval(Fraction(limit) - slack, Fraction(limit) + slack) for limit in (low, high)]
    assert limits.lower_fits("Clopper-Pearson", events, total, Fraction(1, 20), around[0])
    assert limits.upper_fits("Clopper-Pearson", events, total, Fraction(1, 20), around[1])


# The incomplete beta function, its inverse and quantiles of t are those of scipy.
@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1, 1), (2, 30), (30.5, 2), (500, 700), (1, 10**6), (10**6, 3)])
def test_incomplete_beta_is_right(a: float, b: float) -> None:
    for x in (1e-9, 0.001, 0.1, 0.45, 0.5, 0.9, 0.999):
        assert isclose(incomplete_beta(a, b, x), special.betainc(a, b, x), rel_tol=1e-8, abs_tol=1e-12)
    for share in (0.001, 0.025, 0.5, 0.975):
        assert isclose(beta_quantile(a, b, share), special.betaincinv(a, b, share), rel_tol=1e-8)
    assert (incomplete_beta(a, b, 0), incomplete_beta(a, b, 1)) == (0, 1)


@pytest.mark.parametrize("df", [1, 2, 3, 10, 44, 1000, 10_000])
def test_quantiles_of_t(df: int) -> None:
    assert isclose(t_quantile(df), stats.t.ppf(0.975, df), rel_tol=1e-9)
