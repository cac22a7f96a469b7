"""A survival estimate is bounded by its events, its course and its numbers at risk."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures.changes import judge_change, judge_points
from tallysheet.figures.fits import rounded_texts
from tallysheet.figures.survival import judge_at_risk, judge_course, judge_survival

ESTIMATES = [
    (("73.1%", 46, 12, None), "consistent"),
    (("73.1%", 46, 13, None), "inconsistent"),
    (("73.1%", 46, 10, 2), "inconsistent"),
    (("73.1%", 46, 10, 5), "consistent"),
    (("75", 4, 1, 0), "consistent"),
    (("74", 4, 1, 0), "inconsistent"),
    (("73.1% (KM)", 46, 12, None), "consistent"),
    (("73.1%", 46, None, None), "not_testable"),
    (("73.1%", None, 12, None), "not_testable"),
    (("NR", 46, 12, None), "not_testable"),
    (("101%", 46, None, None), "inconsistent"),
    (("-3%", 46, None, None), "inconsistent"),
    (("73.1%", 46, 40, 7), "inconsistent"),
]


# With d events and c censored of n, (n-d-c)/n <= S <= (n-d)/n.
@pytest.mark.parametrize(("figures", "verdict"), ESTIMATES)
def test_an_estimate_is_bounded_by_events_and_censoring(
    figures: tuple[str, int | None, int | None, int | None], verdict: str
) -> None:
    assert verdict == judge_survival(*figures).verdict


# The deaths that an estimate admits are named.
def test_the_deaths_that_an_estimate_admits_are_named() -> None:
    assert judge_survival("73.1%", 46).message == "73.1% of 46 admits 12 deaths at the most by then"


# The product-limit estimate of any course of deaths and censorings is accepted.
@given(some.lists(some.sampled_from(["death", "censored", "stays"]), min_size=1, max_size=40))
def test_every_kaplan_meier_estimate_is_accepted(course: list[str]) -> None:
    survival, left = Fraction(1), len(course)
    for fate in course:
        if fate == "death":
            survival *= Fraction(left - 1, left)
        left -= fate != "stays"
    # Those who stay are at risk to the end, so they must not be counted out early.
    deaths, censored = course.count("death"), course.count("censored")
    printed = rounded_texts(100 * survival, 1)[0]
    assert judge_survival(printed, len(course), deaths, censored).verdict == "consistent"


# Survival never rises and a cumulative incidence never falls, beyond rounding.
def test_a_course_has_one_direction() -> None:
    assert judge_course([("6m", "80"), ("12m", "73.1")]).verdict == "consistent"
    assert judge_course([("6m", "70"), ("12m", "73.1")]).verdict == "inconsistent"
    assert judge_course([("6m", "73"), ("12m", "73.1")]).verdict == "consistent"
    assert judge_course([("6m", "80"), ("9m", None), ("12m", "81")]).verdict == "inconsistent"
    assert judge_course([("6m", "10"), ("12m", "20")], rising=True).verdict == "consistent"
    assert judge_course([("6m", "20"), ("12m", "10")], rising=True).verdict == "inconsistent"
    assert judge_course([("6m", "20")]).verdict == "not_testable"


# Numbers at risk never rise, nor exceed those without an event.
def test_numbers_at_risk_never_rise() -> None:
    assert judge_at_risk(46, [46, 30, 12]).verdict == "consistent"
    assert judge_at_risk(46, [30, 31]).verdict == "inconsistent"
    assert judge_at_risk(46, [47]).verdict == "inconsistent"
    assert judge_at_risk(46, [40, None, 41]).verdict == "inconsistent"
    assert judge_at_risk(46, [40, 30], [0, 17]).verdict == "inconsistent"
    assert judge_at_risk(46, [40, 30], [0, 16]).verdict == "consistent"
    assert judge_at_risk(None, [None]).verdict == "not_testable"


CHANGES = [
    (("33316", "14435", "57% decrease"), "consistent", ""),
    (("33316", "14435", "-56.7"), "consistent", ""),
    (("33316", "14435", "57"), "explained", "sign_lost"),
    (("33316", "14435", "57% increase"), "inconsistent", "sign_reversed"),
    (("33316", "14435", "43% decrease"), "inconsistent", "ratio_printed"),
    (("33316", "14435", "131% decrease"), "inconsistent", "other_baseline"),
    (("33316", "14435", "50% decrease"), "inconsistent", "change_differs"),
    (("1.2", "2.4", "100% increase"), "consistent", ""),
    (("1.2", "2.4", "95"), "consistent", "over_the_windows"),
    (("1.2", "2.4", "80"), "inconsistent", "change_differs"),
    (("0", "5", "100"), "inconsistent", "undefined"),
    (("0.0", "5", "100"), "inconsistent", "undefined"),
    (("NR", "5", "100"), "not_testable", "not_reported"),
    (("<5", "5", "100"), "not_testable", "baseline_near_zero"),
]


# A change in per cent is that between its figures, at face value or over their windows; slips are named.
@pytest.mark.parametrize(("figures", "verdict", "reason"), CHANGES)
def test_a_change_is_that_between_its_figures(figures: tuple[str, str, str], verdict: str, reason: str) -> None:
    judged = judge_change(*figures)
    assert (verdict, reason) == (judged.verdict, judged.reason)


# Percentage points are a difference, and a change in per cent in their place is named.
def test_percentage_points_are_a_difference() -> None:
    assert judge_points("40", "50", "10").verdict == "consistent"
    assert judge_points("50", "40", "10 percentage points").verdict == "consistent"
    assert judge_points("40", "50", "25").reason == "relative_change"
    assert judge_points("40", "50", "17").reason == "difference_differs"
    assert judge_points("40", ">50", "17").verdict == "not_testable"
    assert judge_points("40", "NR", "17").verdict == "not_testable"
