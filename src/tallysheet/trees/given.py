"""Files that are given as bytes: known-bad records, and what an editor has not saved."""

import stat
from collections.abc import Iterator, Mapping

from tallysheet.findings import Fault
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.reader.problems_of_files import entry_fault, missing, name_fault, too_large
from tallysheet.trees import Entry, blob_name


class Given:
    """Files by their paths."""

    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        self.name = name
        self.contents = files

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a file, or the fault."""
        if odd := name_fault(path):
            return odd
        data = self.contents.get(path)
        if data is None:
            return missing()
        return too_large(len(data), limit) if len(data) > limit else data

    def records(self, folder: str) -> tuple[list[str], list[tuple[str, Fault]]]:
        """Return the records below a folder, sorted, and what else is there that should not be."""
        names = {path: path.rpartition("/")[2] for path in self.files(folder)}
        faults = {path: entry_fault(name, stat.S_IFREG, path.count("/")) for path, name in names.items()}
        found = sorted(path for path, fault in faults.items() if fault is None and path.endswith(".yaml"))
        return found, sorted((path, fault) for path, fault in faults.items() if fault is not None)

    def files(self, folder: str) -> Iterator[str]:
        """Yield the paths of all files below a folder, in order, or the path itself if it is none."""
        yield from sorted(path for path in self.contents if path == folder or path.startswith(f"{folder}/"))

    def holds(self, path: str) -> bool:
        """Tell whether a file or a folder is there."""
        return next(self.files(path), None) is not None

    def is_same(self, path: str, entry: Entry) -> bool:
        """Tell whether the file at a path is what git keeps as `entry`."""
        data = self.contents.get(path)
        return data is not None and stat.S_ISREG(entry.mode) and blob_name(data, entry.algorithm) == entry.blob
