"""`tallysheet rules`: every rule with its scope, its severity and the sentence that it holds to."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--root", type=Path, default=None, metavar="DIR", help="the repository whose rules to list")


def run(arguments: argparse.Namespace) -> int:
    """Print the list; returns 0."""
    from tallysheet.pages import reader_and_engine_pages
    from tallysheet.repository import open_repository
    from tallysheet.root import root_of

    repository = open_repository(root_of(arguments.root))
    rows = [
        (name, rule.scope, repository.severities.get(name, "off"), rule.page.splitlines()[0])
        for name, rule in sorted(repository.rules.items())
    ]
    rows += [(page.name, "file", "error", page.summary) for page in reader_and_engine_pages()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)]
        sys.stdout.write("  ".join([*cells, row[3]]) + "\n")
    return 0
