"""All that the pages show, gathered once: the collection, the labels of its words, who refers to whom, its history."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tallysheet.collection import Collection, Record
from tallysheet.engine import Engine
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.site.frame import Entry, Frame
from tallysheet.site.history import History
from tallysheet.site.links import within
from tallysheet.site.markup import Html, Link, tag

TITLE = "Collection of records"
NAMES_A_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
NEEDED = {"id": str, "status": str, "kind": str, "citation": dict, "curation": dict}
"""What the pages ask of every record, whatever the schema of the repository demands."""
VOCABULARIES = ("kinds", "conditions", "outcomes")


@dataclass(frozen=True)
class Gathered:
    """What a page is made from."""

    collection: Collection
    title: str
    history: History
    entries: Sequence[Entry] = field(default=())
    """The pages that every page leads to."""

    @property
    def frame(self) -> Frame:
        """What the pages have in common."""
        return Frame(self.title, self.entries)

    @cached_property
    def engine(self) -> Engine:
        """The rules, to ask what they say of each record."""
        return Engine(self.collection.repository)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The label of each word of the vocabularies."""
        found: dict[str, str] = {}
        for name in VOCABULARIES:
            terms = self.collection.repository.schema.files.get(f"{name}.schema.json", {}).get("x-terms", {})
            found |= {f"{name}/{word}": str(term.get("label", word)) for word, term in terms.items()}
        return found

    def label(self, vocabulary: str, word: str) -> str:
        """Return what people call a word of a vocabulary."""
        return self.labels.get(f"{vocabulary}/{word}", word.replace("-", " "))

    @cached_property
    def referring(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Who refers to a record, and as what, by the record's id."""
        found: dict[str, list[tuple[str, str]]] = {}
        for record in self.collection.records.values():
            for link in record.value.get("links", ()):
                found.setdefault(link["to"], []).append((record.id, link["as"]))
        return found

    @cached_property
    def studies(self) -> Mapping[str, Sequence[str]]:
        """The records of each study."""
        found: dict[str, list[str]] = {}
        for record in self.collection.records.values():
            found.setdefault(record.study, []).append(record.id)
        return found

    def record_link(self, identity: str, up: str = "") -> Html:
        """Return a link to a record's page, or its id alone where the collection has none."""
        known = identity in self.collection.records
        return tag("a", identity, href=record_page(identity, up)) if known else tag("span", identity)

    def rule_link(self, name: str, up: str = "") -> Html:
        """Return a link to what a rule holds to."""
        return tag("a", name, href=within(f"rules.html#{name}", up), class_="rule")


def record_page(identity: str, up: str = "") -> Link:
    """Return the address of a record's page."""
    return within(f"records/{identity}.html", up)


def showable(collection: Collection) -> Collection:
    """Return the collection without records that the pages can't show, which a schema of one's own may allow."""
    records, left_out = {}, dict(collection.left_out)
    for identity, record in collection.records.items():
        if not NAMES_A_FILE.fullmatch(identity):
            left_out[record.path] = "has an id that names no page"
        elif not all(isinstance(record.value.get(name), kind) for name, kind in NEEDED.items()):
            left_out[record.path] = "is no record of a publication as the pages know it"
        elif not isinstance(record.value["citation"].get("title"), str):
            left_out[record.path] = "cites no title"
        else:
            records[identity] = record
    return Collection(collection.repository, collection.report, records, left_out)


def title_of(collection: Collection) -> str:
    """Return the first heading of the README among the records, or a plain title."""
    text = (beside(collection, "README.md") or b"").decode(errors="replace")
    return next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), TITLE)[:200] or TITLE


def beside(collection: Collection, name: str) -> bytes | None:
    """Return a small regular file that lies among the records; None for a link, a large file, or none.

    A tree opens files with names that records may have, which README and LICENSE have not.
    """
    folder = collection.repository.root / collection.repository.settings.records
    path = folder / name
    if folder.is_symlink() or path.is_symlink() or not path.is_file() or path.stat().st_size > FILE_BYTES:
        return None
    return path.read_bytes()


def byline(record: Record) -> str:
    """Return the authors in short: one, two, or the first and others."""
    citation: Mapping[str, Any] = record.value.get("citation", {})
    authors = citation.get("authors", [])
    if len(authors) > 2 or (authors and citation.get("et_al")):  # noqa: PLR2004 - two are named
        return f"{authors[0]} et al."
    return " and ".join(authors)
