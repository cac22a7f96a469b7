"""The command line: what may be asked, and which command answers. Each command is imported when it is asked for."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from tallysheet import __version__

USAGE_ERROR = 2
INTERNAL_ERROR = 3
LONGEST = 600
"""Longer lines are cut: a message never is one, and what it quotes may be."""
COMMANDS = {
    "check": "check records: every one, or those named",
    "verify": "check a count, its total and its percentage, or a table of them",
    "figures": "show the figures of a record with what follows from them",
    "evidence": "show what the collection says so far, for each outcome and condition",
    "audit": "ask the whole collection where it disagrees with itself, and what is missing",
    "fix": "mend what can be mended without judgement",
    "waivers": "list the findings that records excuse, since when and until when",
    "fmt": "put the keys of records in order, and mend their layout",
    "index": "write all records, figures and findings as tables of a DuckDB file",
    "query": "ask the tables a question in SQL, which can only read",
    "export": "write the collection for other programs: CSV, Parquet, references, JSON",
    "compare": "show where two extractions of the same publications differ, and how well they agree",
    "adjudicate": "decide between two extractions of a publication, and write the decided record",
    "refresh": "ask registries what has changed: the only command with a network",
    "site": "write the collection as pages: records, figures with their computation, findings, downloads",
    "rules": "list the rules",
    "explain": "show the page of a rule",
    "schema": "check the schema itself",
    "new": "start a record",
    "init": "start a collection",
    "lsp": "serve editors: findings, mends, figures and words as one types",
}


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal, which is asked without importing what argparse would ask it by."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)


def columns() -> int:
    """Return how wide the terminal is."""
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        pass
    try:
        return os.get_terminal_size().columns or 80
    except OSError:  # there is none
        return 80


def make_parser(asked: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line: of one command where that is `asked` for, else of all."""
    parser = argparse.ArgumentParser(
        prog="tallysheet",
        description="Checks records of published clinical evidence: form, figures, identifiers, and how they agree.",
        epilog="exit codes: 0 all holds, 1 something was found, 2 usage or settings, 3 internal error",
        allow_abbrev=False,
        formatter_class=Help,
    )
    parser.add_argument("--version", action="version", version=f"tallysheet {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="tallysheet")
    names = [] if asked == "--version" else [asked] if asked in COMMANDS else list(COMMANDS)
    for name in names:
        summary = COMMANDS[name]
        sub = commands.add_parser(
            name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False, formatter_class=Help
        )
        importlib.import_module(f"tallysheet.commands.{name}").add_arguments(sub)
    return parser


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        arguments = make_parser(argv[0] if argv else None).parse_args(argv)
    except SystemExit as stop:
        return USAGE_ERROR if stop.code else 0
    command = importlib.import_module(f"tallysheet.commands.{arguments.command}")
    from tallysheet.reader.inert import inert
    from tallysheet.unusable import Unusable

    try:
        return int(command.run(arguments))
    except Unusable as reason:
        for line in reason.lines:
            sys.stderr.write(f"tallysheet: {inert(line, LONGEST)}\n")
        return USAGE_ERROR
    except SystemExit as stop:
        sys.stderr.write(f"tallysheet: internal error: something asked to exit with {stop.code!a:.40}\n")
        return INTERNAL_ERROR
    except OSError as error:
        if error.filename is None:  # what can't be written is for the caller to tell
            raise
        sys.stderr.write(f"tallysheet: {inert(str(error), LONGEST)}\n")
        return INTERNAL_ERROR
    except Exception:  # noqa: BLE001 - the last wall: whatever is wrong inside is told as such, with its own exit code
        import traceback

        trace = "\n".join(inert(line, LONGEST) for line in traceback.format_exc().splitlines())
        sys.stderr.write(f"tallysheet: internal error\n{trace}\n")
        return INTERNAL_ERROR
