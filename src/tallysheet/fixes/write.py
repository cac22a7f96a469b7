"""Puts new bytes in the place of a record: wholly or not at all, and through no link."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from tallysheet.reader.files import OPENAT, descend

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def replace_record(root: Path, relative: str, data: bytes) -> None:
    """Replace a regular file below `root` by one with these bytes and the same permissions.

    The new file is made beside the old one and takes its name once all of it is on the disk. Raises OSError, with the
    old file as it was and nothing left beside it.
    """
    *above, name = relative.split("/")
    folder = descend(root, above) if OPENAT else None
    prefix = "" if OPENAT else f"{root.joinpath(*above)}{os.sep}"
    beside = f"{prefix}.{name}.{secrets.token_hex(4)}.tmp"  # a name that no record has
    try:
        mode = os.stat(prefix + name, dir_fd=folder, follow_symlinks=False).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(0, "it is no regular file any more")
        try:
            write_new(beside, data, stat.S_IMODE(mode), folder)
            os.replace(beside, prefix + name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside, dir_fd=folder)
            raise
        if folder is not None:
            with suppress(OSError):  # the file is there: some file systems can't sync a folder
                os.fsync(folder)
    finally:
        if folder is not None:
            os.close(folder)


def write_new(name: str, data: bytes, mode: int, folder: int | None) -> None:
    """Write a file that was not there before, down to the disk."""
    with open(os.open(name, _NEW, 0o600, dir_fd=folder), "wb") as file:  # noqa: PTH123 - a descriptor
        file.write(data)
        file.flush()
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
