"""`tallysheet fix`: mend in place what can be mended without judgement, and show what was changed."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.fixes.records import Outcome
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
    from tallysheet.fixes.records import fix_records

    def fix(repository: "Repository", paths: list[str], *, write: bool) -> Iterator["Outcome"]:
        return fix_records(repository, paths, SchemaLines(repository).line_for, write=write)

    return rewrite_all(arguments, fix)


def rewrite_all(arguments: argparse.Namespace, rewrite: Callable[..., Iterator["Outcome"]]) -> int:
    """Rewrite the records that are asked for, show what changes, and return the exit code."""
    from tallysheet.repository import open_repository
    from tallysheet.root import root_of
    from tallysheet.unusable import Unusable

    repository = open_repository(root_of(arguments.root, arguments.paths))
    records, refused = wanted(repository, arguments.paths)
    if not records and not refused:
        raise Unusable(f"nothing to mend: there is no record in {repository.settings.records}/")
    outcomes = shown(rewrite(repository, records, write=not arguments.check), diff=arguments.diff)
    changed, left = tell([*outcomes, *refused], "to mend" if arguments.check else "mended")
    return 1 if left or (changed and arguments.check) else 0


def fix_before_check(repository: "Repository", paths: list[str] | None) -> None:
    """Mend records in place and say on standard error what came of it: `paths` of the repository, or all of them."""
    from tallysheet.fixes.records import fix_records
    from tallysheet.reader.files import list_records

    found, _ = list_records(repository.root, repository.settings.records)
    wanted = found if paths is None else [path for path in paths if path in found]
    tell(fix_records(repository, wanted, SchemaLines(repository).line_for), "mended")


def shown(outcomes: Iterable["Outcome"], *, diff: bool) -> Iterator["Outcome"]:
    """Yield the outcomes, each of which is shown as a diff on the way if that is wished."""
    for outcome in outcomes:
        if diff and outcome.after is not None:
            sys.stdout.writelines(diff_lines(outcome.path, outcome.before.decode(), outcome.after.decode()))
        yield outcome


def tell(outcomes: Iterable["Outcome"], verb: str) -> tuple[int, int]:
    """Say on standard error what is left alone, and the totals; returns how many changed, and how many are left."""
    from tallysheet.reader.inert import inert
    from tallysheet.words import counted

    done = list(outcomes)
    changed, left = sum(one.after is not None for one in done), sum(one.why is not None for one in done)
    for outcome in done:
        said = [f"left alone: {outcome.why}"] if outcome.why else outcome.doubts
        for what in said:
            sys.stderr.write(f"tallysheet: {inert(outcome.path, 200)}: {inert(what, LONGEST)}\n")
    sys.stderr.write(f"{counted(len(done), 'record')}: {changed:,} {verb}, {left:,} left alone\n")
    return changed, left


def wanted(repository: "Repository", asked: list[str]) -> tuple[list[str], list["Outcome"]]:
    """Return the records that are asked for, and what can be none of them, with why.

    Raises Unusable for a path that is no record's: nothing else is ever written.
    """
    from tallysheet.commands.check import relative_paths
    from tallysheet.fixes.records import Outcome
    from tallysheet.reader.files import list_records
    from tallysheet.unusable import Unusable

    found, faults = list_records(repository.root, repository.settings.records)
    known, refused = set(found), {path: fault.message for path, fault in faults}
    paths = relative_paths(repository.root, asked, repository) if asked else None
    if paths is None:
        paths = [*found, *refused]
    if strange := [path for path in paths if path not in refused and path not in known]:
        raise Unusable(*(f"{path!a}: is no record in {repository.settings.records}/" for path in strange))
    left = [Outcome(path, why=refused[path]) for path in paths if path in refused]
    return [path for path in paths if path in known], left


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


def diff_lines(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff, each made fit to be shown."""
    from tallysheet.report.sinks import log_line

    one, other = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    for line in unified_diff(one, other, f"a/{path}", f"b/{path}"):
        yield f"{log_line(line.removesuffix(chr(10)), LONGEST)}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
