"""A record with what each rule answered about it, which the check only counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from tallysheet.collection import Collection, Record
from tallysheet.engine import Engine
from tallysheet.repository import BUNDLED, MAIN
from tallysheet.rules import At, Consistent, NotCheckable
from tallysheet.shape import Block, Blocks, load_schema
from tallysheet.shape.accept import make_validator

Verdict: TypeAlias = Literal["wrong", "acknowledged", "consistent", "not checkable", "not judged"]
FIGURES = ("count", "printed")
"""Blocks that are one figure each."""


class Answered(NamedTuple):
    """One answer of a rule on one place: a finding is told apart in the table of findings."""

    pointer: str
    rule: str
    verdict: Verdict
    reason: str | None


@dataclass(frozen=True)
class JudgedRecord:
    """A record, its building blocks, and the answers of all rules on it."""

    record: Record
    blocks: list[Block]
    answers: list[Answered]

    @cached_property
    def at(self) -> At:
        """The record as a whole, which knows how its figures are read."""
        return At("", self.record.value, self.record.id)

    @cached_property
    def owners(self) -> dict[str, str]:
        """The names of blocks that hold figures, by pointer."""
        return {block.pointer: block.name for block in self.blocks if block.name not in FIGURES}

    def owner(self, pointer: str) -> str:
        """Return the pointer of the innermost block around a place."""
        while pointer and pointer not in self.owners:
            pointer = pointer.rpartition("/")[0]
        return pointer

    @cached_property
    def by_place(self) -> dict[str, list[Answered]]:
        """The answers by the place that they speak of, and by the block around it."""
        found: dict[str, list[Answered]] = {}
        for answer in self.answers:
            for place in {answer.pointer, self.owner(answer.pointer)}:
                found.setdefault(place, []).append(answer)
        return found

    def verdict(self, pointer: str) -> tuple[Verdict, str | None]:
        """Return what came of a figure: of its own place, else of the block that it stands in.

        One that something contradicts is wrong; else one that any rule could test is consistent.
        """
        here = self.by_place.get(pointer) or self.by_place.get(self.owner(pointer), [])
        for verdict in ("wrong", "acknowledged", "consistent", "not checkable"):
            for answer in here:
                if answer.verdict == verdict:
                    return verdict, answer.reason
        return "not judged", None


class Judge:
    """Asks the rules of one collection again, now for every answer."""

    def __init__(self, collection: Collection) -> None:
        self.engine = Engine(collection.repository)
        bundled = load_schema("", MAIN, lambda name: (BUNDLED / name).read_bytes())
        self.fits = make_validator(bundled).is_valid
        own = collection.repository.schema
        self.same = own.main == bundled.main and own.files == bundled.files
        self.blocks = Blocks(bundled)

    def judged(self, record: Record) -> JudgedRecord | None:
        """Return a record with its answers, None where it has other fields than the tables do."""
        if not self.same and not self.fits(record.value):
            return None
        answers = [*found(record), *self.answered(record)]
        return JudgedRecord(record, self.blocks.find(record.value), answers)

    def answered(self, record: Record) -> Iterator[Answered]:
        """Yield what holds and what could not be tested."""
        for rule, answer in self.engine.answers(record.path, record.value, ()):
            if isinstance(answer, Consistent):
                yield Answered(answer.pointer, rule.name, "consistent", None)
            elif isinstance(answer, NotCheckable):
                yield Answered(answer.pointer, rule.name, "not checkable", answer.reason)


def found(record: Record) -> Iterator[Answered]:
    """Yield what is wrong or acknowledged, as the check has told it."""
    for one in record.findings:
        verdict: Verdict = "acknowledged" if one.severity == "acknowledged" else "wrong"
        yield Answered(one.pointer, one.rule, verdict, one.message)
