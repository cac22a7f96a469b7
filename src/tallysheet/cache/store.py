"""The folder of what is kept, `.tallysheet/` at a repository's top: read and written so that nobody can misuse it.

Whatever stands there, a missing, torn or forged file makes a run slower and nothing else. A file counts only with the
folder's seal in it: what the file system says of `.gitignore`, which nobody can know before it is made here, so that
what a stranger commits, or a tool brings back from elsewhere, is as good as nothing.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tallysheet.reader.files import open_folder, read_inside

FOLDER = ".tallysheet"
IGNORE = ".gitignore"
IGNORES = b"*\n"
"""What keeps the folder out of git."""
MOST_BYTES = 1 << 29
MOST_FILES = 8
"""Files that are kept: one for each choice of rules that somebody has made."""
LEFT_OVER = 600
"""Seconds after which a temporary file is nobody's any more."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_HASH = 64


def read_lines(root: Path, name: str) -> list[memoryview] | None:
    """Return the lines of a file that was kept here, without their hashes; None if there is none that can be used.

    A line whose hash is wrong is left out; if it is the first, nothing can be used.
    """
    folder = open_folder(root, FOLDER)
    if folder is None:
        return None
    try:
        seal = seal_of(folder)
        data = read_inside(folder, name, MOST_BYTES) if seal else None
    except OSError:
        return None
    finally:
        close(folder)
    if not data or not seal:
        return None
    found: list[memoryview] = []
    whole, start, salt = memoryview(data), 0, seal
    while (end := data.find(b"\n", start)) >= 0:
        body = whole[start + _HASH : end]
        if hash_of(salt, body) == data[start : start + _HASH]:
            found.append(body)
        elif not found:
            return None
        if start == 0:
            salt = data[:_HASH]  # every other line belongs to this first one
        start = end + 1
    return found


def write_lines(root: Path, name: str, lines: Iterable[bytes | memoryview]) -> None:
    """Put these lines in the place of a file; raises OSError, with nothing left behind, where that can't be done.

    It is not forced to the disk: a file that a crash of the system has torn is not believed anyway.
    """
    folder = make_folder(root)
    try:
        seal = seal_of(folder)
        if seal is None:
            raise OSError(0, "the folder has no seal")
        sweep(folder, name)
        beside = f"{name}.{os.urandom(6).hex()}.tmp"
        try:
            with open(os.open(at(folder, beside), _NEW, 0o666, dir_fd=number(folder)), "wb") as file:  # noqa: PTH123 - a descriptor
                salt = seal
                for line in lines:
                    hashed = hash_of(salt, line)
                    file.write(hashed)
                    file.write(line)
                    file.write(b"\n")
                    salt = hashed if salt is seal else salt
            os.replace(at(folder, beside), at(folder, name), src_dir_fd=number(folder), dst_dir_fd=number(folder))
        except BaseException:
            with suppress(OSError):
                os.unlink(at(folder, beside), dir_fd=number(folder))
            raise
    finally:
        close(folder)


def hash_of(salt: bytes, body: bytes | memoryview) -> bytes:
    """Return the hash that stands before a line; it holds for one place only."""
    found = hashlib.sha256(salt)
    found.update(body)
    return found.hexdigest().encode()


def make_folder(root: Path) -> int | str:
    """Return the folder, made if it is not there, and out of git's sight; raises OSError."""
    with suppress(FileExistsError):
        os.mkdir(root / FOLDER)  # noqa: PTH102 - as the calls around it
    folder = open_folder(root, FOLDER)
    if folder is None:
        raise OSError(0, f"{FOLDER} is no folder")
    try:
        if not is_ignored(folder):
            beside = f"{IGNORE}.{os.urandom(6).hex()}.tmp"
            new = os.open(at(folder, beside), _NEW, 0o666, dir_fd=number(folder))
            try:
                with open(new, "wb") as file:  # noqa: PTH123 - a descriptor
                    file.write(IGNORES)
                os.replace(at(folder, beside), at(folder, IGNORE), src_dir_fd=number(folder), dst_dir_fd=number(folder))
            except BaseException:
                with suppress(OSError):
                    os.unlink(at(folder, beside), dir_fd=number(folder))
                raise
    except BaseException:
        close(folder)
        raise
    return folder


def is_ignored(folder: int | str) -> bool:
    """Tell whether git leaves the folder alone."""
    try:
        return read_inside(folder, IGNORE, len(IGNORES)) == IGNORES
    except OSError:
        return False


def seal_of(folder: int | str) -> bytes | None:
    """Return what makes this folder this one and no copy of it; None if it has no seal."""
    try:
        seen = os.stat(at(folder, IGNORE), dir_fd=number(folder), follow_symlinks=False)
    except OSError:
        return None
    return f"{seen.st_ino} {seen.st_ctime_ns}".encode() if stat.S_ISREG(seen.st_mode) else None


def sweep(folder: int | str, name: str) -> None:
    """Remove what killed runs have left, and all but the newest of the files that are kept beside `name`."""
    kept: list[tuple[int, str]] = []
    now = time.time()
    for found in os.listdir(folder):  # noqa: PTH208 - a descriptor
        if not found.startswith(("cache-", IGNORE + ".")):
            continue
        with suppress(OSError):
            changed = os.stat(at(folder, found), dir_fd=number(folder), follow_symlinks=False).st_mtime_ns
            if not found.endswith(".tmp"):
                kept.append((changed, found))
            elif now - changed / 1e9 > LEFT_OVER:
                os.unlink(at(folder, found), dir_fd=number(folder))
    others = sorted((one for one in kept if one[1] != name), reverse=True)
    for _, found in others[MOST_FILES - 1 :]:
        with suppress(OSError):
            os.unlink(at(folder, found), dir_fd=number(folder))


def at(folder: int | str, name: str) -> str:
    """Return how a file in a folder is called beside `number`."""
    return name if isinstance(folder, int) else f"{folder}/{name}"


def number(folder: int | str) -> int | None:
    """Return the descriptor of a folder, None where it is known by its path."""
    return folder if isinstance(folder, int) else None


def close(folder: int | str) -> None:
    """Let go of a folder."""
    if isinstance(folder, int):
        os.close(folder)
