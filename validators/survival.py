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

from tallysheet.figures.order import judge_order
from tallysheet.figures.survival import judge_at_risk, judge_course, judge_survival
from tallysheet.groups import result_around, size_around
from tallysheet.pointers import pointer
from tallysheet.rules import Also, Answer, At, answers

if TYPE_CHECKING:
    from tallysheet.figures.check import Check

SCOPE = "survival"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results")

TIME = re.compile(r"([0-9]+(?:\.[0-9]+)?)[ -](day|week|month|year)s?")
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}


def check(survival: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the estimate by itself, and against those of earlier times."""
    total = survival.get("total", size_around(at))
    percent = at.read(survival["percent"])
    events, censored, at_risk = (survival.get(name) for name in ("events", "censored", "at_risk"))
    checks: list[Check] = []
    if survival["method"] != "cumulative-incidence":
        checks.append(judge_survival(percent, total, events, censored))
    if at_risk is not None:
        checks.append(judge_at_risk(total, [at_risk], [events]))
    if interval := survival.get("interval"):
        lower, upper = at.read(interval["lower"]), at.read(interval["upper"])
        checks.append(judge_order([("lower limit", lower), ("estimate", percent), ("upper limit", upper)]))
    also: tuple[Also, ...] = ()
    if earlier := last_before(survival, at):
        place, other = earlier
        rising = survival["method"] == "cumulative-incidence"
        course = [(other["at"], at.read(other["percent"])), (survival["at"], percent)]
        checks.append(judge_course(course, rising=rising))
        also = (Also(place, f"{other['percent']} at {other['at']}"),)
    figures = [survival["percent"], total, events, censored, at_risk, earlier[1]["percent"] if earlier else None]
    yield from answers(checks, at / "percent", figures, also)


def last_before(survival: dict[str, Any], at: At) -> tuple[str, dict[str, Any]] | None:
    """Return the estimate of the same outcome, group and method at the last time before this one, with its place."""
    here = days_of(survival.get("at", ""))
    result = result_around(at)
    found: tuple[float, str, dict[str, Any]] | None = None
    for index, other in enumerate(at.record.get("results", ()) if here is not None and result else ()):
        estimate = other.get("survival", {})
        alike = all(other.get(name) == result.get(name) for name in ("outcome", "group", "label"))
        then = days_of(estimate.get("at", ""))
        if not alike or then is None or here is None or then >= here or estimate["method"] != survival["method"]:
            continue
        if found is None or then > found[0]:
            found = (then, pointer("results", index, "survival", "percent"), estimate)
    return found[1:] if found else None


def days_of(time: str) -> float | None:
    """Return a time such as `12 months` in days, about: only for the order of times."""
    match = TIME.fullmatch(time)
    return float(match[1]) * DAYS[match[2]] if match else None
