"""Whether a mean, its SD or SE and the range of the data can belong together, whatever the data are.

Compared are squares of fractions, over the window of every printed figure. Sources: Bhatia & Davis 2000 (upper bound by
mean and limits); von Szokefalvi Nagy 1918 and Popoviciu 1935 (bounds by the range); Heathers et al. 2018.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import rounded_texts
from tallysheet.figures.limits import root
from tallysheet.figures.order import judge_order
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Interval


class Span(NamedTuple):
    """A window whose two limits are known."""

    low: Fraction
    high: Fraction


def span(printed: Printed) -> Span | None:
    """Return the window of a number, or None for a bound."""
    window = printed.window()
    return None if window.low is None or window.high is None else Span(window.low, window.high)


def judge_standard_error(sd: Figure, se: Figure, size: int | None) -> Check:
    """Return whether SE = SD/sqrt(n), over the windows of both; an SD printed as SE is told as such."""
    spread, error = read(sd), read(se)
    one, two = (span(printed) if printed else None for printed in (spread, error))
    if spread is None or error is None or one is None or two is None or not size or size < 1:
        return untestable("not_reported", "an SE is tested with its SD and the number of values")
    said = f"{spread.text}/sqrt({size}) = {_text(root(spread.value**2 / size), error.decimals)}, printed {error.text}"
    squares = Interval(max(one.low, Fraction(0)) ** 2 / size, one.high**2 / size)
    if Interval(max(two.low, Fraction(0)) ** 2, two.high**2).meets(squares):
        return Check("consistent", "", said)
    if size > 1 and spread.value == error.value:
        return Check("inconsistent", "se_is_sd", f"{said}: SD and SE are the same number")
    return Check("inconsistent", "se_differs", said)


def judge_sd_in_range(
    size: int | None, mean: Figure, sd: Figure, limits: tuple[Figure, Figure] | None = None, width: Figure = None
) -> Check:
    """Return whether `size` values with this SD (n-1) can have this mean inside `limits`, or a range this wide.

    For values in lo..hi: SD**2 <= (hi-m)*(m-lo)*n/(n-1). For an observed range of width r:
    r/sqrt(2(n-1)) <= SD <= (r/2)*sqrt(n/(n-1)). `limits` are taken as observed, both attained.
    """
    spread, middle = read(sd), read(mean)
    own = span(spread) if spread else None
    ends = [read(limit) for limit in limits] if limits else []
    if spread is None or own is None or not size or size < 2:  # noqa: PLR2004 - one value has no SD
        return untestable("not_reported", "an SD is tested with the number of values and their range")
    least, most = (ends[0], ends[1]) if len(ends) > 1 else (None, None)
    order = judge_order([("minimum", least), ("mean", middle), ("maximum", most)])
    if order.verdict == "inconsistent":
        return order
    reach = _reach(least, most, read(width))
    checks = [_by_range(size, spread, own, reach)] if reach else []
    if least and most and middle:
        checks.append(_by_mean(size, spread, own, (least, middle, most)))
    wrong = [check for check in checks if check.verdict == "inconsistent"]
    if not checks:
        return untestable("not_reported", "an SD is tested with the range of the values")
    return wrong[0] if wrong else checks[-1]


def _reach(least: Printed | None, most: Printed | None, width: Printed | None) -> Span | None:
    if width is not None:
        return span(width)
    low, high = span(least) if least else None, span(most) if most else None
    return Span(max(Fraction(0), high.low - low.high), high.high - low.low) if low and high else None


def _by_range(size: int, spread: Printed, own: Span, reach: Span) -> Check:
    least = max(Fraction(0), reach.low) ** 2 / (2 * (size - 1))
    most = reach.high**2 / 4 * Fraction(size, size - 1)
    said = f"SD {spread.text} of {size} values: by their range from {_text(root(least), 2)} to {_text(root(most), 2)}"
    fits = Interval(max(own.low, Fraction(0)) ** 2, own.high**2).meets(Interval(least, most))
    return Check("consistent", "", said) if fits else Check("inconsistent", "sd_outside_the_range", said)


def _by_mean(size: int, spread: Printed, own: Span, figures: tuple[Printed, Printed, Printed]) -> Check:
    low, middle, high = (span(figure) for figure in figures)
    if low is None or middle is None or high is None:
        return untestable("bounded", "a bound gives no limit to an SD")
    # (hi-m)*(m-lo) is largest for the outermost limits, and for the mean nearest to their middle.
    centre = min(max((low.low + high.high) / 2, middle.low), middle.high)
    most = max(Fraction(0), (high.high - centre) * (centre - low.low)) * Fraction(size, size - 1)
    said = f"SD {spread.text} of {size} values with mean {figures[1].text}: at most {_text(root(most), 2)}"
    fits = max(own.low, Fraction(0)) ** 2 <= most
    return Check("consistent", "", said) if fits else Check("inconsistent", "sd_above_its_bound", said)


def judge_total_mean(sizes: Sequence[int], means: Sequence[Figure], overall: Figure) -> Check:
    """Return whether the mean of the whole is that of its subgroups, which must partition it: sum(n*m)/sum(n)."""
    whole, parts = read(overall), [read(mean) for mean in means]
    spans = [span(part) if part else None for part in parts]
    known = [one for one in spans if one is not None]
    total = sum(sizes)
    if whole is None or len(known) < len(spans) or len(known) != len(sizes) or total <= 0 or min(sizes) < 0:
        return untestable("not_reported", "a mean of the whole is tested with all subgroups")
    low = sum((size * one.low for size, one in zip(sizes, known, strict=True)), Fraction(0)) / total
    high = sum((size * one.high for size, one in zip(sizes, known, strict=True)), Fraction(0)) / total
    exact = sum((size * part.value for size, part in zip(sizes, parts, strict=True) if part), Fraction(0)) / total
    said = f"the subgroups' means give {_text(exact, whole.decimals + 2)}, printed {whole.text}"
    fits = whole.window().meets(Interval(low, high))
    return Check("consistent", "", said) if fits else Check("inconsistent", "mean_differs", said)


def judge_mean_and_median(mean: Figure, median: Figure, sd: Figure) -> Check:
    """Return whether mean and median are at most one SD apart, as they are in any data (Hotelling & Solomons 1932)."""
    figures = [read(figure) for figure in (mean, median, sd)]
    one, two, three = (span(figure) if figure else None for figure in figures)
    if one is None or two is None or three is None:
        return untestable("not_reported", "mean, median and SD are compared together")
    gap = max(Fraction(0), one.low - two.high, two.low - one.high)
    said = ", ".join(
        f"{name} {figure.text}" for name, figure in zip(("mean", "median", "SD"), figures, strict=True) if figure
    )
    if gap > three.high:
        return Check("inconsistent", "median_too_far", f"{said}: mean and median are at most one SD apart")
    return Check("consistent", "", said)


def _text(value: Fraction, decimals: int) -> str:
    return rounded_texts(value, decimals)[0]
