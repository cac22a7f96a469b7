"""What must hold of proportions whatever their figures."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures import Printed, judge_proportion, read_printed
from tallysheet.figures.fits import as_text, fitting_counts
from tallysheet.figures.windows import HABITS, window

TOTALS = some.integers(1, 5000)
DECIMALS = some.integers(0, 3)


@some.composite
def proportions(draw: some.DrawFn) -> tuple[int, int]:
    total = draw(TOTALS)
    return draw(some.integers(0, total)), total


def floor(value: Fraction) -> int:
    return value.numerator // value.denominator


def half_up(value: Fraction, decimals: int) -> int:
    return floor(value * 10**decimals + Fraction(1, 2))


# Each habit of rounding prints what is accepted, or explained by that habit.
@given(proportions(), DECIMALS)
def test_the_output_of_each_habit_is_accepted_or_explained(proportion: tuple[int, int], decimals: int) -> None:
    events, total = proportion
    exact = Fraction(100 * events, total)
    scaled = exact * 10**decimals
    twice = (half_up(exact, decimals + 1) + 5) // 10
    for digits, habits in (
        (half_up(exact, decimals), {""}),
        (-half_up(-exact, decimals), {""}),
        (floor(scaled), {"", "truncation"}),
        (-floor(-scaled), {"", "rounding_up", "rounded_twice"}),
        (twice, {"", "rounded_twice"}),
    ):
        judged = judge_proportion(events, total, as_text(digits, decimals))
        assert judged.verdict in ("consistent", "tie", "explained")
        assert judged.explanation in habits


# With one more decimal, a zero, never does another count fit.
@given(TOTALS, some.integers(0, 10_000), DECIMALS)
def test_with_more_decimals_never_more_is_accepted(total: int, digits: int, decimals: int) -> None:
    fewer = read_printed(as_text(digits, decimals))
    more = read_printed(as_text(10 * digits, decimals + 1))
    assert isinstance(fewer, Printed)
    assert isinstance(more, Printed)
    assert set(fitting_counts(total, more)) <= set(fitting_counts(total, fewer))


# The closed half unit is half up, half even and half down together, and rounding twice reaches but a twentieth beyond.
@given(some.integers(0, 10_000), DECIMALS, some.fractions(0, 200))
def test_the_nearest_window_is_the_union_of_the_half_rules(digits: int, decimals: int, value: Fraction) -> None:
    parts = [window(digits, decimals, habit) for habit in ("half_up", "half_even", "half_down")]
    assert any(part.contains(value) for part in parts) == window(digits, decimals).contains(value)


# Below zero each habit's window is the mirror of that above.
@given(some.integers(1, 10_000), DECIMALS, some.sampled_from(HABITS), some.fractions(-200, 200))
def test_windows_below_zero_are_mirrored(digits: int, decimals: int, habit: str, value: Fraction) -> None:
    above = window(digits, decimals, habit)  # type: ignore[arg-type] # sampled from the habits
    below = window(digits, decimals, habit, negative=True)  # type: ignore[arg-type] # the same
    assert above.contains(value) == below.contains(-value)


# A judgement agrees with the counts that it says fit.
@given(proportions(), some.integers(0, 1000), some.integers(0, 1))
def test_a_verdict_agrees_with_the_counts_that_fit(proportion: tuple[int, int], digits: int, decimals: int) -> None:
    events, total = proportion
    judged = judge_proportion(events, total, as_text(digits, decimals))
    assert (judged.verdict in ("consistent", "tie")) == (events in judged.fitting_counts)
    assert all(other != total for other in judged.fitting_totals)
    for other in judged.fitting_totals:
        assert judge_proportion(events, other, as_text(digits, decimals)).verdict in ("consistent", "tie")
