"""Whether dates and durations can be in their order: a date given to the month or the year is a span of days."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeAlias

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.windows import Interval

Unit: TypeAlias = Literal["days", "weeks", "months", "years"]

DAYS: dict[Unit, Interval] = {
    "days": Interval(Fraction(1), Fraction(1)),
    "weeks": Interval(Fraction(7), Fraction(7)),
    # From four weeks (as some count) to 31 days, from 360 days (bankers) to 366.
    "months": Interval(Fraction(28), Fraction(31)),
    "years": Interval(Fraction(360), Fraction(366)),
}
"""How many days a unit may have."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def read_span(text: str) -> tuple[date, date]:
    """Return the first and the last day that "2020", "2020-07" or "2020-07-14" may mean.

    Raises `ValueError` for what is no such date.
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    return date(year, month or 1, 1), _last_day(year, month or 12)


def _last_day(year: int, month: int) -> date:
    for day in (31, 30, 29):
        with suppress(ValueError):
            return date(year, month, day)
    return date(year, month, 28)


def judge_dates(dates: Sequence[tuple[str, str | None]]) -> Check:
    """Return whether labelled dates, each not after the next, can be in order: onset, treatment, transplant, death."""
    known = [(label, text, read_span(text)) for label, text in dates if text is not None]
    for (label, text, span), (other, later, after) in combinations(known, 2):
        if span[0] > after[1]:
            return Check("inconsistent", "out_of_order", f"{label} {text} is after {other} {later}")
    if len(known) <= 1:
        return untestable("not_reported", "fewer than two dates to compare")
    return Check("consistent", "", ", ".join(f"{label} {text}" for label, text, _ in known))


def judge_duration(start: str, end: str, duration: Figure, unit: Unit) -> Check:
    """Return whether `duration` in `unit` is the time from `start` to `end`, counted with or without the last day.

    A figure that fits another unit is said to be in that unit; it is a warning.
    """
    printed = read(duration)
    if printed is None:
        return untestable("not_reported", "no duration is printed")
    (first, last), (begun, ended) = read_span(start), read_span(end)
    shortest, longest = max(0, (begun - last).days), (ended - first).days + 1
    if longest < 1:
        return Check("inconsistent", "out_of_order", f"from {start} to {end} the time runs backwards")
    span = Interval(Fraction(shortest), Fraction(longest))
    fitting = [other for other in DAYS if _in_days(printed.window(), printed.window("truncation"), other, span)]
    said = f"from {start} to {end} are {shortest} to {longest} days, printed {printed.text} {unit}"
    if unit in fitting:
        return Check("consistent", "", said)
    if fitting:
        return Check("explained", "unit_slip", f"{said}; did you mean {fitting[0]}?")
    return Check("inconsistent", "duration_differs", said)


def judge_follow_up(longest: Figure, unit: Unit, first_enrolled: str, cut_off: str) -> Check:
    """Return whether the longest follow-up is at most the time from the first enrolment to the data cut-off."""
    printed = read(longest)
    if printed is None:
        return untestable("not_reported", "no follow-up is printed")
    days = (read_span(cut_off)[1] - read_span(first_enrolled)[0]).days + 1
    low, shortest = printed.window().low, DAYS[unit].low
    said = f"{printed.text} {unit} of follow-up, {days} days from {first_enrolled} to {cut_off}"
    if low is not None and shortest is not None and low * shortest > days:
        return Check("inconsistent", "follow_up_too_long", said)
    return Check("consistent", "", said)


def _in_days(nearest: Interval, completed: Interval, unit: Unit, span: Interval) -> bool:
    """Say whether a duration, rounded or in completed units, can last as long as `span` allows."""
    length = DAYS[unit]
    assert length.low is not None  # noqa: S101 - the table has both
    assert length.high is not None  # noqa: S101 - the same
    for window in (nearest, completed):
        low = None if window.low is None else window.low * length.low
        high = None if window.high is None else window.high * length.high
        if Interval(low, high).meets(span):
            return True
    return False
