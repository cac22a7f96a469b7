"""Parts and their whole agree, or it is said by how much they do not."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures.flows import judge_flow
from tallysheet.figures.sums import Relation, judge_sum

with (Path(__file__).parent / "sums.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))

RELATIONS: dict[str, Relation] = {"partition": "partition", "row_additive": "partition", "subset": "exclusive"}


# Sums of publications, right and altered, are told apart, with their difference.
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_sums_of_publications_are_told_apart(row: dict[str, str]) -> None:
    parts, total = [int(part) for part in row["parts"].split("|")], int(row["total"])
    if row["rule"] == "flow":
        enters, leaves = [part for part in parts if part >= 0], [-part for part in parts if part < 0]
        verdict = judge_flow(enters, leaves, total).verdict
    else:
        judged = judge_sum(parts, total, RELATIONS[row["rule"]])
        assert int(row["difference"]) == judged.difference
        verdict = judged.verdict
    assert (row["expected"] == "ok") == (verdict == "consistent")


CASES: list[tuple[list[int | None], int | None, Relation, int, str, str]] = [
    ([11, 12, 25, 22, 11, 5], 86, "partition", 0, "consistent", ""),
    ([11, 12, 25, 22, 11, 6], 86, "partition", 0, "inconsistent", "sum_above_total"),
    ([28, 17], 46, "partition", 0, "inconsistent", "sum_below_total"),
    ([28, 17], 46, "partition", 1, "consistent", ""),
    ([28, 18], 46, "partition", 1, "inconsistent", "sum_above_total"),
    ([28, None], 46, "partition", 0, "not_testable", "part_not_reported"),
    ([47, None], 46, "partition", 0, "inconsistent", "sum_above_total"),
    ([28, 18], None, "partition", 0, "not_testable", "no_total"),
    ([None, None], 46, "partition", 0, "not_testable", "nothing_printed"),
    ([], 46, "partition", 0, "not_testable", "no_parts"),
    ([28, -1], 27, "partition", 0, "inconsistent", "negative_count"),
    ([19, 14, 7], 46, "exclusive", 0, "consistent", ""),
    ([19, 14, 17], 46, "exclusive", 0, "inconsistent", "sum_above_total"),
    ([15, 10, 2, 4, 5, 3, 3, 3, 3], 40, "overlapping", 0, "consistent", ""),
    ([41, 10], 40, "overlapping", 0, "inconsistent", "part_above_total"),
    ([41, None], 40, "overlapping", 0, "inconsistent", "part_above_total"),
    ([10, None], 40, "overlapping", 0, "not_testable", "part_not_reported"),
    ([42, 31, 23], 46, "nested", 0, "consistent", ""),
    ([42, 31, 32], 46, "nested", 0, "inconsistent", "part_above_the_one_before"),
    ([42, None, 43], 46, "nested", 0, "inconsistent", "part_above_the_one_before"),
    ([42, None, 23], 46, "nested", 0, "not_testable", "part_not_reported"),
    ([47, 31], 46, "nested", 0, "inconsistent", "part_above_the_one_before"),
    ([42, 31], None, "nested", 0, "consistent", ""),
    ([42], None, "nested", 0, "not_testable", "no_total"),
    ([42, 31], None, "overlapping", 0, "not_testable", "no_total"),
]


# Each relation has its own rule, and a part that is not reported is never a pass.
@pytest.mark.parametrize(("parts", "total", "relation", "missing", "verdict", "reason"), CASES)
def test_each_relation_has_its_rule(
    parts: list[int | None], total: int | None, relation: Relation, missing: int, verdict: str, reason: str
) -> None:
    judged = judge_sum(parts, total, relation, missing)
    assert (verdict, reason) == (judged.verdict, judged.reason)


# What is not reported is bounded: exactly where one part of a partition is, from above elsewhere.
def test_a_part_that_is_not_reported_is_bounded() -> None:
    assert judge_sum([28, None], 46).bounds == (18, 18)
    assert judge_sum([28, None], 46, missing=1).bounds == (17, 17)
    assert judge_sum([28, None, None], 46).bounds == (0, 18)
    assert judge_sum([28, None], 46, "exclusive").bounds == (0, 18)
    assert judge_sum([28, None], 46, "overlapping").bounds == (0, 46)
    assert judge_sum([42, None, 23], 46, "nested").bounds == (23, 42)


# The single changes that would settle a sum are offered, the likeliest slip first.
def test_single_changes_that_settle_a_sum_are_offered() -> None:
    swapped = judge_sum([21, 18], 30).candidates[0]
    assert (swapped.place, swapped.value, swapped.slip) == (0, 12, "two digits swapped")
    twice = judge_sum([20, 18, 15], 38).candidates
    assert (2, 0, "a part left out or counted twice") in [(one.place, one.value, one.slip) for one in twice]
    assert judge_sum([20, 18], 38).candidates == ()


# A partition is consistent exactly if it adds up.
@given(some.lists(some.integers(0, 50), min_size=1, max_size=6), some.integers(0, 300), some.integers(0, 5))
def test_a_partition_is_consistent_exactly_if_it_adds_up(parts: list[int], total: int, missing: int) -> None:
    judged = judge_sum(parts, total, missing=missing)
    assert (sum(parts) + missing == total) == (judged.verdict == "consistent")
    for change in judged.candidates:
        mended = [change.value if place == change.place else part for place, part in enumerate(parts)]
        whole = change.value if change.place is None else total
        assert judge_sum(mended, whole, missing=missing).verdict == "consistent"


FLOWS: list[tuple[list[int | None], list[int | None], int | None, str]] = [
    ([533], [398], 135, "consistent"),
    ([533], [398], 136, "inconsistent"),
    ([41, 6], [], 47, "consistent"),
    ([533], [398, None], 100, "not_testable"),
    ([533], [398, None], 136, "inconsistent"),
    ([533, None], [398], 136, "not_testable"),
    ([533, None], [398], 134, "inconsistent"),
    ([None], [398], 135, "not_testable"),
    ([533], [-398], 135, "inconsistent"),
]


# What goes into a box comes out of it; a box that is not reported is worked out, and never holds less than nothing.
@pytest.mark.parametrize(("enters", "leaves", "stays", "verdict"), FLOWS)
def test_what_enters_a_box_leaves_it(
    enters: list[int | None], leaves: list[int | None], stays: int | None, verdict: str
) -> None:
    assert verdict == judge_flow(enters, leaves, stays).verdict


# A broken flow says how many are unaccounted for, a box not reported what it holds.
def test_a_flow_says_what_is_unaccounted_for() -> None:
    assert judge_flow([60], [40, 12], 6).message == "60 enter, 40 + 12 + 6 come out: 60 against 58, 2 unaccounted"
    said = "533 enter, ? + 135 come out: the box that is not reported holds 398"
    assert said == judge_flow([533], [None], 135).message
