"""A time-to-event estimate lies within what its patients, events and censoring allow, and never rises with time.

Why. A Kaplan-Meier percentage is no count over a total: with d events and c censored among n patients it lies between
(n - d - c) / n and (n - d) / n, and equals the latter if nobody was censored. Judged as a count it would be called
wrong where it is right.

How to fix. Compare percentage, events and numbers at risk with the publication, and the times with each other.

Limits. Without events nothing bounds a single estimate: that is said to be not checkable. Times are compared where
both are given in days, weeks, months or years.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from tallysheet.dates import days_of
from tallysheet.figures import Missing, Printed
from tallysheet.figures.agreeing import Plain, is_at_most, is_share_left, plain
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

COUNTED = ("death", "engraftment", "transplantation", "second-transplantation")
"""Outcomes whose curve rises: the share who have had the event, not those who have not."""


def passes(survival: dict[str, Any], at: At) -> int | str | None:
    """Accept a share that its patients, its interval and the time before allow; by itself, nothing tests it."""
    found, result = plain(survival["percent"], at.comma), result_around(at)
    if found is None or found[0] > ALL * found[1]:
        return None
    total = survival["total"] if "total" in survival else at.once(rows_of).sizes.get(result.get("group", ""))
    rising = survival["method"] == "cumulative-incidence" or result.get("outcome") in COUNTED
    alone = 0 if survival["method"] == "model" else fits_patients(survival, found, total, rising=rising)
    earlier = last_before(survival, result, at)
    if alone is None or (earlier and not follows(found, plain(earlier[1]["percent"], at.comma), rising=rising)):
        return None
    at_risk, interval = survival.get("at_risk"), survival.get("interval")
    if at_risk is not None and not never_rises(total, earlier[1].get("at_risk") if earlier else None, at_risk):
        return None
    if interval and not fits_interval(interval, found, at.comma):
        return None
    return 1 if earlier or interval or at_risk is not None else alone


def fits_patients(survival: dict[str, Any], percent: Plain, total: int | None, *, rising: bool) -> int | str | None:
    """Accept a share that events and censoring allow, or say what is missing to test it."""
    if not total:
        return "no total"
    events, censored = survival.get("events"), survival.get("censored")
    if events is None:
        return None if censored is not None and censored > total else "no events"
    left = (ALL * percent[1] - percent[0], percent[1]) if rising else percent
    return 1 if is_share_left(left, total, events, censored) else None


def follows(percent: Plain, earlier: Plain | None, *, rising: bool) -> bool:
    """Tell whether a percentage plainly is not on the wrong side of the one before it."""
    if earlier is None:
        return False
    return is_at_most(earlier, percent) if rising else is_at_most(percent, earlier)


def never_rises(total: int | None, before: int | None, at_risk: int) -> bool:
    """Tell whether no more are at risk than before, nor then than there are patients; as far as that is printed."""
    if before is None:
        return total is None or at_risk <= total
    return at_risk <= before and (total is None or before <= total)


def fits_interval(interval: dict[str, Any], percent: Plain, comma: bool) -> bool:  # noqa: FBT001 - by place
    """Tell whether limits are plain and around their percentage."""
    lower, upper = plain(interval["lower"], comma), plain(interval["upper"], comma)
    if lower is None or upper is None:
        return False
    if interval.get("scale") == "fraction":
        if lower[1] < ALL or upper[1] < ALL:
            return False
        lower, upper = (lower[0], lower[1] // ALL), (upper[0], upper[1] // ALL)
    return is_at_most(lower, percent) and is_at_most(percent, upper)


def check(survival: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the estimate by itself, and against those of earlier times."""
    from tallysheet.figures.order import judge_order  # most estimates are of no known number, or plainly fit it
    from tallysheet.figures.survival import judge_at_risk, judge_course, judge_survival

    total, earlier = survival.get("total", size_around(at)), last_before(survival, result_around(at), at)
    percent = at.read(survival["percent"])
    rising = survival["method"] == "cumulative-incidence" or result_around(at).get("outcome") in COUNTED
    events, censored, at_risk = (survival.get(name) for name in ("events", "censored", "at_risk"))
    checks: list[Check] = []
    if survival["method"] != "model":  # adjusted and parametric curves keep to no such bounds
        checks.append(judge_survival(complement(percent) if rising else percent, total, events, censored))
    if at_risk is not None:
        before = (earlier or (0, {}))[1].get("at_risk")
        checks.append(judge_at_risk(total, [before, at_risk], [None, None]))
    if interval := survival.get("interval"):
        lower, upper = (at.read_percent(interval[name], interval.get("scale")) for name in ("lower", "upper"))
        checks.append(judge_order([("lower limit", lower), ("estimate", percent), ("upper limit", upper)]))
    also: tuple[Also, ...] = ()
    if earlier:
        index, other = earlier
        place = pointer("results", index, "survival", "percent")
        course = [(other["at"], at.read(other["percent"])), (survival["at"], percent)]
        checks.append(judge_course(course, rising=rising))
        also = (Also(place, f"{other['percent']} at {other['at']}"),)
    figures = [survival["percent"], total, events, censored, at_risk, earlier[1]["percent"] if earlier else None]
    yield from answers(checks, at / "percent", figures, also)


def last_before(survival: dict[str, Any], result: Mapping[str, Any], at: At) -> tuple[int, dict[str, Any]] | None:
    """Return the estimate of the same outcome, group and method at the last time before, and which result it is."""
    if not result or (here := days_of(survival.get("at", ""))) is None:
        return None
    days, estimates = at.once(curves_of).get(curve_of(result, survival), ((), ()))
    place = bisect_left(days, here)
    return estimates[place - 1] if place else None


Curve: TypeAlias = tuple[Any, ...]
Estimates: TypeAlias = tuple[list[float], list[tuple[int, dict[str, Any]]]]


def curve_of(result: Mapping[str, Any], survival: dict[str, Any]) -> Curve:
    """Return what all estimates of one curve have in common."""
    return result.get("outcome"), result.get("group"), result.get("label"), survival["method"]


def curves_of(record: Mapping[str, Any]) -> dict[Curve, Estimates]:
    """Return the times of each curve in days, in order, each with its first estimate and which result that is."""
    found: dict[Curve, dict[float, tuple[int, dict[str, Any]]]] = {}
    for index, result in enumerate(record.get("results", ())):
        if "survival" in result and (then := days_of(result["survival"].get("at", ""))) is not None:
            estimate = result["survival"]
            found.setdefault(curve_of(result, estimate), {}).setdefault(then, (index, estimate))
    return {curve: (sorted(times), [times[then] for then in sorted(times)]) for curve, times in found.items()}


def complement(percent: Printed | Missing | None) -> Printed | Missing | None:
    """Return the share who have not had the event, where the share who have is printed."""
    if not isinstance(percent, Printed) or not percent.is_plain or percent.value > ALL:
        return percent
    from tallysheet.figures.fits import as_text

    digits = ALL * 10**percent.decimals - percent.digits
    return percent._replace(digits=digits, text=f"{as_text(digits, percent.decimals)} (100 - {percent.text})")
