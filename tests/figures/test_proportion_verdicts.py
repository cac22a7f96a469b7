"""The verdicts on proportions: what publications print, the edges, and what an expert would say of them."""

import csv
from pathlib import Path

import pytest

from tallysheet.figures import Judgement, NotAFigure, judge_proportion

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def whole(text: str) -> int | None:
    return int(text) if text else None


CLASSES = {
    "consistent": ("consistent", ""),
    "consistent_tie_mode_dependent": ("tie", ""),
    "explained_double_rounding": ("explained", "rounded_twice"),
    "explained_ceiling": ("explained", "rounding_up"),
    "explained_truncation": ("explained", "truncation"),
    "inconsistent": ("inconsistent", ""),
}


# Verdict, explanation and fitting counts are those worked out with exact rationals.
@pytest.mark.parametrize("row", rows("percent_count.csv"), ids=lambda row: row["id"])
def test_counts_and_percentages_are_classified(row: dict[str, str]) -> None:
    judged = judge_proportion(whole(row["count"]), int(row["n"]), row["percent"])
    fits = judged.fitting_counts
    shown = "" if not fits else str(fits[0]) if len(fits) == 1 else f"{fits[0]}-{fits[-1]}"
    assert (*CLASSES[row["classification"]], row["compatible_counts"]) == (judged.verdict, judged.explanation, shown)


QUALIFIED = {
    "consistent": ("consistent", ""),
    "consistent_warn": ("consistent", "zero_yet_events"),
    "consistent_approximate": ("consistent", "approximate"),
    "consistent_or_malformed": ("consistent", ""),
    "not_applicable": ("not_applicable", "survival_estimate"),
    "percent_change": ("not_applicable", "percent_change"),
    "missing_not_reported": ("not_testable", "not_reported"),
    "missing_not_applicable": ("not_applicable", "not_applicable"),
    "missing_ambiguous": ("not_testable", "ambiguous"),
    "undefined": ("inconsistent", "undefined"),
}


# Qualified, missing and odd percentages are decided as an expert would.
@pytest.mark.parametrize("row", rows("percent_qualified.csv"), ids=lambda row: row["id"])
def test_qualified_percentages_are_decided(row: dict[str, str]) -> None:
    if row["expected"] == "malformed":
        with pytest.raises(NotAFigure):
            judge_proportion(whole(row["count"]), whole(row["n"]), row["text"])
        return
    judged = judge_proportion(whole(row["count"]), whole(row["n"]), row["text"])
    if row["expected"] == "inconsistent":
        assert judged.verdict == "inconsistent"
    else:
        assert QUALIFIED[row["expected"]] == (judged.verdict, judged.reason)


# Of what publications print, all that one common rounding gives is consistent, and nothing else is.
@pytest.mark.parametrize("row", rows("printed_percentages.csv"), ids=lambda row: f"{row['source_id']}-{row['item']}")
def test_no_false_alarm_on_what_publications_print(row: dict[str, str]) -> None:
    judged = judge_proportion(whole(row["count"]), int(row["n"]), row["percent_as_printed"])
    common = row["consistent_half_up"] in ("yes", "count-less: integer count exists")
    assert common == (judged.verdict in ("consistent", "tie"))
    if not row["count"] and common:
        assert row["expected_half_up_or_fitting_counts"] == str(judged.fitting_counts[0])
    if "double rounding" in row["remark"]:
        assert (judged.verdict, judged.explanation) == ("explained", "rounded_twice")


