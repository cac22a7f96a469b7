"""A printed figure is read with its precision, or refused with its reason."""

from fractions import Fraction

import pytest

from tallysheet.figures import Missing, NotAFigure, Printed, read_printed
from tallysheet.figures.windows import HABITS, Interval

FIGURES = [
    ("24", 24, 0),
    ("24.0", 240, 1),
    ("0.13", 13, 2),
    (".0180", 180, 4),
    ("72.7%", 727, 1),
    ("72.7 %", 727, 1),
    ("12.5\u00a0%", 125, 1),
    ("24·5", 245, 1),
    ("１２.5%", 125, 1),
    ("１２．５％", 125, 1),
    ("37\u202f950", 37950, 0),
    ("1\u2009234\u2009567", 1234567, 0),
    ("0", 0, 0),
    ("0.00", 0, 2),
    (" 24\n", 24, 0),
    ("24 percent", 24, 0),
    ("24 per cent", 24, 0),
]


# Digits and decimals come from the text alone, whatever typography it has.
@pytest.mark.parametrize(("text", "digits", "decimals"), FIGURES)
def test_digits_and_decimals_are_those_of_the_text(text: str, digits: int, decimals: int) -> None:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    assert (digits, decimals, text) == (printed.digits, printed.decimals, printed.text)
    assert printed.is_plain


QUALIFIED = [
    ("<1%", "<", "1"),
    ("≤5", "<=", "5"),
    ("<= 5", "<=", "5"),
    (">50%", ">", "50"),
    ("≥90", ">=", "90"),
    ("~24%", "~", "24"),
    ("≈24", "~", "24"),
    ("about 24%", "~", "24"),
    ("approximately 24.5%", "~", "24.5"),
    ("approx. 24", "~", "24"),
    ("less than 5%", "<", "5"),
    ("more than 50%", ">", "50"),
    ("more than half", ">", "50"),
    ("at least 80%", ">=", "80"),
    ("up to 10%", "<=", "10"),
    ("over 90 %", ">", "90"),
    ("<.001", "<", ".001"),
]


# Signs and words that qualify a figure are told apart from the figure.
@pytest.mark.parametrize(("text", "qualifier", "bare"), QUALIFIED)
def test_a_qualifier_is_read_beside_the_figure(text: str, qualifier: str, bare: str) -> None:
    printed, plain = read_printed(text), read_printed(bare)
    assert isinstance(printed, Printed)
    assert isinstance(plain, Printed)
    assert (qualifier, plain.value, plain.decimals) == (printed.qualifier, printed.value, printed.decimals)


# A minus may be typed as any of the dashes that stand for it.
@pytest.mark.parametrize("text", ["-5", "−5", "–5", "‑5", "－5", "- 5"])
def test_a_typographic_minus_is_a_minus(text: str) -> None:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    assert Fraction(-5) == printed.value


# A range has two figures, the lower first.
@pytest.mark.parametrize(
    "text", ["5-10%", "5–10%", "5%–10%", "5 to 10%", "from 5 to 10%", "between 5 and 10%", "5 - 10"]
)
def test_a_range_has_two_figures(text: str) -> None:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    assert printed.upper is not None
    assert (Fraction(5), Fraction(10)) == (printed.value, printed.upper.value)


KINDS = [
    ("73.1% (KM)", "survival"),
    ("73.1% (Kaplan-Meier estimate)", "survival"),
    ("12% (cumulative incidence)", "incidence"),
    ("57% decrease", "decrease"),
    ("decrease of 57%", "decrease"),
    ("decreased by 57%", "decrease"),
    ("57% reduction", "decrease"),
    ("12% increase", "increase"),
    ("5 percentage points", "points"),
    ("5 pp", "points"),
]


# A remark that makes a figure no count over a total is read as that, never dropped.
@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_remark_says_what_sort_of_figure_it_is(text: str, kind: str) -> None:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    assert kind == printed.kind


MARKS = [
    ("NR", "not_reported"),
    ("n.r.", "not_reported"),
    ("not reported", "not_reported"),
    ("NA", "not_applicable"),
    ("N/A", "not_applicable"),
    ("NE", "not_estimable"),
    ("not reached", "not_estimable"),
    ("-", "ambiguous"),
    ("–", "ambiguous"),
    ("—", "ambiguous"),
    ("", "blank"),
    (" ", "blank"),
]


# Not reported, not applicable, not estimable, a dash and a blank are five things, none of them zero.
@pytest.mark.parametrize(("text", "kind"), MARKS)
def test_a_mark_for_a_missing_figure_is_its_own_thing(text: str, kind: str) -> None:
    assert Missing(text, kind) == read_printed(text)  # type: ignore[arg-type] # the table holds plain texts


