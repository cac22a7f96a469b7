"""Records against snapshots: whether title, year, journal, volume, pages and authors agree, and what has become since.

Compared is what people would call the same: case, punctuation, diacritics, abbreviated journals and shortened pages
make no difference. What a source does not give is not checkable, never an agreement.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from tallysheet.collection import Collection
from tallysheet.refresh import same
from tallysheet.refresh.facts import Facts, Update
from tallysheet.refresh.snapshots import Said, Snapshots, Source

Verdict: TypeAlias = Literal["agrees", "differs", "not checkable"]
Field: TypeAlias = Literal["title", "year", "journal", "volume", "pages", "authors"]
BRACKETED = re.compile(r"\[.*\]")
STATUS_OF = {"retracted": "retracted", "corrected": "corrected"}
"""What the record's own status should be where a source says so."""
NOTED = ("retracted", "corrected", "expression of concern", "superseded preprint", "reinstated")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one field of a record agrees with one source; `pointer` is where it stands in the record."""

    record: str
    field: Field
    pointer: str
    verdict: Verdict
    ours: str
    theirs: str
    source: Source
    on: str
    """The day on which the source was asked."""


@dataclass(frozen=True, slots=True)
class Status:
    """What has become of a publication by one source, and what its record says."""

    record: str
    kind: str
    source: Source
    asked: str
    notice: str | None
    on: str | None
    status: str
    """The record's own status."""
    known: bool
    """Whether the record says it already."""


def metadata(collection: Collection, snapshots: Snapshots) -> list[Answer]:
    """Return how the citations of all records compare with what the sources say, by record, source and field."""
    found: list[Answer] = []
    for name, record in sorted(collection.records.items()):
        for source, said in said_of(snapshots, name):
            if said.facts is not None and source != "retraction_watch":
                found += compared(name, record.value["citation"], source, said, said.facts)
    return found


def said_of(snapshots: Snapshots, record: str) -> Iterator[tuple[Source, Said]]:
    """Yield what each source said of a record."""
    if snapshot := snapshots.by_record.get(record):
        yield from snapshot.said.items()


def compared(record: str, citation: Mapping[str, Any], source: Source, said: Said, facts: Facts) -> Iterator[Answer]:
    """Yield an answer for each field that the record or the source has."""
    pairs: tuple[tuple[Field, tuple[str, ...], Callable[[str, str], bool]], ...] = (
        ("title", (facts.title,) if facts.title else (), same.title),
        ("year", facts.years, str.__eq__),
        ("journal", facts.journals, same.journal),
        ("volume", (facts.volume,) if facts.volume else (), same.number),
        ("pages", (facts.pages,) if facts.pages else (), same.pages),
    )
    for field, theirs, alike in pairs:
        ours = str(citation.get(field, ""))
        unseen = field == "title" and BRACKETED.fullmatch(ours)
        if not ours and not theirs:
            continue
        if not ours or not theirs or unseen:
            verdict: Verdict = "not checkable"
        else:
            verdict = "agrees" if any(alike(ours, one) for one in theirs) else "differs"
        yield Answer(record, field, f"/citation/{field}", verdict, ours, " / ".join(theirs), source, said.on)
    if names := citation.get("authors", ()):
        theirs, place = facts.authors, same.first_difference(names, facts.authors, et_al="et_al" in citation)
        verdict = "not checkable" if not theirs else "agrees" if place is None else "differs"
        where = "/citation/authors" if place is None or place >= len(names) else f"/citation/authors/{place}"
        ours = (*names[place or 0 :], "(no more)")[0] if verdict == "differs" else f"{len(names)} authors"
        other = (*theirs[place or 0 :], "(no more)")[0] if verdict == "differs" else f"{len(theirs)} authors"
        yield Answer(record, "authors", where, verdict, ours, other, source, said.on)


def statuses(collection: Collection, snapshots: Snapshots) -> list[Status]:
    """Return what has become of the publications: once for a source, kind and notice."""
    found: list[Status] = []
    for name, record in sorted(collection.records.items()):
        own = str(record.value["status"])
        for source, said in said_of(snapshots, name):
            facts = said.facts or Facts()
            preprint = (Update("superseded preprint", article) for article in facts.preprint_of)
            for update in dict.fromkeys((*facts.updates, *preprint)):
                if update.kind in NOTED:
                    known = own in (STATUS_OF.get(update.kind), "retracted", "withdrawn")
                    found.append(Status(name, update.kind, source, said.on, update.notice, update.on, own, known))
    return found
