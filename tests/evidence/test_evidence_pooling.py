"""Pooled proportions: as metafor fits them, as an independent maximisation finds them, and what is refused."""

import csv
import random
from collections.abc import Sequence
from math import exp, inf, isclose, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import integrate, optimize, special, stats

from tallysheet.evidence.fitting import HALF_CHI2
from tallysheet.evidence.likelihood import log_likelihood
from tallysheet.evidence.pooling import Pooled, Refused, pool, tail

Counts = Sequence[tuple[int, int]]
METAFOR = Path(__file__).with_name("metafor.csv")
STEPS = np.linspace(-12, 12, 4_801)
WEIGHTS = np.exp(-STEPS * STEPS / 2) / sqrt(2 * np.pi) * (STEPS[1] - STEPS[0])


def brute(counts: Counts, mu: float, tau: float) -> float:
    """Return the log-likelihood by a plain sum over 4,801 steps, with the binomial coefficients."""
    total = 0.0
    for y, n in counts:
        theta = mu + tau * STEPS
        inside = y * theta - n * np.logaddexp(0, theta)
        top = inside.max()
        coefficient = special.gammaln(n + 1) - special.gammaln(y + 1) - special.gammaln(n - y + 1)
        total += float(np.log((WEIGHTS * np.exp(inside - top)).sum()) + top + coefficient)
    return total


def profile(counts: Counts, mu: float) -> float:
    """Return the highest log-likelihood at a mean logit, over taus from 0 to 80, by brute force."""
    taus = [0.0, 0.1, 0.3, 0.6, 1, 1.5, 2.5, 4, 6, 10, 20, 40, 80]
    heights = [brute(counts, mu, tau) for tau in taus]
    place = int(np.argmax(heights))
    around = taus[max(place - 1, 0)], taus[min(place + 1, len(taus) - 1)]
    found = optimize.minimize_scalar(
        lambda tau: -brute(counts, mu, tau), bounds=around, method="bounded", options={"xatol": 1e-7}
    )
    return max(-float(found.fun), heights[place])


