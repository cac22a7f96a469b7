"""A folder that is written whole or not at all: made beside its place, and put there once all of it is on the disk."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "datapackage.json"
"""What an earlier export has, by which it is known as one that may be replaced."""


def why_not(folder: Path, records: Path) -> str | None:
    """Return why no export can be written to a folder, None if one can.

    It is not there, is empty, or holds an earlier export; it is not among the records and does not hold them.
    """
    place, kept = folder.resolve(), records.resolve()
    if place.is_relative_to(kept) or kept.is_relative_to(place):
        return "the records lie there"
    if not place.parent.is_dir():
        return f"there is no folder {folder.parent}"
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return "is there already, and no folder"
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        return "holds something else than an earlier export"
    return None


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into, which takes the place of `folder` once all is well, or is gone."""
    name = f".{folder.name[:100]}.{secrets.token_hex(6)}"
    beside, old = folder.with_name(f"{name}.tmp"), folder.with_name(f"{name}.old")
    beside.mkdir()
    try:
        yield beside
        sync(beside)
        if folder.exists():
            folder.rename(old)
        try:
            beside.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)  # what is left of it is in nobody's way
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def sync(folder: Path) -> None:
    """Wait until every file is on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
