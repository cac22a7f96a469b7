"""A mean or median lies where its range, its quartiles, its spread and its group allow.

Why. The minimum is at most the lower quartile, that at most the median, and so on; a standard deviation has least and
greatest values for a given range; a mean of whole numbers is some whole sum divided by their number (GRIM), and its
standard deviation belongs to some whole sum of squares (GRIMMER). An age range that leaves its group's label shows a
column that was read one row too far.

How to fix. Compare all figures of the line with the publication. Say `whole_numbers: true` only where each single value
is a whole number by its nature, such as a score; ages seldom are.

Limits. Figures are compared over their rounding windows, so that 1.0 and 1.04 may be equal. An interquartile range that
is printed as a width is not entered as two quartiles. A mean is tested for whole numbers only where the record says so.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures import Printed
from tallysheet.figures.agreeing import in_order, is_standard_error, plain
from tallysheet.figures.check import Check
from tallysheet.figures.order import judge_label, judge_order, read_bounds
from tallysheet.groups import groups_of, result_around, size_around
from tallysheet.rows import rows_of
from tallysheet.rules import Answer, At, answers

SCOPE = "estimate"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("..", "groups")


def passes(estimate: dict[str, Any], at: At) -> int | str | None:
    """Accept what is in order, of a group whose label admits all ages; nothing tests a value with its spread alone."""
    value, spread, quartiles = estimate.get("value"), estimate.get("range"), estimate.get("iqr")
    least, most = (spread.get("from"), spread.get("to")) if spread else (None, None)
    low, high = (quartiles.get("from"), quartiles.get("to")) if quartiles else (None, None)
    order = [figure for figure in (least, low, value, high, most) if figure is not None]
    held = 1 if len(order) > 1 else 0
    if not in_order(order, at.comma) or (spread is not None and states_ages(estimate, at)):
        return None
    if interval := estimate.get("interval"):
        if not in_order([one for one in (interval["lower"], value, interval["upper"]) if one is not None], at.comma):
            return None
        held = 1
    if estimate.get("statistic") == "mean" and ("sd" in estimate or "se" in estimate or "whole_numbers" in estimate):
        return fits_spread(estimate, at, held)
    return held or "not reported"


def fits_spread(estimate: dict[str, Any], at: At, held: int) -> int | str | None:
    """Accept an SE that plainly is that of its SD, and either alone if it is no less than 0, which tests nothing."""
    if estimate.get("whole_numbers") or ("sd" in estimate and "range" in estimate):
        return None
    sd, se = (plain(estimate.get(name, "0"), at.comma) for name in ("sd", "se"))
    if sd is None or se is None:
        return None
    if "sd" not in estimate or "se" not in estimate:
        return held or "not reported"
    size = estimate["n"] if "n" in estimate else at.once(rows_of).sizes.get(result_around(at).get("group", ""))
    return 1 if size and is_standard_error(sd, se, size) else None


def check(estimate: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge order, spread, whole numbers and the group's label."""
    checks = [*judge_places(estimate, at), *judge_spread(estimate, at), *judge_ages(estimate, at)]
    figures = [estimate.get(name) for name in ("value", "sd", "se")]
    figures += [limit for name in ("range", "iqr") for limit in estimate.get(name, {}).values()]
    figures += [estimate.get("interval", {}).get(name) for name in ("lower", "upper")]
    yield from answers(checks, at / ("value" if "value" in estimate else next(iter(estimate))), figures)


def states_ages(estimate: dict[str, Any], at: At) -> bool:
    """Tell whether it is an age, and its group's label may say which ages there are."""
    if estimate.get("unit") != "years" or (result := result_around(at)).get("outcome") != "age":
        return False
    labels = [group["label"] for group in at.record.get("groups", ()) if group["id"] == result["group"]]
    return any(read_bounds(label) is not None for label in labels)


def judge_places(estimate: dict[str, Any], at: At) -> Iterator[Check]:
    """Yield whether minimum, quartiles, median and maximum, and an interval around its value, are in order."""
    spread, quartiles = estimate.get("range", {}), estimate.get("iqr", {})
    is_median = estimate.get("statistic") == "median"
    value = at.read(estimate.get("value"))
    order = [("minimum", at.read(spread.get("from")))]
    inner = [("lower quartile", at.read(quartiles.get("from"))), ("upper quartile", at.read(quartiles.get("to")))]
    last = ("maximum", at.read(spread.get("to")))
    if is_median or value is None:
        yield judge_order([*order, inner[0], ("median", value), inner[1], last])
    else:
        yield judge_order([*order, (estimate["statistic"], value), last])
        yield judge_order([*order, *inner, last])
    if interval := estimate.get("interval"):
        lower, upper = at.read(interval["lower"]), at.read(interval["upper"])
        yield judge_order([("lower limit", lower), ("estimate", value), ("upper limit", upper)])


def judge_spread(estimate: dict[str, Any], at: At) -> Iterator[Check]:
    """Yield whether SD and SE suit the number of values, their range and, if they are whole, their mean."""
    if estimate.get("statistic") != "mean":
        return
    from tallysheet.figures.means import (  # few records have it
        judge_mean,
        judge_mean_and_sd,
        judge_sd_in_range,
        judge_standard_error,
    )

    size = estimate.get("n", size_around(at))
    mean, sd, se = (at.read(estimate.get(name)) for name in ("value", "sd", "se"))
    limits = tuple(at.read(estimate.get("range", {}).get(name)) for name in ("from", "to"))
    for name, spread in (("SD", sd), ("SE", se)):
        if isinstance(spread, Printed) and spread.negative and spread.digits:
            yield Check("inconsistent", "negative_spread", f"{name} {spread.text}: never below 0")
            return
    if sd is not None and se is not None:
        yield judge_standard_error(sd, se, size)
    if sd is not None and None not in limits:
        yield judge_sd_in_range(size, mean, sd, (limits[0], limits[1]))
    if estimate.get("whole_numbers"):
        yield judge_mean(mean, size) if sd is None else judge_mean_and_sd(mean, sd, size)


def judge_ages(estimate: dict[str, Any], at: At) -> Iterator[Check]:
    """Yield whether the ages of a group are ones that its label admits."""
    result = result_around(at)
    if result.get("outcome") != "age" or estimate.get("unit") != "years" or "range" not in estimate:
        return
    if result["group"] in at.once(groups_of):
        label = next(group["label"] for group in at.record["groups"] if group["id"] == result["group"])
        least, most = (at.read(estimate["range"][name]) for name in ("from", "to"))
        verdict = judge_label(label, least, most)
        if verdict.verdict == "inconsistent" and not any(character.isdigit() for character in label):
            verdict = verdict._replace(verdict="explained")  # from which age people are adults is a convention
        if verdict.verdict != "not_testable":
            yield verdict
