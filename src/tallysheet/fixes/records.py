"""The records of a repository, mended or put in form one after the other, and written in their place if so wished."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tallysheet.engine import Engine
from tallysheet.findings import Fault
from tallysheet.fixes.mending import Mended, form, mend
from tallysheet.fixes.write import replace_record
from tallysheet.reader.files import open_record
from tallysheet.repository import Repository

Make: TypeAlias = Callable[[Engine, str, bytes], Mended]
"""What is to become of a record: its path and bytes are given."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the file of a record: the bytes before and after, if they differ, or why it is left alone."""

    path: str
    before: bytes = b""
    after: bytes | None = None
    why: str | None = None
    doubts: tuple[str, ...] = ()


def fix_records(
    repository: Repository, paths: Iterable[str], line_for: Callable[[str], str | None], *, write: bool = True
) -> Iterator[Outcome]:
    """Mend the records at these paths, and yield what came of each; `line_for` gives the first line of each, if any."""
    engine = Engine(repository)
    for path in paths:
        yield rewrite(engine, path, lambda engine, path, data: mend(engine, path, data, line_for(path)), write)


def format_records(repository: Repository, paths: Iterable[str], *, write: bool = True) -> Iterator[Outcome]:
    """Mend order and layout of the records at these paths, and yield what came of each."""
    engine = Engine(repository)
    for path in paths:
        yield rewrite(engine, path, form, write)


def rewrite(engine: Engine, path: str, make: Make, write: bool) -> Outcome:  # noqa: FBT001 - it is asked by name above
    """Make of one record what it should be, and write it where that is wished."""
    root = engine.repository.root
    data = open_record(root, path)
    if isinstance(data, Fault):
        return Outcome(path, why=data.message)
    made = make(engine, path, data)
    if made.data is not None and write:
        if open_record(root, path) != data:
            return Outcome(path, why="it changed meanwhile")
        try:
            replace_record(root, path, made.data)
        except OSError as error:
            return Outcome(path, why=f"it can't be written: {error.strerror}")
    return Outcome(path, b"" if made.data is None else data, made.data, made.why, made.doubts)
