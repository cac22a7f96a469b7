"""What a file system says of a file without opening it: the same stamp is the same content."""

import os
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from tallysheet.reader.files import open_folder

SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is changed again has another time: file systems count in up to two seconds."""


def stamp_of(seen: os.stat_result, settled: int) -> str:
    """Return the stamp of a file, empty where it is odd, or was changed after the time `settled`, in nanoseconds."""
    changed, touched = seen.st_ctime_ns, seen.st_mtime_ns
    if changed < settled and touched < settled and stat.S_ISREG(seen.st_mode):
        return f"{seen.st_ino}.{seen.st_size}.{touched}.{changed}"
    return ""


def stamps_of(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the stamps of regular files below `root`, by path; a file that is new or odd has none.

    No link is followed. A file that was changed a moment ago might be changed again within the same tick of the file
    system's clock, so that its stamp would stay: it gets none.
    """
    found: dict[str, str] = {}
    settled = time.time_ns() - SETTLED
    folder: int | str | None = None
    current = None
    try:
        for path in paths:
            above, _, name = path.rpartition("/")
            if above != current:
                if isinstance(folder, int):
                    os.close(folder)
                current, folder = above, None
                folder = open_folder(root, above)
            if folder is None:
                continue
            try:
                if isinstance(folder, int):
                    seen = os.stat(name, dir_fd=folder, follow_symlinks=False)
                else:
                    seen = os.stat(f"{folder}/{name}", follow_symlinks=False)  # noqa: PTH116 - in a loop over all records
            except OSError:  # it went away: whoever opens it will tell
                continue
            if stamp := stamp_of(seen, settled):
                found[path] = stamp
    finally:
        if isinstance(folder, int):
            os.close(folder)
    return found
