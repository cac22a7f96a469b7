"""Printed p values are those of the tests that they stand for."""

import math

import pytest

from tallysheet.figures import exact_tests
from tallysheet.figures.pvalues import judge_binomial, judge_p, judge_test, judge_two_by_two

BINOMIAL = [
    ((17, 27, "40", ".02"), "consistent", "exact binomial, two-sided"),
    ((22, 34, "40", ".005"), "consistent", "exact binomial, two-sided"),
    ((17, 27, "40", ".0180"), "consistent", "exact binomial, two-sided"),
    ((22, 34, "40", ".0045"), "consistent", "exact binomial, two-sided"),
    ((22, 34, "40", "<.01"), "consistent", "exact binomial, two-sided"),
    ((17, 27, "40", ".01"), "consistent", "one-sided"),
    ((17, 27, "40", ".2"), "explained", "none of"),
    ((17, 27, "40", ".000"), "inconsistent", "<.001"),
    ((28, 27, "40", ".02"), "inconsistent", "no proportion"),
    ((17, 27, "NR", ".02"), "not_testable", "needs counts"),
    ((17, 27, "100", "<.001"), "consistent", "exact binomial"),
]


# The exact binomial test against a stated percentage gives what is printed, by the name of its variant.
@pytest.mark.parametrize(("figures", "verdict", "said"), BINOMIAL)
def test_a_proportion_is_tested_against_a_stated_one(
    figures: tuple[int, int, str, str], verdict: str, said: str
) -> None:
    judged = judge_binomial(*figures)
    assert verdict == judged.verdict
    assert said in judged.message


# Each p value of a table of two groups is what its textbook formula gives, worked out here by other means.
def test_a_table_of_two_groups_has_the_p_values_of_its_formulas() -> None:
    a, b, c, d = 3, 7, 9, 3
    n, margins = 22, 10 * 12 * 12 * 10
    cells = ((a, 10 * 12 / n), (b, 10 * 10 / n), (c, 12 * 12 / n), (d, 12 * 10 / n))
    statistics = {
        "Pearson's chi-square": sum((seen - due) ** 2 / due for seen, due in cells),
        "chi-square with Yates's correction": sum((abs(seen - due) - 0.5) ** 2 / due for seen, due in cells),
        "chi-square with N-1": (n - 1) * (a * d - b * c) ** 2 / margins,
        "likelihood ratio": 2 * sum(seen * math.log(seen / due) for seen, due in cells),
        "z test, unpooled": (a / 10 - c / 12) ** 2 / (a * b / 10**3 + c * d / 12**3),
    }
    expected = {name: math.erfc(math.sqrt(statistic / 2)) for name, statistic in statistics.items()}
    chances = {k: math.comb(10, k) * math.comb(12, 12 - k) / math.comb(22, 12) for k in range(11)}
    expected["Fisher's exact test"] = sum(p for p in chances.values() if p <= chances[a] * (1 + 1e-9))
    expected["Fisher's exact test, one-sided"] = sum(p for k, p in chances.items() if k <= a)
    found = exact_tests.two_by_two((a, b, c, d))
    for name, value in expected.items():
        low = found[name].low
        assert low is not None
        assert abs(float(low) - value) < 1e-12, name


TABLES = [
    (((3, 10), (9, 12), ".08"), "consistent", "Fisher's exact test"),
    (((3, 10), (9, 12), ".035"), "consistent", "Pearson's chi-square"),
    (((3, 10), (9, 12), ".034"), "explained", "cut off"),
    (((3, 10), (9, 12), ".5"), "explained", "none of"),
    (((0, 10), (0, 12), "1.0"), "not_testable", "empty row or column"),
    (((11, 10), (0, 12), ".5"), "inconsistent", "more events than patients"),
    (((3, 10), (9, 12), "1.2"), "inconsistent", "above 1"),
    (((3, 10), (9, 12), "NR"), "not_testable", "no p value"),
    (((300, 1000), (900, 1200), "<.0001"), "consistent", "Pearson"),
    (((5, 10), (5, 10), "1"), "consistent", "Fisher's exact test"),
]


