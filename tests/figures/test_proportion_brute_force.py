"""Every count out of every total up to 300 is judged as a second implementation, by decimal arithmetic, judges it."""

from collections import defaultdict
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    localcontext,
)
from fractions import Fraction

import pytest

from tallysheet.figures import judge_proportion
from tallysheet.figures.fits import as_text

MOST = 300
# Wide enough that a fraction with a denominator up to 300 is never mistaken for a tie.
WIDE = Context(prec=40)
NEAREST = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def rounded(percent: Decimal, decimals: int, mode: str) -> int:
    return int(percent.quantize(Decimal(1).scaleb(-decimals), mode).scaleb(decimals))


def twice(percent: Decimal, decimals: int) -> int:
    first = percent.quantize(Decimal(1).scaleb(-decimals - 1), ROUND_HALF_UP)
    return rounded(first, decimals, ROUND_HALF_UP)


def expected(digits: int, nearest: set[int], directed: dict[str, int]) -> tuple[str, str]:
    if digits in nearest:
        return ("tie" if len(nearest) > 1 else "consistent"), ""
    for habit in ("rounded_twice", "rounding_up", "truncation"):
        if directed[habit] == digits:
            return "explained", habit
    return "inconsistent", ""


def outputs(count: int, total: int, decimals: int) -> tuple[set[int], dict[str, int]]:
    percent = Decimal(100 * count) / Decimal(total)
    nearest = {rounded(percent, decimals, mode) for mode in NEAREST}
    directed = {
        "rounded_twice": twice(percent, decimals),
        "rounding_up": rounded(percent, decimals, ROUND_CEILING),
        "truncation": rounded(percent, decimals, ROUND_DOWN),
    }
    return nearest, directed


# Whatever is printed near the true percentage, its verdict is that of the habits that print it.
@pytest.mark.parametrize(("decimals", "step"), [(0, 1), (1, 1), (2, 1)])
def test_every_count_is_judged_as_rounding_it_prints(decimals: int, step: int) -> None:
    with localcontext(WIDE):
        for total in range(1, MOST + 1, step):
            for count in range(total + 1):
                nearest, directed = outputs(count, total, decimals)
                for digits in range(max(0, directed["truncation"] - 1), directed["rounding_up"] + 2):
                    judged = judge_proportion(count, total, as_text(digits, decimals))
                    assert expected(digits, nearest, directed) == (judged.verdict, judged.explanation), (count, total)


# Whatever percentage is printed without its count, the counts that fit are those that some rounding prints so.
@pytest.mark.parametrize(("decimals", "step"), [(0, 1), (1, 9), (2, 97)])
def test_every_percentage_without_a_count_is_judged_by_the_counts_that_fit(decimals: int, step: int) -> None:
    with localcontext(WIDE):
        for total in range(1, MOST + 1, step):
            nearest: dict[int, list[int]] = defaultdict(list)
            sure: set[int] = set()
            directed: dict[int, set[str]] = defaultdict(set)
            for count in range(total + 1):
                prints, others = outputs(count, total, decimals)
                for digits in prints:
                    nearest[digits].append(count)
                sure |= prints if len(prints) == 1 else set()
                for habit, digits in others.items():
                    directed[digits].add(habit)
            for digits in range(100 * 10**decimals + 1):
                judged = judge_proportion(None, total, as_text(digits, decimals))
                assert nearest[digits] == list(judged.fitting_counts), (total, digits)
                found = verdict_without_count(
                    total, decimals, fits=bool(nearest[digits]), sure=digits in sure, directed=directed[digits]
                )
                assert found == (judged.verdict, judged.explanation), (total, digits)


def verdict_without_count(
    total: int,
    decimals: int,
    *,
    fits: bool,
    sure: bool,
    directed: set[str],
) -> tuple[str, str]:
    if fits and total >= 10 ** (decimals + 2):
        return "not_testable", ""
    if fits:
        return ("consistent" if sure else "tie"), ""
    for habit in ("rounded_twice", "truncation", "rounding_up"):
        if habit in directed:
            return "explained", habit
    return "inconsistent", ""


# The exact percentage is the fraction itself.
def test_the_exact_percentage_is_a_fraction() -> None:
    assert Fraction(300, 17) == judge_proportion(3, 17, "17.6").exact
    assert judge_proportion(0, 0, None).exact is None
