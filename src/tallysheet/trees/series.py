"""Files of a tree opened one after another: the folder of the last one stays open for the next."""

import os
from contextlib import AbstractContextManager
from types import TracebackType

from tallysheet.findings import Fault
from tallysheet.reader.files import FILE, OPENAT, descend, read_compared, read_open
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.reader.problems_of_files import name_fault, refused
from tallysheet.trees import Folder, Tree


class Series(AbstractContextManager["Series"]):
    """Opens files as the tree does; for as long as a task takes, a folder of the work tree is the one it was."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.seen: os.stat_result | None = None
        """What the file system said of the file that was opened last, before it was read; None if none was opened."""
        self._folder = ""
        self._descriptor = -1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a regular file, at most `limit`, or the fault; `path` is a POSIX path from the root."""
        self.seen = None
        if not isinstance(self.tree, Folder):
            return self.tree.open(path, limit)
        if odd := name_fault(path):
            return odd
        folder, _, name = path.rpartition("/")
        try:
            if not OPENAT:
                data, self.seen = read_compared(self.tree.root, path.split("/"), limit)
                return data
            if folder != self._folder or self._descriptor < 0:
                self.close()
                self._descriptor = descend(self.tree.root, folder.split("/") if folder else [])
                self._folder = folder
            data, self.seen = read_open(os.open(name, FILE, dir_fd=self._descriptor), limit)
        except OSError as error:
            return refused(error)
        return data

    def close(self) -> None:
        """Let go of the folder."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
