"""Whether a ratio (hazard, odds, risk) agrees with its interval, its p value, and the table it comes from.

The usual interval is symmetric on the logarithmic scale: estimate**2 = lower * upper. Sources: Bland & Altman 2011, BMJ
343:d2304 (p from an interval); Cochrane Handbook 6.3; Georgescu & Wren 2018, Bioinformatics 34:1758; Woolf 1955; Katz
1978. Exact, profile, bootstrap and penalised intervals are not symmetric, so asymmetry is a warning.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

from tallysheet.figures import pvalues, tails
from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import HUNDRED
from tallysheet.figures.order import judge_order
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Interval

_LEVEL = Fraction(1, 20)


def judge_ratio(estimate: Figure, lower: Figure, upper: Figure, p: Figure = None, level: Figure = "95") -> Check:
    """Return whether a ratio lies inside its interval, in its middle by logarithm, and agrees with its p value."""
    middle, low, high, confidence = read(estimate), read(lower), read(upper), read(level)
    if low is None or high is None or confidence is None:
        return untestable("not_reported", "a ratio needs both limits of its interval")
    for printed in (low, middle, high):
        if printed is not None and printed.negative and printed.digits:
            return Check("inconsistent", "negative_ratio", f"{printed.text}: a ratio is never below 0")
    inside = judge_order([("lower limit", low), ("estimate", middle), ("upper limit", high)])
    if inside.verdict == "inconsistent" or middle is None:
        return inside
    said = f"{middle.text} ({low.text} to {high.text})"
    symmetric = _symmetry(middle, low, high, said)
    if symmetric.verdict == "explained" or p is None:
        return symmetric
    return _compare(p, middle, (low, high), 1 - confidence.value / HUNDRED, said)


def _ends(printed: Printed) -> tuple[Fraction, Fraction | None]:
    window = printed.window()
    return max(Fraction(0), window.low or Fraction(0)), window.high


def _symmetry(middle: Printed, low: Printed, high: Printed, said: str) -> Check:
    (a, b), (c, d), (e, f) = _ends(low), _ends(middle), _ends(high)
    least, most = a * e, None if b is None or f is None else b * f
    reaches = (d is None or d * d >= least) and (most is None or c * c <= most)
    if reaches:
        return Check("consistent", "", f"{said}: inside, and symmetric on the logarithmic scale")
    linear = Interval((a + e) / 2, None if b is None or f is None else (b + f) / 2)
    if middle.window().meets(linear):
        return Check("explained", "limits_look_linear", f"{said}: symmetric as a difference is, not as a ratio")
    return Check("explained", "not_log_symmetric", f"{said}: not symmetric on the logarithmic scale")


def implied_p(middle: Printed, limits: tuple[Printed, Printed], alpha: Fraction) -> Interval | None:
    """Return the p values that a ratio and its interval imply, with SE = (ln U - ln L)/(2z); None if a limit is 0."""
    (a, b), (c, d), (e, f) = _ends(limits[0]), _ends(middle), _ends(limits[1])
    if b is None or d is None or f is None or not a or not c or not e or e <= b:
        return None
    with localcontext(prec=60):
        logs = [tails.decimal(end).ln() for end in (a, b, c, d, e, f)]
        z = tails.decimal(tails.normal_quantile(alpha))
        narrow, wide = (logs[4] - logs[1]) / (2 * z), (logs[5] - logs[0]) / (2 * z)
        near = Decimal(0) if logs[2] <= 0 <= logs[3] else min(abs(logs[2]), abs(logs[3]))
        far = max(abs(logs[2]), abs(logs[3]))
        smallest, largest = Fraction(near / wide), Fraction(far / narrow)
    return Interval(tails.normal_two_sided(largest**2).low, tails.normal_two_sided(smallest**2).high)


def _compare(p: Figure, middle: Printed, limits: tuple[Printed, Printed], alpha: Fraction, said: str) -> Check:
    printed = read(p)
    if printed is None:
        return Check("consistent", "", said)
    possible = pvalues.judge_p(printed)
    implied = implied_p(middle, limits, alpha)
    if not possible.holds:
        return possible
    if implied is None:
        return untestable("limit_at_0", f"{said}: a limit that may be 0 implies no p value")
    if pvalues.p_fits(printed, implied):
        return Check("consistent", "", f"{said} implies p {pvalues.show(implied)}, printed {printed.text}")
    message = f"{said} implies p {pvalues.show(implied)}, printed {printed.text}"
    excludes = limits[0].value > 1 or limits[1].value < 1
    window = printed.window()
    turned = excludes and window.low is not None and window.low > _LEVEL
    hidden = limits[0].value < 1 < limits[1].value and window.high is not None and window.high < _LEVEL
    if alpha == _LEVEL and (turned or hidden):
        return Check("explained", "significance_differs", f"{message}: p and interval disagree whether 1 is excluded")
    return Check("explained", "p_differs", f"{message}: another test, or an error")


def judge_ratio_of_counts(kind: str, first: tuple[int, int], second: tuple[int, int], printed: Figure) -> Check:
    """Return whether "OR", "RR" or "RD" (per cent) printed is that of two groups, each (events, total).

    The ratio of the second group to the first is told as such.
    """
    figure = read(printed)
    (a, n), (c, m) = first, second
    if figure is None or not n or not m:
        return untestable("not_reported", "a ratio needs two groups and itself")
    b, d = n - a, m - c
    pairs = {"OR": (a * d, b * c), "RR": (a * m, c * n), "RD": (HUNDRED * (a * m - c * n), n * m)}
    top, bottom = pairs[kind]
    if not bottom:
        return untestable("no_ratio", f"{kind} of {a}/{n} and {c}/{m} is not defined without a correction")
    exact = Fraction(top, bottom)
    said = f"{kind} of {a}/{n} and {c}/{m} is {top}/{bottom} = {float(exact):.4g}, printed {figure.text}"
    if figure.window().contains(exact):
        return Check("consistent", "", said)
    other = -exact if kind == "RD" else (1 / exact if exact else None)
    if other is not None and figure.window().contains(other):
        return Check("explained", "inverse", f"{said}: that of the second group to the first")
    return Check("inconsistent", "ratio_differs", said)
