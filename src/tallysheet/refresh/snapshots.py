"""Snapshots: what each source said of a record's publication, and when; one readable file a record, kept in git."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from tallysheet.findings import Fault
from tallysheet.refresh.facts import Facts, as_json, from_json
from tallysheet.refresh.strict_json import NotJson, read_json, texts
from tallysheet.report.sinks import json_text
from tallysheet.trees import Tree
from tallysheet.waivers import day_of

FOLDER = "snapshots"
FORMAT_VERSION = 1
Source: TypeAlias = Literal["crossref", "pubmed", "retraction_watch"]
SOURCES: tuple[Source, ...] = ("crossref", "pubmed", "retraction_watch")


@dataclass(frozen=True, slots=True)
class Said:
    """What one source said on one day; `facts` is None where it does not know the identifier."""

    on: str
    identifier: str
    facts: Facts | None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What all sources said of one record."""

    record: str
    said: Mapping[Source, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshots:
    """All snapshots of a repository by record, and the files that are none, with the reason."""

    by_record: Mapping[str, Snapshot] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)


def path_of(record: str) -> str:
    """Return where the snapshot of a record lies, from the top of the repository."""
    return f"{FOLDER}/{record}.json"


def load_snapshots(tree: Tree) -> Snapshots:
    """Return the snapshots in a tree; nothing there is taken on trust, and what can't be read is named."""
    found: dict[str, Snapshot] = {}
    unreadable: dict[str, str] = {}
    for path in sorted(tree.files(FOLDER)) if tree.holds(FOLDER) else ():
        stem = path.removeprefix(f"{FOLDER}/").removesuffix(".json")
        if path_of(stem) != path or "/" in stem:
            continue
        data = tree.open(path)
        if isinstance(data, Fault):
            unreadable[path] = data.message
            continue
        try:
            found[stem] = read_snapshot(data, stem)
        except NotJson as reason:
            unreadable[path] = str(reason)
    return Snapshots(found, unreadable)


def read_snapshot(data: bytes, record: str) -> Snapshot:
    """Return the snapshot in a file; raises NotJson for one that is none, or is of another record."""
    value = read_json(data)
    if not isinstance(value, dict) or value.get("format_version") != FORMAT_VERSION:
        raise NotJson("no snapshot of this format")
    if value.get("record") != record:
        raise NotJson("is of another record than its name says")
    said: dict[Source, Said] = {}
    for source in SOURCES:
        if isinstance(given := value.get(source), dict):
            said[source] = read_said(given)
    return Snapshot(record, said)


def read_said(given: Mapping[str, Any]) -> Said:
    """Return what one source said."""
    on, identifier, etag, modified = (
        next(iter(texts(given.get(name))), None) for name in ("on", "identifier", "etag", "modified")
    )
    if day_of(on or "") is None or identifier is None:
        raise NotJson("says not when it was asked, or for what")
    facts = from_json(given["facts"]) if isinstance(given.get("facts"), dict) else None
    return Said(str(on), identifier, facts, etag, modified)


def written(snapshot: Snapshot) -> bytes:
    """Return a snapshot as the bytes of its file: the same for the same facts, one a line for reviewers."""
    document: dict[str, Any] = {"format_version": FORMAT_VERSION, "record": snapshot.record}
    for source in SOURCES:
        if said := snapshot.said.get(source):
            document[source] = {
                "on": said.on,
                "identifier": said.identifier,
                **({"etag": said.etag} if said.etag else {}),
                **({"modified": said.modified} if said.modified else {}),
                "facts": None if said.facts is None else as_json(said.facts),
            }
    text = json_text(document, indent=2)
    return (json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def age(said: Said, today: date) -> int:
    """Return how many days ago a source was asked."""
    asked = day_of(said.on)
    return (today - asked).days if asked else 0
