"""Asks the index: one SELECT at a time, which can read the tables and nothing else, and write nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tallysheet.unusable import Unusable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LOCKS = (
    # Values of the running program are no tables.
    "python_enable_replacements=false",
    "allow_community_extensions=false",
    "temp_directory=''",
    "memory_limit='1GB'",
    # No file, no folder, no other database, no extension, no network; and nothing of this can be undone.
    "enable_external_access=false",
    "lock_configuration=true",
)
ALLOWED = ("SELECT", "EXPLAIN")
ONE = "give one SELECT"


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def lock(connection: "DuckDBPyConnection") -> None:
    """Take from a connection all that it does not need to read its tables."""
    for setting in LOCKS:
        connection.execute(f"SET {setting}")


def ask(connection: "DuckDBPyConnection", sql: str) -> Answer:
    """Return what one SELECT comes to on a locked connection; raises Unusable for anything else.

    Three walls: the kind of the statement, a transaction that can only read, and a connection that can open nothing.
    """
    import duckdb

    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1:
            raise Unusable(f"query: {len(statements)} statements: {ONE}")
        if (kind := statements[0].type.name) not in ALLOWED:
            raise Unusable(f"query: {kind} is not allowed: {ONE}")
        connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            cursor = connection.execute(statements[0])
            names = tuple(column[0] for column in cursor.description or ())
            return Answer(names, cursor.fetchall())
        finally:
            connection.rollback()
    except duckdb.Error as error:
        raise Unusable(*(f"query: {line}" for line in str(error).splitlines() if line.strip())) from error
