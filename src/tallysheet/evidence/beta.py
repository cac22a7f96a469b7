"""The regularised incomplete beta function in floats, its inverse, and quantiles of Student's t.

Sources: DLMF 8.17.22 (continued fraction), evaluated by Lentz's method as modified by Thompson and Barnett 1986,
J Comput Phys 64:490. `tallysheet.figures.tails` holds the same function with proven bounds; here limits are inverted,
which takes many values of it, and their digits are shown, never judged.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

_TINY = 1e-300
_EPSILON = 1e-15
_STEPS = 1_000_000


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return I_x(a, b) for a, b > 0, to about 12 digits."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _by_fraction(b, a, 1 - x)
    return _by_fraction(a, b, x)


def _by_fraction(a: float, b: float, x: float) -> float:
    head = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    c, d = 1.0, 1 / (_safe(1 - (a + b) * x / (a + 1)))
    fraction = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _safe(1 + term * d)
            c = _safe(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < _EPSILON:
            return exp(head) * fraction / a
    raise ArithmeticError("the continued fraction does not converge")


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(a: float, b: float, share: float) -> float:
    """Return the x at which I_x(a, b) is `share`: Newton's steps, halved wherever they leave the bracket."""
    low, high, x = 0.0, 1.0, a / (a + b)
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    for _ in range(200):
        off = incomplete_beta(a, b, x) - share
        low, high = (x, high) if off < 0 else (low, x)
        slope = exp(scale + (a - 1) * log(x) + (b - 1) * log1p(-x))
        step = off / slope if slope > _TINY else 1.0
        last, x = x, x - step
        if not low < x < high:
            x = (low + high) / 2
        if abs(x - last) <= _EPSILON * x or high - low <= _EPSILON * high:
            break
    return x


@lru_cache(maxsize=4096)
def t_quantile(df: int, two_sided: float = 0.05) -> float:
    """Return t with P(|T| >= t) = `two_sided` for Student's t with `df` degrees of freedom: 12.706... for 1."""
    x = beta_quantile(df / 2, 0.5, two_sided)  # P(|T| >= t) = I_x(df/2, 1/2), x = df/(df + t*t): DLMF 8.17
    return sqrt(df * (1 - x) / x)
