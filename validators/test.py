"""A p value is one that its test gives for the counts or the statistic beside it.

Why. One in nine reported p values of well-known journals does not follow from its own test statistic. Where counts of
two groups, or a percentage to test against, stand in the record, every usual test is computed and the ones that give
the printed value are named.

How to fix. Compare p value, statistic and counts with the publication; name its test. ".000" is what programs print:
a p value is never 0, and "<.001" is what is known.

Limits. That none of the usual tests gives the value is a warning: tests may be adjusted, stratified or of time to
event. A log-rank or rank test is not computed from counts.
"""

from collections.abc import Iterator
from typing import Any, Literal

from tallysheet.figures import Missing, Printed
from tallysheet.figures.check import Check
from tallysheet.groups import counts_of, proportions_of, result_around, same_as, same_of
from tallysheet.rules import Answer, At, answers

SCOPE = "test"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups", "results")

BY_COUNTS = frozenset({None, "unclear", "fisher", "chi-square"})
STATISTICS: dict[str, Literal["t", "chi2", "F"]] = {"t": "t", "chi-square": "chi2", "anova": "F"}


def passes(test: dict[str, Any], at: At) -> int | str | None:
    """Accept a p value that a test of two groups surely gives; of no counts and no statistic nothing tests it."""
    from tallysheet.figures.by_floats import some_test_fits, window_of_p  # few records have it

    if (window := window_of_p(test["p"], at.comma)) is None or "statistic" in test or "null_value" in test:
        return None
    result = result_around(at)
    other, proportion = result.get("compared_with"), result.get("proportion")
    if other and proportion and test.get("test") in BY_COUNTS and (first := counts_of(proportion, at)):
        second = counts_of(at.once(proportions_of).get(same_as(result, other)), at)
        if second:
            return 1 if some_test_fits(first, second, window) else None
    return "no counts or statistic"


def check(test: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the p value by itself, by its statistic, against a null hypothesis, or of two groups."""
    from tallysheet.figures.pvalues import judge_binomial, judge_p, judge_test, judge_two_by_two  # few records have it

    p, name, result = at.read(test["p"]), test.get("test"), result_around(at)
    checks: list[Check] = [judge_p(p)] if p is not None else []
    counts = counts_of(result.get("proportion"), at)
    other = result.get("compared_with")
    figures: list[object] = [test["p"], test.get("statistic"), *(counts or ())]
    tested = False
    if (statistic := test.get("statistic")) is not None and name in STATISTICS and "df" in test:
        degrees = [at.read(number) for number in test["df"]]
        checks.append(judge_test(STATISTICS[name], at.read(statistic), degrees, p, test.get("sides")))
        tested = True
    elif counts and (null := test.get("null_value")) is not None and name in {None, "unclear", "exact-binomial"}:
        checks.append(judge_binomial(*counts, in_percent(at.read(null)), p))
        figures.append(null)
        tested = True
    elif counts and other and name in BY_COUNTS and (second := counts_of(same_of(at.record, result, other), at)):
        checks.append(judge_two_by_two(counts, second, p))
        figures += second
        tested = True
    if not tested and all(check.holds for check in checks):
        checks = [Check("not_testable", "no_counts_or_statistic")]
    yield from answers(checks, at / "p", figures)


def in_percent(null: Printed | Missing | None) -> Printed | Missing | None:
    """Return the proportion that is tested against in per cent: "0.40" is a fraction of one, as "40" is not."""
    if isinstance(null, Printed) and null.value < 1 and null.decimals > 1:
        return null._replace(decimals=null.decimals - 2)
    return null
