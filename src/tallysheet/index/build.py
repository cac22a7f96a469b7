"""Builds the index: a DuckDB with one table for each of the catalogue, in memory or in a file."""

import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tallysheet.collection import Collection
from tallysheet.index.catalogue import TABLES, enter
from tallysheet.index.tables import SQL, Row, Table
from tallysheet.unusable import Unusable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDED = "needs DuckDB: python -m pip install 'tallysheet[audit]'"
NO_EXTENSIONS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def connect(path: str = ":memory:", *, read_only: bool = False) -> "DuckDBPyConnection":
    """Return a connection that loads no extension; raises Unusable where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise Unusable(NEEDED) from error
    return duckdb.connect(path, read_only, config=dict(NO_EXTENSIONS))


def build(
    connection: "DuckDBPyConnection", collection: Collection, progress: Callable[[int, int], None] | None = None
) -> None:
    """Create and fill all tables.

    The rows go by way of files of JSON lines that are gone afterwards: rows handed over one by one take far longer,
    and a file of CSV can't tell a blank text from none.
    """
    with tempfile.TemporaryDirectory(prefix="tallysheet-") as folder:
        paths = {table.name: Path(folder, f"{table.name}.jsonl") for table in TABLES}
        with ExitStack() as stack:
            files = {name: stack.enter_context(path.open("w", encoding="ascii")) for name, path in paths.items()}
            names = {table.name: [column.name for column in table.columns] for table in TABLES}
            encode = json.JSONEncoder(allow_nan=False).encode  # made once: dumps makes one a call

            def put(table: Table, row: Row) -> None:
                line = encode(dict(zip(names[table.name], row, strict=True)))
                files[table.name].write(line + "\n")

            enter(collection, put, progress)
        for table in TABLES:
            connection.execute(create(table))
            kinds = ", ".join(f"{quoted(column.name)}: '{SQL[column.kind]}'" for column in table.columns)
            connection.execute(
                f"INSERT INTO {quoted(table.name)} SELECT * FROM read_json("  # noqa: S608 - names of our own
                f"?, format='newline_delimited', columns={{{kinds}}}, maximum_object_size=16777216)",
                [os.fspath(paths[table.name])],
            )


def create(table: Table) -> str:
    """Return the statement that makes a table, with what it and its columns mean."""
    parts = [f"{quoted(column.name)} {SQL[column.kind]}" for column in table.columns]
    key = ", ".join(quoted(name) for name in table.key)
    lines = [f"CREATE TABLE {quoted(table.name)} ({', '.join(parts)}, PRIMARY KEY ({key}))"]
    lines.append(f"COMMENT ON TABLE {quoted(table.name)} IS {literal(table.said)}")
    for column in table.columns:
        name = f"{quoted(table.name)}.{quoted(column.name)}"
        lines.append(f"COMMENT ON COLUMN {name} IS {literal(column.said)}")
    return ";\n".join(lines)


def quoted(name: str) -> str:
    """Return a name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a name beside `path` to build under, which takes the place of `path` once all is well, or is gone."""
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        yield beside
        os.replace(beside, path)  # noqa: PTH105 - as it is known
    finally:
        for rest in (beside, beside.with_name(beside.name + ".wal")):
            rest.unlink(missing_ok=True)
