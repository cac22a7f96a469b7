"""The likelihood of the random-effects logit model, with its derivatives.

The events of study i are binomial, y ~ Bin(n, p), and the logits of the p are normal: logit p = mu + tau z, z ~ N(0, 1)
(the binomial-normal model: Hamza, van Houwelingen & Stijnen 2008, J Clin Epidemiol 61:41; Stijnen, Hamza & Ozdemir
2010, Stat Med 29:3046, whose section 3 has single proportions). Nothing is added to an empty cell.

The integral over z is taken about its mode, on a scale given by the curvature there, as adaptive Gauss-Hermite
quadrature does (Pinheiro & Bates 1995, J Comput Graph Stat 4:12), but at equal steps: for integrands that are analytic
and vanish at both ends the trapezoidal rule converges geometrically (Trefethen & Weideman 2014, SIAM Rev 56:385), also
where 0/n or n/n makes the integrand lopsided and a few Gauss-Hermite nodes fall short. The step is three fifths of
the width of the peak, and short of the poles of the logit, which lie pi/tau off the axis. Tests hold the sum to 1e-6 of
what adaptive quadrature of another package gives, from nobody to everybody.
"""

from collections.abc import Sequence
from math import exp, log, log1p, pi, sqrt
from typing import NamedTuple

Weighted = tuple[int, int, int]
"""Events, total, and how many studies have these."""

_PEAK_STEP = 0.6
_POLE_STEP = 0.6
_CENTRED = 1e-6
"""How near the mode the sum is centred: it is right about any centre, and about the mode it is short."""
_FAR = 24.0
"""Where the integrand has fallen by a factor of exp(24), the rest is left out."""


class Value(NamedTuple):
    """The log-likelihood without its binomial coefficients, and its first and second derivatives in mu and tau."""

    height: float
    by_mu: float
    by_tau: float
    mu_mu: float
    mu_tau: float
    tau_tau: float


def softplus(x: float) -> float:
    """Return log(1 + exp(x))."""
    return x + log1p(exp(-x)) if x > 0 else log1p(exp(x))


def expit(x: float) -> float:
    """Return 1/(1 + exp(-x))."""
    return 1 / (1 + exp(-x)) if x > 0 else exp(x) / (1 + exp(x))


def log_likelihood(rows: Sequence[Weighted], mu: float, tau: float) -> Value:
    """Return the log-likelihood of all rows, with its derivatives, at a mean logit and a standard deviation of them."""
    sums = [0.0] * 6
    for events, total, weight in rows:
        one = _integrated(events, total, mu, tau) if tau else _common(events, total, mu)
        for place, part in enumerate(one):
            sums[place] += weight * part
    return Value(*sums)


def _common(events: int, total: int, mu: float) -> Value:
    """Return what one study adds at tau = 0; the log-likelihood is even in tau, so its odd derivatives vanish."""
    p = expit(mu)
    residual, variance = events - total * p, total * p * (1 - p)
    height = events * mu - total * softplus(mu)
    return Value(height, residual, 0.0, -variance, 0.0, residual * residual - variance)


def _mode(events: int, total: int, mu: float, tau: float) -> float:
    """Return the z at which the integrand is highest: Newton's steps, halves where they leave the bracket or stall."""
    pull = tau * (events - total * expit(mu))
    low, high = (0.0, pull) if pull > 0 else (pull, 0.0)
    z, before = 0.0, high - low
    for _ in range(200):
        p = expit(mu + tau * z)
        slope = tau * (events - total * p) - z
        if slope > 0:
            low = z
        else:
            high = z
        step = slope / (1 + tau * tau * total * p * (1 - p))
        last, z = z, z + step
        if not low <= z <= high or 2 * abs(step) > before:
            z = (low + high) / 2
        before = abs(z - last)
        if abs(z - last) < _CENTRED:
            break
    return z


def _integrated(events: int, total: int, mu: float, tau: float) -> Value:
    """Return what one study adds: sums over z of the integrand, and of it times the derivatives of its logarithm."""
    centre = _mode(events, total, mu, tau)
    p = expit(mu + tau * centre)
    step = min(_PEAK_STEP / sqrt(1 + tau * tau * total * p * (1 - p)), _POLE_STEP / tau)
    theta = mu + tau * centre
    top = events * theta - total * softplus(theta) - centre * centre / 2
    s = r1 = rz = r2 = r2z = r2zz = v1 = vz = vzz = 0.0
    for direction in (1, -1):
        count = 0 if direction > 0 else 1
        while True:
            z = centre + direction * count * step
            count += 1
            theta = mu + tau * z
            # softplus and expit in one
            e = exp(-abs(theta))
            soft = log1p(e)
            if theta > 0:
                soft += theta
                p = 1 / (1 + e)
            else:
                p = e / (1 + e)
            fall = events * theta - total * soft - z * z / 2 - top
            if fall < -_FAR:
                break
            w = exp(fall)
            residual = events - total * p
            wr, wv = w * residual, w * total * p * (1 - p)
            wrr = wr * residual
            s += w
            r1 += wr
            rz += wr * z
            r2 += wrr
            r2z += wrr * z
            r2zz += wrr * z * z
            v1 += wv
            vz += wv * z
            vzz += wv * z * z
    mean, mean_z = r1 / s, rz / s
    return Value(
        top + log(s * step / sqrt(2 * pi)),
        mean,
        mean_z,
        (r2 - v1) / s - mean * mean,
        (r2z - vz) / s - mean * mean_z,
        (r2zz - vzz) / s - mean_z * mean_z,
    )
