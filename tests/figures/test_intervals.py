"""Printed confidence intervals are those of a method, and ratios agree with theirs."""

from fractions import Fraction

import pytest

from tallysheet.figures import limits
from tallysheet.figures.intervals import judge_interval, judge_reach
from tallysheet.figures.ratios import judge_ratio, judge_ratio_of_counts

# The examples of Newcombe 1998, Stat Med 17:857.
NEWCOMBE = [
    (81, 263, "Wald", "0.2522", "0.3638"),
    (81, 263, "Wald with continuity correction", "0.2503", "0.3657"),
    (81, 263, "Wilson", "0.2553", "0.3662"),
    (81, 263, "Wilson with continuity correction", "0.2535", "0.3682"),
    (15, 148, "Wald", "0.0527", "0.1500"),
    (15, 148, "Wilson", "0.0624", "0.1605"),
    (15, 148, "Wilson with continuity correction", "0.0598", "0.1644"),
    (1, 29, "Wilson", "0.0061", "0.1718"),
    (1, 29, "Wilson with continuity correction", "0.0018", "0.1963"),
]


# Formulas give the limits that their author printed.
@pytest.mark.parametrize(("events", "total", "method", "low", "high"), NEWCOMBE)
def test_formulas_give_published_limits(events: int, total: int, method: str, low: str, high: str) -> None:
    least, most = limits.closed_form(events, total, Fraction(1, 20))[method]
    assert abs(least - Fraction(low)) <= Fraction(5, 10**5)
    assert abs(most - Fraction(high)) <= Fraction(5, 10**5)


METHODS = [
    (81, 263, "25.27", "36.76", "Clopper-Pearson"),
    (81, 263, "25.44", "36.58", "mid-P"),
    (15, 148, "5.78", "16.17", "Clopper-Pearson"),
    (15, 148, "6.01", "15.81", "mid-P"),
    (0, 20, "0", "16.84", "Clopper-Pearson"),
    (0, 20, "0", "13.91", "mid-P"),
    (0, 20, "0", "16.11", "Wilson"),
    (0, 20, "0", "20.05", "Wilson with continuity correction"),
    (20, 20, "83.16", "100", "Clopper-Pearson"),
    (17, 27, "42", "81", "Clopper-Pearson"),
    (17, 27, "44.75", "81.18", "Wald"),
    (17, 27, "44.16", "78.53", "Agresti-Coull"),
    (17, 27, "43.77", "78.78", "logit"),
    (0, 10, "0", "22", "Jeffreys"),
]


# The method that reproduces both limits is named.
@pytest.mark.parametrize(("events", "total", "low", "high", "method"), METHODS)
def test_the_method_that_fits_is_named(events: int, total: int, low: str, high: str, method: str) -> None:
    judged = judge_interval(events, total, low, high)
    assert judged.verdict == "consistent"
    assert method in judged.message


INTERVALS = [
    ((17, 27, "44", "80"), "explained", "no_method_fits"),
    ((17, 27, "70", "80"), "inconsistent", "estimate_outside"),
    ((17, 27, "80", "44"), "inconsistent", "out_of_order"),
    ((28, 27, "44", "80"), "inconsistent", "out_of_range"),
    ((17, 27, "44", "NR"), "not_testable", "not_reported"),
    ((17, 27, "47.7", "78.2", "90"), "consistent", ""),
    ((17, 27, "42", "81", "95", "90"), "inconsistent", "out_of_order"),
]


# An interval that no method gives is a warning, one that its estimate is not in an error.
@pytest.mark.parametrize(("figures", "verdict", "reason"), INTERVALS)
def test_an_interval_lies_around_its_estimate(figures: tuple[int, int, str, str], verdict: str, reason: str) -> None:
    judged = judge_interval(*figures)
    assert (verdict, reason) == (judged.verdict, judged.reason)


# An estimate with its reach is the interval printed elsewhere.
def test_an_estimate_with_its_reach_is_an_interval() -> None:
    assert judge_reach("54", "6", ["48", "60"]).verdict == "consistent"
    assert judge_reach("54", "6", ["46", "60"]).verdict == "inconsistent"
    assert judge_reach("54", "6").message == "54 ± 6 is 48 to 60"
    assert judge_reach("54", "-6").reason == "negative_reach"
    assert judge_reach("54", "NR").verdict == "not_testable"


RATIOS = [
    (("0.70", "0.50", "0.98"), "consistent", ""),
    (("0.70", "0.50", "0.98", "0.04"), "consistent", ""),
    (("0.70", "0.50", "0.98", "0.4"), "explained", "significance_differs"),
    (("0.70", "0.50", "0.98", "0.01"), "explained", "p_differs"),
    (("0.70", "0.42", "0.98"), "explained", "limits_look_linear"),
    (("0.90", "0.50", "0.98"), "explained", "not_log_symmetric"),
    (("1.5", "0.50", "0.98"), "inconsistent", "out_of_order"),
    (("-0.7", "-0.9", "-0.5"), "inconsistent", "negative_ratio"),
    (("0.70", "NR", "0.98"), "not_testable", "not_reported"),
    (("0.3", "0.0", "2.0", "0.4"), "not_testable", "limit_at_0"),
    (("0.70", "0.50", "0.98", ".000"), "inconsistent", "p_zero"),
    (("NR", "0.50", "0.98"), "consistent", ""),
]


# A ratio lies in the middle of its interval by logarithm, and the interval implies its p value.
@pytest.mark.parametrize(("figures", "verdict", "reason"), RATIOS)
def test_a_ratio_agrees_with_its_interval(figures: tuple[str, str, str], verdict: str, reason: str) -> None:
    judged = judge_ratio(*figures)
    assert (verdict, reason) == (judged.verdict, judged.reason)


# A ratio is that of its table, the other way round is told, and an empty cell is left alone.
def test_a_ratio_is_that_of_its_table() -> None:
    assert judge_ratio_of_counts("OR", (3, 10), (9, 12), "0.14").verdict == "consistent"
    assert judge_ratio_of_counts("OR", (3, 10), (9, 12), "7.0").reason == "inverse"
    assert judge_ratio_of_counts("RR", (3, 10), (9, 12), "0.40").verdict == "consistent"
    assert judge_ratio_of_counts("RD", (3, 10), (9, 12), "-45").verdict == "consistent"
    assert judge_ratio_of_counts("RD", (3, 10), (9, 12), "45").reason == "inverse"
    assert judge_ratio_of_counts("OR", (3, 10), (9, 12), "0.2").verdict == "inconsistent"
    assert judge_ratio_of_counts("OR", (10, 10), (9, 12), "0.2").verdict == "not_testable"
    assert judge_ratio_of_counts("OR", (3, 10), (9, 12), "NR").verdict == "not_testable"
