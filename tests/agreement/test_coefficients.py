"""Coefficients of agreement are those that were published for the same tables, and hold what they must for any."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallysheet.agreement.coefficients import agreement

CATEGORIES = st.sampled_from("abcd")


def ratings(table: list[list[int]]) -> list[tuple[int, int]]:
    """Return the units of a table: rows by the first reader, columns by the second."""
    return [
        (row, column) for row, cells in enumerate(table) for column, count in enumerate(cells) for _ in range(count)
    ]


# Tables and values as their authors print them.
@pytest.mark.parametrize(
    ("table", "share", "kappa", "ac1"),
    [
        # Feinstein and Cicchetti, J Clin Epidemiol 1990;43:543-549: the same agreement, another kappa.
        ([[40, 9], [6, 45]], "0.85", "0.70", None),
        ([[80, 10], [5, 5]], "0.85", "0.32", None),
        # Gwet, Kappa statistic is not satisfactory for assessing the extent of agreement between raters, 2002.
        ([[118, 5], [2, 0]], "0.944", "-0.0234", "0.9408"),
    ],
)
def test_published_tables(table: list[list[int]], share: str, kappa: str, ac1: str | None) -> None:
    found = agreement(ratings(table))
    for value, printed in ((found.share, share), (found.kappa, kappa), (found.ac1, ac1)):
        if printed is not None:
            assert value is not None
            assert f"{float(value):.{len(printed.partition('.')[2])}f}" == printed


# Three categories, worked out by hand from the definitions.
def test_three_categories_by_hand() -> None:
    found = agreement(ratings([[4, 1, 0], [1, 2, 0], [0, 0, 2]]))
    assert found.share == Fraction(8, 10)
    assert found.kappa == (Fraction(8, 10) - Fraction(38, 100)) / (1 - Fraction(38, 100))
    by_chance = (Fraction(1, 4) + Fraction(21, 100) + Fraction(16, 100)) / 2
    assert found.ac1 == (Fraction(8, 10) - by_chance) / (1 - by_chance)


# Where every unit is in one category there is no chance to correct for.
def test_one_category_defines_no_coefficient() -> None:
    found = agreement([("a", "a")] * 5)
    assert found.share == 1
    assert (found.kappa, found.ac1) == (None, None)


# No units, no agreement.
def test_no_units() -> None:
    with pytest.raises(ValueError, match="no units"):
        agreement([])


# Full agreement is 1, no coefficient is above it, and it does not matter who is first or what categories are called.
@given(st.lists(st.tuples(CATEGORIES, CATEGORIES), min_size=1, max_size=30))
def test_properties(units: list[tuple[str, str]]) -> None:
    found = agreement(units)
    turned = agreement([(other, one) for one, other in units])
    renamed = agreement([(ord(one), ord(other)) for one, other in units])
    for value in (found.kappa, found.ac1):
        assert value is None or value <= 1
    assert (found.kappa, found.ac1) == (turned.kappa, turned.ac1) == (renamed.kappa, renamed.ac1)
    if found.share == 1:
        assert found.kappa in (None, 1)
        assert found.ac1 in (None, 1)


# Kappa by its definition from every pair of units of both readers, which is how often chance alone agrees.
@given(st.lists(st.tuples(CATEGORIES, CATEGORIES), min_size=1, max_size=12))
def test_kappa_by_all_pairs(units: list[tuple[str, str]]) -> None:
    by_chance = Fraction(sum(one == other for one, _ in units for _, other in units), len(units) ** 2)
    found = agreement(units)
    if by_chance != 1:
        assert found.kappa == (found.share - by_chance) / (1 - by_chance)
