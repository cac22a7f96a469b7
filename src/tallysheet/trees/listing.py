"""The records below a folder, in one pass where nothing else stands there; all else is listed by the reader."""

import os
from pathlib import Path
from stat import S_IFDIR, S_IFREG
from typing import TYPE_CHECKING

from tallysheet.reader.files import list_records, open_folder
from tallysheet.reader.limits import FOLDERS
from tallysheet.reader.problems_of_files import NAME, entry_fault
from tallysheet.stamps import close

if TYPE_CHECKING:
    from tallysheet.findings import Fault


def listed_in_python(folder: int, below: str) -> tuple[list[str], list[str]] | None:
    """Return the paths of records and folders in an open folder, or None where anything is out of place."""
    records: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as scanned:
        for entry in scanned:
            is_file = entry.is_file(follow_symlinks=False)
            if not (is_file or entry.is_dir(follow_symlinks=False)):
                return None
            if entry_fault(entry.name, S_IFREG if is_file else S_IFDIR, 0):
                return None
            if not is_file:
                folders.append(below + entry.name)
            elif NAME.fullmatch(entry.name) and entry.name.endswith(".yaml"):
                records.append(below + entry.name)
    return records, folders


try:
    from tallysheet._plainly import listed
except ImportError:  # it was built without a compiler, or the platform has no such call
    listed = listed_in_python


def records_below(root: Path, folder: str) -> "tuple[list[str], list[tuple[str, Fault]]]":
    """Return the records below a folder, sorted, and what else is there that should not be; paths are from `root`."""
    plain = plain_records(root, folder)
    return list_records(root, folder) if plain is None else (plain, [])


def plain_records(root: Path, folder: str) -> list[str] | None:
    """Return the records below a folder, sorted; None where anything is there of which there is more to say."""
    records: list[str] = []
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        opened = open_folder(root, inside) if inside.count("/") <= FOLDERS else None
        try:
            found = listed(opened, inside + "/") if isinstance(opened, int) else None
        except OSError:  # the other way says why
            return None
        finally:
            close(opened)
        if found is None:
            return None
        records += found[0]
        waiting += found[1]
    records.sort()
    return records
