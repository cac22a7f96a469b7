"""Figures that come in an order do, over their rounding windows."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tallysheet.figures import Printed, judge_proportion, read_printed
from tallysheet.figures.dates import judge_dates, judge_duration, judge_follow_up, read_span
from tallysheet.figures.means import judge_sd_in_range, judge_standard_error, judge_total_mean
from tallysheet.figures.order import judge_count, judge_label, judge_nesting, judge_order, judge_width
from tallysheet.figures.sums import judge_sum
from tallysheet.figures.survival import judge_course
from tallysheet.figures.units import judge_conversion

with (Path(__file__).parent / "order_bounds.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))

Figures = dict[str, str]


def parse(inputs: str) -> Figures:
    """Read "name=value;...", where a label's value may hold an equals sign of its own."""
    return dict(pair.split("=", 1) for pair in inputs.replace("unit=ng/mL -> ", "").split(";"))


def limits(text: str) -> tuple[Printed, Printed]:
    printed = read_printed(text)
    assert isinstance(printed, Printed)
    assert printed.upper is not None
    return read_whole(printed), printed.upper


def read_whole(printed: Printed) -> Printed:
    return Printed(printed.text, printed.digits, printed.decimals, printed.negative)


def quartiles(given: Figures) -> list[str]:
    order = judge_order([("Q1", given["q1"]), ("Q3", given["q3"])])
    return [order.verdict, judge_width(given["q1"], given["q3"], given["iqr"]).verdict]


def ranges(given: Figures) -> list[str]:
    subgroups = [limits(one) for one in given["subs"].split("|")]
    return [judge_nesting(limits(given["all"]), subgroups, partition=True).verdict]


def label(given: Figures) -> list[str]:
    return [judge_label(given["label"], given.get("min"), given.get("max")).verdict]


def parts(whole: str) -> Callable[[Figures], list[str]]:
    def judge(given: Figures) -> list[str]:
        counts = [int(value) for name, value in given.items() if name not in ("n", whole)]
        return [judge_sum(counts, int(given[whole])).verdict]

    return judge


def responders(given: Figures) -> list[str]:
    whole = int(given["or"])
    composite = judge_sum([int(given["cr"]), int(given["pr"])], whole)
    return [composite.verdict, judge_sum([whole], int(given["n"]), "nested").verdict]


def chain(given: Figures) -> list[str]:
    nested = [int(given[name]) for name in ("eligible", "transplanted", "alive_after")]
    return [judge_sum(nested, int(given["n"]), "nested").verdict]


def total_mean(given: Figures) -> list[str]:
    sizes = [int(size) for size in given["n"].split("|")]
    return [judge_total_mean(sizes, given["means"].split("|"), given["overall"]).verdict]


def ferritin(given: Figures) -> list[str]:
    return [judge_conversion("ferritin", given["value"], "ng/mL", given["pmol/L"], "pmol/L").verdict]


CHECKS: dict[str, Callable[[Figures], list[str]]] = {
    "median_in_range": lambda given: [judge_order([(name, given[name]) for name in ("min", "median", "max")]).verdict],
    "quartiles": quartiles,
    "range_union": ranges,
    "age_bound_vs_label": label,
    "survival_nonincreasing": lambda given: [judge_course(list(given.items())).verdict],
    "deaths_plus_alive": parts("n"),
    "sex_counts": parts("n"),
    "mean_sd_bounds": lambda given: [
        judge_sd_in_range(int(given["n"]), given["mean"], given["sd"], (given["min"], given["max"])).verdict
    ],
    "sd_vs_range": lambda given: [judge_sd_in_range(int(given["n"]), None, given["sd"], width=given["range"]).verdict],
    "se_vs_sd": lambda given: [judge_standard_error(given["sd"], given["se"], int(given["n"])).verdict],
    "total_mean": total_mean,
    "ferritin_units": ferritin,
    "count_integer": lambda given: [judge_count(given["deaths"]).verdict],
    "count_le_n": lambda given: [judge_proportion(int(given["k"]), int(given["n"]), None).verdict],
    "responders": responders,
    "transplanted_chain": chain,
}


