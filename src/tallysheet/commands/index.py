"""`tallysheet index`: all records, figures and findings as tables of a DuckDB file, built anew."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.collection import Collection
    from tallysheet.run import Progress

FOLDER = ".tallysheet"
"""What is built from the records; git ignores it by a file of its own in it."""
DEFAULT = f"{FOLDER}/index.duckdb"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help=f"the file to write; {DEFAULT} at the top of the repository if left out"
    )
    parser.add_argument("--tables", action="store_true", help="show the tables and their columns, and build nothing")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the index; returns 0, also where records took no part: that is said."""
    from tallysheet.index.build import build, connect, new_file
    from tallysheet.report.files import why_unwritable
    from tallysheet.repository import root_of
    from tallysheet.unusable import Unusable
    from tallysheet.words import counted

    if arguments.tables:
        from tallysheet.index.dictionary import dictionary

        sys.stdout.write(dictionary())
        return 0
    root = root_of(arguments.root)
    path: Path = arguments.to or made(root)
    if why := why_unwritable(path):
        raise Unusable(f"--to: {path}: {why}")
    collection = opened(root)
    refuse_among_records(collection, path)
    with new_file(path) as beside, connect(str(beside)) as connection:
        build(connection, collection, bar())
        connection.execute("CHECKPOINT")
        figures = connection.execute("SELECT count(*) FROM figures").fetchall()[0][0]
        said = f"{counted(len(collection.records), 'record')}, {counted(figures, 'figure')}"
        connection.close()
    sys.stdout.write(f"wrote {path}: {said}\n")
    tell_left_out(collection)
    return 0


def made(root: Path) -> Path:
    """Return the default place, in a folder that git ignores; raises Unusable if something else is there."""
    from tallysheet.unusable import Unusable

    folder = root / FOLDER
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Unusable(f"{FOLDER} is there and no folder: give --to FILE")
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    return root / DEFAULT


def opened(root: Path) -> "Collection":
    """Return the collection of the repository at `root`; raises Unusable where it holds no record.

    Raises RuntimeError where a rule failed: what was found without it would pass for the whole.
    """
    from tallysheet.collection import open_collection
    from tallysheet.repository import open_repository
    from tallysheet.unusable import Unusable

    collection = open_collection(open_repository(root), bar())
    if crashes := collection.report.crashes:
        raise RuntimeError(f"the rule {crashes[0].rule} failed on {crashes[0].path}: {crashes[0].trace}")
    if not collection.records:
        raise Unusable(f"{collection.repository.settings.records}: no record is well formed: tallysheet check says why")
    return collection


def bar() -> "Progress | None":
    """Return a progress bar for a terminal, None elsewhere."""
    from tallysheet.commands.progress import Bar

    return Bar(sys.stderr) if sys.stderr.isatty() else None


def refuse_among_records(collection: "Collection", path: Path) -> None:
    """Raise Unusable for a place among the records: what is written there would be taken for one."""
    from tallysheet.unusable import Unusable

    records = (collection.repository.root / collection.repository.settings.records).resolve()
    if path.resolve().is_relative_to(records):
        raise Unusable(f"--to: {path} lies among the records")


def tell_left_out(collection: "Collection") -> None:
    """Say on the error stream which records took no part."""
    from tallysheet.reader.inert import inert
    from tallysheet.words import counted

    if left_out := collection.left_out:
        shown = "; ".join(f"{inert(path, 120)} {why}" for path, why in sorted(left_out.items())[:3])
        more = "; ..." if len(left_out) > len(shown.split("; ")) else ""
        sys.stderr.write(f"tallysheet: {counted(len(left_out), 'file')} took no part: {shown}{more}\n")
