"""The verdict on one proportion, with all that would fit in its place."""

from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from tallysheet.figures import fits
from tallysheet.figures.printed import Missing, Printed

Verdict: TypeAlias = Literal["consistent", "tie", "explained", "inconsistent", "not_testable", "not_applicable"]
Explanation: TypeAlias = Literal["", "truncation", "rounding_up", "rounded_twice", "forced_to_100"]

EXPLAINING: tuple[Literal["rounded_twice", "truncation", "rounding_up"], ...] = (
    "rounded_twice",
    "truncation",
    "rounding_up",
)
"""The habits that explain a single figure, the narrowest first."""


class Judgement(NamedTuple):
    """What was found about one proportion; everything that would fit is worked out when asked for.

    `reason` is a word for machines: why a figure is not testable or not applicable, why it is inconsistent although its
    rounding is not at fault, or what to mind about a consistent one (`zero_yet_events`, `hundred_yet_not_all`,
    `prefer_zero`, `approximate`).
    """

    verdict: Verdict
    explanation: Explanation = ""
    reason: str = ""
    events: int | None = None
    total: int | None = None
    printed: Printed | Missing | None = None

    @property
    def exact(self) -> Fraction | None:
        """The exact percentage of the printed counts; None where one is missing or the total is 0."""
        if self.events is None or not self.total:
            return None
        return Fraction(fits.HUNDRED * self.events, self.total)

    @property
    def fitting_counts(self) -> range:
        """The counts that print as the percentage, out of the stated total; empty where none does."""
        return fits.counts_of(self.printed, self.total)

    @property
    def fitting_totals(self) -> tuple[int, ...]:
        """The totals near the stated one that the count, or any count, fits: smaller ones first, nearest first.

        A smaller one often is the truth, where data of some patients are missing. With no total stated, the totals that
        the count fits, smallest first.
        """
        return fits.fitting_totals(self.events, self.total, self.printed) if isinstance(self.printed, Printed) else ()

    @property
    def fitting_percents(self) -> tuple[str, ...]:
        """The texts that would be right at the printed precision: two where the rounding is a tie."""
        exact = self.exact
        decimals = self.printed.decimals if isinstance(self.printed, Printed) else 1
        return () if exact is None else fits.rounded_texts(exact, decimals)

    @property
    def explained_counts(self) -> tuple[int, ...]:
        """All counts that the habit named in `explanation` prints as the percentage."""
        if self.total is None or not isinstance(self.printed, Printed):
            return ()
        for habit in EXPLAINING:
            if habit == self.explanation:
                return tuple(fits.fitting_counts(self.total, self.printed, habit))
        return ()
