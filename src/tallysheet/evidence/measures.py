"""What a row of evidence counts, the row itself, and what was left out beside it: plain values."""

from dataclasses import dataclass
from typing import NamedTuple

SELECTIVE = frozenset({"eligible", "at-risk", "survivors", "responders", "subset", "unclear"})
"""Bases that choose patients by what became of them: a share of the survivors is another figure than one of all."""


class Measure(NamedTuple):
    """What is counted, in whom: rows of one measure may be compared, rows of two may not."""

    outcome: str
    condition: str
    label: str = ""
    """What exactly is counted, where the outcome alone does not say it."""
    among: str = ""
    """The basis, where it chooses patients by what became of them (`SELECTIVE`)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One count of one report: so many events among so many patients."""

    measure: Measure
    study: str
    record: str
    kind: str
    group: str
    """What the publication calls the patients."""
    events: int
    total: int
    derived: str = ""
    """How the count follows from what is printed, empty where it is printed itself."""
    time: str = ""
    basis: str = ""
    date: str = ""
    place: str = ""
    """The pointer of the result in its record."""

    @property
    def counts(self) -> str:
        """Events over total."""
        return f"{self.events}/{self.total}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A result that is not counted, and why."""

    measure: Measure
    study: str
    record: str
    place: str
    figures: str
    why: str


@dataclass(frozen=True, slots=True)
class Section:
    """All that the collection holds on one measure: at most one row a study."""

    measure: Measure
    label: str
    """The measure's label as the first record prints it."""
    rows: tuple[Row, ...] = ()
    reviews: tuple[Row, ...] = ()
    """Rows of reviews: shown, never counted, since their patients come from other publications."""
    left_out: tuple[LeftOut, ...] = ()
    overlaps: tuple[tuple[str, str], ...] = ()
    """Pairs of records among the rows whose studies may share patients."""
