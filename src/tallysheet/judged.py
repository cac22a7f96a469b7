"""What comes of one record, and what a run is told beside the records: plain values that every stage may import."""

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from tallysheet.findings import Finding
    from tallysheet.rules import Entry
    from tallysheet.waivers import Granted, Waiver

Outcome: TypeAlias = Literal["consistent", "wrong", "acknowledged", "not_checkable", "not_run"]
Tally: TypeAlias = Counter[Outcome]
OUTCOMES: tuple[Outcome, ...] = ("consistent", "wrong", "acknowledged", "not_checkable", "not_run")


class Crash(NamedTuple):
    """A rule that raised: an internal error, never a pass and never bad data."""

    rule: str
    path: str
    trace: str


class Judged:
    """What came of one record: its findings, the tally of its figures, its facts for rules on the repository."""

    __slots__ = ("crashes", "dated", "facts", "figures", "findings", "path", "readable", "reasons", "waivers")

    def __init__(
        self,
        path: str,
        findings: "list[Finding] | None" = None,
        crashes: list[Crash] | None = None,
        *,
        readable: bool = True,
    ) -> None:
        self.path = path
        self.findings = findings or []
        self.figures: Tally = Counter()
        self.reasons: Counter[str] = Counter()
        self.facts: dict[str, list[Entry]] = {}
        self.crashes = crashes or []
        self.readable = readable
        self.waivers: list[Waiver] = []
        """Those for rules on the repository, which have not spoken yet."""
        self.dated = False
        """Whether the day had a say in it."""


class Day(NamedTuple):
    """What waivers are judged by: the day that it is, and who has granted them."""

    today: "date | None" = None
    """The day of the clock if none is given: the only thing that a run asks of it."""
    granted: "Granted | None" = None
    """Asked whether a waiver is in force; every one is if there is nobody to ask."""
    keeper: str = ""
    """Where waivers are granted, for people."""
