"""The tables as a data package (Frictionless, version 2): what each file holds, for programs."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from typing import Any

from tallysheet import __version__
from tallysheet.index.catalogue import TABLES
from tallysheet.index.tables import Column, Row, Table
from tallysheet.report.sinks import csv_cell, json_text

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {"text": "string", "integer": "integer", "truth": "boolean", "day": "date"}
NAME = "tallysheet-collection"


def table_csv(header: Sequence[str], rows: Iterable[Row]) -> str:
    """Return rows as CSV that no spreadsheet takes for formulas; absent is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in [tuple(header), *rows]:
        writer.writerow([cell_of(cell) for cell in row])
    return written.getvalue()


def cell_of(cell: Any) -> str:
    """Return a value as a cell of the CSV."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return csv_cell(str(cell))


def descriptor(files: dict[str, bytes]) -> str:
    """Return the descriptor of a package with these files, by their paths in it."""
    package = {
        "$schema": PROFILE,
        "name": NAME,
        "title": "A collection of published clinical evidence, one record a publication",
        "description": f"Written by Tallysheet {__version__}. In the CSV, a cell that begins like a formula has an "
        "apostrophe before it; the Parquet files and the JSON hold the text as it is.",
        "resources": [resource(table, files[f"csv/{table.name}.csv"]) for table in TABLES],
    }
    return json_text(package, indent=2) + "\n"


def resource(table: Table, data: bytes) -> dict[str, Any]:
    """Return what a table's file holds."""
    schema: dict[str, Any] = {
        "fields": [field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.columns[0].name == "record" and table.name != "records":
        link = {"fields": ["record"], "reference": {"resource": "records", "fields": ["record"]}}
        schema["foreignKeys"] = [link]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "description": table.said,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }


def field(column: Column) -> dict[str, str]:
    """Return what a column holds."""
    return {"name": column.name, "type": TYPES[column.kind], "description": column.said}