# The test of two groups that fits is named; none is a warning.
@pytest.mark.parametrize(("figures", "verdict", "said"), TABLES)
def test_the_test_that_fits_is_named(
    figures: tuple[tuple[int, int], tuple[int, int], str], verdict: str, said: str
) -> None:
    judged = judge_two_by_two(*figures)
    assert verdict == judged.verdict
    assert said in judged.message


STATISTICS = [
    (("t", "0.0", ["28"], "1.00"), "consistent", ""),
    (("t", "2.20", ["28"], ".036"), "consistent", ""),
    (("t", "-2.20", ["28"], ".036"), "consistent", ""),
    (("t", "2.20", ["28"], ".018"), "explained", "one_sided"),
    (("t", "2.20", ["28"], ".36"), "inconsistent", "significance_differs"),
    (("t", "2.20", ["28"], ".02"), "explained", "one_sided"),
    (("t", "2.20", ["28"], ".046"), "inconsistent", "p_differs"),
    (("t", "2.2", ["13.7"], ".045"), "consistent", ""),
    (("t", "2.20", ["28"], "<.05"), "consistent", ""),
    (("t", "2.00", ["28"], "<.05"), "explained", "one_sided"),
    (("t", "1.00", ["28"], "<.05"), "inconsistent", "significance_differs"),
    (("t", "2.20", ["28"], ">.05"), "inconsistent", "significance_differs"),
    (("t", "2.20", [], ".036"), "not_testable", "not_reported"),
    (("t", "2.20", ["0"], ".036"), "inconsistent", "no_degrees"),
    (("F", "4.50", ["1", "20"], ".047"), "consistent", ""),
    (("F", "-4.50", ["1", "20"], ".047"), "inconsistent", "negative_statistic"),
    (("F", "<1", ["1", "20"], ">.05"), "consistent", ""),
    (("F", "4.59", ["1", "20"], ".044"), "explained", ""),
    (("chi2", "3.84", ["1"], ".05"), "consistent", ""),
    (("chi2", "10.0", ["5"], ".075"), "consistent", ""),
    (("z", "1.96", [], ".05"), "consistent", ""),
    (("z", "1.96", [], ".001"), "inconsistent", "p_differs"),
    (("r", ".30", ["50"], ".03"), "consistent", ""),
    (("r", "1.30", ["50"], ".03"), "inconsistent", "r_out_of_range"),
    (("r", "1.00", ["50"], "<.001"), "consistent", ""),
    (("z", "5", [], ".000"), "inconsistent", "p_zero"),
    (("chi2", "1000000000", ["1000000000"], ".5"), "not_testable", "out_of_reach"),
]


# A statistic's window gives a span of p values, and the printed one is compared with it.
@pytest.mark.parametrize(("figures", "verdict", "reason"), STATISTICS)
def test_a_statistic_gives_its_p_value(figures: tuple[str, str, list[str], str], verdict: str, reason: str) -> None:
    judged = judge_test(*figures)  # type: ignore[arg-type] # the table holds plain texts
    assert (verdict, reason) == (judged.verdict, judged.reason)


# Where the publication says one-sided, half the two-sided p value is right, and the whole is not.
def test_a_declared_side_is_held_to() -> None:
    assert judge_test("t", "2.20", ["28"], ".018", 1).verdict == "consistent"
    assert judge_test("t", "2.20", ["28"], ".036", 1).verdict == "inconsistent"
    assert judge_test("t", "-2.20", ["28"], ".982", 1).verdict == "consistent"
    assert judge_test("t", "2.20", ["28"], ".018", 2).verdict == "inconsistent"
    assert judge_test("chi2", "3.84", ["1"], ".05", 1).verdict == "consistent"


P_VALUES = [
    (".05", "consistent", ""),
    ("<.001", "consistent", ""),
    ("1.00", "consistent", ""),
    (".000", "inconsistent", "p_zero"),
    ("0", "inconsistent", "p_zero"),
    ("1.2", "inconsistent", "p_above_1"),
    ("-.05", "inconsistent", "p_below_0"),
    ("NR", "not_testable", "not_reported"),
]


# No p value is 0, below 0 or above 1.
@pytest.mark.parametrize(("p", "verdict", "reason"), P_VALUES)
def test_no_p_value_is_0_or_above_1(p: str, verdict: str, reason: str) -> None:
    judged = judge_p(p)
    assert (verdict, reason) == (judged.verdict, judged.reason)