# Orders and bounds that hold are told from those that are broken.
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_orders_and_bounds_are_told_apart(row: dict[str, str]) -> None:
    verdicts = CHECKS[row["check"]](parse(row["inputs"]))
    assert (row["expected"] == "violation") == ("inconsistent" in verdicts)


LABELS = [
    ("aged>=12", "12.0", None, "consistent"),
    ("aged>=12", "11.9", None, "inconsistent"),
    ("aged >= 12 years", "12", "71", "consistent"),
    ("aged <12", "0.3", "11.9", "consistent"),
    ("aged <12", "0.3", "12", "inconsistent"),
    ("aged <12", "0.3", "12.0", "explained"),
    ("aged <12", "0.3", "12.1", "inconsistent"),
    ("12-17 years", "12", "17", "consistent"),
    ("12–17 years", "12", "17.9", "consistent"),
    ("12-17 years", "12", "18", "inconsistent"),
    ("adults", "18", "81", "consistent"),
    ("Adults", "17", "81", "inconsistent"),
    ("children", "0.1", "20", "not_testable"),
    ("aged >=12", None, None, "not_testable"),
    ("aged ≥1 and <18", "1", "17", "consistent"),
    ("aged ≥1 and <18", "0.5", "17", "inconsistent"),
]


# A group holds no age that its label excludes; ages without decimals are in completed years.
@pytest.mark.parametrize(("name", "least", "most", "verdict"), LABELS)
def test_a_group_holds_no_age_that_its_label_excludes(
    name: str, least: str | None, most: str | None, verdict: str
) -> None:
    assert verdict == judge_label(name, least, most).verdict


ORDERS = [
    (["0.1", "9", "39"], "consistent"),
    (["10", "9", "39"], "inconsistent"),
    (["1.04", "1.0"], "consistent"),
    (["1.06", "1.0"], "inconsistent"),
    (["1", None, "3"], "consistent"),
    (["3", None, "1"], "inconsistent"),
    (["NR", "2"], "not_testable"),
    (["<1", "0.5"], "consistent"),
    ([">5", "3"], "inconsistent"),
    (["-3", "-2", "4"], "consistent"),
    (["-2", "-3"], "inconsistent"),
]


# An order is broken only where no true values in the windows keep it.
@pytest.mark.parametrize(("figures", "verdict"), ORDERS)
def test_an_order_is_broken_only_beyond_rounding(figures: list[str | None], verdict: str) -> None:
    assert verdict == judge_order([(str(place), figure) for place, figure in enumerate(figures)]).verdict


WIDTHS = [
    ("1", "11", "10", "consistent"),
    ("1", "11", "9", "inconsistent"),
    ("1.2", "11.4", "10.2", "consistent"),
    ("1.2", "11.4", "10.3", "consistent"),
    ("1.2", "11.4", "10.4", "inconsistent"),
    ("1.2", None, "10.4", "not_testable"),
]


# A width is the difference of its limits: exactly for whole numbers, else over their windows.
@pytest.mark.parametrize(("lower", "upper", "width", "verdict"), WIDTHS)
def test_a_width_is_the_difference_of_its_limits(lower: str, upper: str | None, width: str, verdict: str) -> None:
    assert verdict == judge_width(lower, upper, width).verdict


# Subgroups lie inside the whole, and those of a partition reach both its ends.
def test_ranges_of_subgroups_nest_in_the_whole() -> None:
    whole = ("0.3", "21.0")
    assert judge_nesting(whole, [("0.3", "10"), ("12.0", "21.0")], partition=True).verdict == "consistent"
    assert judge_nesting(whole, [("0.3", "10"), ("12.0", "20.0")], partition=True).verdict == "inconsistent"
    assert judge_nesting(whole, [("0.4", "10"), ("12.0", "21.0")], partition=True).verdict == "inconsistent"
    assert judge_nesting(whole, [("0.4", "10")]).verdict == "consistent"
    assert judge_nesting(whole, [("0.2", "10")]).verdict == "inconsistent"
    assert judge_nesting(whole, [("0.4", "21.1")]).verdict == "inconsistent"
    assert judge_nesting(whole, []).verdict == "not_testable"


COUNTS = [
    ("3", "consistent"),
    ("3.5", "inconsistent"),
    ("3.0", "inconsistent"),
    ("-3", "inconsistent"),
    ("NR", "not_testable"),
]


