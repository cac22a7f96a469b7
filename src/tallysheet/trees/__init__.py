"""Where files come from: the folder as it lies there, what is staged, or a commit, read the same way."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from tallysheet.findings import Fault
from tallysheet.reader.files import list_files, open_record
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.trees.listing import records_below

__all__ = ["Entry", "Folder", "Tree"]


class Entry(NamedTuple):
    """A file as git keeps it: its mode, and the name of its object by the algorithm of the repository."""

    mode: int
    blob: str
    algorithm: str


class Tree(Protocol):
    """The files of a repository at one time; paths are POSIX paths from its root."""

    @property
    def name(self) -> str:
        """How people call it."""

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a regular file, at most `limit`, or the fault."""

    def records(self, folder: str) -> tuple[list[str], list[tuple[str, Fault]]]:
        """Return the records below a folder, sorted, and what else is there that should not be."""

    def files(self, folder: str) -> Iterator[str]:
        """Yield the paths of all that is no folder below a folder, in order; the path itself if it is none."""

    def holds(self, path: str) -> bool:
        """Tell whether a file, a link or a folder is there."""

    def is_same(self, path: str, entry: Entry) -> bool:
        """Tell whether the file at a path is what git keeps as `entry`."""


class Folder:
    """The files as they lie below `root`."""

    name = "the work tree"

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a regular file, or the fault."""
        return open_record(self.root, path, limit)

    def records(self, folder: str) -> tuple[list[str], list[tuple[str, Fault]]]:
        """Return the records below a folder, sorted, and what else is there that should not be."""
        return records_below(self.root, folder)

    def files(self, folder: str) -> Iterator[str]:
        """Yield the paths of all that is no folder below a folder, in order, through no link."""
        yield from list_files(self.root, folder)

    def holds(self, path: str) -> bool:
        """Tell whether a file, a link or a folder is there."""
        return os.path.lexists(self.root / path)

    def is_same(self, path: str, entry: Entry) -> bool:
        """Tell whether the file is what git keeps, also if git wrote it out with the line ends of Windows."""
        try:
            found = os.lstat(self.root / path)
            if stat.S_IFMT(found.st_mode) != stat.S_IFMT(entry.mode):
                return False
            if stat.S_ISLNK(found.st_mode):
                return blob_name(os.fsencode((self.root / path).readlink()), entry.algorithm) == entry.blob
            data = (self.root / path).read_bytes() if found.st_size <= FILE_BYTES else b""
        except OSError:  # it went away, or may not be read: that is not what git keeps
            return False
        if blob_name(data, entry.algorithm) == entry.blob:
            return True
        return b"\r\n" in data and blob_name(data.replace(b"\r\n", b"\n"), entry.algorithm) == entry.blob


def blob_name(data: bytes, algorithm: str) -> str:
    """Return the name that git gives the content of a file."""
    import hashlib  # OpenSSL takes milliseconds to load

    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
