"""Reports in files: written whole or not at all, where the user says and nowhere else."""

import os
import secrets
import stat
from pathlib import Path

MODE = 0o666
"""What the umask leaves of it, as for any file that is made."""


def why_unwritable(path: Path) -> str | None:
    """Return why no report can be written to a path, None if one can: a file may stand there, nothing else."""
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        return "is there already, and no file"
    return None


def write_whole(path: Path, text: str) -> None:
    """Write a file by way of a temporary one beside it, so that nobody reads half a report; raises OSError."""
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, MODE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "backslashreplace"))
                file.flush()
                os.fsync(descriptor)
            os.replace(beside, path)  # noqa: PTH105 - as it is known
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:  # a full disk names no file
        raise OSError(error.errno, f"the report was not written: {error.strerror}", os.fspath(path)) from error


def append(path: Path, text: str) -> None:
    """Write at the end of a file, as the summary of a step wants it; raises OSError."""
    with path.open("ab") as file:
        file.write(text.encode("utf-8", "backslashreplace"))
