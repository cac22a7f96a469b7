"""Whole numbers exist with the printed mean and SD, or they do not."""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures import Printed, read_printed
from tallysheet.figures.fits import as_text, rounded_texts
from tallysheet.figures.grim import judge_mean, judge_mean_and_sd, judge_share_and_sd
from tallysheet.figures.means import (
    judge_mean_and_median,
    judge_sd_in_range,
    judge_standard_error,
    judge_total_mean,
)
from tallysheet.figures.windows import Interval

MEANS = [
    (("5.19", 28), "inconsistent"),
    (("5.18", 28), "consistent"),
    (("5.17", 28), "explained"),
    (("5.23", 40), "consistent"),
    (("5.22", 40), "consistent"),
    (("3.5", 10), "not_testable"),
    (("3.45", 20), "consistent"),
    (("3.44", 9, 3), "consistent"),
    (("3.45", 9, 3), "explained"),
    (("3.46", 9, 3), "inconsistent"),
    (("-2.50", 2), "consistent"),
    (("-2.30", 2), "inconsistent"),
    (("NR", 28), "not_testable"),
    (("5.19", None), "not_testable"),
]


# A sum of whole numbers has the printed mean (GRIM).
@pytest.mark.parametrize(("figures", "verdict"), MEANS)
def test_a_mean_is_that_of_some_sum(figures: tuple[str, int | None], verdict: str) -> None:
    assert verdict == judge_mean(*figures).verdict


def all_pairs(size: int, reach: int, decimals: int) -> dict[str, set[str]]:
    """Return, for samples of `size` integers within `reach`, the SDs printed beside each printed mean."""
    found: dict[str, set[str]] = defaultdict(set)
    for sample in combinations_with_replacement(range(-reach, reach + 1), size):
        total, square = sum(sample), sum(value * value for value in sample)
        variance = (square - Fraction(total * total, size)) / (size - 1)
        for mean in rounded_texts(Fraction(total, size), decimals):
            found[mean].add(sd_text(variance, decimals))
    return found


def sd_text(variance: Fraction, decimals: int) -> str:
    """Return the square root of `variance` rounded, by comparing squares."""
    digits, unit = 0, 10**decimals
    while Fraction(2 * digits + 1, 2 * unit) ** 2 <= variance:
        digits += 1
    return as_text(digits, decimals)


# For samples small enough to list, mean and SD are accepted exactly where a sample has them (GRIMMER).
@pytest.mark.parametrize(("size", "reach"), [(2, 9), (3, 7), (4, 5), (5, 4)])
def test_mean_and_sd_are_those_of_some_sample(size: int, reach: int) -> None:
    listed = all_pairs(size, reach, 2)
    for mean in sorted(listed):
        printed = read_printed(mean)
        assert isinstance(printed, Printed)
        if abs(printed.value) > 1:
            continue
        for digits in range(0, 300, 1):
            sd = as_text(digits, 2)
            accepted = judge_mean_and_sd(mean, sd, size, "sample").verdict == "consistent"
            assert accepted == (sd in listed[mean]), (size, mean, sd)


# An SD may be the population's where the publication does not say, and is held to what it says.
def test_an_sd_is_held_to_its_kind() -> None:
    assert judge_mean_and_sd("2.50", "0.50", 2).reason == "population"
    assert judge_mean_and_sd("2.50", "0.50", 2, "sample").verdict == "inconsistent"
    assert judge_mean_and_sd("2.50", "0.71", 2, "sample").verdict == "consistent"
    assert judge_mean_and_sd("2.50", "-0.71", 2).reason == "negative_sd"
    assert judge_mean_and_sd("2.00", "0.71", 1).verdict == "inconsistent"
    assert judge_mean_and_sd("2.00", "0.00", 1).verdict == "not_testable"
    assert judge_mean_and_sd("5.19", "1.00", 28).reason == "no_sum_fits"
    assert judge_mean_and_sd("5", "1.00", 100_000).reason == "no_power"
    assert judge_mean_and_sd("5.2", "NR", 28).verdict == "not_testable"


