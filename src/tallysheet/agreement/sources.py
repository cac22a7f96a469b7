"""The two extractions, from two files or two folders of records."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallysheet.engine import Engine
from tallysheet.findings import Fault
from tallysheet.reader import inert, read
from tallysheet.reader.files import list_records, open_record
from tallysheet.repository import Repository
from tallysheet.unusable import Unusable


@dataclass(frozen=True)
class Both:
    """Records that both extractions have, by name, and what took no part, with the reason."""

    records: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def open_both(first: Path, second: Path, repository: Repository) -> Both:
    """Return the records of two files, or of two folders by the names of their files; raises Unusable for neither."""
    engine = Engine(repository)
    for path in (first, second):
        if not path.exists():
            raise Unusable(f"{path}: there is no such file or folder")
    if first.is_dir() != second.is_dir():
        raise Unusable(f"{first} and {second}: give two files or two folders")
    if first.is_dir():
        return of_folders(first, second, engine)
    mine, theirs = record_of(first, engine), record_of(second, engine)
    if isinstance(mine, str):
        raise Unusable(f"{first}: {mine}")
    if isinstance(theirs, str):
        raise Unusable(f"{second}: {theirs}")
    return Both({first.stem: (mine, theirs)})


def of_folders(first: Path, second: Path, engine: Engine) -> Both:
    """Return the records of two folders by the names of their files."""
    both = Both()
    names: list[set[str]] = []
    for folder in (first.resolve(), second.resolve()):
        found, faults = list_records(folder.parent, folder.name)
        names.append({path.partition("/")[2] for path in found})
        both.left_out.update({path.partition("/")[2] or path: fault.message for path, fault in faults})
    for name in sorted(names[0] ^ names[1]):
        both.left_out.setdefault(name, f"is only in {first if name in names[0] else second}")
    for name in sorted(names[0] & names[1]):
        mine, theirs = record_of(first / name, engine), record_of(second / name, engine)
        if isinstance(mine, str):
            both.left_out[name] = f"{first}: {mine}"
        elif isinstance(theirs, str):
            both.left_out[name] = f"{second}: {theirs}"
        else:
            both.records[name.removesuffix(".yaml")] = (mine, theirs)
    return both


def record_of(path: Path, engine: Engine) -> dict[str, Any] | str:
    """Return the record in a file, or why it takes no part."""
    data = open_record(path.parent, path.name)
    if isinstance(data, Fault):
        return data.message
    document = read(data)
    if document.value is None:
        return inert(f"can't be read: {document.faults[0].message}", 120)
    if not engine.accepts(document.value):
        return "does not fit the schema: tallysheet check says why"
    value: dict[str, Any] = document.value
    return value
