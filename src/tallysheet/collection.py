"""A whole collection in memory: every record that is well formed, and what the check says of all of them.

What can't be read or does not fit the schema is left out, and named: an audit of a part says that it is of a part.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tallysheet.engine import Day, Engine
from tallysheet.findings import Fault, Finding
from tallysheet.reader import Document, read
from tallysheet.repository import Repository
from tallysheet.run import Progress, Report, run


@dataclass(frozen=True)
class Record:
    """One record: its values as the schema describes them, and the text that they were read from."""

    path: str
    value: dict[str, Any]
    data: bytes
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The id, which is the file's name as well."""
        return str(self.value["id"])

    @property
    def study(self) -> str:
        """The study that the publication reports, or the record's own id where it names none."""
        return str(self.value.get("study", {}).get("id", self.id))

    @cached_property
    def document(self) -> Document:
        """The record as the reader gives it, for places."""
        return read(self.data)

    def line(self, pointer: str) -> int:
        """Return the line on which a place of the record stands."""
        from tallysheet.sight import Sight

        return Sight(self.path, self.document).span(pointer).line


@dataclass(frozen=True)
class Collection:
    """All records that are well formed, by id, and the report on all of them."""

    repository: Repository
    report: Report
    records: dict[str, Record] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    """Why a record takes no part, by its path."""


def open_collection(repository: Repository, progress: Progress | None = None, day: Day | None = None) -> Collection:
    """Check and read all records of a repository; of two with one id the first stays."""
    report = run(repository, progress=progress, day=day)
    collection = Collection(repository, report)
    engine = Engine(repository)
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.path, []).append(finding)
    found, faults = repository.tree.records(repository.settings.records)
    collection.left_out.update({path: fault.message for path, fault in faults})
    for path in found:
        data = repository.tree.open(path)
        document = None if isinstance(data, Fault) else read(data)
        if isinstance(data, Fault) or document is None or document.value is None:
            collection.left_out[path] = "can't be read"
        elif not engine.accepts(document.value):
            collection.left_out[path] = "does not fit the schema"
        elif (record := Record(path, document.value, data, tuple(findings.get(path, ())))).id in collection.records:
            collection.left_out[path] = f"has the id of {collection.records[record.id].path}"
        else:
            collection.records[record.id] = record
    return collection
