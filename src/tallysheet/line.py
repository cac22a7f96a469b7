"""Many records in the form in which they are kept: what a run needs of all of them first, the rest only if need be.

A line is two texts in JSON, the second after a tab: paths, stamps, sums and facts are read at once; digests and the
figures of each record only where some of the records no longer count.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from tallysheet.batch import Batch, finding_from
from tallysheet.columns import pack, unpack
from tallysheet.findings import Finding
from tallysheet.gathered import Part
from tallysheet.judged import OUTCOMES, Crash
from tallysheet.stamps import OLD, SIZE, Runs, runs_of

DIGEST = 64
NO_DIGEST = "-" * DIGEST


RECORDS = 512
"""Records of a line, about."""


class Line:
    """Records by their paths, as `body` holds them, but for those `gone`: they count no more."""

    def __init__(self, body: bytes | memoryview, gone: frozenset[int] = frozenset()) -> None:
        self.body = body
        self.gone = gone
        light, tab, _ = bytes(body).partition(b"\t")
        if not tab:
            raise ValueError("no line")
        self.light: dict[str, Any] = json.loads(light)
        self.runs: Runs = [(above, unpack(names, count)) for above, names, count in self.light["paths"]]
        self.paths = [below + name for above, names in self.runs for below in [above and above + "/"] for name in names]
        self.stamps: str = self.light["stamps"]
        if len(self.stamps) != SIZE * len(self.paths) or len(self.light["sums"]) != len(OUTCOMES):
            raise ValueError("columns of different lengths")

    def __len__(self) -> int:
        return len(self.paths) - len(self.gone)

    def without(self, gone: Iterable[int]) -> "Line":
        """Return the line with more rows gone."""
        found = object.__new__(Line)
        found.__dict__.update(self.__dict__)
        for name in ("live", "more"):
            found.__dict__.pop(name, None)
        found.gone = self.gone.union(gone)
        return found

    def wanted(self, asked: Mapping[str, bool]) -> "Line":
        """Return the line with those records only of which all is asked."""
        return self.without(row for row, path in enumerate(self.paths) if row not in self.gone and not asked[path])

    @cached_property
    def rest(self) -> dict[str, Any]:
        """What is known of each record by itself."""
        found: dict[str, Any] = json.loads(bytes(self.body).partition(b"\t")[2])
        return found

    @cached_property
    def live(self) -> bytes | None:
        """Of each row whether it counts, 1 or 0; None where all do."""
        if not self.gone:
            return None
        found = bytearray(b"\1" * len(self.paths))
        for row in self.gone:
            found[row] = 0
        return bytes(found)

    @cached_property
    def more(self) -> dict[str, dict[str, Any]]:
        """What few records have, by row."""
        found: dict[str, dict[str, Any]] = self.light["more"]
        return {row: more for row, more in found.items() if int(row) not in self.gone} if self.gone else found

    @property
    def gathered(self) -> list[int]:
        """Rows of which only the facts were asked."""
        return [row for row in self.light["gathered"] if row not in self.gone]

    @property
    def unstamped(self) -> bool:
        """Whether the file system proves nothing of all records."""
        return self.stamps.count(OLD) == len(self.paths)

    def stamp(self, row: int) -> str:
        """Return what the file system said of a file before it was read."""
        return self.stamps[row * SIZE : (row + 1) * SIZE]

    def digest(self, row: int) -> str:
        """Return the SHA-256 of a record's content, empty where there is none."""
        found: str = self.rest["digests"][row * DIGEST : (row + 1) * DIGEST]
        return "" if found == NO_DIGEST else found

    def sums(self) -> list[int]:
        """Return how many figures there are of each outcome."""
        sums: list[int] = self.light["sums"]
        if not self.gone:
            return sums
        if not len(self):
            return [0] * len(OUTCOMES)
        return [
            total - sum(map(column.__getitem__, self.gone))
            for total, column in zip(sums, self.rest["figures"], strict=True)
        ]

    def reason_sums(self) -> Iterator[tuple[str, int]]:
        """Yield why figures were not checkable, and how many."""
        for reason, total in self.light["reasons"]:
            if not self.gone:
                yield reason, total
            elif number := sum(
                number for row, number in zip(*self.rest["reasons"][reason], strict=True) if row not in self.gone
            ):
                yield reason, number

    def part(self, rule: str) -> Part | None:
        """Return the facts that a rule has gathered, None for none."""
        if rule not in self.light["facts"]:
            return None
        kept, places, facts = self.light["facts"][rule]
        rows: Sequence[int] = range(len(self.paths)) if kept is None else kept
        live = self.live if kept is None or self.live is None else bytes(map(self.live.__getitem__, kept))
        return Part(self.paths, rows, places, facts, live)

    def batch(self) -> Batch:
        """Return the records in rows that can be chosen from and added to."""
        found = Batch()
        found.paths = list(self.paths)
        found.stamps = [self.stamp(row).replace(OLD, "") for row in range(len(self.paths))]
        found.digests = [self.digest(row) for row in range(len(self.paths))]
        found.figures = self.rest["figures"]
        found.reasons = {reason: (rows, numbers) for reason, (rows, numbers) in self.rest["reasons"].items()}
        for rule, (rows, places, facts) in self.light["facts"].items():
            at = list(range(len(self.paths))) if rows is None else rows
            found.facts[rule] = (at, unpack(places, len(at)), unpack(facts, len(at)))
        found.gathered = self.light["gathered"]
        found.more = self.light["more"]
        return found.select([row for row in range(len(self.paths)) if row not in self.gone])

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of all rows."""
        for more in self.more.values():
            for found in more.get("findings", ()):
                yield finding_from(found)

    def crashes(self) -> Iterator[Crash]:
        """Yield the rules that raised."""
        for more in self.more.values():
            for crash in more.get("crashes", ()):
                yield Crash(*crash)


def line_of(batch: Batch) -> Line:
    """Return some records as they are kept; raises TypeError or the like for facts that JSON can't hold."""
    every = list(range(len(batch)))
    light = {
        "paths": [[above, pack(names), len(names)] for above, names in runs_of(batch.paths)],
        "stamps": "".join(stamp or OLD for stamp in batch.stamps),
        "sums": list(map(sum, batch.figures)),
        "reasons": [[reason, sum(numbers)] for reason, (_, numbers) in batch.reasons.items()],
        "facts": {
            rule: [None if rows == every else rows, pack(places), pack(facts)]
            for rule, (rows, places, facts) in batch.facts.items()
        },
        "gathered": batch.gathered,
        "more": batch.more,
    }
    heavy = {
        "digests": "".join(digest or NO_DIGEST for digest in batch.digests),
        "figures": batch.figures,
        "reasons": batch.reasons,
    }
    return Line(b"\t".join(json.dumps(part, separators=(",", ":")).encode() for part in (light, heavy)))


def lines_of(batches: Iterable[Batch]) -> Iterator[Line]:
    """Yield lines from smaller batches, as these come."""
    waiting = Batch()
    for batch in batches:
        waiting.extend(batch)
        if len(waiting) >= RECORDS:
            yield line_of(waiting)
            waiting = Batch()
    if len(waiting):
        yield line_of(waiting)
