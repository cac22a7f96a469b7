"""The folder of a site: written beside its place and put there whole, and only where nothing else would be lost."""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from tallysheet.repository import Repository
from tallysheet.settings import FILE
from tallysheet.site.files import File
from tallysheet.unusable import Unusable

MARK = ".tallysheet-site"
"""Says that a folder is a site of ours, so that it may be replaced."""
MARKED = b"This folder is written by `tallysheet site`, which replaces it whole: keep nothing of your own in it.\n"
LEAST = 8
"""Letters of what names a folder on the way."""


def refuse(target: Path, repository: Repository) -> None:
    """Raise Unusable for a place where a site may not stand: before the work, not after it."""
    shown = f"--to {str(target)!a}"
    if not target.parent.is_dir():
        raise Unusable(f"{shown}: there is no folder {target.parent}")
    real = target.resolve()
    laws = [repository.settings.records, *repository.settings.validators, *repository.settings.guarded, ".git", FILE]
    if repository.settings.schema:
        laws.append(repository.settings.schema.rpartition("/")[0] or repository.settings.schema)
    for kept in (repository.root / law for law in laws):
        own = kept.resolve()
        if real.is_relative_to(own):
            raise Unusable(f"{shown}: lies in {kept.relative_to(repository.root)}, which holds no pages")
        if own.is_relative_to(real):
            raise Unusable(f"{shown}: holds {kept.relative_to(repository.root)} of the repository")
    if target.is_symlink() or (os.path.lexists(target) and not target.is_dir()):
        raise Unusable(f"{shown}: is there already, and no folder")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise Unusable(f"{shown}: is not empty, and no site that tallysheet has written; name another folder")


def write_whole(target: Path, files: Iterable[File]) -> int:
    """Write the files into a new folder, put it in the place of `target`, and return how many they are.

    Whatever goes wrong, `target` holds the whole former site or the whole new one, or is missing for the moment
    between two renames.
    """
    token = secrets.token_hex(LEAST)
    fresh, former = (target.with_name(f".{target.name}.{token}.{word}") for word in ("new", "old"))
    fresh.mkdir()
    try:
        count = 0
        put(fresh, MARK, [MARKED])
        for path, pieces in files:
            put(fresh, path, pieces)
            count += 1
        swap(fresh, target, former)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return count


def put(root: Path, name: str, pieces: Iterable[bytes]) -> None:
    """Write a file that is not there yet; raises OSError, as for two records whose names differ by case only.

    Raises ValueError for a name that leads out of the folder.
    """
    if any(step in ("", ".", "..") or "\\" in step or ":" in step for step in name.split("/")):
        raise ValueError(f"{name!a} is no file of the site")
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)


def swap(fresh: Path, target: Path, former: Path) -> None:
    """Put the new folder in the place of the former one, which is put back if that fails."""
    there = target.is_dir()
    if there:
        target.rename(former)
    try:
        fresh.rename(target)
    except BaseException:
        if there:
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)
