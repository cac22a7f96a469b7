"""Several percentages together: those of a partition, strata that add up, one fraction printed two ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.fits import HUNDRED, fitting_counts, rounded_texts
from tallysheet.figures.judgement import EXPLAINING, Explanation, Judgement, Verdict
from tallysheet.figures.printed import Printed
from tallysheet.figures.proportion import judge_proportion
from tallysheet.figures.windows import Habit, Interval

TWO = 2
"""Fewer figures than that have nothing to agree with."""


def judge_percent_sum(percents: Sequence[Figure]) -> Check:
    """Return whether percentages of one partition can add up to 100, its total being unknown.

    Of K percentages with the last digit u the sum misses 100 by K*u/2 at most, so by floor(K/2) units; with different
    precisions by half the sum of their units. A sum right at that bound needs every one of them to be a tie.
    """
    read_all = [read(percent) for percent in percents]
    known = [printed for printed in read_all if printed is not None]
    if any(not printed.is_plain for printed in known):
        return untestable("not_plain", "bounds, ranges and approximate figures do not add up")
    total = sum((printed.value for printed in known), Fraction(0))
    units = sum((Fraction(1, 10**printed.decimals) for printed in known), Fraction(0))
    excess = total - HUNDRED
    said = f"{' + '.join(printed.text for printed in known)} = {rounded_texts(total, _decimals(known))[0]}"
    complete = len(known) == len(read_all) >= TWO
    if not complete and 2 * excess > units:
        return Check("inconsistent", "sum_above_100", f"{said}, and more is to come")
    if not complete:
        return untestable("part_not_reported", f"{said}, with a part not reported")
    if 2 * abs(excess) < units:
        return Check("consistent", "", said)
    return _far_sum(excess, units, said)


def _far_sum(excess: Fraction, units: Fraction, said: str) -> Check:
    if 2 * abs(excess) == units:
        return Check("tie", "", f"{said}: only if each of them is a tie, rounded the same way")
    if -units < excess < 0:
        return Check("explained", "", f"{said}: cutting off digits gives it", "truncation")
    if 0 < excess < units:
        return Check("explained", "", f"{said}: always rounding up gives it", "rounding_up")
    return Check("inconsistent", "sum_far_from_100", f"{said}: more than rounding can account for")


def _decimals(known: Sequence[Printed]) -> int:
    return max((printed.decimals for printed in known), default=0)


@dataclass(frozen=True, slots=True)
class ColumnJudgement:
    """What was found about the percentages of one partition with a known total.

    `rows` judges each by itself, `counts` are the counts that each may have given all the others.
    """

    verdict: Verdict
    explanation: Explanation
    reason: str
    rows: tuple[Judgement, ...]
    counts: tuple[range, ...]


def judge_column(
    percents: Sequence[Figure], total: int, events: Sequence[int | None] | None = None, missing: int = 0
) -> ColumnJudgement:
    """Return whether whole counts exist that print as `percents` and add up to `total`, less `missing`.

    With a_i..b_i the counts that fit the i-th, they exist if and only if no range is empty and
    sum(a_i) <= total - missing <= sum(b_i), since the ranges are of whole numbers. Where they do not exist, the habit
    that prints the whole column is looked for, then the column forced to add up to 100 (some figure moved by less
    than a unit), and last a habit that explains some of its figures.
    """
    stated = tuple(events) if events is not None else (None,) * len(percents)
    parts = [(count, read(figure)) for count, figure in zip(stated, percents, strict=True)]
    rows = tuple(judge_proportion(count, total, figure) for count, figure in parts)
    wanted = total - missing
    ranges = [_pinned(_fit(figure, total), count) for count, figure in parts]
    if _feasible(ranges, wanted):
        return ColumnJudgement("consistent", "", "", rows, _tightened(ranges, wanted))
    for habit in EXPLAINING:
        pure = [_pinned(_fit(figure, total, habit), count) for count, figure in parts]
        if _feasible(pure, wanted):
            return ColumnJudgement("explained", habit, "", rows, _tightened(pure, wanted))
    loose = [_pinned(_loose(figure, total), count) for count, figure in parts]
    if _is_forced(rows, total) and _feasible(loose, wanted):
        return ColumnJudgement("explained", "forced_to_100", "", _said_forced(rows), _tightened(loose, wanted))
    for habit in EXPLAINING:
        mixed = [_pinned(_joined(_fit(figure, total), _fit(figure, total, habit)), count) for count, figure in parts]
        if _feasible(mixed, wanted):
            return ColumnJudgement("explained", habit, "", rows, _tightened(mixed, wanted))
    reason = "a_part_fits_no_count" if not all(ranges) else "no_counts_add_up"
    return ColumnJudgement("inconsistent", "", reason, rows, tuple(ranges))


def _said_forced(rows: Sequence[Judgement]) -> tuple[Judgement, ...]:
    return tuple(
        row._replace(verdict="explained", explanation="forced_to_100", reason="")
        if row.verdict in ("inconsistent", "explained")
        else row
        for row in rows
    )


def _fit(printed: Printed | None, total: int, habit: Habit = "nearest") -> range:
    return range(total + 1) if printed is None else fitting_counts(total, printed, habit)


def _pinned(counts: range, count: int | None) -> range:
    """Return `counts`, or the printed count alone if it is one of them."""
    if count is None:
        return counts
    return range(count, count + 1) if count in counts else range(0)


def _joined(first: range, second: range) -> range:
    """Return the range that holds both; windows of one figure touch or overlap, so nothing lies between."""
    if not first or not second:
        return first or second
    return range(min(first.start, second.start), max(first.stop, second.stop))


def _loose(printed: Printed | None, total: int) -> range:
    """Return the counts less than one unit away from the figure."""
    if printed is None or not printed.is_plain:
        return _fit(printed, total)
    unit = Fraction(1, 10**printed.decimals)
    around = Interval(printed.value - unit, printed.value + unit, low_closed=False, high_closed=False)
    return around.scaled(Fraction(total, HUNDRED)).integers(0, total)


def _is_forced(rows: Sequence[Judgement], total: int) -> bool:
    """Say whether the column may have been forced to add up: it does so exactly, and rounded honestly does not."""
    known = [row.printed for row in rows if isinstance(row.printed, Printed) and row.printed.is_plain]
    if len(known) < len(rows) or sum((printed.value for printed in known), Fraction(0)) != HUNDRED or not total:
        return False
    honest = [Fraction(row.fitting_percents[0]) for row in rows if row.fitting_percents]
    return len(honest) < len(rows) or sum(honest, Fraction(0)) != HUNDRED


def _feasible(ranges: Sequence[range], total: int) -> bool:
    return all(ranges) and sum(found[0] for found in ranges) <= total <= sum(found[-1] for found in ranges)


def _tightened(ranges: Sequence[range], total: int) -> tuple[range, ...]:
    least, most = sum(found[0] for found in ranges), sum(found[-1] for found in ranges)
    return tuple(
        range(max(found[0], total - (most - found[-1])), min(found[-1], total - (least - found[0])) + 1)
        for found in ranges
    )


def judge_same_fraction(proportions: Sequence[tuple[int, int, Figure]]) -> Check:
    """Return whether equal fractions (events, total, percent) are printed equal at equal precision."""
    seen = [(Fraction(events, total), events, total, read(percent)) for events, total, percent in proportions if total]
    for first, second in combinations(seen, 2):
        one, other = first[3], second[3]
        if first[0] != second[0] or one is None or other is None or one.decimals != other.decimals:
            continue
        if one.is_plain and other.is_plain and one.digits != other.digits:
            message = (
                f"{first[1]}/{first[2]} is printed {one.text} and {second[1]}/{second[2]} {other.text}: one fraction"
            )
            return Check("inconsistent", "printed_two_ways", message)
    return Check("consistent", "", "equal fractions are printed equal")


def judge_strata(
    overall: tuple[int | None, int | None], strata: Sequence[tuple[int | None, int | None]]
) -> tuple[Check, Check]:
    """Return whether events, and apart from them totals, of `strata` add up to those of `overall`."""
    return _added("events", overall[0], [row[0] for row in strata]), _added(
        "totals", overall[1], [row[1] for row in strata]
    )


def _added(what: str, whole: int | None, parts: Sequence[int | None]) -> Check:
    known = sum(part for part in parts if part is not None)
    said = f"{what} {' + '.join('?' if part is None else str(part) for part in parts)}"
    if whole is None:
        return untestable("no_total", f"{said}: the whole is not reported")
    if known > whole or (known < whole and None not in parts):
        return Check("inconsistent", "strata_do_not_add_up", f"{said} = {known}, printed {whole}")
    if None in parts:
        return untestable("part_not_reported", f"{said}: {whole - known} of {whole} in what is not reported")
    return Check("consistent", "", f"{said} = {whole}")
