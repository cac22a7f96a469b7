"""The collection as studies: which records report one study, how large it is, which studies name each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tallysheet.collection import Collection, Record
from tallysheet.pointers import pointer

LINKS = ("subset_of", "overlaps", "same_as")
"""Fields of a study that name studies with some of the same patients."""
CITING = frozenset(
    {"systematic-review", "scoping-review", "review", "commentary", "correspondence", "consensus", "drug-profile"}
)
"""Kinds of publication whose patients were reported elsewhere."""
GONE = frozenset({"retracted", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Study:
    """One study: its records, in order of their paths."""

    id: str
    records: tuple[Record, ...]

    @property
    def conditions(self) -> frozenset[str]:
        """The conditions of its groups."""
        return frozenset(str(g["condition"]) for r in self.records for g in groups(r) if "condition" in g)

    @property
    def patients(self) -> int:
        """The size of its largest group in any report."""
        return max((patients(record) for record in self.records), default=0)


def studies_of(collection: Collection) -> dict[str, Study]:
    """Return the studies of all records that stand, in order of their ids."""
    found: dict[str, list[Record]] = {}
    for record in in_order(collection):
        if record.value["status"] not in GONE:
            found.setdefault(record.study, []).append(record)
    return {name: Study(name, tuple(records)) for name, records in sorted(found.items())}


def in_order(collection: Collection) -> list[Record]:
    """Return all records in order of their paths."""
    return sorted(collection.records.values(), key=lambda record: record.path)


def groups(record: Record) -> list[dict[str, Any]]:
    """Return the groups of a record."""
    return list(record.value.get("groups", ()))


def patients(record: Record) -> int:
    """Return the size of the largest group of a record, 0 if it has none."""
    return max((group["n"] for group in groups(record)), default=0)


def links_of(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the links of the study that a record reports: field, the other study, and its place."""
    study = record.value.get("study", {})
    for name in LINKS:
        for index, other in enumerate(study.get(name, ())):
            yield name, other, pointer("study", name, index)


def linked(studies: dict[str, Study]) -> set[frozenset[str]]:
    """Return the pairs of studies of which one names the other."""
    return {
        frozenset((study.id, other))
        for study in studies.values()
        for record in study.records
        for _, other, _ in links_of(record)
    }


def is_linked(one: Record, other: Record) -> bool:
    """Tell whether one of two records names the other, as a link or as what replaces it."""
    return names(one, other.id) or names(other, one.id)


def names(record: Record, other: str) -> bool:
    """Tell whether a record names another, as a link or as what replaces it."""
    return record.value.get("replaced_by") == other or any(
        link["to"] == other for link in record.value.get("links", ())
    )


def related_conditions(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets hold one condition, or one and a kind of it: mas and mas-sle."""
    return any(a == b or a.startswith(f"{b}-") or b.startswith(f"{a}-") for a in one for b in other)
