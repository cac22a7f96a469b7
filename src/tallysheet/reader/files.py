"""Files of a repository, opened so that nothing outside it is read and nothing waits: regular files, no links, a limit.

Each folder on the way is opened by itself, below the one before and without following links (`openat`, `O_NOFOLLOW`),
so that nobody can put a link in between the look and the opening. Where the platform lacks that (Windows), each
component is looked at first and the file compared with what was seen.
"""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Final

from tallysheet.findings import TOP, Fault
from tallysheet.reader.inert import inert
from tallysheet.reader.limits import FILE_BYTES, FOLDERS

NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""What a file or folder may be called: the same on every platform, and never an option of a command."""

_COMPANIONS: Final = frozenset(("LICENSE", "README.md"))
_OPENAT: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
_FILE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_FOLDER = _FILE | getattr(os, "O_DIRECTORY", 0)


def open_record(root: Path, relative: str, limit: int = FILE_BYTES) -> bytes | Fault:
    """Return the bytes of a regular file below `root`, at most `limit`, or the fault.

    `relative` is a POSIX path from `root`, which itself may be a link. Nothing is followed, waited for, or read twice.
    """
    parts = relative.split("/")
    odd = next((part for part in parts if not NAME.fullmatch(part)), None)
    if odd is not None:
        return _odd_name(odd or relative)
    try:
        return (_read if _OPENAT else _read_compared)(root, parts, limit)
    except OSError as error:
        return _refused(error)


def _read(root: Path, parts: list[str], limit: int) -> bytes | Fault:
    folder = os.open(root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0))
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        file = os.open(parts[-1], _FILE, dir_fd=folder)
    finally:
        os.close(folder)
    return _read_open(file, limit)


def _read_compared(root: Path, parts: list[str], limit: int) -> bytes | Fault:
    """Read without `openat`: look at each component, open, and see that what was opened is what was looked at."""
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
        return _odd_type(seen.st_mode)
    file = os.open(path, _FILE | getattr(os, "O_BINARY", 0))
    return _read_open(file, limit, (seen.st_dev, seen.st_ino))


def _read_open(file: int, limit: int, seen: tuple[int, int] | None = None) -> bytes | Fault:
    """Read an open file, and close it; `seen` is what was seen under its name before."""
    try:
        before = os.fstat(file)
        if seen is not None and seen != (before.st_dev, before.st_ino):
            return _changed()
        if not stat.S_ISREG(before.st_mode):
            return _odd_type(before.st_mode)
        if before.st_size > limit:
            return _too_large(before.st_size, limit)
        data = os.read(file, before.st_size + 1)
        while len(data) < before.st_size and (more := os.read(file, before.st_size + 1 - len(data))):
            data += more
        after = os.fstat(file)
    finally:
        os.close(file)
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return _changed()
    return data


def list_records(root: Path, folder: str) -> tuple[list[str], list[tuple[str, Fault]]]:
    """Return the records below a folder, sorted, as POSIX paths from `root`, and what else is there that should not be.

    The paths of faults are made inert, since they may hold anything that a file system allows.
    """
    top = folder.split("/")
    odd = next((part for part in top if not NAME.fullmatch(part)), None)
    if odd is not None:
        return [], [(_shown(folder), _odd_name(odd or folder))]
    records: list[str] = []
    faults: list[tuple[str, Fault]] = []
    waiting = [top]
    while waiting:
        parts = waiting.pop()
        try:
            entries = _entries(root, parts)
        except OSError as error:
            faults.append((_shown("/".join(parts)), _refused(error)))
            continue
        for name, mode in entries:
            path = [*parts, name]
            fault = _entry_fault(name, mode, len(path) - 1)
            if fault is not None:
                faults.append((_shown("/".join(path)), fault))
            elif stat.S_ISDIR(mode):
                waiting.append(path)
            elif name.endswith(".yaml"):
                records.append("/".join(path))
    return sorted(records), sorted(faults, key=lambda found: found[0])


def _entries(root: Path, parts: list[str]) -> list[tuple[str, int]]:
    """Return names and modes of what a folder holds, each folder on the way being no link."""
    if not _OPENAT:
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


def _entry_fault(name: str, mode: int, depth: int) -> Fault | None:
    """Return what is wrong with something that stands in the folder of records."""
    record = name.lower().endswith(".yaml")
    if stat.S_ISLNK(mode) or (record and not stat.S_ISREG(mode)):
        return _odd_type(mode)
    if stat.S_ISDIR(mode):
        if depth > FOLDERS:
            return _fault("file-type", f"folders are nested more than {FOLDERS} deep", "move the records up")
        return None if NAME.fullmatch(name) else _odd_name(name)
    if record:
        return None if NAME.fullmatch(name) else _odd_name(name)
    if stat.S_ISREG(mode) and (name in _COMPANIONS or name.startswith(".")):
        return None
    hint = "name it after its id, with .yaml at the end, or move it out of the records"
    return _fault("not-a-record", f"{inert(name)} is neither a record (.yaml) nor a LICENSE or README.md", hint)


def _shown(path: str) -> str:
    return inert(path, limit=None)


def _fault(rule: str, message: str, hint: str) -> Fault:
    return Fault(rule, TOP, message, hint)


def _odd_name(name: str) -> Fault:
    message = f'the name "{inert(name)}" is not of a-z, 0-9, dot, dash and underscore, the first being a-z or 0-9'
    suggestion = re.sub(r"[^a-z0-9._]+", "-", name.lower()).strip("-._")
    hint = f'rename it, for instance to "{inert(suggestion)}"' if NAME.fullmatch(suggestion) else "rename it"
    return _fault("odd-name", message, hint)


_TYPES = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def _odd_type(mode: int) -> Fault:
    what = next((what for is_type, what in _TYPES if is_type(mode)), "something else")
    return _fault("file-type", f"this is {what}, not a regular file", "put the record itself here, as a plain file")


def _too_large(size: int, limit: int) -> Fault:
    message = f"the file has {size:,} bytes, more than the {limit:,} allowed"
    return _fault("file-size", message, "split it: a record is a few thousand bytes")


def _changed() -> Fault:
    return _fault("file-unreadable", "the file changed while it was read", "check again")


def _refused(error: OSError) -> Fault:
    """Return what to say of a file or folder that could not be opened."""
    if error.errno == errno.ELOOP:  # what O_NOFOLLOW says of a link
        return _odd_type(stat.S_IFLNK)
    if error.errno == errno.ENOTDIR:
        hint = "put the folder itself here"
        return _fault("file-type", "a part of the path is no folder, or is a link to one", hint)
    if error.errno == errno.ENXIO:  # a socket
        return _odd_type(stat.S_IFSOCK)
    reasons = {errno.ENOENT: "there is no such file or folder", errno.EACCES: "reading it is not permitted"}
    reason = reasons.get(error.errno or 0, inert(os.strerror(error.errno or 0)).lower())
    return _fault("file-unreadable", reason, "see that it exists and may be read")
