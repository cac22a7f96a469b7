"""What is wrong with a file before it is read: its name, its kind, its size, where it stands."""

import errno
import os
import re
import stat
from typing import Final

from tallysheet.findings import TOP, Fault
from tallysheet.reader.inert import inert
from tallysheet.reader.limits import FOLDERS

NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""What a file or folder may be called: the same on every platform, and never an option of a command."""
_PATH: Final = re.compile(f"{NAME.pattern}(?:/{NAME.pattern})*")

_COMPANIONS: Final = frozenset(("LICENSE", "README.md"))


def entry_fault(name: str, mode: int, depth: int) -> Fault | None:
    """Return what is wrong with something that stands in the folder of records."""
    record = name.lower().endswith(".yaml")
    if stat.S_ISLNK(mode) or (record and not stat.S_ISREG(mode)):
        return odd_type(mode)
    if stat.S_ISDIR(mode):
        if depth > FOLDERS:
            return _fault("file-type", f"folders are nested more than {FOLDERS} deep", "move the records up")
        return None if NAME.fullmatch(name) else odd_name(name)
    if record:
        return None if NAME.fullmatch(name) else odd_name(name)
    if stat.S_ISREG(mode) and (name in _COMPANIONS or name.startswith(".")):
        return None
    hint = "name it after its id, with .yaml at the end, or move it out of the records"
    return _fault("not-a-record", f"{inert(name)} is neither a record (.yaml) nor a LICENSE or README.md", hint)


def shown(path: str) -> str:
    """Return a path that may hold anything as text that can be shown."""
    return inert(path, limit=None)


def name_fault(path: str) -> Fault | None:
    """Return what is wrong with the name of a file, or of a folder on the way to it."""
    if _PATH.fullmatch(path):
        return None
    return next(odd_name(part or path) for part in path.split("/") if not NAME.fullmatch(part))


def missing(reason: str = "there is no such file or folder") -> Fault:
    """Return what to say of a file that is not there."""
    return _fault("file-unreadable", reason, "see that it exists and may be read")


def _fault(rule: str, message: str, hint: str) -> Fault:
    return Fault(rule, TOP, message, hint)


def odd_name(name: str) -> Fault:
    """Return what to say of a name that is none for a record or its folder."""
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


def odd_type(mode: int) -> Fault:
    """Return what to say of something that is no regular file."""
    what = next((what for is_type, what in _TYPES if is_type(mode)), "something else")
    return _fault("file-type", f"this is {what}, not a regular file", "put the record itself here, as a plain file")


def too_large(size: int, limit: int) -> Fault:
    """Return what to say of a file that holds more than any record may."""
    message = f"the file has {size:,} bytes, more than the {limit:,} allowed"
    return _fault("file-size", message, "split it: a record is a few thousand bytes")


def changed() -> Fault:
    """Return what to say of a file that was another one before it was read."""
    return _fault("file-unreadable", "the file changed while it was read", "check again")


def refused(error: OSError) -> Fault:
    """Return what to say of a file or folder that could not be opened."""
    if error.errno == errno.ELOOP:  # what O_NOFOLLOW says of a link
        return odd_type(stat.S_IFLNK)
    if error.errno == errno.ENOTDIR:
        hint = "put the folder itself here"
        return _fault("file-type", "a part of the path is no folder, or is a link to one", hint)
    if error.errno == errno.ENXIO:  # a socket
        return odd_type(stat.S_IFSOCK)
    reasons = {errno.ENOENT: "there is no such file or folder", errno.EACCES: "reading it is not permitted"}
    reason = reasons.get(error.errno or 0, inert(os.strerror(error.errno or 0)).lower())
    return _fault("file-unreadable", reason, "see that it exists and may be read")
