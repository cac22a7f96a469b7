"""Maximum likelihood of the random-effects logit model, and the profile likelihood of its mean.

The log-likelihood is even in tau and may have its maximum at tau = 0; so tau is sought on a grid first, then by
Newton's method. Limits of the mean solve l = maximum - chi2/2 and dl/dtau = 0 (Venzon & Moolgavkar 1988, Appl Stat
37:87); what Newton's method does not settle is bracketed and halved.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf, log
from typing import NamedTuple

from tallysheet.evidence.likelihood import Value, Weighted, log_likelihood

HALF_CHI2 = 1.920729410347062
"""Half the 95 % quantile of a chi-square with one degree of freedom."""
GRID = (0.25, 0.5, 1.0, 2.0, 4.0)
MANY = 30
"""Of so many studies the likelihood has one maximum: none is sought on a grid."""
TOP = 12.0
"""The largest standard deviation of logits that is looked for: beyond, studies are all or nothing."""
FARTHEST = 60.0
"""Logits beyond are 0 or 1."""
_CLOSE = 1e-7
_NONE = 1e-4
"""A tau that is as good as none: the common effect is at hand then."""
_FLAT = 1e-5
"""How near to its best value tau has to be for a limit of the mean, which hardly depends on it there."""
_LEVEL = 1e-6
"""Log-likelihoods that differ by less are level."""


class Point(NamedTuple):
    """A mean logit, a standard deviation of logits, and the log-likelihood there with its derivatives."""

    mu: float
    tau: float
    at: Value


class UnboundedError(ArithmeticError):
    """The likelihood rises with tau without end: no finite variance between studies fits best."""


def weighted(counts: Iterable[tuple[int, int]]) -> list[Weighted]:
    """Return counts, each once, with how often it occurs."""
    return [(events, total, times) for (events, total), times in sorted(Counter(counts).items())]


def best_mu(rows: Sequence[Weighted], mu: float, tau: float) -> Point:
    """Return the point of the highest likelihood at a given tau: Newton's steps, cut where they fail to climb."""
    at = log_likelihood(rows, mu, tau)
    for _ in range(60):
        step = at.by_mu / -at.mu_mu if at.mu_mu < 0 else (1.0 if at.by_mu > 0 else -1.0)
        step = max(-3.0, min(3.0, step))
        if abs(step) < _CLOSE:
            break
        ahead = log_likelihood(rows, mu + step, tau)
        while ahead.height < at.height and abs(step) > _CLOSE:
            step /= 2
            ahead = log_likelihood(rows, mu + step, tau)
        if ahead.height < at.height:
            break
        mu, at = mu + step, ahead
        if abs(mu) > FARTHEST:
            break
    return Point(mu, tau, at)


def fit(rows: Sequence[Weighted]) -> Point:
    """Return the point of the highest likelihood; rows hold at least one event and one patient without it.

    Raises UnboundedError where it lies at no finite tau.
    """
    events, total = (sum(row[place] * row[2] for row in rows) for place in (0, 1))
    common = best_mu(rows, log(events / (total - events)), 0.0)
    if sum(row[2] for row in rows) >= MANY:
        return climbed(rows, common, guess(rows))
    best = common
    start = common.mu
    for tau in GRID:
        found = best_mu(rows, start, tau)
        start = found.mu
        if found.at.height > best.at.height:
            best = found
    if best.tau == GRID[-1]:
        far = best_mu(rows, best.mu, TOP)
        if far.at.height > best.at.height:
            farther = best_mu(rows, far.mu, TOP * 1.5)
            if farther.at.height > far.at.height:
                raise UnboundedError
            best = far
    if not best.tau:
        if common.at.tau_tau <= 0:
            return common
        best = best_mu(rows, common.mu, GRID[0] / 4)
    return climbed(rows, common, best)


def guess(rows: Sequence[Weighted]) -> Point:
    """Return where a search may start: by moments of empirical logits (DerSimonian & Laird 1986)."""
    logits = [(log((y + 0.5) / (n - y + 0.5)), 1 / (y + 0.5) + 1 / (n - y + 0.5), w) for y, n, w in rows]
    total = sum(w / v for _, v, w in logits)
    mean = sum(w * x / v for x, v, w in logits) / total
    spread = sum(w * (x - mean) ** 2 / v for x, v, w in logits) - sum(w for _, _, w in logits) + 1
    between = max(0.01, spread / (total - sum(w / v**2 for _, v, w in logits) / total))
    mu = sum(w * x / (v + between) for x, v, w in logits) / sum(w / (v + between) for _, v, w in logits)
    return Point(mu, between**0.5, log_likelihood(rows, mu, between**0.5))


def climbed(rows: Sequence[Weighted], common: Point, start: Point) -> Point:
    """Return the higher of the common effect and the maximum near a point."""
    best = climb(rows, start)
    return best if best.at.height > common.at.height and best.tau >= _NONE else common