# A count is a whole number from 0 on.
@pytest.mark.parametrize(("text", "verdict"), COUNTS)
def test_a_count_is_a_whole_number(text: str, verdict: str) -> None:
    assert verdict == judge_count(text).verdict


DATES = [
    (["2020", "2020-03", "2020-03-14"], "consistent"),
    (["2020-03-15", "2020-03-14"], "inconsistent"),
    (["2020-03-15", "2020-03"], "consistent"),
    (["2020-04", "2020-03-31"], "inconsistent"),
    (["2021", None, "2020-12-31"], "inconsistent"),
    (["2020", None], "not_testable"),
]


# Dates to the month or the year are spans of days, and out of order only where no days in them are in order.
@pytest.mark.parametrize(("dates", "verdict"), DATES)
def test_dates_are_in_order(dates: list[str | None], verdict: str) -> None:
    assert verdict == judge_dates([(str(place), text) for place, text in enumerate(dates)]).verdict


# A date that is none is refused.
@pytest.mark.parametrize("text", ["2020-13", "2020-02-30", "20200214", "14.2.2020", "", "0000"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        read_span(text)


# A leap year's February has 29 days.
def test_a_month_ends_on_its_last_day() -> None:
    assert read_span("2020-02")[1].day == 29
    assert read_span("2021-02")[1].day == 28
    assert read_span("9999-12")[1].day == 31


DURATIONS = [
    ("2020-01-01", "2020-01-15", "14", "days", "consistent"),
    ("2020-01-01", "2020-01-15", "15", "days", "consistent"),
    ("2020-01-01", "2020-01-15", "2", "weeks", "consistent"),
    ("2020-01-01", "2020-01-15", "17", "days", "inconsistent"),
    ("2020-01-01", "2020-01-15", "14", "weeks", "explained"),
    ("2018", "2020", "2", "years", "consistent"),
    ("2018", "2020", "4", "years", "inconsistent"),
    ("2020-02", "2020-01", "1", "months", "inconsistent"),
    ("2020-02", "2020-03", None, "months", "not_testable"),
]


# A duration is the time between its dates; one that fits another unit is said to be in that.
@pytest.mark.parametrize(("start", "end", "duration", "unit", "verdict"), DURATIONS)
def test_a_duration_is_the_time_between_its_dates(
    start: str, end: str, duration: str | None, unit: str, verdict: str
) -> None:
    assert verdict == judge_duration(start, end, duration, unit).verdict  # type: ignore[arg-type] # plain texts


# No follow-up is longer than the time from the first enrolment to the cut-off.
def test_no_follow_up_is_longer_than_the_study() -> None:
    assert judge_follow_up("12", "months", "2019-01", "2020-01").verdict == "consistent"
    assert judge_follow_up("20", "months", "2019-01", "2020-01").verdict == "inconsistent"
    assert judge_follow_up("NR", "months", "2019-01", "2020-01").verdict == "not_testable"


UNITS = [
    ("ferritin", "500", "ng/mL", "1123.5", "pmol/L", "consistent", ""),
    ("ferritin", "500", "ng/mL", "500", "ug/L", "consistent", ""),
    ("ferritin", "500", "ng/mL", "1123.5", "pmol/l", "not_testable", "no_factor"),
    ("ferritin", "33.316", "ng/mL", "33316", "ug/L", "explained", "unit_slip"),
    ("ferritin", "500", "ng/mL", "900", "pmol/L", "explained", "conversion_differs"),
    ("fibrinogen", "150", "mg/dL", "1.5", "g/L", "consistent", ""),
    ("ferritin", "<500", "ng/mL", "1123.5", "pmol/L", "not_testable", "bounded"),
    ("ferritin", "NR", "ng/mL", "1123.5", "pmol/L", "not_testable", "not_reported"),
]


# One value in two units is converted by its factor; what differs is a warning at the most.
@pytest.mark.parametrize("row", UNITS)
def test_one_value_in_two_units(row: tuple[str, str, str, str, str, str, str]) -> None:
    judged = judge_conversion(*row[:5])
    assert row[5:] == (judged.verdict, judged.reason)
