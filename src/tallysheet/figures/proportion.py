"""Whether a count, its denominator and the percentage printed for them agree.

With a percentage printed to d decimals, its digits read as the integer R, and P = 10**d, the exact percentage 100*k/n
prints as R under some common rounding if and only if 2*abs(100*P*k - R*n) <= n.
"""

from fractions import Fraction

from tallysheet.figures.fits import HUNDRED, fitting_counts, has_no_power, share_window
from tallysheet.figures.judgement import EXPLAINING, Explanation, Judgement, Verdict
from tallysheet.figures.printed import Missing, Printed, read_printed

__all__ = ["BAND", "Explanation", "Judgement", "Verdict", "describe", "hint", "judge_proportion"]

BAND = Fraction(1, 10)
"""How far "about" reaches, as a share of the figure; never less than one unit of its last digit."""


def judge_proportion(events: int | None, total: int | None, percent: str | Printed | Missing | None) -> Judgement:
    """Return the verdict on `events` of `total` printed as `percent`; events or percent may be absent.

    Counts are of persons or whatever is counted, percentages in per cent. Raises `NotAFigure` for a text that is none.
    """
    printed = read_printed(percent) if isinstance(percent, str) else percent
    if not isinstance(printed, Printed) or not printed.is_plain or not total or total < 0:
        return _judge_unusual(events, total, printed)
    if events is None:
        return _judge_without_count(total, printed)
    if not 0 <= events <= total:
        return _judge_unusual(events, total, printed)
    digits = printed.digits
    unit = HUNDRED * 10**printed.decimals
    gap = 2 * abs(unit * events - digits * total)
    if gap > total:
        explanation = _explain(events, total, digits, unit)
        return Judgement("explained" if explanation else "inconsistent", explanation, "", events, total, printed)
    reason = ""
    if not digits:
        reason = "zero_yet_events" if events else ""
    elif digits == unit and events < total:
        reason = "hundred_yet_not_all"
    return Judgement("tie" if gap == total else "consistent", "", reason, events, total, printed)


def _explain(events: int, total: int, digits: int, unit: int) -> Explanation:
    """Name the habit that prints `events` of `total` as `digits`, where rounding to the nearest does not."""
    scaled = unit * events
    tenths = (20 * scaled + total) // (2 * total)
    if (tenths + 5) // 10 == digits:
        return "rounded_twice"
    if (digits - 1) * total < scaled <= digits * total:
        return "rounding_up"
    if digits * total <= scaled < (digits + 1) * total:
        return "truncation"
    return ""


def _judge_unusual(events: int | None, total: int | None, printed: Printed | Missing | None) -> Judgement:
    if isinstance(printed, Printed) and printed.kind:
        return Judgement("not_applicable", "", _KIND_REASONS[printed.kind], events, total, printed)
    impossible = _impossible(events, total, printed)
    if impossible:
        return Judgement("inconsistent", "", impossible, events, total, printed)
    if not isinstance(printed, Printed) or total is None:
        missing = _missing(events, printed)
        verdict: Verdict = "not_applicable" if missing == "not_applicable" else "not_testable"
        return Judgement(verdict, "", missing, events, total, printed)
    if printed.qualifier == "~":
        return _judge_approximate(events, total, printed)
    if events is None:
        return _judge_without_count(total, printed)
    inside = share_window(printed).contains(Fraction(HUNDRED * events, total))
    reason = "outside_the_bounds" if not inside else "" if events or printed.upper else "prefer_zero"
    return Judgement("consistent" if inside else "inconsistent", "", reason, events, total, printed)


def _missing(events: int | None, printed: Printed | Missing | None) -> str:
    """Say which part there is nothing to test with."""
    if isinstance(printed, Missing):
        return printed.kind
    if printed is None:
        return "nothing_printed" if events is None else "no_percent"
    return "no_total"


_KIND_REASONS = {
    "survival": "survival_estimate",
    "incidence": "cumulative_incidence",
    "model": "model_output",
    "decrease": "percent_change",
    "increase": "percent_change",
    "points": "percentage_points",
}


def _impossible(events: int | None, total: int | None, printed: Printed | Missing | None) -> str:
    """Say why these can't stand together whatever the rounding."""
    if (events is not None and events < 0) or (total is not None and total < 0):
        return "negative_count"
    if events is not None and total is not None and events > total:
        return "events_above_total"
    if not isinstance(printed, Printed):
        return ""
    return "undefined" if total == 0 else _outside(printed)


def _outside(printed: Printed) -> str:
    """Say why no share of anything can be printed so."""
    if printed.negative or (printed.qualifier == "<" and not printed.digits):
        return "negative_percent"
    top = (printed.upper or printed).value
    if printed.qualifier not in ("<", "<=") and (top > HUNDRED or (top == HUNDRED and printed.qualifier == ">")):
        return "above_100"
    return ""


def _judge_approximate(events: int | None, total: int, printed: Printed) -> Judgement:
    if events is None:
        return Judgement("not_testable", "", "approximate", events, total, printed)
    top = printed.upper or printed
    below, above = (max(BAND * side.value, Fraction(1, 10**side.decimals)) for side in (printed, top))
    if printed.value - below <= Fraction(HUNDRED * events, total) <= top.value + above:
        return Judgement("consistent", "", "approximate", events, total, printed)
    # "About" is never an error by itself; far from the figure it deserves a look.
    return Judgement("explained", "", "approximate_far", events, total, printed)


def _judge_without_count(total: int, printed: Printed) -> Judgement:
    fits = fitting_counts(total, printed)
    if not fits:
        return _judge_unfitting(total, printed)
    if has_no_power(total, printed):
        return Judgement("not_testable", "", "no_power", None, total, printed)
    return Judgement("tie" if _only_ties(fits, total, printed) else "consistent", "", "", None, total, printed)


def _judge_unfitting(total: int, printed: Printed) -> Judgement:
    outside = _outside(printed)
    if outside:
        return Judgement("inconsistent", "", outside, None, total, printed)
    if printed.is_plain:
        for habit in EXPLAINING:
            if fitting_counts(total, printed, habit):
                return Judgement("explained", habit, "", None, total, printed)
    return Judgement("inconsistent", "", "no_count_fits", None, total, printed)


def _only_ties(fits: range, total: int, printed: Printed) -> bool:
    """Say whether every count that fits is a tie; at most the first and the last are, at the window's two ends."""
    if not printed.is_plain or len(fits) > 2:  # noqa: PLR2004 - a window has two ends
        return False
    unit = HUNDRED * 10**printed.decimals
    return all(2 * abs(unit * count - printed.digits * total) == total for count in fits)


def describe(judgement: Judgement) -> str:
    """Return what was found, with the computation and what would fit: one line, lower case, at most 200 characters."""
    from tallysheet.figures import wording  # most judgements are never put into words

    return wording.describe(judgement)


def hint(judgement: Judgement) -> str | None:
    """Return the edits that would settle an inconsistency or an oddity, or None where nothing needs one."""
    from tallysheet.figures import wording  # the same

    return wording.hint(judgement)
