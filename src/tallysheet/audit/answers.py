"""What a question of the audit is answered with."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["conflict", "gap", "hint", "fact"]
"""conflict: two things can't both hold. gap: something is missing. hint: a guess, never a verdict. fact: so it is."""
KINDS: tuple[Kind, ...] = ("conflict", "gap", "hint", "fact")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a record: the line is looked up when it is shown."""

    path: str
    pointer: str = ""
    said: str = field(default="", compare=False)
    """What stands there, for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, at one place or several: the first is the one to look at.

    `weight` says how much is at stake, 0 (nothing) to 9 (patients are counted twice, or a retracted work is relied on);
    `patients` how many patients it concerns, 0 where that is not known; `since` the day from which it stands, if that
    is known: its age is reckoned when it is shown, so that an answer is the same whatever day it is.
    """

    kind: Kind
    places: tuple[Place, ...]
    message: str
    hint: str | None = None
    weight: int = 0
    patients: int = 0
    since: str | None = None

    @property
    def rank(self) -> tuple[int, int, str]:
        """Order of answers: what weighs most first, then what concerns most patients, then what is oldest."""
        return (-self.weight, -self.patients, self.since or "9999")

    @property
    def age(self) -> tuple[str, int, int]:
        """Order of answers by age, the oldest first."""
        return (self.since or "9999", -self.weight, -self.patients)

    @property
    def identity(self) -> tuple[str, tuple[str, ...], str]:
        """What makes it the same answer at another time: neither lines nor list indexes, which move with any edit."""
        return (self.kind, tuple(sorted({place.path for place in self.places})), self.message)
