"""Whether a change in per cent, or in percentage points, is that between two printed figures.

The change from a to b is 100*(b-a)/a per cent of a. It is taken at face value first, since most are computed from the
figures as printed, then over the rounding windows of all three.
"""

from fractions import Fraction

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import HUNDRED, rounded_texts
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Interval


def judge_change(before: Figure, after: Figure, change: Figure) -> Check:
    """Return whether `change` is the change in per cent from `before` to `after`; "57% decrease" is -57%.

    A bare number whose sign alone is at fault, a ratio printed as a change, and a change measured on the second figure
    are told as such: `sign_lost`, `ratio_printed`, `other_baseline`.
    """
    one, two, printed = read(before), read(after), read(change)
    if one is None or two is None or printed is None:
        return untestable("not_reported", "a change needs both figures and itself")
    low = one.window().low
    if one.value == 0 or low is None or low <= 0:
        return _from_nothing(one)
    exact = HUNDRED * (two.value - one.value) / one.value
    signed = -exact if printed.kind == "decrease" else exact
    said = f"from {one.text} to {two.text} is {rounded_texts(exact, printed.decimals + 1)[0]}%, printed {printed.text}"
    if printed.window().contains(signed):
        return Check("consistent", "", said)
    reachable = _reachable(one.window(), two.window())
    if printed.kind == "decrease":
        reachable = reachable.mirrored()
    if printed.window().meets(reachable):
        return Check("consistent", "over_the_windows", f"{said}: within the rounding of the two figures")
    return _slip(printed, one.value, two.value, said)


def _from_nothing(baseline: Printed) -> Check:
    if baseline.value == 0:
        return Check("inconsistent", "undefined", "from 0 there is no change in per cent")
    return untestable("baseline_near_zero", f"{baseline.text} may be 0 before rounding, so any change is possible")


def _slip(printed: Printed, before: Fraction, after: Fraction, said: str) -> Check:
    exact = HUNDRED * (after - before) / before
    window = printed.window()
    if window.contains(abs(exact)) and not printed.kind and not printed.negative:
        return Check("explained", "sign_lost", f"{said}: its minus is left out")
    if window.contains(-exact):
        return Check("inconsistent", "sign_reversed", f"{said}: the other way round")
    if window.contains(HUNDRED * after / before):
        return Check("inconsistent", "ratio_printed", f"{said}: {printed.text} is the share that is left, no change")
    if after and window.contains(abs(HUNDRED * (after - before) / after)):
        return Check("inconsistent", "other_baseline", f"{said}: measured on the second figure")
    return Check("inconsistent", "change_differs", said)


def _reachable(before: Interval, after: Interval) -> Interval:
    """Return the changes in per cent between the two windows, `before` being above 0."""
    low = high = None
    if before.low is not None and before.high is not None:
        if after.low is not None:
            low = HUNDRED * min(after.low / before.low, after.low / before.high) - HUNDRED
        if after.high is not None:
            high = HUNDRED * max(after.high / before.low, after.high / before.high) - HUNDRED
    return Interval(low, high)


def judge_points(before: Figure, after: Figure, points: Figure) -> Check:
    """Return whether `points` is the difference of two percentages, over the windows of all three.

    A change in per cent printed as percentage points is told as such: `relative_change`.
    """
    one, two, printed = read(before), read(after), read(points)
    if one is None or two is None or printed is None:
        return untestable("not_reported", "a difference needs both percentages and itself")
    exact = two.value - one.value
    said = (
        f"{two.text} - {one.text} = {rounded_texts(exact, max(one.decimals, two.decimals))[0]}, printed {printed.text}"
    )
    first, second = one.window(), two.window()
    if None in (first.low, first.high, second.low, second.high):
        return untestable("bounded", f"{said}: a bound has no exact difference")
    assert first.low is not None  # noqa: S101 - just seen
    assert first.high is not None  # noqa: S101 - just seen
    assert second.low is not None  # noqa: S101 - just seen
    assert second.high is not None  # noqa: S101 - just seen
    reach = Interval(second.low - first.high, second.high - first.low)
    window = printed.window()
    if window.meets(reach) or (not printed.negative and window.meets(reach.mirrored())):
        return Check("consistent", "", said)
    if one.value and window.contains(abs(HUNDRED * exact / one.value)):
        return Check("inconsistent", "relative_change", f"{said}: that is the change in per cent")
    return Check("inconsistent", "difference_differs", said)
