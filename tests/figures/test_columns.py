"""Percentages that belong together agree with one another."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures import judge_proportion
from tallysheet.figures.columns import judge_column, judge_percent_sum, judge_same_fraction, judge_strata

SUMS: list[tuple[list[str | None], str, str]] = [
    (["33.3", "66.7"], "consistent", ""),
    (["33", "33", "33"], "consistent", ""),
    (["33", "33", "35"], "consistent", ""),
    (["13", "88"], "tie", ""),
    (["12", "87"], "tie", ""),
    (["33", "33", "32"], "explained", "truncation"),
    (["34", "34", "34"], "explained", "rounding_up"),
    (["30", "30", "30"], "inconsistent", ""),
    (["60", "50"], "inconsistent", ""),
    (["60.0", "39.8"], "inconsistent", ""),
    (["60", "39.8"], "consistent", ""),
    (["60", None], "not_testable", ""),
    (["60", "NR"], "not_testable", ""),
    (["60", "50", None], "inconsistent", ""),
    (["60", "<50"], "not_testable", ""),
    (["100"], "not_testable", ""),
]


# With K figures of one unit the sum misses 100 by floor(K/2) units at the most, and at the bound only by ties.
@pytest.mark.parametrize(("percents", "verdict", "explanation"), SUMS)
def test_percentages_of_a_partition_add_up_within_their_rounding(
    percents: list[str | None], verdict: str, explanation: str
) -> None:
    judged = judge_percent_sum(percents)
    assert (verdict, explanation) == (judged.verdict, judged.explanation)


COLUMNS: list[tuple[list[str | None], int, list[int | None] | None, str, str]] = [
    (["33", "33", "33"], 3, None, "consistent", ""),
    (["33", "33", "34"], 3, None, "explained", "forced_to_100"),
    (["33", "33", "34"], 3, [1, 1, 1], "explained", "forced_to_100"),
    (["17", "17", "66"], 6, [1, 1, 4], "explained", "forced_to_100"),
    (["33.4", "33.3", "33.3"], 3, [1, 1, 1], "explained", "forced_to_100"),
    (["34", "34", "34"], 3, [1, 1, 1], "explained", "rounding_up"),
    (["16", "16", "66"], 6, [1, 1, 4], "explained", "truncation"),
    (["16", "17", "66"], 6, [1, 1, 4], "explained", "truncation"),
    (["17.7", "82.3"], 17, [3, 14], "inconsistent", ""),
    (["17.7", "82.4"], 17, [3, 14], "explained", "rounded_twice"),
    (["15", "28", "57"], 7, [1, 2, 4], "inconsistent", ""),
    (["50", "50"], 3, None, "inconsistent", ""),
    (["20", "80"], 5, None, "consistent", ""),
    (["20", "60"], 5, None, "inconsistent", ""),
    (["20", None], 5, None, "consistent", ""),
    (["42", "24", "34"], 25, [6, 10, 9], "inconsistent", ""),
]


# Where the total is known, whole counts exist for a column, or the habit is named that lets them, or there are none.
@pytest.mark.parametrize(("percents", "total", "events", "verdict", "explanation"), COLUMNS)
def test_a_column_is_judged_as_a_whole(
    percents: list[str | None], total: int, events: list[int | None] | None, verdict: str, explanation: str
) -> None:
    judged = judge_column(percents, total, events)
    assert (verdict, explanation) == (judged.verdict, judged.explanation)


# A count that is not printed is derived from the rest of its column.
def test_a_column_derives_the_counts_that_are_not_printed() -> None:
    judged = judge_column(["72.7", None, "9"], 22)
    assert (range(16, 17), range(4, 5), range(2, 3)) == judged.counts


# A column forced to add up to 100 explains the row that was moved, and leaves the others as they are.
def test_a_forced_column_explains_the_row_that_was_moved() -> None:
    judged = judge_column(["33", "33", "34"], 3, [1, 1, 1])
    assert [row.explanation for row in judged.rows] == ["", "", "forced_to_100"]


# For small tables joint feasibility is what enumeration finds.
@given(some.integers(1, 12), some.lists(some.integers(0, 100), min_size=1, max_size=3))
def test_joint_feasibility_is_what_enumeration_finds(total: int, digits: list[int]) -> None:
    percents = [str(one) for one in digits]
    exists = any(
        sum(counts) == total
        and all(
            judge_proportion(count, total, percent).verdict in ("consistent", "tie")
            for count, percent in zip(counts, percents, strict=True)
        )
        for counts in product(range(total + 1), repeat=len(percents))
    )
    assert exists == (judge_column(percents, total).verdict == "consistent")


# One fraction is printed one way at one precision; ties, other precisions and bounds are left alone.
def test_one_fraction_is_printed_one_way() -> None:
    assert judge_same_fraction([(25, 46, "54.3"), (25, 46, "54.4")]).verdict == "inconsistent"
    assert judge_same_fraction([(1, 2, "50"), (23, 46, "50")]).verdict == "consistent"
    assert judge_same_fraction([(25, 46, "54.3"), (25, 46, "54")]).verdict == "consistent"
    assert judge_same_fraction([(25, 46, "54.3"), (25, 46, ">54.2"), (0, 0, "NR")]).verdict == "consistent"
    said = "25/46 is printed 54.3 and 50/92 54.4: one fraction"
    assert said == judge_same_fraction([(25, 46, "54.3"), (50, 92, "54.4")]).message


# Strata add up, numerators apart from denominators.
def test_strata_add_up_numerators_apart_from_denominators() -> None:
    assert [check.verdict for check in judge_strata((28, 46), [(23, 39), (5, 7)])] == ["consistent", "consistent"]
    assert [check.verdict for check in judge_strata((28, 46), [(23, 39), (6, 7)])] == ["inconsistent", "consistent"]
    assert [check.verdict for check in judge_strata((28, 46), [(23, 39), (5, 8)])] == ["consistent", "inconsistent"]
    assert [check.verdict for check in judge_strata((28, 46), [(2, 47), (None, 7)])] == [
        "not_testable",
        "inconsistent",
    ]
    assert [check.verdict for check in judge_strata((None, None), [(1, 2)])] == ["not_testable", "not_testable"]
