"""The files of a commit, or of what is staged, without a check-out: judged as they would lie there."""

import stat
from collections.abc import Iterator, Mapping

from tallysheet.findings import Fault
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.reader.problems_of_files import entry_fault, missing, name_fault, odd_type, shown, too_large
from tallysheet.trees import Entry
from tallysheet.trees.git import Git

SUBMODULE = 0o160000


class Revision:
    """The files of one commit or of the index, below the folder that git was asked from."""

    def __init__(self, git: Git, name: str, entries: Mapping[str, Entry]) -> None:
        self.git = git
        self.name = name
        self.entries = entries
        """By path from the root, in order; names that are no UTF-8 keep their bytes as lone surrogates."""

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a regular file, or the fault."""
        if odd := name_fault(path):
            return odd
        entry = self.entries.get(path)
        if entry is None:
            return missing()
        if not stat.S_ISREG(entry.mode):
            return odd_type(entry.mode)
        data = self.git.blob(entry.blob, limit)
        if data is None:
            return missing("its content is not in this clone")
        return too_large(data, limit) if isinstance(data, int) else data

    def records(self, folder: str) -> tuple[list[str], list[tuple[str, Fault]]]:
        """Return the records below a folder, sorted, and what else is there that should not be."""
        if odd := name_fault(folder):
            return [], [(shown(folder), odd)]
        records: list[str] = []
        faults: dict[str, Fault] = {}
        for path, entry in self.below(folder):
            parts = path.split("/")
            depth = folder.count("/") + 1
            modes = [stat.S_IFDIR] * (len(parts) - 1) + [stat.S_IFDIR if entry.mode == SUBMODULE else entry.mode]
            for index in range(depth, len(parts)):
                if fault := entry_fault(parts[index], modes[index], index):
                    faults[shown("/".join(parts[: index + 1]))] = fault
                    break
            else:
                if entry.mode == SUBMODULE:
                    faults[shown(path)] = odd_type(stat.S_IFDIR)
                elif path.endswith(".yaml"):
                    records.append(path)
        return sorted(records), sorted(faults.items())

    def files(self, folder: str) -> Iterator[str]:
        """Yield the paths of all that is no folder below a folder, in order, or the path itself if it is none."""
        if folder in self.entries:
            yield folder
        yield from (path for path, _ in self.below(folder))

    def holds(self, path: str) -> bool:
        """Tell whether a file, a link or a folder is there."""
        return path in self.entries or next(self.below(path), None) is not None

    def is_same(self, path: str, entry: Entry) -> bool:
        """Tell whether the file at a path is of the same kind and content as `entry`."""
        mine = self.entries.get(path)
        return mine is not None and stat.S_IFMT(mine.mode) == stat.S_IFMT(entry.mode) and mine.blob == entry.blob

    def below(self, folder: str) -> Iterator[tuple[str, Entry]]:
        """Yield all entries below a folder, of whatever kind."""
        start = f"{folder}/" if folder else ""
        yield from ((path, entry) for path, entry in self.entries.items() if path.startswith(start))


def revision(git: Git, ref: str) -> Revision:
    """Return the files of the commit that `ref` leads to; raises Unusable if it leads to none."""
    commit = git.commit(ref)
    tree = f"{commit}:{git.prefix}" if git.prefix else commit
    entries: dict[str, Entry] = {}
    for line in git.ask("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, blob = facts.decode().split(" ")
        entries[decoded(path)] = Entry(int(mode, 8), blob, git.algorithm)
    return Revision(git, f"{ref} ({commit[:10]})" if not commit.startswith(ref) else commit[:10], entries)


def staged(git: Git) -> Revision:
    """Return the files as they would be committed now; a file in conflict is none."""
    entries: dict[str, Entry] = {}
    for line in git.ask("ls-files", "--stage", "-z").split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, blob, stage = facts.decode().split(" ")
        # A merge conflict leaves several versions, none of which would be committed: it is said to be unreadable.
        entries[decoded(path)] = Entry(int(mode, 8), blob if stage == "0" else "0" * len(blob), git.algorithm)
    return Revision(git, "what is staged", dict(sorted(entries.items())))


def decoded(path: bytes) -> str:
    """Return a path as text, bytes that are no UTF-8 as lone surrogates: they are never shown as such."""
    return path.decode("utf-8", "surrogateescape")
