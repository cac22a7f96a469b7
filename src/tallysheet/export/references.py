"""The citations of all records, read once for every format of references."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,5}(?:-[A-ZÀ-ÖØ-Þ]{1,3})?")
SEVERAL_PAGES = re.compile(r"([A-Za-z]{0,4}[0-9]+[A-Za-z]?)[-–]([A-Za-z]{0,4}[0-9]+[A-Za-z]?)")


@dataclass(frozen=True, slots=True)
class Author:
    """A person by family name and initials, or a body that has no initials."""

    family: str
    initials: str = ""

    @property
    def spaced(self) -> str:
        """The initials with stops and blanks: MB becomes M. B."""
        return " ".join(f"{letter}." for letter in self.initials.replace("-", ""))


@dataclass(frozen=True, slots=True)
class Reference:
    """What reference lists want of a record."""

    id: str
    kind: str
    citation: Mapping[str, Any]
    identifiers: Mapping[str, Any]
    authors: tuple[Author, ...]

    def text(self, name: str) -> str:
        """Return a field of the citation on one line, blank where it is absent."""
        return " ".join(str(self.citation.get(name, "")).split())

    @property
    def doi(self) -> str:
        """The DOI, blank where there is none."""
        return str(self.identifiers.get("doi", ""))

    @property
    def pages(self) -> tuple[str, str]:
        """The first and the last page, as printed; the last is blank for one page or an article number."""
        found = SEVERAL_PAGES.fullmatch(self.text("pages"))
        return (found[1], found[2]) if found else (self.text("pages"), "")

    @property
    def date(self) -> tuple[str, ...]:
        """Year, month and day as far as they are known: of the issue, else online, else the year alone."""
        said = self.text("published") or self.text("online")
        if said and (not self.text("year") or said.startswith(self.text("year"))):
            return tuple(said.split("-"))
        return (self.text("year"),) if self.text("year") else ()


def reference(record: Mapping[str, Any]) -> Reference:
    """Return the reference of a record."""
    citation = record["citation"]
    authors = tuple(author(name) for name in citation.get("authors", ()))
    return Reference(record["id"], record["kind"], citation, record.get("identifiers", {}), authors)


def author(name: str) -> Author:
    """Return an author as the schema has it, family name then initials; without initials it is a body."""
    family, _, last = " ".join(name.split()).rpartition(" ")
    return Author(family, last) if family and INITIALS.fullmatch(last) else Author(" ".join(name.split()))
