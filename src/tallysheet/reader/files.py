"""Files of a repository, opened so that nothing outside it is read and nothing waits: regular files, no links, a limit.

Each folder on the way is opened by itself, below the one before and without following links (`openat`, `O_NOFOLLOW`),
so that nobody can put a link in between the look and the opening. Where the platform lacks that (Windows), each
component is looked at first and the file compared with what was seen.
"""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from tallysheet.findings import Fault
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.reader.problems_of_files import changed, entry_fault, name_fault, odd_type, refused, shown, too_large

OPENAT: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
FILE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_FOLDER = FILE | getattr(os, "O_DIRECTORY", 0)

Found: TypeAlias = tuple[bytes | Fault, os.stat_result]
"""The bytes of a file, or the fault, and what the file system said of it before it was read."""


def open_record(root: Path, relative: str, limit: int = FILE_BYTES) -> bytes | Fault:
    """Return the bytes of a regular file below `root`, at most `limit`, or the fault.

    `relative` is a POSIX path from `root`, which itself may be a link. Nothing is followed, waited for, or read twice.
    """
    if odd := name_fault(relative):
        return odd
    try:
        return (_read if OPENAT else read_compared)(root, relative.split("/"), limit)[0]
    except OSError as error:
        return refused(error)


def _read(root: Path, parts: list[str], limit: int) -> Found:
    folder = descend(root, parts[:-1])
    try:
        file = os.open(parts[-1], FILE, dir_fd=folder)
    finally:
        os.close(folder)
    return read_open(file, limit)


def descend(root: Path, parts: list[str]) -> int:
    """Return a descriptor of a folder below `root`, each folder on the way being no link; raises OSError."""
    folder = os.open(root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0))
    for part in parts:
        try:
            inner = os.open(part, _FOLDER, dir_fd=folder)
        finally:
            os.close(folder)
        folder = inner
    return folder


def open_folder(root: Path, relative: str) -> int | str | None:
    """Return a folder below `root`, as a descriptor where files can be opened by one, else as a path.

    None if it is not there, or a link is on the way.
    """
    parts = relative.split("/") if relative else []
    try:
        if OPENAT:
            return descend(root, parts)
        path = root.resolve(strict=True)
        found = path.joinpath(*parts)
        return os.fspath(found) if found.resolve(strict=True) == found else None
    except OSError:
        return None


def read_inside(folder: int | str, name: str, limit: int) -> bytes | None:
    """Return the bytes of a regular file in a folder from `open_folder`, None for what is none or larger than `limit`.

    Raises OSError where there is nothing, or what is there can't be read.
    """
    flags = FILE | getattr(os, "O_BINARY", 0)
    if isinstance(folder, int):
        data, _ = read_open(os.open(name, flags, dir_fd=folder), limit)
    else:
        seen = os.lstat(f"{folder}/{name}")
        data, _ = read_open(os.open(f"{folder}/{name}", flags), limit, (seen.st_dev, seen.st_ino))
    return data if isinstance(data, bytes) else None


def read_compared(root: Path, parts: list[str], limit: int) -> Found:
    """Read without `openat`: look at each component, open, and see that what was opened is what was looked at.

    Raises OSError.
    """
    path = root.resolve(strict=True)
    seen = os.lstat(path)
    for part in parts:
        if not stat.S_ISDIR(seen.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "no folder")
        path /= part
        seen = os.lstat(path)
        if stat.S_ISLNK(seen.st_mode) or path.resolve(strict=True) != path:
            raise OSError(errno.ELOOP, "a link")
    if not stat.S_ISREG(seen.st_mode):
        return odd_type(seen.st_mode), seen
    file = os.open(path, FILE | getattr(os, "O_BINARY", 0))
    return read_open(file, limit, (seen.st_dev, seen.st_ino))


def read_open(file: int, limit: int, seen: tuple[int, int] | None = None) -> Found:
    """Read an open file, and close it; `seen` is what was seen under its name before. Raises OSError."""
    try:
        before = os.fstat(file)
        if seen is not None and seen != (before.st_dev, before.st_ino):
            return changed(), before
        if not stat.S_ISREG(before.st_mode):
            return odd_type(before.st_mode), before
        if before.st_size > limit:
            return too_large(before.st_size, limit), before
        data = os.read(file, before.st_size + 1)
        while len(data) < before.st_size and (more := os.read(file, before.st_size + 1 - len(data))):
            data += more
        after = os.fstat(file)
    finally:
        os.close(file)
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return changed(), before
    return data, before


def list_records(root: Path, folder: str) -> tuple[list[str], list[tuple[str, Fault]]]:
    """Return the records below a folder, sorted, as POSIX paths from `root`, and what else is there that should not be.

    The paths of faults are made inert, since they may hold anything that a file system allows.
    """
    if odd := name_fault(folder):
        return [], [(shown(folder), odd)]
    records: list[str] = []
    faults: list[tuple[str, Fault]] = []
    waiting = [folder.split("/")]
    while waiting:
        parts = waiting.pop()
        try:
            entries = _entries(root, parts)
        except OSError as error:
            faults.append((shown("/".join(parts)), refused(error)))
            continue
        for name, mode in entries:
            path = [*parts, name]
            fault = entry_fault(name, mode, len(path) - 1)
            if fault is not None:
                faults.append((shown("/".join(path)), fault))
            elif stat.S_ISDIR(mode):
                waiting.append(path)
            elif name.endswith(".yaml"):
                records.append("/".join(path))
    return sorted(records), sorted(faults, key=lambda found: found[0])


def _entries(root: Path, parts: list[str]) -> list[tuple[str, int]]:
    """Return names and modes of what a folder holds, each folder on the way being no link."""
    if not OPENAT:
        path = root.resolve(strict=True)
        for part in parts:
            path /= part
            if path.is_symlink() or path.resolve(strict=True) != path:
                raise OSError(errno.ELOOP, "a link")
        with os.scandir(path) as scanned:
            return [(entry.name, entry.stat(follow_symlinks=False).st_mode) for entry in scanned]
    descriptor = os.open(root, _FOLDER & ~os.O_NOFOLLOW)
    try:
        for part in parts:
            inner = os.open(part, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        with os.scandir(descriptor) as scanned:
            return [(entry.name, _mode(entry)) for entry in scanned]
    finally:
        os.close(descriptor)


def _mode(entry: "os.DirEntry[str]") -> int:
    """Return what an entry is; 0 where it is gone again."""
    if entry.is_file(follow_symlinks=False):  # told by the folder itself, so that most files cost no look of their own
        return stat.S_IFREG
    try:
        return entry.stat(follow_symlinks=False).st_mode
    except OSError:
        return 0


def list_files(root: Path, folder: str) -> Iterator[str]:
    """Yield whatever is no folder below a folder, in order, whatever its name, as POSIX paths from `root`.

    Where `folder` is no folder, it is itself all that there is, and so is a link on the way: nothing is followed.
    Raises OSError for a folder that can't be listed.
    """
    on_the_way = [Path(*Path(folder).parts[:depth]) for depth in range(1, len(Path(folder).parts) + 1)]
    if link := next((path for path in on_the_way if (root / path).is_symlink() or (root / path).is_file()), None):
        yield link.as_posix()
        return

    def stop(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise error

    for where, folders, names in os.walk(root / folder, onerror=stop, followlinks=False):
        below = Path(where).relative_to(root)
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and name != ".git")
        yield from ((below / name).as_posix() for name in sorted(names + links))
