"""What comes of one record, and what a run is told beside the records: plain values that every stage may import."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from tallysheet.findings import Finding
    from tallysheet.rules import Entry
    from tallysheet.waivers import Granted, Waiver

Outcome: TypeAlias = Literal["consistent", "wrong", "acknowledged", "not_checkable", "not_run"]
Tally: TypeAlias = Counter[Outcome]
OUTCOMES: tuple[Outcome, ...] = ("consistent", "wrong", "acknowledged", "not_checkable", "not_run")


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised: an internal error, never a pass and never bad data."""

    rule: str
    path: str
    trace: str


@dataclass(slots=True)
class Judged:
    """What came of one record: its findings, the tally of its figures, its facts for rules on the repository."""

    path: str
    findings: "list[Finding]" = field(default_factory=list)
    figures: Tally = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    facts: "dict[str, list[Entry]]" = field(default_factory=dict)
    crashes: list[Crash] = field(default_factory=list)
    readable: bool = True
    waivers: "list[Waiver]" = field(default_factory=list)
    """Those for rules on the repository, which have not spoken yet."""
    dated: bool = False
    """Whether the day had a say in it."""


@dataclass(frozen=True, slots=True)
class Day:
    """What waivers are judged by: the day that it is, and who has granted them."""

    today: "date | None" = None
    """The day of the clock if none is given: the only thing that a run asks of it."""
    granted: "Granted | None" = None
    """Asked whether a waiver is in force; every one is if there is nobody to ask."""
    keeper: str = ""
    """Where waivers are granted, for people."""
