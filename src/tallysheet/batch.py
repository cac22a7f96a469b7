"""What came of some records, as columns of JSON values: how workers answer, and what the cache keeps.

A column at a time, a hundred thousand records are read, compared and summed by loops that run in C. Whatever judges,
here or in another process, today or last week, its answers take this form: so that they can't differ.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tallysheet.findings import Acknowledgement, Finding, Related, Span
from tallysheet.gathered import Part
from tallysheet.judged import OUTCOMES, Judged

ODD = (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError)
"""What taking apart a text raises that is no batch."""


class Batch:
    """Records by their paths, a column for each thing that is known of them; `texts` of the rest are rare."""

    __slots__ = ("digests", "facts", "figures", "gathered", "more", "paths", "reasons", "stamps")

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.stamps: list[str] = []
        """What the file system said of the file before it was read; empty where that proves nothing."""
        self.digests: list[str] = []
        """SHA-256 of the content; empty where there is none."""
        self.figures: list[list[int]] = [[] for _ in OUTCOMES]
        self.reasons: dict[str, tuple[list[int], list[int]]] = {}
        """Why figures were not checkable: by reason, the rows and how many figures of each."""
        self.facts: dict[str, tuple[list[int], list[str], list[Any]]] = {}
        """By rule: the row, the block's pointer and the facts of each block, in the order of rows."""
        self.gathered: list[int] = []
        """Rows of which only the facts were asked."""
        self.more: dict[str, dict[str, Any]] = {}
        """What few records have, by row: findings, waivers, the day, crashes, that it is unreadable."""

    def __len__(self) -> int:
        return len(self.paths)

    def add(self, judged: Judged, stamp: str = "", digest: str = "", day: str = "", *, whole: bool = True) -> None:
        """Enter what came of one record, and the day if that had a say; `whole` is false if only facts were asked."""
        row = len(self.paths)
        self.paths.append(judged.path)
        self.stamps.append(stamp)
        self.digests.append(digest)
        for column, outcome in zip(self.figures, OUTCOMES, strict=True):
            column.append(judged.figures[outcome])
        for rule, entries in judged.facts.items():
            rows, places, facts = self.facts.setdefault(rule, ([], [], []))
            for entry in entries:
                rows.append(row)
                places.append(entry.pointer)
                facts.append(entry.facts)
        for reason, number in judged.reasons.items():
            at, numbers = self.reasons.setdefault(reason, ([], []))
            at.append(row)
            numbers.append(number)
        if not whole:
            self.gathered.append(row)
        more = rest_of(judged)
        if judged.dated:
            more["dated"] = day
        if more:
            self.more[str(row)] = more

    def rest(self, row: int) -> dict[str, Any]:
        """Return what few records have of the record in a row."""
        return self.more.get(str(row), {})

    def select(self, rows: Sequence[int]) -> "Batch":
        """Return a batch of some of the rows, which are in order."""
        found = Batch()
        new = {row: index for index, row in enumerate(rows)}
        found.paths = [self.paths[row] for row in rows]
        found.stamps = [self.stamps[row] for row in rows]
        found.digests = [self.digests[row] for row in rows]
        found.figures = [[column[row] for row in rows] for column in self.figures]
        for rule, columns in self.facts.items():
            if kept := [(new[row], place, facts) for row, place, facts in zip(*columns, strict=True) if row in new]:
                at, places, values = zip(*kept, strict=True)
                found.facts[rule] = (list(at), list(places), list(values))
        for reason, (at_rows, numbers) in self.reasons.items():
            if some := [(new[row], number) for row, number in zip(at_rows, numbers, strict=True) if row in new]:
                found.reasons[reason] = ([row for row, _ in some], [number for _, number in some])
        found.gathered = [new[row] for row in self.gathered if row in new]
        found.more = {str(new[int(row)]): more for row, more in self.more.items() if int(row) in new}
        return found

    def extend(self, other: "Batch") -> None:
        """Add the rows of another batch."""
        first = len(self)
        for name in ("paths", "stamps", "digests"):
            getattr(self, name).extend(getattr(other, name))
        for column, more in zip(self.figures, other.figures, strict=True):
            column.extend(more)
        for rule, (rows, places, facts) in other.facts.items():
            columns = self.facts.setdefault(rule, ([], [], []))
            columns[0].extend(first + row for row in rows)
            columns[1].extend(places)
            columns[2].extend(facts)
        for reason, (at_rows, numbers) in other.reasons.items():
            mine = self.reasons.setdefault(reason, ([], []))
            mine[0].extend(first + row for row in at_rows)
            mine[1].extend(numbers)
        self.gathered.extend(first + row for row in other.gathered)
        self.more.update({str(first + int(row)): more for row, more in other.more.items()})

    def part(self, rule: str) -> Part | None:
        """Return the facts that a rule has gathered, None for none."""
        return Part(self.paths, *self.facts[rule]) if rule in self.facts else None

    def write(self) -> bytes:
        """Return the batch as JSON; raises TypeError, ValueError or RecursionError for facts that JSON can't hold."""
        columns = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(columns, separators=(",", ":")).encode()


def read_batch(text: bytes | memoryview) -> Batch:
    """Return the batch of a text that `write` gave; raises one of ODD for another."""
    columns = json.loads(bytes(text))
    batch = Batch()
    for name in Batch.__slots__:
        setattr(batch, name, columns[name])
    others: list[list[Any]] = [batch.stamps, batch.digests, *batch.figures]
    lengths = {len(batch.paths), *map(len, others)}
    if len(lengths) != 1 or len(batch.figures) != len(OUTCOMES):
        raise ValueError("columns of different lengths")
    return batch


def same_as_stored(facts: Any) -> Any:
    """Return facts as they come out of a batch; raises TypeError or the like for those that JSON can't hold."""
    return json.loads(json.dumps(facts))


def rest_of(judged: Judged) -> dict[str, Any]:
    """Return what few records have, as JSON values; empty for most."""
    more: dict[str, Any] = {}
    if judged.findings:
        more["findings"] = [list(rows_of(finding)) for finding in judged.findings]
    if judged.waivers:
        more["waivers"] = [list(waiver) for waiver in judged.waivers]
    if judged.crashes:
        more["crashes"] = [[crash.rule, crash.path, crash.trace] for crash in judged.crashes]
    if not judged.readable:
        more["unreadable"] = True
    return more


def rows_of(finding: Finding) -> Iterator[Any]:
    """Yield the parts of a finding as JSON values."""
    yield from (finding.rule, finding.severity, finding.path, finding.pointer, span_parts(finding.span))
    yield from (finding.message, finding.hint)
    yield [[one.path, one.pointer, span_parts(one.span), one.message] for one in finding.related]
    seen = finding.acknowledged
    yield None if seen is None else [seen.why, seen.by, seen.on, seen.severity, seen.until]
    yield list(finding.figures)


def span_parts(span: Span) -> list[int]:
    """Return a span as its four numbers."""
    return [span.line, span.column, span.end_line, span.end_column]


def finding_from(parts: Iterable[Any]) -> Finding:
    """Return the finding of these parts."""
    rule, severity, path, place, span, message, hint, related, seen, figures = parts
    others = tuple(Related(there, where, Span(*at), said) for there, where, at, said in related)
    acknowledged = None if seen is None else Acknowledgement(*seen)
    return Finding(rule, severity, path, place, Span(*span), message, hint, others, acknowledged, tuple(figures))
