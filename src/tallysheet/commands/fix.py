"""`tallysheet fix`: mend in place what can be mended without judgement, and show what was changed."""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.engine import Engine
    from tallysheet.repository import Repository

LONGEST = 600
"""Longer lines of a diff are cut."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="records, or folders of records; all if none is named")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if something would change")
    parser.add_argument(
        "--diff", action=argparse.BooleanOptionalAction, default=True, help="show what changes (the default)"
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Mend the records that are asked for; returns 1 if one is left alone or, with --check, would change."""
    from tallysheet.engine import Engine
    from tallysheet.repository import open_repository, root_of
    from tallysheet.unusable import Unusable
    from tallysheet.words import counted

    repository = open_repository(root_of(arguments.root, arguments.paths))
    records, refused = wanted(repository, arguments.paths)
    if not records and not refused:
        raise Unusable(f"nothing to mend: there is no record in {repository.settings.records}/")
    engine = Engine(repository)
    lines = SchemaLines(repository)
    changed = 0
    left = [*refused]
    for path in records:
        diff, why = fix(engine, path, lines.line_for(path), write=not arguments.check)
        changed += bool(diff)
        if diff and arguments.diff:
            sys.stdout.write(diff)
        if why:
            left.append((path, why))
    for path, why in left:
        tell(path, f"left alone: {why}")
    verb = "to mend" if arguments.check else "mended"
    total = counted(len(records) + len(refused), "record")
    sys.stderr.write(f"{total}: {changed:,} {verb}, {len(left):,} left alone\n")
    return 1 if left or (changed and arguments.check) else 0


def tell(path: str, what: str) -> None:
    """Say something of a record, on standard error."""
    from tallysheet.reader.inert import inert

    sys.stderr.write(f"tallysheet: {inert(path, 200)}: {inert(what, LONGEST)}\n")


def wanted(repository: "Repository", asked: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the records that are asked for, and what can be none of them, with why.

    Raises Unusable for a path that is no record's: nothing else is ever written.
    """
    from tallysheet.commands.check import relative_paths
    from tallysheet.reader.files import list_records
    from tallysheet.unusable import Unusable

    found, faults = list_records(repository.root, repository.settings.records)
    refused = {path: fault.message for path, fault in faults}
    paths = relative_paths(repository.root, asked, repository) if asked else [*found, *refused]
    if strange := [path for path in paths if path not in refused and path not in found]:
        raise Unusable(*(f"{path!a}: is no record in {repository.settings.records}/" for path in strange))
    return [path for path in paths if path in found], [(path, refused[path]) for path in paths if path in refused]


class SchemaLines:
    """The first line that the records of a repository should have, so that editors find the schema."""

    def __init__(self, repository: "Repository") -> None:
        self.repository = repository
        self.customary: bool | None = None

    def line_for(self, path: str) -> str | None:
        """Return the schema line of a record: where the repository has a schema, or its records have the line."""
        from tallysheet.commands.new import SCHEMA_LINE, schema_reference

        line = SCHEMA_LINE + schema_reference(self.repository.settings.schema, os.path.dirname(path))  # noqa: PTH120 - of a POSIX path
        if self.repository.settings.schema is None:
            if self.customary is None:
                self.customary = self.is_customary(line)
            return line if self.customary else None
        return line

    def is_customary(self, line: str) -> bool:
        """Tell whether any record of the repository begins with the line."""
        from tallysheet.reader.files import list_records, open_record

        root = self.repository.root
        found, _ = list_records(root, self.repository.settings.records)
        begins = (open_record(root, path) for path in found)
        return any(isinstance(data, bytes) and data.splitlines()[:1] == [line.encode()] for data in begins)


def fix(engine: "Engine", path: str, schema_line: str | None, *, write: bool) -> tuple[str, str | None]:
    """Mend one record; returns the diff, empty if nothing changed, and why it was left alone, if it was."""
    from tallysheet.findings import Fault
    from tallysheet.fixes import mend
    from tallysheet.fixes.write import replace_record
    from tallysheet.reader.files import open_record

    root = engine.repository.root
    data = open_record(root, path)
    if isinstance(data, Fault):
        return "", data.message
    mended = mend(engine, path, data, schema_line)
    if mended.data is None:
        return "", mended.why
    if write:
        if open_record(root, path) != data:
            return "", "it changed meanwhile"
        try:
            replace_record(root, path, mended.data)
        except OSError as error:
            return "", f"it can't be written: {error.strerror}"
    return "".join(diff_lines(path, data.decode(), mended.data.decode())), None


def diff_lines(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff, each made fit to be shown."""
    from tallysheet.report.sinks import log_line

    one, other = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    for line in unified_diff(one, other, f"a/{path}", f"b/{path}"):
        yield f"{log_line(line.removesuffix(chr(10)), LONGEST)}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