# Mean and SD of ones and zeros are those of some count (DEBIT).
def test_mean_and_sd_of_ones_and_zeros_are_those_of_a_count() -> None:
    assert judge_share_and_sd("0.11", "0.31", 40).reason == "no_sum_fits"
    assert judge_share_and_sd("0.50", "0.51", 40).reason == "sample"
    assert judge_share_and_sd("0.50", "0.50", 40).reason == "population"
    assert judge_share_and_sd("0.50", "0.50", 40, "sample").reason == "no_count_fits"
    assert judge_share_and_sd("0.50", "NR", 40).verdict == "not_testable"
    assert judge_share_and_sd("0.50", "0.50", 1).verdict == "not_testable"


# Whatever ones and zeros there are, their own mean and SD are accepted.
@given(some.integers(2, 60), some.data())
def test_ones_and_zeros_are_accepted(size: int, data: some.DataObject) -> None:
    count = data.draw(some.integers(0, size))
    mean = rounded_texts(Fraction(count, size), 2)[0]
    sd = sd_text(Fraction(count * (size - count), size * (size - 1)), 2)
    assert judge_share_and_sd(mean, sd, size, "sample").verdict == "consistent"


# An SE is its SD over the square root of the number of values; one printed in the other's place is told.
def test_an_se_is_its_sd_over_a_root() -> None:
    assert judge_standard_error("6.8", "1.0", 46).verdict == "consistent"
    assert judge_standard_error("6.8", "6.8", 46).reason == "se_is_sd"
    assert judge_standard_error("6.8", "2.0", 46).reason == "se_differs"
    assert judge_standard_error("6.8", "<2.0", 46).verdict == "not_testable"


SPREADS = [
    ((46, "5.0", "9.0", ("0", "21")), "consistent"),
    ((46, "5.0", "10.0", ("0", "21")), "inconsistent"),
    ((46, "22.0", "9.0", ("0", "21")), "inconsistent"),
    ((10, None, "4.0", None, "20"), "inconsistent"),
    ((10, None, "4.8", None, "20"), "consistent"),
    ((10, None, "11.0", None, "20"), "inconsistent"),
    ((10, "5.0", "4.0", None), "not_testable"),
    ((1, "5.0", "4.0", ("0", "21")), "not_testable"),
    ((10, "5.0", "4.0", ("0", "<21")), "not_testable"),
]


# No SD exceeds what its mean and limits allow, nor falls below what the range asks for.
@pytest.mark.parametrize(("figures", "verdict"), SPREADS)
def test_an_sd_fits_into_its_range(figures: tuple[int, str | None, str], verdict: str) -> None:
    assert verdict == judge_sd_in_range(*figures).verdict


# Whatever the data, their own mean, SD and limits are accepted.
@given(some.lists(some.integers(-30, 30), min_size=2, max_size=12))
def test_any_data_fit_into_their_range(values: list[int]) -> None:
    size = len(values)
    mean = Fraction(sum(values), size)
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (size - 1)
    limits = (str(min(values)), str(max(values)))
    judged = judge_sd_in_range(size, rounded_texts(mean, 1)[0], sd_text(variance, 1), limits)
    assert judged.verdict == "consistent"


# The mean of the whole is that of its subgroups, weighed by their sizes.
def test_the_mean_of_the_whole_is_that_of_its_subgroups() -> None:
    assert judge_total_mean([39, 7], ["2.0", "15.0"], "4.0").verdict == "consistent"
    assert judge_total_mean([39, 7], ["2.0", "15.0"], "4.2").verdict == "inconsistent"
    assert judge_total_mean([39, 7], ["2.0", "NR"], "4.0").verdict == "not_testable"


# Mean and median are at most one SD apart.
def test_mean_and_median_are_at_most_one_sd_apart() -> None:
    assert judge_mean_and_median("5.0", "4.0", "1.2").verdict == "consistent"
    assert judge_mean_and_median("5.0", "3.0", "1.2").verdict == "inconsistent"
    assert judge_mean_and_median("5.0", "NR", "1.2").verdict == "not_testable"


# An interval holds its closed ends only, and meets another where they share a number.
def test_an_interval_holds_its_closed_ends() -> None:
    half_open = Interval(Fraction(1), Fraction(2), high_closed=False)
    assert half_open.contains(1)
    assert not half_open.contains(2)
    assert not half_open.meets(Interval(Fraction(2), None))
    assert Interval(None, Fraction(1)).meets(half_open)
    assert list(half_open.integers(-5, 5)) == [1]
    assert list(half_open.mirrored().integers(-5, 5)) == [-1]
    assert list(half_open.shifted(1).integers(-5, 5)) == [2]
