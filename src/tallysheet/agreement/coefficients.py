"""How well two readers agree beyond chance: percent agreement, Cohen's kappa, Gwet's AC1, as exact fractions.

n units, each put into a category by either reader; p_a is the share of units in the same category.

- Cohen's kappa = (p_a - p_e) / (1 - p_e), p_e the sum over categories of the product of both readers' shares.
  J. Cohen, A coefficient of agreement for nominal scales, Educ Psychol Meas 1960;20:37-46.
- Gwet's AC1 has the same form with p_e = 1 / (q - 1) * sum of pi * (1 - pi), pi the mean of both readers' shares of a
  category and q the number of categories. K. L. Gwet, Computing inter-rater reliability and its variance in the
  presence of high agreement, Br J Math Stat Psychol 2008;61:29-48.

Kappa falls to nothing where nearly all units are in one category, though the readers agree (A. R. Feinstein and D. V.
Cicchetti, J Clin Epidemiol 1990;43:543-549); AC1 was made for that. Where all units are in one category by both
readers, neither is defined: there is no chance to correct for.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two readers agree on `units`; a coefficient that is not defined is None."""

    units: int
    agreed: int
    kappa: Fraction | None
    ac1: Fraction | None

    @property
    def share(self) -> Fraction:
        """The share of units on which both agree."""
        return Fraction(self.agreed, self.units)


def agreement(ratings: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return how well two readers agree on at least one unit; raises ValueError for none."""
    if not ratings:
        raise ValueError("no units")
    units, agreed = len(ratings), sum(one == other for one, other in ratings)
    first, second = Counter(one for one, _ in ratings), Counter(other for _, other in ratings)
    categories = sorted({*first, *second}, key=repr)
    share = Fraction(agreed, units)
    if len(categories) == 1:
        return Agreement(units, agreed, None, None)
    by_kappa = sum((Fraction(first[one] * second[one], units**2) for one in categories), Fraction(0))
    means = [Fraction(first[one] + second[one], 2 * units) for one in categories]
    by_ac1 = sum((mean * (1 - mean) for mean in means), Fraction(0)) / (len(categories) - 1)
    return Agreement(units, agreed, beyond(share, by_kappa), beyond(share, by_ac1))


def beyond(share: Fraction, chance: Fraction) -> Fraction | None:
    """Return the agreement beyond chance; None where chance explains everything."""
    return None if chance == 1 else (share - chance) / (1 - chance)