def climb(rows: Sequence[Weighted], start: Point) -> Point:
    """Return the maximum near a point: Newton's steps in both parameters, uphill where they would lead down."""
    mu, tau, at = start
    for _ in range(200):
        determinant = at.mu_mu * at.tau_tau - at.mu_tau**2
        if determinant > 0 and at.mu_mu < 0:
            by_mu = -(at.tau_tau * at.by_mu - at.mu_tau * at.by_tau) / determinant
            by_tau = -(at.mu_mu * at.by_tau - at.mu_tau * at.by_mu) / determinant
        else:
            by_mu = at.by_mu / max(-at.mu_mu, abs(at.by_mu), _CLOSE)
            by_tau = 0.5 * tau * (1 if at.by_tau > 0 else -1)
        size = max(1.0, abs(by_mu) / 2, abs(by_tau) / max(0.5 * tau, _CLOSE))
        by_mu, by_tau = by_mu / size, by_tau / size
        if max(abs(by_mu), abs(by_tau)) < _CLOSE:
            break
        ahead = log_likelihood(rows, mu + by_mu, tau + by_tau)
        while ahead.height < at.height and max(abs(by_mu), abs(by_tau)) > _CLOSE:
            by_mu, by_tau = by_mu / 2, by_tau / 2
            ahead = log_likelihood(rows, mu + by_mu, tau + by_tau)
        if ahead.height < at.height:
            break
        mu, tau, at = mu + by_mu, tau + by_tau, ahead
        if tau < _NONE:
            break
    return Point(mu, tau, at)


def profile(rows: Sequence[Weighted], mu: float, taus: Sequence[float] = (0.0, *GRID, 8.0, 16.0, 32.0, 64.0)) -> Point:
    """Return the point of the highest likelihood at a given mean: on a grid of taus, then between its neighbours."""
    points = [Point(mu, tau, log_likelihood(rows, mu, tau)) for tau in taus]
    place = max(range(len(points)), key=lambda index: points[index].at.height)
    best = points[place]
    low, high = taus[max(place - 1, 0)], taus[min(place + 1, len(taus) - 1)]
    if not best.tau and best.at.tau_tau <= 0:
        return best
    tau = best.tau or high / 4
    for _ in range(60):
        at = log_likelihood(rows, mu, tau)
        if at.by_tau > 0:
            low = tau
        else:
            high = tau
        best = max(best, Point(mu, tau, at), key=lambda point: point.at.height)
        ahead = tau - at.by_tau / at.tau_tau if at.tau_tau < 0 else (low + high) / 2
        ahead = ahead if low < ahead < high else (low + high) / 2
        if abs(ahead - tau) < 1e-7 * max(tau, 1e-3):
            break
        tau = ahead
    return best


def limit(rows: Sequence[Weighted], best: Point, side: int) -> float:
    """Return the lower (`side` -1) or upper (1) limit of the mean logit, infinite where the profile never falls."""
    target = best.at.height - HALF_CHI2
    information = -best.at.mu_mu
    if best.tau:
        information -= best.at.mu_tau**2 / -best.at.tau_tau
    reach = side * (2 * HALF_CHI2 / information) ** 0.5 if information > 0 else side * 1.0
    found = _by_newton(rows, best, best._replace(mu=best.mu + reach), target)
    if found is None:
        found = _by_newton(rows, best, profile(rows, best.mu + reach), target)
    return _by_halving(rows, best, reach, target) if found is None else found


def _by_newton(rows: Sequence[Weighted], best: Point, start: Point, target: float) -> float | None:
    """Return the limit by Venzon and Moolgavkar's steps, None where they do not settle at a maximum in tau."""
    mu, tau, side = start.mu, start.tau, start.mu - best.mu
    for _ in range(25):
        at = log_likelihood(rows, mu, tau)
        off = at.height - target
        if tau:
            determinant = at.by_mu * at.tau_tau - at.by_tau * at.mu_tau
            if not determinant or at.tau_tau >= 0:
                return None
            by_mu = -(at.tau_tau * off - at.by_tau * at.by_tau) / determinant
            by_tau = -(at.by_mu * at.by_tau - at.mu_tau * off) / determinant
        else:
            if at.tau_tau > 0 or not at.by_mu:
                return None
            by_mu, by_tau = -off / at.by_mu, 0.0
        mu, tau = mu + max(-1.0, min(1.0, by_mu)), tau + by_tau
        if tau < 0 or tau > TOP or (mu - best.mu) * side <= 0:
            return None
        if abs(by_mu) < _CLOSE and abs(by_tau) < _FLAT:
            # A second maximum in tau may lie higher.
            grid = (0.0, *GRID) if sum(row[2] for row in rows) < MANY else (0.0,)
            others = (log_likelihood(rows, mu, other).height for other in grid)
            return mu if max(others) <= target + _LEVEL else None
    return None


def _by_halving(rows: Sequence[Weighted], best: Point, reach: float, target: float) -> float:
    inside, outside = best.mu, best.mu + reach
    while profile(rows, outside).at.height > target:
        inside, outside, reach = outside, outside + reach, reach * 2
        if abs(outside) > FARTHEST:
            return inf if reach > 0 else -inf
    while abs(outside - inside) > 1e-8 * max(1.0, abs(inside)):
        middle = (inside + outside) / 2
        if profile(rows, middle).at.height > target:
            inside = middle
        else:
            outside = middle
    return inside
