"""Whether a printed p value is that of the test it stands for.

Every printed number is a window: the statistic's gives a span of attainable p values, the p value's is compared with
it. A statistic whose window reaches across 0 attains p = 1. Sources: see `exact_tests` and `tails`; statcheck (Nuijten
2016) for the comparison, whose reading of windows across 0 is mended here.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from tallysheet.figures import exact_tests, tails
from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import HUNDRED, rounded_texts
from tallysheet.figures.printed import Printed
from tallysheet.figures.windows import Habit, Interval

Statistic: TypeAlias = Literal["t", "F", "chi2", "z", "r"]

_DEGREES = {"z": 0, "t": 1, "r": 1, "chi2": 1, "F": 2}
_TWO_SIDED = ("z", "t", "r")


def judge_p(p: Figure) -> Check:
    """Return whether a p value can be one at all: none is 0, below 0 or above 1.

    "P = .000" is what programs print; what is known is "<.001".
    """
    printed = read(p)
    if printed is None:
        return untestable("not_reported", "no p value is printed")
    if printed.negative and printed.digits:
        return Check("inconsistent", "p_below_0", f"p {printed.text}: no p value is below 0")
    if (printed.upper or printed).value > 1 or (printed.qualifier == ">" and printed.value >= 1):
        return Check("inconsistent", "p_above_1", f"p {printed.text}: no p value is above 1")
    if not printed.digits and printed.qualifier in ("", "<", "<="):
        least = f"<.{'0' * (printed.decimals - 1)}1" if printed.decimals else "<.001"
        return Check("inconsistent", "p_zero", f'p {printed.text}: no p value is 0; did you mean "{least}"?')
    return Check("consistent", "", f"p {printed.text}")


def p_fits(printed: Printed, attainable: Interval, habit: Habit = "nearest") -> bool:
    """Say whether a p value in `attainable` may be printed so: below .05 for "<.05", rounding to it for ".05"."""
    return printed.window(habit).meets(attainable)


def judge_named(printed: Printed, by_test: Mapping[str, Interval]) -> Check:
    """Return which of the tests, by name, give the printed p value; none of them is a warning."""
    fitting = [name for name, attainable in by_test.items() if p_fits(printed, attainable)]
    if fitting:
        return Check("consistent", "", f"p {printed.text}: {', '.join(fitting[:3])}")
    cut = [name for name, attainable in by_test.items() if p_fits(printed, attainable, "truncation")]
    if cut and printed.digits:
        return Check("explained", "", f"p {printed.text}: {cut[0]}, cut off instead of rounded", "truncation")
    nearest = ", ".join(f"{name} {show(p)}" for name, p in list(by_test.items())[:3])
    return Check("explained", "no_test_fits", f"p {printed.text} by none of {len(by_test)} tests: {nearest}")


def judge_binomial(events: int, total: int, null: Figure, p: Figure) -> Check:
    """Return which test of `events` of `total` against the percentage `null` gives the printed p value."""
    printed, against = read(p), read(null)
    if printed is None or against is None or total <= 0 or total > exact_tests.MOST:
        return untestable("not_reported", "an exact test needs counts, the percentage tested against, and p")
    if not 0 <= events <= total or not 0 <= against.value <= HUNDRED:
        return Check("inconsistent", "out_of_range", f"{events}/{total} against {against.text}% is no proportion")
    possible = judge_p(printed)
    if not possible.holds:
        return possible
    if against.decimals > exact_tests.FINEST:
        return untestable("out_of_reach", f"{against.text}% has more decimals than an exact test is summed for")
    return judge_named(printed, exact_tests.binomial(events, total, against.value / HUNDRED))


def judge_two_by_two(first: tuple[int, int], second: tuple[int, int], p: Figure) -> Check:
    """Return which test of two groups, each (events, total), gives the printed p value."""
    printed = read(p)
    if printed is None:
        return untestable("not_reported", "no p value is printed")
    possible = judge_p(printed)
    if not possible.holds:
        return possible
    if not (0 <= first[0] <= first[1] and 0 <= second[0] <= second[1]):
        return Check("inconsistent", "events_above_total", "a group has more events than patients")
    table = (first[0], first[1] - first[0], second[0], second[1] - second[0])
    try:
        by_test = exact_tests.two_by_two(table)
    except ValueError as error:
        return untestable("no_comparison", str(error))
    return judge_named(printed, by_test)


def judge_test(
    kind: Statistic, statistic: Figure, degrees: Sequence[Figure], p: Figure, sides: Literal[1, 2] | None = None
) -> Check:
    """Return whether the statistic, with its degrees of freedom, gives the printed p value.

    `sides` is 1 or 2 where the publication says so; else a p value that only a one-sided test gives is a warning.
    Chi-square and F have one tail. Degrees may be broken (Welch).
    """
    printed, value, freedom = read(p), read(statistic), [read(degree) for degree in degrees]
    if printed is None or value is None or None in freedom or len(freedom) != _DEGREES[kind]:
        return untestable("not_reported", f"{kind} needs {_DEGREES[kind]} degrees of freedom, the statistic and p")
    known = [degree.value for degree in freedom if degree is not None]
    possible = judge_p(printed)
    if not possible.holds or any(degree <= 0 for degree in known):
        return (
            Check("inconsistent", "no_degrees", f"{kind}: degrees of freedom are above 0")
            if possible.holds
            else possible
        )
    if kind in ("chi2", "F") and value.negative and value.digits:
        return Check("inconsistent", "negative_statistic", f"{kind} {value.text}: never below 0")
    if kind == "r" and not value.window().meets(Interval(Fraction(-1), Fraction(1))):
        return Check("inconsistent", "r_out_of_range", f"r {value.text}: from -1 to 1")
    try:
        return _judge_attainable(kind, value, known, printed, sides)
    except tails.OutOfReachError as error:
        return untestable("out_of_reach", str(error))


def _judge_attainable(
    kind: Statistic, value: Printed, degrees: Sequence[Fraction], printed: Printed, sides: Literal[1, 2] | None
) -> Check:
    two = attainable(kind, value.window(), degrees)
    said = f"{kind}({', '.join(_degree(degree) for degree in degrees)}) = {value.text} gives p {show(two)}"
    said = said.replace("()", "")
    halved = two.scaled(Fraction(1, 2))
    assert halved.low is not None  # noqa: S101 - probabilities are bounded
    assert halved.high is not None  # noqa: S101 - the same
    opposite = Interval(1 - halved.high, 1 - halved.low)
    one_sided = kind in _TWO_SIDED and (p_fits(printed, halved) or (sides == 1 and p_fits(printed, opposite)))
    if (p_fits(printed, two) and sides != 1) or (one_sided and sides == 1):
        return Check("consistent", "", f"{said}, printed {printed.text}")
    if kind not in _TWO_SIDED and sides == 1 and p_fits(printed, two):
        return Check("consistent", "", f"{said}, printed {printed.text}")
    if one_sided and sides is None:
        return Check("explained", "one_sided", f"{said}, printed {printed.text}: one-sided")
    if sides != 1 and p_fits(printed, attainable(kind, value.window("truncation"), degrees)):
        return Check("explained", "", f"{said}, printed {printed.text}: from a statistic cut off", "truncation")
    if sides != 1 and printed.digits and p_fits(printed, two, "truncation"):
        return Check("explained", "", f"{said}, printed {printed.text}: cut off instead of rounded", "truncation")
    return Check("inconsistent", _gravity(printed, two), f"{said}, printed {printed.text}")


def _gravity(printed: Printed, attainable_p: Interval) -> str:
    """Say whether the contradiction turns significance at 5% as well."""
    level = Fraction(1, 20)
    below, above = Interval(None, level, high_closed=False), Interval(level, None, low_closed=False)
    sides = [(side.meets(printed.window()), side.meets(attainable_p)) for side in (below, above)]
    return (
        "significance_differs"
        if sides in ([(True, False), (False, True)], [(False, True), (True, False)])
        else "p_differs"
    )


def attainable(kind: Statistic, window: Interval, degrees: Sequence[Fraction]) -> Interval:
    """Return the two-sided p values (one-tailed for chi-square and F) of the statistics in `window`."""
    near, far = (
        _magnitudes(window) if kind in _TWO_SIDED else (max(Fraction(0), window.low or Fraction(0)), window.high)
    )
    power = 2 if kind in _TWO_SIDED else 1
    if kind == "r":
        near, far = min(near, Fraction(1)), Fraction(1) if far is None else min(far, Fraction(1))
    distribution = exact_tests.DISTRIBUTIONS[kind]
    most = distribution(near**power, *degrees).high
    least = Fraction(0) if far is None else distribution(far**power, *degrees).low
    return Interval(least, most)


def _magnitudes(window: Interval) -> tuple[Fraction, Fraction | None]:
    """Return the least and the most of the absolute values in `window`."""
    low, high = window.low, window.high
    if low is not None and low > 0:
        return low, high
    if high is not None and high < 0:
        return -high, None if low is None else -low
    return Fraction(0), None if low is None or high is None else max(-low, high)


def _degree(degree: Fraction) -> str:
    return rounded_texts(degree, 0 if degree.denominator == 1 else 2)[0]


def show(p: Interval) -> str:
    """Return a span of p values as people write them, four decimals at the most."""
    assert p.low is not None  # noqa: S101 - probabilities are bounded
    assert p.high is not None  # noqa: S101 - the same
    low, high = (rounded_texts(end, 4)[0][1:] if end < 1 else "1" for end in (p.low, p.high))
    low, high = ("<.0001" if end == ".0000" else end for end in (low, high))
    return low if low == high else f"{low} to {high}"
