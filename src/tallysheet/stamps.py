"""What a file system says of a file without opening it: the same stamp is the same content."""

import os
import stat
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from tallysheet.reader.files import open_folder

SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is changed again has another time: file systems count in up to two seconds."""
SIZE = 64
"""Letters of a stamp: inode, size and both times, sixteen hexadecimal digits each."""
NONE = "0" * SIZE
"""What stands in the place of a stamp that proves nothing."""
Runs: TypeAlias = Sequence[tuple[str, list[str]]]
"""Folders, each with the names of files in it that come after one another."""
OLD = "f" * SIZE
"""The same in what is kept: no file has it now, so that it equals nothing."""
_LARGE = 1 << 64


def stamp_of(seen: os.stat_result, settled: int) -> str:
    """Return the stamp of a file, empty where it is odd, or was changed after the time `settled`, in nanoseconds."""
    changed, touched = seen.st_ctime_ns, seen.st_mtime_ns
    if changed >= settled or touched >= settled or not stat.S_ISREG(seen.st_mode) or seen.st_ino >= _LARGE:
        return ""
    return f"{seen.st_ino:016x}{seen.st_size:016x}{touched % _LARGE:016x}{changed % _LARGE:016x}"


def stamps_in(root: Path, runs: Runs) -> str:
    """Return the stamps of files below `root`, in order and joined.

    No link is followed. A file that was changed a moment ago might be changed again within the same tick of the file
    system's clock, so that its stamp would stay: it gets none, nor does what is no regular file, or is not there.
    """
    settled = time.time_ns() - SETTLED
    found: list[str] = []
    for above, names in runs:
        folder = open_folder(root, above)
        try:
            stamps = stamped(folder, names, settled) if isinstance(folder, int) else None
            if stamps is None and folder is not None:  # no descriptor, or a name that is not plain
                stamps = stamped_in_python(folder, names, settled)
            found.append(stamps or NONE * len(names))
        finally:
            close(folder)
    return "".join(found)


def runs_of(paths: Iterable[str]) -> Runs:
    """Return folders with the names of files in them, in the order of the paths."""
    parts = groupby((path.rpartition("/") for path in paths), key=lambda parts: parts[0])
    return [(above, [name for _, _, name in run]) for above, run in parts]


def stamped_in_python(folder: int | str, names: list[str], settled: int) -> str:
    """Return the stamps of files in one folder, joined; those touched after `settled` (nanoseconds) have none."""
    return "".join([stamp_in(folder, name, settled) for name in names])


def stamp_in(folder: int | str, name: str, settled: int) -> str:
    """Return the stamp of one file in a folder."""
    try:
        if isinstance(folder, int):
            seen = os.stat(name, dir_fd=folder, follow_symlinks=False)
        else:
            seen = os.stat(f"{folder}/{name}", follow_symlinks=False)  # noqa: PTH116 - in a loop over all records
    except (OSError, ValueError):  # it went away, or no file has such a name: whoever opens it will tell
        return NONE
    return stamp_of(seen, settled) or NONE


try:
    from tallysheet._plainly import stamped
except ImportError:  # it was built without a compiler, or the platform has no such call
    stamped = stamped_in_python


def may_be_alike(now: str, before: str) -> bool:
    """Tell whether a file may have the content that it had, though its stamp is another: it is as large."""
    return now == NONE or before == OLD or now[16:32] == before[16:32]


def close(folder: int | str | None) -> None:
    """Let go of a folder from `open_folder`."""
    if isinstance(folder, int):
        os.close(folder)