CASES = [
    # nothing, or not enough, to test with
    ((None, None, None), "not_testable", "nothing_printed"),
    ((None, 12, None), "not_testable", "nothing_printed"),
    ((11, 12, None), "not_testable", "no_percent"),
    ((11, None, "91.7"), "not_testable", "no_total"),
    ((None, None, "91.7"), "not_testable", "no_total"),
    ((11, 12, "NR"), "not_testable", "not_reported"),
    ((11, 12, "NE"), "not_testable", "not_estimable"),
    ((11, 12, ""), "not_testable", "blank"),
    # no power
    ((None, 100, "50"), "not_testable", "no_power"),
    ((None, 99, "51"), "consistent", ""),
    ((None, 1000, "50.1"), "not_testable", "no_power"),
    ((None, 999, "50.1"), "consistent", ""),
    ((None, 100, "<1%"), "not_testable", "no_power"),
    # a count printed has power, however large the total
    ((500, 1000, "60"), "inconsistent", ""),
    # nothing has a percentage
    ((0, 0, "0"), "inconsistent", "undefined"),
    ((None, 0, "50"), "inconsistent", "undefined"),
    ((0, 0, "<1"), "inconsistent", "undefined"),
    ((0, 0, None), "not_testable", "no_percent"),
    ((0, 0, "NA"), "not_applicable", "not_applicable"),
    ((1, 0, None), "inconsistent", "events_above_total"),
    # impossible counts
    ((13, 12, None), "inconsistent", "events_above_total"),
    ((13, 12, "108"), "inconsistent", "events_above_total"),
    ((-1, 12, "0"), "inconsistent", "negative_count"),
    ((1, -12, None), "inconsistent", "negative_count"),
    # impossible percentages, whatever is missing
    ((None, None, "103%"), "inconsistent", "above_100"),
    ((None, 200, "100.1"), "inconsistent", "above_100"),
    ((None, 200, ">100%"), "inconsistent", "above_100"),
    ((None, 100, "-5%"), "inconsistent", "negative_percent"),
    ((None, 100, "<0%"), "inconsistent", "negative_percent"),
    ((5, None, "-5%"), "inconsistent", "negative_percent"),
    # none and all
    ((0, 12, "0"), "consistent", ""),
    ((12, 12, "100.0"), "consistent", ""),
    ((483, 484, "100"), "consistent", "hundred_yet_not_all"),
    ((1, 484, "0"), "consistent", "zero_yet_events"),
    ((1, 200, "0"), "tie", "zero_yet_events"),
    ((483, 484, "100.0"), "inconsistent", ""),
    ((12, 12, "99"), "inconsistent", ""),
    # bounds are exact
    ((0, 86, "<1%"), "consistent", "prefer_zero"),
    ((1, 100, "<1%"), "inconsistent", "outside_the_bounds"),
    ((1, 100, "<=1%"), "consistent", ""),
    ((44, 86, ">50%"), "consistent", ""),
    ((43, 86, ">=50%"), "consistent", ""),
    ((43, 86, "more than half"), "inconsistent", "outside_the_bounds"),
    # ranges are inclusive, and their limits are rounded numbers
    ((47, 86, "50-60%"), "consistent", ""),
    ((43, 86, "50-60%"), "consistent", ""),
    ((52, 86, "50-60%"), "consistent", ""),
    ((53, 86, "50-60%"), "inconsistent", "outside_the_bounds"),
    ((None, 3, "40-60%"), "inconsistent", "no_count_fits"),
    ((None, 4, "40-60%"), "consistent", ""),
    ((None, 86, "50-60%"), "not_testable", "no_power"),
    # "about" is never an error by itself
    ((6, 25, "~24%"), "consistent", "approximate"),
    ((20, 25, "~24%"), "explained", "approximate_far"),
    ((None, 25, "~24%"), "not_testable", "approximate"),
    # no count over a total
    ((None, 46, "73.1% (KM)"), "not_applicable", "survival_estimate"),
    ((30, 46, "5 percentage points"), "not_applicable", "percentage_points"),
]


# Each edge has its verdict and its reason.
@pytest.mark.parametrize(("figures", "verdict", "reason"), CASES)
def test_each_edge_has_its_verdict(
    figures: tuple[int | None, int | None, str | None], verdict: str, reason: str
) -> None:
    judged = judge_proportion(*figures)
    assert (verdict, reason) == (judged.verdict, judged.reason)


# Without a count, the habit that lets some count fit is named, rounding twice before the others.
@pytest.mark.parametrize(
    ("total", "percent", "explanation", "counts"),
    [
        (99, "50", "rounded_twice", (49,)),
        (39, "80", "rounded_twice", (31,)),
        (27, "82", "rounded_twice", (22,)),
        (7, "42", "truncation", (3,)),
        (7, "15", "rounding_up", (1,)),
    ],
)
def test_without_a_count_the_habit_that_fits_is_named(
    total: int, percent: str, explanation: str, counts: tuple[int, ...]
) -> None:
    judged = judge_proportion(None, total, percent)
    assert ("explained", explanation, counts) == (judged.verdict, judged.explanation, judged.explained_counts)
    assert not judged.fitting_counts


# What would fit is offered: counts, totals with patients missing, percentages at the printed precision.
def test_what_would_fit_is_offered() -> None:
    judged = judge_proportion(9, 22, "42.86")
    assert (range(0), (21,), ("40.91",)) == (judged.fitting_counts, judged.fitting_totals, judged.fitting_percents)
    assert 21 in judge_proportion(None, 22, "48").fitting_totals
    assert judge_proportion(11, None, "91.7").fitting_totals == (12,)
    assert judge_proportion(3, 40, "8").fitting_percents == ("8", "7")


# A judgement is a value: equal figures give equal judgements.
def test_a_judgement_is_a_value() -> None:
    assert judge_proportion(6, 25, "24") == judge_proportion(6, 25, "24")
    assert isinstance(judge_proportion(6, 25, "24"), Judgement)


# A text that is no figure is refused, whatever stands beside it.
def test_a_percentage_that_is_no_figure_is_refused() -> None:
    with pytest.raises(NotAFigure, match="a comma: decimal or thousands"):
        judge_proportion(6, 25, "24,0")
