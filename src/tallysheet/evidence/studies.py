"""Which reports are of one study, and which studies may share patients, as the records say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SAME_STUDY = frozenset({"comments-on", "secondary-publication-of", "earlier-report-of", "later-report-of", "corrects"})
"""Links between publications that report the same patients."""


@dataclass
class Studies:
    """The studies of a collection by one name each, and how they stand to each other."""

    names: dict[str, str] = field(default_factory=dict)
    """What leads from a study's id to the name of all its ids."""
    holders: dict[str, set[str]] = field(default_factory=dict)
    """Studies that hold all patients of a study (`subset_of`)."""
    sharing: dict[str, set[str]] = field(default_factory=dict)
    """Studies that may hold some of its patients (`overlaps`, and `includes` between publications)."""

    def name(self, study: str) -> str:
        """Return the one name of a study, however many ids it has."""
        path = []
        while (up := self.names.get(study, study)) != study:
            path.append(study)
            study = up
        self.names.update(dict.fromkeys(path, study))
        return study

    def unite(self, one: str, other: str) -> None:
        """Take two ids for one study, named after the first in the alphabet."""
        first, second = sorted((self.name(one), self.name(other)))
        if first != second:
            self.names[second] = first

    def around(self, study: str) -> set[str]:
        """Return a study with all that hold it, however many steps away."""
        seen: set[str] = set()
        ahead = [self.name(study)]
        while ahead:
            if (one := ahead.pop()) not in seen:
                seen.add(one)
                ahead.extend(self.holders.get(one, ()))
        return seen

    def pairs(self, studies: Iterable[str]) -> list[tuple[str, str]]:
        """Return the pairs among `studies`, by name, that may share patients: they or studies that hold them."""
        around = {study: self.around(study) for study in dict.fromkeys(map(self.name, studies))}
        within: dict[str, list[str]] = {}
        for study, holders in around.items():
            for holder in holders:
                within.setdefault(holder, []).append(study)
        found = set()
        for study, holders in around.items():
            near = {other for holder in holders for other in self.sharing.get(holder, ())}
            others = {one for other in near for one in within.get(other, ())}
            found |= {(min(study, other), max(study, other)) for other in others if other != study}
        return sorted(found)


def read_studies(records: Iterable[Mapping[str, Any]]) -> Studies:
    """Return how the studies of all records stand to each other; links hold in both directions."""
    every = list(records)
    studies = Studies()
    of = {record["id"]: str(record.get("study", {}).get("id", record["id"])) for record in every}
    for record in every:
        for other in record.get("study", {}).get("same_as", ()):
            studies.unite(of[record["id"]], other)
        for link in record.get("links", ()):
            if link["as"] in SAME_STUDY and link["to"] in of:
                studies.unite(of[record["id"]], of[link["to"]])
    for record in every:
        name = studies.name(of[record["id"]])
        block = record.get("study", {})
        holders = {studies.name(other) for other in block.get("subset_of", ())} - {name}
        if holders:
            studies.holders.setdefault(name, set()).update(holders)
        sharing = {studies.name(other) for other in block.get("overlaps", ())}
        includes = [link["to"] for link in record.get("links", ()) if link["as"] == "includes"]
        sharing |= {studies.name(of[other]) for other in includes if other in of}
        for other in sharing - {name}:
            studies.sharing.setdefault(name, set()).add(other)
            studies.sharing.setdefault(other, set()).add(name)
    return studies
