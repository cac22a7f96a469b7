"""`tallysheet query "select ..."`: what the records say, asked in SQL that can read the tables and nothing else."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("sql", metavar="SQL", help="one SELECT; tallysheet index --tables shows what can be asked")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="how the answer is printed")
    parser.add_argument(
        "--index", type=Path, metavar="FILE", help="ask this index as it stands, and not the records as they lie there"
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns 0, raises Unusable for what is no SELECT or can't be answered."""
    from tallysheet.index import show
    from tallysheet.index.ask import ask, lock

    connection = kept(arguments.index) if arguments.index else fresh(arguments.root)
    with connection:
        lock(connection)
        answer = ask(connection, arguments.sql)
    sys.stdout.write({"text": show.as_text, "csv": show.as_csv, "json": show.as_json}[arguments.format](answer))
    return 0


def fresh(root: Path | None) -> "DuckDBPyConnection":
    """Return tables of the records as they lie there, in memory."""
    from tallysheet.commands.index import bar, opened, tell_left_out
    from tallysheet.index.build import build, connect
    from tallysheet.repository import root_of

    connection = connect()
    collection = opened(root_of(root))
    build(connection, collection, bar())
    tell_left_out(collection)
    return connection


def kept(path: Path) -> "DuckDBPyConnection":
    """Return an index that was written before; raises Unusable for what is none."""
    from tallysheet.index.build import connect
    from tallysheet.unusable import Unusable

    if not path.is_file():
        raise Unusable(f"--index: {path}: there is no such file")
    import duckdb

    try:
        return connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise Unusable(f"--index: {path}: is no index: {str(error).splitlines()[0]}") from error