REFUSED = [
    ("12,5", "a comma: decimal or thousands?"),
    ("37,950", "a comma: decimal or thousands?"),
    ("1e3", "an exponent: a printed figure has digits only"),
    ("2.4E1", "an exponent: a printed figure has digits only"),
    ("007", "a leading zero: a label or a code, not a figure"),
    ("00.5", "a leading zero: a label or a code, not a figure"),
    ("5.", "a point with no digit after it"),
    ("5.%", "a point with no digit after it"),
    ("1.2.3", "more than one point in a number"),
    ("3..5", "more than one point in a number"),
    ("1 234", "a space inside a number"),
    ("11/12", "a fraction: its events and its total are two figures"),
    ("54 ± 6", "a figure with its spread: two figures"),
    ("60-50%", "a range whose limits are swapped: the lower one stands first"),
    ("nan", "no number"),
    ("inf", "no number"),
    ("abc", "no digit in it"),
    ("<", "no digit in it"),
    ("%", "no digit in it"),
    (".", "no digit in it"),
    ("<<5", "two qualifiers"),
    ("12‰", "per mille, not per cent"),
    ("2\u200b4", "an invisible character (U+200B)"),
    ("2\u00004", "an invisible character (U+0000)"),
    ("٢٤", "a digit of another script or style (U+0662)"),
    ("5²", "a digit of another script or style (U+00B2)"),
    ("½", "a digit of another script or style (U+00BD)"),
    ("12.5 (3)", "a figure with a remark: only the figure is read"),
    ("1" * 31, "more than 30 digits: too long for a figure"),
    ("1" * 5000, "5000 characters: too long for a figure"),
    ("33'316", "no printed figure"),
    ("24 mg", "no printed figure"),
]


# What is no figure is refused with its reason, and never read as something else.
@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_figure_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotAFigure) as refused:
        read_printed(text)
    assert reason == str(refused.value)


# A comma is read only as the record declares it, and then a point in its place is refused.
def test_a_comma_is_read_as_declared() -> None:
    decimal = read_printed("12,5%", decimal_comma=True)
    thousands = read_printed("37,950", thousands_comma=True)
    assert isinstance(decimal, Printed)
    assert isinstance(thousands, Printed)
    assert (decimal.digits, decimal.decimals) == (125, 1)
    assert (thousands.digits, thousands.decimals) == (37950, 0)
    for text in ("12.5", "1.234,5"):
        with pytest.raises(NotAFigure, match="a point where the record declares a decimal comma"):
            read_printed(text, decimal_comma=True)
    with pytest.raises(NotAFigure, match="decimal or thousands"):
        read_printed("12,5", thousands_comma=True)


WINDOWS = [
    ("24", "nearest", "23.5", "24.5", True, True),
    ("24", "half_up", "23.5", "24.5", True, False),
    ("24", "half_even", "23.5", "24.5", True, True),
    ("25", "half_even", "24.5", "25.5", False, False),
    ("24", "half_down", "23.5", "24.5", False, True),
    ("24", "truncation", "24", "25", True, False),
    ("24", "rounding_up", "23", "24", False, True),
    ("24", "rounded_twice", "23.45", "24.45", True, False),
    ("24", "exact", "24", "24", True, True),
    ("24.0", "nearest", "23.95", "24.05", True, True),
    ("-1.1", "half_up", "-1.15", "-1.05", False, True),
    ("-1.1", "truncation", "-1.2", "-1.1", False, True),
    ("0", "truncation", "-1", "1", False, False),
    ("0", "rounding_up", "0", "0", True, True),
    ("5-10", "nearest", "4.5", "10.5", True, True),
]


# Each habit of rounding has its own window of true values, mirrored below zero.
@pytest.mark.parametrize(("text", "habit", "low", "high", "low_closed", "high_closed"), WINDOWS)
def test_a_figure_stands_for_a_window_under_each_habit(
    text: str,
    habit: str,
    low: str,
    high: str,
    low_closed: bool,  # noqa: FBT001 - a row of the table
    high_closed: bool,  # noqa: FBT001 - the same
) -> None:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    assert habit in HABITS
    expected = Interval(Fraction(low), Fraction(high), low_closed, high_closed)
    assert expected == printed.window(habit)


# A bound reaches on one side without end, and holds its own value only where it says "or equal".
def test_a_bound_holds_its_own_value_only_if_it_says_so() -> None:
    for text in ("<1", "<=1", ">1", ">=1"):
        printed = read_printed(text)
        assert isinstance(printed, Printed)
        assert ("=" in text) == printed.window().contains(1)
        assert ("<" in text) == printed.window().contains(-1000)
        assert (">" in text) == printed.window().contains(1000)
