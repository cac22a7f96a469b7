"""What stands in the tables, for people: each table, what a row is, and what each column means."""

from tallysheet.index.catalogue import TABLES
from tallysheet.index.tables import Column, Table


def dictionary() -> str:
    """Return all tables with their columns as Markdown."""
    return "\n".join(described(table) for table in TABLES)


def described(table: Table) -> str:
    """Return one table as a section of Markdown."""
    lines = [f"## {table.name}", "", table.said, "", "| column | type | meaning |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(row(column, key=column.name in table.key) for column in table.columns), ""])


def row(column: Column, *, key: bool) -> str:
    """Return the row of one column; those that tell rows apart are marked."""
    name = f"**{column.name}**" if key else column.name
    said = column.said.replace("|", "\\|").replace("<", "&lt;")
    return f"| {name} | {column.kind} | {said} |"
