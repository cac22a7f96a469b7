"""What an export holds: each file by its path in it, the same bytes for the same records."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tallysheet import __version__
from tallysheet.collection import Collection
from tallysheet.export.bibtex import write_bibtex
from tallysheet.export.csl import write_csl
from tallysheet.export.package import descriptor, table_csv
from tallysheet.export.references import reference
from tallysheet.export.revman import HEADER, comparisons
from tallysheet.export.ris import write_ris
from tallysheet.index.build import build, connect, literal, quoted
from tallysheet.index.catalogue import TABLES
from tallysheet.index.dictionary import dictionary
from tallysheet.index.tables import Table
from tallysheet.report.json import finding_as_json
from tallysheet.report.sinks import json_text
from tallysheet.report.totals import totals

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMAT_VERSION = 1


def write_contents(folder: Path, collection: Collection, progress: Callable[[int, int], None] | None = None) -> None:
    """Write all files of an export into an empty folder."""
    with connect() as connection:
        # One thread writes the rows of a Parquet file in one order.
        connection.execute("SET threads=1")
        build(connection, collection, progress)
        files = tables(connection)
        files.update(texts(collection))
        files["datapackage.json"] = descriptor(files).encode()
        for path, data in sorted(files.items()):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
        (folder / "parquet").mkdir()
        for table in TABLES:
            to = literal(str(folder / "parquet" / f"{table.name}.parquet"))
            connection.execute(f"COPY ({ordered(table)}) TO {to} (FORMAT parquet, COMPRESSION zstd)")


def tables(connection: "DuckDBPyConnection") -> dict[str, bytes]:
    """Return the tables as CSV."""
    found = {}
    for table in TABLES:
        names = [column.name for column in table.columns]
        found[f"csv/{table.name}.csv"] = table_csv(names, connection.execute(ordered(table)).fetchall()).encode()
    return found


def ordered(table: Table) -> str:
    """Return the statement that reads a table in the order of its key."""
    return f"SELECT * FROM {quoted(table.name)} ORDER BY {', '.join(map(quoted, table.key))}"  # noqa: S608 - our names


def texts(collection: Collection) -> dict[str, bytes]:
    """Return the references, RevMan's table, everything as one JSON, and the data dictionary."""
    records = [record.value for _, record in sorted(collection.records.items())]
    references = [reference(record) for record in records]
    return {
        "references.ris": write_ris(references).encode(),
        "references.bib": write_bibtex(references).encode(),
        "references.json": write_csl(references).encode(),
        "revman/dichotomous.csv": table_csv(HEADER, comparisons(records)).encode(),
        "everything.json": everything(collection).encode(),
        "dictionary.md": f"# What stands in the tables\n\n{dictionary()}".encode(),
    }


def everything(collection: Collection) -> str:
    """Return all records as they are, with what the check says of them."""
    document = {
        "format_version": FORMAT_VERSION,
        "tallysheet": __version__,
        "records": [record.value for _, record in sorted(collection.records.items())],
        "findings": [finding_as_json(finding) for finding in collection.report.findings],
        "summary": totals(collection.report),
        "left_out": dict(sorted(collection.left_out.items())),
    }
    return json_text(document, indent=1) + "\n"
