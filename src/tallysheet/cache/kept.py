"""What is kept of a repository: opened before a run, asked for records that are unchanged, written after it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from tallysheet.batch import ODD, Batch, read_batch
from tallysheet.cache.laws import still_so
from tallysheet.cache.store import read_lines, write_lines
from tallysheet.findings import Fault
from tallysheet.stamps import stamps_of
from tallysheet.trees import Folder

FORMAT = 2
AT_ONCE = 512
"""Records of a line."""
DEAD = 0.25
"""Where a greater part of the rows is out of date, the file is written anew and not only added to."""


class Kept:
    """The cache of one repository for one choice of rules; `head` says what the records were judged by."""

    def __init__(self, tree: Folder, choice: Any, tool: str) -> None:
        self.tree = tree
        self.first = {"format": FORMAT, "tool": tool, "choice": choice}
        self.name = f"cache-{hashlib.sha256(json.dumps(choice).encode()).hexdigest()[:16]}"
        self.lines: list[memoryview] = []
        self.head: Mapping[str, Any] | None = None
        self.rows = self.live = 0
        self.used: list[Batch] = []
        self.fresh: list[Batch] = []
        lines = read_lines(tree.root, self.name)
        if lines:
            with suppress(*ODD):
                head = json.loads(bytes(lines[0]))
                if all(head[name] == value for name, value in self.first.items()) and still_so(tree, head["laws"]):
                    self.head, self.lines = head, lines[1:]

    def forget(self) -> None:
        """Take what is there for nothing."""
        self.head, self.lines = None, []

    def take(self, paths: Mapping[str, bool], today: str) -> tuple[list[Batch], list[str]]:
        """Return what is kept of the records at `paths` that are unchanged, and the paths of all others, in order.

        Each path comes with whether all is asked of it, or only its facts.
        """
        batches: list[Batch] = []
        for line in self.lines:
            with suppress(*ODD):
                batches.append(read_batch(line))
        newest: dict[str, int] = {}
        for index, batch in enumerate(batches):
            newest.update(dict.fromkeys(batch.paths, index))
        self.rows = sum(map(len, batches))
        stamps = stamps_of(self.tree.root, paths) if batches else {}
        held: set[str] = set()
        for index, batch in enumerate(batches):
            if (
                list(map(stamps.get, batch.paths)) == batch.stamps
                and self.rows == len(newest)
                and not (batch.gathered or any("dated" in more for more in batch.more.values()))
            ):
                self.used.append(batch)
            else:
                self.sort_out(batch, [path for path in batch.paths if newest[path] == index], stamps, paths, today)
        for batch in (*self.used, *self.fresh):
            held.update(batch.paths)
        self.live = sum(map(len, self.used))
        return [*self.used, *self.fresh], [path for path in paths if path not in held] if len(held) < len(paths) else []

    def sort_out(
        self, batch: Batch, newest: Iterable[str], stamps: Mapping[str, str], paths: Mapping[str, bool], today: str
    ) -> None:
        """Enter the rows that hold: unchanged by their stamp into `used`, by their content alone into `fresh`."""
        current = set(newest)
        gathered = set(batch.gathered)
        same: list[int] = []
        alike: list[int] = []
        for row, path in enumerate(batch.paths):
            if path not in current or path not in paths or (row in gathered and paths[path]):
                continue
            if batch.rest(row).get("dated", today) != today:
                continue
            stamp = stamps.get(path, "")
            if stamp and stamp == batch.stamps[row]:
                same.append(row)
            elif self.is_alike(path, batch.digests[row]):
                alike.append(row)
        self.used.append(batch if len(same) == len(batch) else batch.select(same))
        if alike:
            renewed = batch.select(alike)
            renewed.stamps = [stamps.get(path, "") for path in renewed.paths]
            self.fresh.append(renewed)

    def is_alike(self, path: str, digest: str) -> bool:
        """Tell whether a record has the content that was judged."""
        data = self.tree.open(path)
        return not isinstance(data, Fault) and hashlib.sha256(data).hexdigest() == digest

    def keep(self, batches: Iterable[Batch], head: Mapping[str, Any], *, whole: bool) -> None:
        """Write down what has come of more records; `whole` if every record of the repository was asked for.

        A disk that is full or can't be written to costs the next run its time, and this one nothing.
        """
        new = [kept for batch in batches if len(kept := batch.select(keepable(batch)))]
        new += [batch for batch in self.fresh if any(batch.stamps)]
        if not new and self.head is not None and (not whole or self.live >= self.rows * (1 - DEAD)):
            return
        lines: list[bytes | memoryview] = [json.dumps({**self.first, **head}).encode()]
        if self.head is None or (whole and self.live < self.rows * (1 - DEAD)):
            lines += [batch.write() for batch in self.used if len(batch)]
            new += [batch for batch in self.fresh if batch not in new]
        else:
            lines += self.lines
        lines += [batch.write() for batch in joined(new)]
        with suppress(OSError):
            write_lines(self.tree.root, self.name, lines)


def keepable(batch: Batch) -> Sequence[int]:
    """Return the rows that may be kept: what was read, and no rule raised on."""
    odd = {int(row) for row, more in batch.more.items() if "crashes" in more}
    return [row for row, digest in enumerate(batch.digests) if digest and row not in odd]


def joined(batches: Iterable[Batch]) -> Iterable[Batch]:
    """Yield batches of about the size of a line from smaller ones."""
    waiting = Batch()
    for batch in batches:
        waiting = waiting.joined(batch) if len(waiting) else batch
        if len(waiting) >= AT_ONCE:
            yield waiting
            waiting = Batch()
    if len(waiting):
        yield waiting
