"""What is kept of a repository: opened before a run, asked for records that are unchanged, written after it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tallysheet.batch import ODD
from tallysheet.cache.laws import still_so
from tallysheet.cache.rows import differing, digests_of, outdated
from tallysheet.cache.store import read_lines, write_lines
from tallysheet.findings import Fault
from tallysheet.line import NO_DIGEST, RECORDS, Line, line_of, lines_of
from tallysheet.stamps import NONE, SIZE, may_be_alike, stamps_in
from tallysheet.trees import Folder

if TYPE_CHECKING:
    from tallysheet.glance import Stands

FORMAT = 3
DEAD = 0.25
"""Where a greater part of the rows is out of date, the file is written anew and not only added to."""
MANY = 32
"""Small lines, as runs over a few changed records leave them, beyond which these are joined."""


class Kept:
    """The cache of one repository for one choice of rules; `head` says what the records were judged by."""

    def __init__(self, tree: Folder, choice: Any, tool: str) -> None:
        self.tree = tree
        self.first = {"format": FORMAT, "tool": tool, "choice": choice}
        self.name = f"cache-{hashlib.sha256(json.dumps(choice).encode()).hexdigest()[:16]}"
        self.bodies: list[bytes | memoryview] = []
        self.head: Mapping[str, Any] | None = None
        self.rows = self.live = 0
        self.known: dict[str, Any] = {}
        """Where places of records stand that were looked up, by path, with the digests of the contents."""
        self.current: list[Line] = []
        """All that is known of the records of this run."""
        self.used: list[Line] = []
        self.fresh: list[Line] = []
        lines = read_lines(tree.root, self.name)
        if lines:
            with suppress(*ODD):
                head = json.loads(bytes(lines[0]))
                if all(head[name] == value for name, value in self.first.items()) and still_so(tree, head["laws"]):
                    self.head, self.bodies = head, [*lines[1:]]

    def forget(self) -> None:
        """Take what is there for nothing."""
        self.head, self.bodies = None, []

    def take(self, paths: Mapping[str, bool], today: str) -> tuple[list[Line], list[str]]:
        """Return what is kept of the records at `paths` that are unchanged, and the paths of all others, in order.

        Each path comes with whether all is asked of it, or only its facts. `paths` are sorted.
        """
        lines: list[Line] = []
        if self.bodies:
            with suppress(*ODD):
                self.known = json.loads(bytes(self.bodies[-1]))["stands"]
                self.bodies.pop()
        for body in self.bodies:
            with suppress(*ODD):
                lines.append(Line(body))
        self.rows = sum(len(line) for line in lines)
        for line, gone in zip(lines, outdated(lines, paths), strict=True):
            self.sort_out(line, gone, paths, today)
        self.live = sum(map(len, self.used))
        held = self.current = [*self.used, *self.fresh]
        if sum(map(len, held)) == len(paths):
            return held, []
        there = {path for line in held for row, path in enumerate(line.paths) if row not in line.gone}
        return held, [path for path in paths if path not in there]

    def sort_out(self, line: Line, gone: set[int], paths: Mapping[str, bool], today: str) -> None:
        """Enter the rows that hold: unchanged by their stamp into `used`, by their content alone into `fresh`."""
        gone.update(row for row in line.gathered if paths.get(line.paths[row]))
        gone.update(int(row) for row, more in line.more.items() if more.get("dated", today) != today)
        stamps = stamps_in(self.tree.root, line.runs)
        alike: dict[int, str] = {}
        for row in differing(stamps, line.stamps, 0, len(line)):
            if row not in gone:
                gone.add(row)
                stamp = stamps[row * SIZE : (row + 1) * SIZE]
                if may_be_alike(stamp, line.stamp(row)) and self.is_alike(line.paths[row], line.digest(row)):
                    alike[row] = stamp
        self.used.append(line.without(gone) if gone else line)
        if alike:
            renewed = line.batch().select(list(alike))
            renewed.stamps = [stamp.replace(NONE, "") for stamp in alike.values()]
            self.fresh.append(line_of(renewed))

    def is_alike(self, path: str, digest: str) -> bool:
        """Tell whether a record has the content that was judged."""
        data = self.tree.open(path)
        return not isinstance(data, Fault) and hashlib.sha256(data).hexdigest() == digest

    def keep(self, lines: Sequence[Line], head: Mapping[str, Any], *, whole: bool) -> None:
        """Write down what has come of more records; `whole` if something was asked of every record there is.

        A disk that is full or can't be written to costs the next run its time, and this one nothing.
        """
        self.current = [*self.current, *lines]
        new = [kept for line in lines if (kept := keepable(line))]
        new += [line for line in self.fresh if not line.unstamped]
        anew = self.head is None or (whole and self.live < self.rows * (1 - DEAD))
        small = [line for line in self.used if len(line.paths) < RECORDS // 2] if whole else []
        if not new and not anew and len(small) <= MANY:
            return
        if anew or len(small) > MANY:
            new += [line for line in self.fresh if line.unstamped]
        if anew:
            self.bodies = [line_of(line.batch()).body if line.gone else line.body for line in self.used if len(line)]
        elif len(small) > MANY:
            self.bodies = [line.body for line in self.used if len(line.paths) >= RECORDS // 2]
            new = [*lines_of(line.batch() for line in small), *new]
        self.bodies += [line.body for line in new]
        self.head = {**self.first, **head}
        self.write()

    def write(self) -> None:
        """Write down all that is kept, as well as can be."""
        last = [json.dumps({"stands": self.known}).encode()] if self.known else []
        with suppress(OSError):
            write_lines(self.tree.root, self.name, [json.dumps(self.head).encode(), *self.bodies, *last])

    def stands(self) -> "dict[str, Stands]":
        """Return where places stand that were looked up before, in those records that are unchanged since then."""
        with suppress(*ODD):
            digests = digests_of(self.known, self.current)
            self.known = {path: known for path, known in self.known.items() if digests.get(path) == known[0]}
            return {path: dict(found) for path, (_, found) in self.known.items()}
        self.known = {}
        return {}

    def keep_stands(self, stands: "Mapping[str, Stands]") -> None:
        """Write down where places stand, if any were looked up that were not known."""
        digests = digests_of(stands, self.current)
        found = {path: [digest, stands[path]] for path, digest in digests.items() if digest and stands[path]}
        if any(self.known.get(path) != one for path, one in found.items()):
            self.known.update(found)
            self.write()


def keepable(line: Line) -> Line | None:
    """Return a line of the rows that may be kept, what was read and no rule raised on; None where there are none."""
    odd = [int(row) for row, more in line.more.items() if "crashes" in more]
    odd += [row for row in range(len(line.paths)) if not line.digest(row)] if NO_DIGEST in line.rest["digests"] else []
    if not odd:
        return line
    batch = line.without(odd).batch()
    return line_of(batch) if len(batch) else None
