"""A time-to-event estimate lies within what its patients, events and censoring allow, and never rises with time.

Why. A Kaplan-Meier percentage is no count over a total: with d events and c censored among n patients it lies between
(n - d - c) / n and (n - d) / n, and equals the latter if nobody was censored. Judged as a count it would be called
wrong where it is right.

How to fix. Compare percentage, events and numbers at risk with the publication, and the times with each other.

Limits. Without events nothing bounds a single estimate: that is said to be not checkable. Times are compared where
both are given in days, weeks, months or years.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tallysheet.figures import Missing, Printed
from tallysheet.figures.agreeing import plain
from tallysheet.groups import result_around, size_around
from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import Also, Answer, At, answers

if TYPE_CHECKING:
    from tallysheet.figures.check import Check

SCOPE = "survival"
ALL = 100
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results")

TIME = r"([0-9]+(?:\.[0-9]+)?)[ -](d|w|mo|y)[a-z]*|(d|w|mo|y)[a-z]* \+?([0-9]+)"
DAYS = {"d": 1.0, "w": 7.0, "mo": 30.4, "y": 365.0}
COUNTED = ("death", "engraftment", "transplantation", "second-transplantation")
"""Outcomes whose curve rises: the share who have had the event, not those who have not."""


ALONE = frozenset(("at", "percent", "method"))


def passes(survival: dict[str, Any], at: At) -> int | str | None:
    """Accept a share of a known number of patients, if it is the record's only one; without events nothing tests it."""
    rows = at.once(rows_of)
    if not survival.keys() <= ALONE or survival["method"] == "model" or rows.curves > 1:
        return None
    found = plain(survival["percent"], at.comma)
    size = rows.sizes.get(result_around(at).get("group", ""))
    return "no events" if size and found is not None and found[0] <= ALL * found[1] else None


def check(survival: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the estimate by itself, and against those of earlier times."""
    from tallysheet.figures.order import judge_order  # most estimates are of no known number, or plainly fit it
    from tallysheet.figures.survival import judge_at_risk, judge_course, judge_survival

    total = survival.get("total", size_around(at))
    percent = at.read(survival["percent"])
    rising = survival["method"] == "cumulative-incidence" or result_around(at).get("outcome") in COUNTED
    events, censored, at_risk = (survival.get(name) for name in ("events", "censored", "at_risk"))
    checks: list[Check] = []
    if survival["method"] != "model":  # adjusted and parametric curves keep to no such bounds
        checks.append(judge_survival(complement(percent) if rising else percent, total, events, censored))
    if at_risk is not None:
        before = (last_before(survival, at) or ("", {}))[1].get("at_risk")
        checks.append(judge_at_risk(total, [before, at_risk], [None, None]))
    if interval := survival.get("interval"):
        lower, upper = (at.read_percent(interval[name], interval.get("scale")) for name in ("lower", "upper"))
        checks.append(judge_order([("lower limit", lower), ("estimate", percent), ("upper limit", upper)]))
    also: tuple[Also, ...] = ()
    if earlier := last_before(survival, at):
        place, other = earlier
        course = [(other["at"], at.read(other["percent"])), (survival["at"], percent)]
        checks.append(judge_course(course, rising=rising))
        also = (Also(place, f"{other['percent']} at {other['at']}"),)
    figures = [survival["percent"], total, events, censored, at_risk, earlier[1]["percent"] if earlier else None]
    yield from answers(checks, at / "percent", figures, also)


def last_before(survival: dict[str, Any], at: At) -> tuple[str, dict[str, Any]] | None:
    """Return the estimate of the same outcome, group and method at the last time before this one, with its place."""
    here = days_of(survival.get("at", ""))
    result = result_around(at)
    if not result or sum("survival" in other for other in at.record.get("results", ())) <= 1:
        return None
    found: tuple[float, str, dict[str, Any]] | None = None
    for index, other in enumerate(at.record.get("results", ()) if here is not None and result else ()):
        if "survival" not in other:
            continue
        estimate = other["survival"]
        alike = all(other.get(name) == result.get(name) for name in ("outcome", "group", "label"))
        then = days_of(estimate.get("at", ""))
        if not alike or then is None or here is None or then >= here or estimate["method"] != survival["method"]:
            continue
        if found is None or then > found[0]:
            found = (then, pointer("results", index, "survival", "percent"), estimate)
    return found[1:] if found else None


def days_of(time: str) -> float | None:
    """Return a time such as `12 months` in days, about: only for the order of times."""
    match = re.fullmatch(TIME, time)
    return float(match[1] or match[4]) * DAYS[match[2] or match[3]] if match else None


def complement(percent: Printed | Missing | None) -> Printed | Missing | None:
    """Return the share who have not had the event, where the share who have is printed."""
    if not isinstance(percent, Printed) or not percent.is_plain or percent.value > ALL:
        return percent
    from tallysheet.figures.fits import as_text

    digits = ALL * 10**percent.decimals - percent.digits
    return percent._replace(digits=digits, text=f"{as_text(digits, percent.decimals)} (100 - {percent.text})")
