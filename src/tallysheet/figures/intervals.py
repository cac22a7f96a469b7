"""Whether a printed confidence interval of a proportion, or a reach such as "54% ± 6%", agrees with its figures."""

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from tallysheet.figures import limits, tails
from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import HUNDRED, as_text, rounded_texts
from tallysheet.figures.order import judge_order
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Interval


def judge_interval(
    events: int, total: int, lower: Figure, upper: Figure, level: Figure = "95", estimate: Figure = None
) -> Check:
    """Return which methods reproduce the printed limits, in per cent, of `events` of `total` at `level` per cent.

    None is a warning, not an error: bootstrap, clustered, one-sided and survival intervals are none of these.
    """
    low, high, confidence = read(lower), read(upper), read(level)
    if low is None or high is None or confidence is None:
        return untestable("not_reported", "an interval needs both limits and its level")
    if not 0 <= events <= total or not total or not 0 < confidence.value < HUNDRED:
        return Check("inconsistent", "out_of_range", f"{events}/{total} at {confidence.text}% has no interval")
    inside = judge_order([("lower limit", low), ("estimate", estimate), ("upper limit", high)])
    if inside.verdict == "inconsistent":
        return inside
    share = Fraction(HUNDRED * events, total)
    if not _between(low, share, high):
        message = f"{events}/{total} = {rounded_texts(share, 1)[0]}% is outside {low.text} to {high.text}"
        return Check("inconsistent", "estimate_outside", message)
    alpha = 1 - confidence.value / HUNDRED
    fitting = fitting_methods(events, total, low, high, alpha)
    said = f"{events}/{total}, {confidence.text}% interval {low.text} to {high.text}"
    if fitting:
        return Check("consistent", "", f"{said}: {', '.join(fitting)}")
    nearest = limits.closed_form(events, total, alpha)["Wilson"]
    wilson = " to ".join(rounded_texts(HUNDRED * limit, max(low.decimals, 1))[0] for limit in nearest)
    return Check("explained", "no_method_fits", f"{said} by none of the usual methods; Wilson's is {wilson}")


def _between(low: Printed, share: Fraction, high: Printed) -> bool:
    least, most = low.window().low, high.window().high
    return (least is None or least <= share) and (most is None or share <= most)


def fitting_methods(events: int, total: int, low: Printed, high: Printed, alpha: Fraction) -> list[str]:
    """Return the names of the methods whose two limits both print as `low` and `high` (per cent)."""
    first, second = (printed.window().scaled(Fraction(1, HUNDRED)) for printed in (low, high))
    found = [
        name
        for name, (least, most) in limits.closed_form(events, total, alpha).items()
        if limits.formula_fits(least, first) and limits.formula_fits(most, second)
    ]
    with suppress(tails.OutOfReachError):  # with so many patients the formulas give the same digits
        found += [
            name
            for name in limits.BY_TAIL
            if limits.lower_fits(name, events, total, alpha, first)
            and limits.upper_fits(name, events, total, alpha, second)
        ]
    return found


def judge_reach(estimate: Figure, reach: Figure, others: Sequence[Figure] = ()) -> Check:
    """Return whether `estimate` plus or minus `reach` is the interval printed elsewhere as two limits, `others`.

    Without other limits, whether the reach is one: not below 0.
    """
    middle, half = read(estimate), read(reach)
    if middle is None or half is None:
        return untestable("not_reported", "an interval needs its estimate and its reach")
    if half.negative and half.digits:
        return Check("inconsistent", "negative_reach", f"a reach of {half.text} is below 0")
    ends = (middle.value - half.value, middle.value + half.value)
    decimals = max(middle.decimals, half.decimals)
    said = f"{middle.text} ± {half.text} is {' to '.join(as_text(int(end * 10**decimals), decimals) for end in ends)}"
    printed = [figure for figure in map(read, others) if figure is not None]
    slack = Fraction(1, 2 * 10**middle.decimals) + Fraction(1, 2 * 10**half.decimals)
    for end, figure in zip(ends, printed, strict=False):
        if not figure.window().meets(Interval(end - slack, end + slack)):
            return Check("inconsistent", "limits_differ", f"{said}, printed {' to '.join(one.text for one in printed)}")
    return Check("consistent", "", said)
