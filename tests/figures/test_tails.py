"""Tail probabilities are right, within bounds that hold."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallysheet.figures import tails
from tallysheet.figures.windows import Interval

HALF = Fraction(1, 2)


def holds(found: Interval, value: float, digits: float = 1e-12) -> bool:
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low <= 2 * tails.SLACK
    return abs(float(found.low) - value) <= digits


# The normal tail is the complementary error function's.
@given(some.fractions(0, 8))
def test_the_normal_tail_is_that_of_the_error_function(z: Fraction) -> None:
    assert holds(tails.normal_two_sided(z * z), math.erfc(float(z) / math.sqrt(2)))


# With an even number of degrees the chi-square tail is a sum of Poisson terms.
@given(some.fractions(0, 60), some.integers(1, 20))
def test_the_chi_square_tail_is_a_poisson_sum(statistic: Fraction, half_df: int) -> None:
    x = float(statistic) / 2
    poisson = sum(math.exp(-x) * x**k / math.factorial(k) for k in range(half_df))
    assert holds(tails.chi_square(statistic, Fraction(2 * half_df)), poisson)


# With whole parameters the incomplete beta function is a binomial tail, exactly.
@given(some.integers(1, 30), some.integers(1, 30), some.fractions(0, 1))
def test_the_incomplete_beta_function_is_a_binomial_tail(a: int, b: int, x: Fraction) -> None:
    n = a + b - 1
    exact = sum((math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1)), Fraction(0))
    assert tails.lower_beta(Fraction(a), Fraction(b), x).contains(exact)


# Student's t with one and with two degrees of freedom has a closed form.
@given(some.fractions(0, 50))
def test_t_with_few_degrees_has_a_closed_form(t: Fraction) -> None:
    value = float(t)
    assert holds(tails.t_two_sided(t * t, Fraction(1)), 1 - 2 / math.pi * math.atan(value))
    assert holds(tails.t_two_sided(t * t, Fraction(2)), 1 - value / math.sqrt(2 + value * value))


# F with two and with d degrees of freedom has a closed form.
@given(some.fractions(0, 50), some.integers(1, 60))
def test_f_with_two_degrees_has_a_closed_form(statistic: Fraction, df: int) -> None:
    expected = (1 + 2 * float(statistic) / df) ** (-df / 2)
    assert holds(tails.f_ratio(statistic, Fraction(2), Fraction(df)), expected)


PHI_OF_2 = math.exp(-2) / math.sqrt(2 * math.pi)

KNOWN = [
    (tails.normal_two_sided(Fraction(196, 100) ** 2), 0.04999579029644087),
    (tails.chi_square(Fraction(10), Fraction(5)), 0.07523524614651217),
    (tails.t_two_sided(Fraction(4), Fraction(10)), 0.07338803477074039),
    # the normal tail and the first term of its expansion in 1/df, which is 2*phi(2)*2*(2**2+1)/(4*df)
    (tails.t_two_sided(Fraction(4), Fraction(10**6)), math.erfc(math.sqrt(2)) + 20 * PHI_OF_2 / (4 * 10**6)),
    (tails.f_ratio(Fraction(1), Fraction(5000), Fraction(5000)), 0.5),
    (tails.normal_two_sided(Fraction(10**6)), 0.0),
]


# Known values, among them very large degrees of freedom and very large statistics, come out.
@pytest.mark.parametrize(("found", "value"), KNOWN)
def test_known_values_come_out(found: Interval, value: float) -> None:
    assert holds(found, value)


# What can't be computed within bounds is refused, not guessed.
def test_what_is_out_of_reach_is_refused() -> None:
    with pytest.raises(tails.OutOfReachError):
        tails.chi_square(Fraction(10**9), Fraction(10**9))


# The quantile of the normal distribution is right to 25 decimals.
def test_the_normal_quantile_is_right() -> None:
    z = Fraction("1.95996398454005423552459443052")
    assert abs(tails.normal_quantile(Fraction(1, 20)) - z) < Fraction(1, 10**22)
