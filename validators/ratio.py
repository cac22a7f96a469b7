"""A ratio lies inside its interval, in its middle by logarithm, and agrees with its p value and its counts.

Why. Limits that were swapped, an inverted ratio or a lost digit turn a benefit into a harm. An interval of a ratio that
was computed the usual way is symmetric on the logarithmic scale; it implies a p value; and it excludes 1 if and only if
that is below 0.05.

How to fix. Compare ratio, limits and p value with the publication. If the publication says that the interval is exact,
profile or bootstrap, give it as the interval's `method`: then only its order is judged.

Limits. That the counts give another ratio is a warning, since adjusted ratios do: `adjusted: true` says that it is one.
Rounding windows are wide for figures of few digits; a lower limit printed as 0.0 has no logarithm.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tallysheet.figures.agreeing import in_order
from tallysheet.groups import counts_of, proportions_of, result_around, same_as, same_of
from tallysheet.rules import Answer, At, answers

if TYPE_CHECKING:
    from tallysheet.figures.check import Check

SCOPE = "ratio"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results")

KINDS = {"odds-ratio": "OR", "risk-ratio": "RR"}


def passes(ratio: dict[str, Any], at: At) -> int | str | None:
    """Accept a ratio that its 95% interval, its p value and the counts of both groups surely agree with."""
    from tallysheet.figures.by_floats import ratio_agrees, ratio_of_counts_agrees  # few records have it

    value, interval, result = ratio["value"], ratio.get("interval"), result_around(at)
    answer: bool | str | None = None
    if interval:
        lower, upper = interval["lower"], interval["upper"]
        if "method" in interval:
            answer = in_order([lower, value, upper], at.comma)
        elif interval.get("level", "95") == "95":
            test = result.get("test", {})
            answer = ratio_agrees(value, lower, upper, test.get("p") if test.get("sides") != 1 else None, at.comma)
        if not answer:
            return None
    kind, other, proportion = KINDS.get(ratio["measure"]), result.get("compared_with"), result.get("proportion")
    if kind and other and proportion and "adjusted" not in ratio and (first := counts_of(proportion, at)):
        second = counts_of(at.once(proportions_of).get(same_as(result, other)), at)
        if second and 0 not in cells(first, second):
            return 1 if ratio_of_counts_agrees(kind, first, second, value, at.comma) else None
    return answer if isinstance(answer, str) else int(answer is not None)


def check(ratio: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the ratio against its interval, its p value and the counts of both groups."""
    from tallysheet.figures.order import judge_order  # few records have it
    from tallysheet.figures.ratios import judge_ratio, judge_ratio_of_counts

    value, interval, result = at.read(ratio["value"]), ratio.get("interval", {}), result_around(at)
    test = result.get("test", {})
    p = test.get("p") if test.get("sides") != 1 else None  # an interval implies a two-sided p value
    checks: list[Check] = []
    if interval:
        lower, upper = at.read(interval["lower"]), at.read(interval["upper"])
        if interval.get("method") is None:
            checks.append(judge_ratio(value, lower, upper, at.read(p), interval.get("level", "95")))
        else:
            checks.append(judge_order([("lower limit", lower), ("ratio", value), ("upper limit", upper)]))
    kind, other = KINDS.get(ratio["measure"]), result.get("compared_with")
    first = counts_of(result.get("proportion"), at)
    second = counts_of(same_of(at.record, result, other), at) if other else None
    if kind and first and second and not ratio.get("adjusted") and 0 not in cells(first, second):
        checked = judge_ratio_of_counts(kind, first, second, value)
        # Adjusted and conditional ratios differ from the crude one: that is worth a look, and no contradiction.
        checks.append(checked._replace(verdict="explained") if checked.verdict == "inconsistent" else checked)
    figures = [ratio["value"], interval.get("lower"), interval.get("upper"), p]
    yield from answers(checks, at / "value", figures)


def cells(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, ...]:
    """Return the four cells of a table: an empty one makes ratios that are corrected in one way or another."""
    return (first[0], first[1] - first[0], second[0], second[1] - second[0])