def seeded(seed: int) -> list[tuple[int, int]]:
    """Return counts of studies drawn from the model itself."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    mean, tau = chance.gauss(0, 1.5), chance.choice([0, 0.3, 1, 2])
    counts = []
    for _ in range(chance.randint(3, 9)):
        total, share = chance.randint(1, 40), 1 / (1 + exp(-chance.gauss(mean, tau)))
        counts.append((sum(chance.random() < share for _ in range(total)), total))
    return counts


def pooled(counts: Counts) -> Pooled:
    """Return what is pooled, which has to be something."""
    found = pool(counts)
    assert isinstance(found, Pooled), found
    return found


# Estimate, standard error, variance and test are those of R's metafor, to what its optimiser settles.
@pytest.mark.parametrize(
    "row", list(csv.DictReader(METAFOR.read_text(encoding="utf-8").splitlines())), ids=lambda row: row["case"]
)
def test_agrees_with_metafor(row: dict[str, str]) -> None:
    counts = list(zip(map(int, row["events"].split()), map(int, row["totals"].split()), strict=True))
    found = pooled(counts)
    assert found.se is not None
    assert found.tau2 is not None
    assert isclose(found.mu, float(row["mu"]), abs_tol=3e-4)
    assert isclose(found.se, float(row["se"]), abs_tol=3e-4)
    assert isclose(found.tau2, float(row["tau2"]), abs_tol=2e-3)
    assert isclose(found.g, float(row["g"]), abs_tol=1e-6)


# The integral over the random effect is right to 1e-6, from nobody to everybody and whatever the variance.
@pytest.mark.parametrize(("events", "total"), [(0, 1), (0, 40), (3, 10), (1, 200), (87, 97), (40, 40)])
@pytest.mark.parametrize("tau", [0.05, 0.5, 1.5, 4.0, 8.0])
@pytest.mark.parametrize("mu", [-16.0, -4.0, 0.0, 2.5])
def test_integral_is_right(events: int, total: int, tau: float, mu: float) -> None:
    def height(z: float) -> float:
        theta = mu + tau * z
        return float(events * theta - total * np.logaddexp(0, theta) - z * z / 2)

    top = max(map(height, np.linspace(-40, 40, 8001)))

    def integrand(z: float) -> float:
        return exp(height(z) - top) / sqrt(2 * np.pi)

    pieces = [integrate.quad(integrand, z, z + 0.5, epsabs=1e-13, epsrel=1e-12)[0] for z in np.arange(-40, 40, 0.5)]
    assert isclose(log_likelihood([(events, total, 1)], mu, tau).height, log(sum(pieces)) + top, abs_tol=1e-6)


# The derivatives are those of the function.
@pytest.mark.parametrize("tau", [0.4, 2.0])
def test_derivatives_are_right(tau: float) -> None:
    rows, mu, step = [(0, 9, 1), (3, 10, 2), (7, 7, 1), (12, 40, 1)], -0.3, 1e-4
    at = log_likelihood(rows, mu, tau)
    up, down = (log_likelihood(rows, mu + side, tau) for side in (step, -step))
    right, left = (log_likelihood(rows, mu, tau + side) for side in (step, -step))
    for ours, expected in (
        (at.by_mu, (up.height - down.height) / (2 * step)),
        (at.by_tau, (right.height - left.height) / (2 * step)),
        (at.mu_mu, (up.by_mu - down.by_mu) / (2 * step)),
        (at.mu_tau, (right.by_mu - left.by_mu) / (2 * step)),
        (at.tau_tau, (right.by_tau - left.by_tau) / (2 * step)),
    ):
        assert isclose(ours, expected, rel_tol=1e-5, abs_tol=1e-5)


# Without variance the studies are binomial, and the log-likelihood is even in tau: flat there, and bent as it is near.
def test_no_variance() -> None:
    rows, step = [(0, 9, 1), (3, 10, 2), (7, 7, 1), (12, 40, 1)], 1e-3
    at, near = (log_likelihood(rows, -0.3, tau) for tau in (0.0, step))
    assert (at.by_tau, at.mu_tau) == (0.0, 0.0)
    assert isclose(at.height, sum(w * (y * -0.3 - n * log(1 + exp(-0.3))) for y, n, w in rows), rel_tol=1e-12)
    assert isclose(at.tau_tau, 2 * (near.height - at.height) / step**2, rel_tol=1e-3)


# The estimate is the highest point that an independent search finds, and the limits lie 1.92 below it.
@pytest.mark.parametrize(
    "counts",
    [
        *(seeded(seed) for seed in range(8)),
        [(0, 10), (0, 12), (3, 20), (9, 9)],
        [(1, 10), (0, 10), (0, 10)],
        [(5, 10)] * 4,
        [(10, 10), (7, 7), (19, 20)],
        [(0, 1), (1, 1), (3, 5), (1, 1)],
        [(3, 10), (18, 20), (0, 12)],
    ],
    ids=str,
)
def test_agrees_with_an_independent_maximisation(counts: Counts) -> None:
    found = pooled(counts)
    if found.tau2 is None:
        pytest.skip("drawn with nobody or everybody: see below")
    assert isclose(found.log_likelihood, brute(counts, found.mu, sqrt(found.tau2)), abs_tol=1e-5)
    best = optimize.minimize_scalar(
        lambda mu: -profile(counts, mu), bounds=(found.mu - 2, found.mu + 2), method="bounded", options={"xatol": 1e-5}
    )
    assert -best.fun <= found.log_likelihood + 1e-5
    for limit in found.interval:
        if 0 < limit < 1:
            height = profile(counts, log(limit / (1 - limit)))
            assert isclose(height, found.log_likelihood - HALF_CHI2, abs_tol=2e-5)
        else:
            assert profile(counts, 60.0 if limit else -60.0) > found.log_likelihood - HALF_CHI2


# Where no patient has the event, or every one, the estimate is the end and the interval is one-sided.
@pytest.mark.parametrize("counts", [[(0, 10)] * 3, [(0, 1), (0, 2), (0, 3)], [(0, 20), (0, 30), (0, 40), (0, 5)]])
def test_nobody_and_everybody(counts: Counts) -> None:
    nobody, everybody = pooled(counts), pooled([(total, total) for _, total in counts])
    assert (nobody.estimate, nobody.interval[0], nobody.prediction, nobody.mu) == (0.0, 0.0, None, -inf)
    assert (everybody.estimate, everybody.interval[1], everybody.prediction, everybody.mu) == (1.0, 1.0, None, inf)
    assert (nobody.tau2, nobody.i2, nobody.g, nobody.g_p) == (None, None, 0.0, 1.0)
    bound = nobody.interval[1]
    assert isclose(everybody.interval[0], 1 - bound, rel_tol=1e-9)
    assert isclose(profile(counts, log(bound / (1 - bound))), -HALF_CHI2, abs_tol=2e-5)
    assert nobody.notes == (
        "no patient has the event: the variance between studies and the next study can't be estimated",
    )


# Studies with one proportion have no variance between them, and the common proportion is theirs.
def test_identical_proportions() -> None:
    found = pooled([(5, 10), (10, 20), (20, 40)])
    assert (found.estimate, found.tau2, found.g, found.i2, found.g_p, found.tau_p) == (0.5, 0.0, 0.0, 0.0, 1.0, 1.0)
    low, high = found.interval
    assert isclose(low, 1 - high, rel_tol=1e-6)


# To count those without the event instead mirrors everything.
def test_is_symmetric() -> None:
    counts = [(0, 10), (3, 12), (18, 20), (9, 9), (1, 30)]
    one, other = pooled(counts), pooled([(n - y, n) for y, n in counts])
    assert one.prediction is not None
    assert other.prediction is not None
    assert one.tau2 is not None
    assert other.tau2 is not None
    assert isclose(one.estimate, 1 - other.estimate, rel_tol=1e-6)
    assert isclose(one.tau2, other.tau2, rel_tol=1e-6)
    for limit, mirrored in ((one.interval, other.interval), (one.prediction, other.prediction)):
        assert isclose(limit[0], 1 - mirrored[1], rel_tol=1e-5)


# The order of studies changes nothing, to the last bit.
def test_order_is_nothing() -> None:
    counts = seeded(3)
    assert pool(counts) == pool(counts[::-1])


# The prediction interval is Higgins's: t with k-2 degrees of freedom on the logit scale.
def test_prediction_interval() -> None:
    found = pooled([(9, 10), (7, 17), (35, 36), (2, 8), (10, 19), (34, 37)])
    assert found.prediction is not None
    assert found.se is not None
    assert found.tau2 is not None
    reach = stats.t.ppf(0.975, 4) * sqrt(found.tau2 + found.se**2)
    assert isclose(found.prediction[0], special.expit(found.mu - reach), rel_tol=1e-9)
    assert isclose(found.prediction[1], special.expit(found.mu + reach), rel_tol=1e-9)


# Heterogeneity is tested by the likelihood ratio of a probability for each study against one for all.
def test_heterogeneity() -> None:
    found = pooled([(3, 10), (5, 12), (18, 20)])
    share = 26 / 42
    g = 2 * sum(
        stats.binom.logpmf(y, n, y / n) - stats.binom.logpmf(y, n, share) for y, n in ((3, 10), (5, 12), (18, 20))
    )
    assert isclose(found.g, g, rel_tol=1e-9)
    assert isclose(found.g_p, stats.chi2.sf(g, 2), rel_tol=1e-9)
    assert found.i2 is not None
    assert isclose(found.i2, (g - 2) / g, rel_tol=1e-9)


# Tails of the chi-square are right also where there are thousands of studies.
@pytest.mark.parametrize(("statistic", "df"), [(0.0, 2), (3.84, 1), (12.5, 4), (250.0, 2), (9000.0, 9000), (1e6, 10)])
def test_tail(statistic: float, df: int) -> None:
    assert isclose(tail(statistic, df), stats.chi2.sf(statistic, df), rel_tol=1e-6, abs_tol=1e-24)


# Too few studies, cohorts that may overlap, and studies that can't tell variance from chance are not pooled.
@pytest.mark.parametrize(
    ("counts", "overlaps", "why"),
    [
        ([], [], "0 studies: fewer than 3"),
        ([(3, 10)], [], "1 study: fewer than 3"),
        ([(3, 10), (4, 9)], [("a", "b")], "2 studies: fewer than 3; a and b may share patients"),
        ([(3, 10)] * 3, [("b", "c"), ("a", "b")], "a and b may share patients; b and c may share patients"),
        (
            [(3, 10)] * 5,
            [("a", "b"), ("a", "c"), ("a", "d"), ("a", "e"), ("b", "c")],
            "; ".join([*(f"a and {other} may share patients" for other in "bcd"), "and so may 2 more pairs"]),
        ),
        ([(0, 1), (1, 1), (1, 1)], [], "every study has one patient: how studies differ can't be told from chance"),
        ([(0, 9), (9, 9), (0, 5), (8, 8)], [], "studies are all or nothing: no finite variance between them fits best"),
    ],
)
def test_refuses(counts: Counts, overlaps: list[tuple[str, str]], why: str) -> None:
    assert pool(counts, overlaps) == Refused(why)


# What is no count is an error of the caller, not an estimate.
@pytest.mark.parametrize("count", [(3, 2), (-1, 5), (0, 0)])
def test_what_is_no_count_is_refused(count: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no count of events"):
        pool([count, (1, 2), (1, 2)])


# Enormous counts, as the schema allows them, are pooled as others are.
def test_enormous_counts() -> None:
    found = pooled([(1, 999_999_999), (50, 999_999_999), (3, 999_999_999)])
    assert found.interval[0] < found.estimate < found.interval[1] < 1e-5
