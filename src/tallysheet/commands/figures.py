"""`tallysheet figures RECORD`: every figure as printed, exactly, with its verdict, and what follows from them all."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.computations import Computed

HEADER = ("figure", "as printed", "exact", "verdict", "count", "stands in")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("record", metavar="RECORD", help="the path of a record, or its id")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the table; returns 0, or 1 if the figures can't hold together or the record can't be read."""
    from tallysheet.computations import compute
    from tallysheet.engine import Engine
    from tallysheet.reader import read
    from tallysheet.report.table import table
    from tallysheet.repository import open_repository
    from tallysheet.root import root_of
    from tallysheet.rules import At
    from tallysheet.unusable import Unusable

    root = root_of(arguments.root, [arguments.record] if "/" in arguments.record else [])
    repository = open_repository(root)
    path = Path(arguments.record)
    if not path.exists():
        path = root / repository.settings.records / f"{arguments.record.removesuffix('.yaml')}.yaml"
    if not path.is_file():
        raise Unusable(f"{arguments.record!a}: there is no such record")
    value = read(path.read_bytes()).value
    if value is None or not Engine(repository).accepts(value):
        raise Unusable(f"{arguments.record!a}: is not well formed: tallysheet check says why")
    computation = compute(value, At("", value, path.stem))
    sys.stdout.write(table([HEADER, *map(row_of, computation.figures)]))
    if computation.conflict:
        sys.stdout.write(f"\nthese can't hold together: {'; '.join(computation.conflict)}\n")
    elif computation.undecided:
        sys.stdout.write("\nthe equations together can't be decided within bounds\n")
    return 1 if computation.conflict else 0


def row_of(figure: "Computed") -> tuple[str, ...]:
    """Return the row of one figure."""
    from tallysheet.computations import BLOCKS
    from tallysheet.reader.inert import inert

    name, _, block = figure.name.rpartition(": ")
    if figure.pointer.endswith(tuple(f"/{one}" for one in BLOCKS)):
        return f"{inert(name, 48)}: {block}", inert(figure.printed, 40), "", "see tallysheet check", "", ""
    others = inert("; ".join(figure.stands_in), 60)
    shown = figure.name if figure.pointer.startswith("/groups/") else inert(figure.name, 48)
    return shown, figure.printed, figure.exact, figure.verdict, figure.count, others
