"""The answer of every check but those on proportions and sums: a verdict, why, and the sentence that says so."""

from typing import TYPE_CHECKING, NamedTuple

from tallysheet.figures.printed import Missing, Printed, read_printed

if TYPE_CHECKING:
    from tallysheet.figures.judgement import Explanation, Verdict

Figure = str | Printed | Missing | None
"""A printed figure: its text, or what was read from it."""


class Check(NamedTuple):
    """What one check found. `reason` is a word for machines, `message` one line for people, in lower case."""

    verdict: "Verdict"
    reason: str = ""
    message: str = ""
    explanation: "Explanation" = ""

    @property
    def holds(self) -> bool:
        """Say whether nothing speaks against the figures: the verdict is `consistent` or `tie`."""
        return self.verdict in ("consistent", "tie")


def read(figure: Figure) -> Printed | None:
    """Return the number of a figure, or None where none is printed. Raises `NotAFigure`."""
    found = read_printed(figure) if isinstance(figure, str) else figure
    return found if isinstance(found, Printed) else None


def untestable(reason: str, message: str) -> Check:
    """Return the answer where there is nothing to test with."""
    return Check("not_testable", reason, message)
