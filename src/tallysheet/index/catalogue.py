"""All tables, in the order in which they are documented, and the rows of a whole collection."""

from collections.abc import Callable, Iterator

from tallysheet.collection import Collection
from tallysheet.index import findings, patients, publications
from tallysheet.index.judged import Judge, JudgedRecord
from tallysheet.index.tables import Column, Row, Table


def no_rows(_: JudgedRecord) -> Iterator[Row]:
    """Return that a record gives a table no rows: they are of the collection."""
    return iter(())


LEFT_OUT = Table(
    "left_out",
    "One row a file that took no part: what the other tables say is said without it.",
    (Column("path", "The file, from the top of the repository."), Column("why", "Why it took no part.")),
    ("path",),
    no_rows,
)
TABLES: tuple[Table, ...] = (*publications.TABLES, *patients.TABLES, *findings.TABLES, LEFT_OUT)
OTHER_FIELDS = "fits the repository's own schema and not the bundled one, whose fields the tables have"

Put = Callable[[Table, Row], object]
"""Takes the next row of a table."""


def enter(collection: Collection, put: Put, progress: Callable[[int, int], None] | None = None) -> None:
    """Hand every row of every table to `put`: record by record in the order of their ids, so that it is always one."""
    judge = Judge(collection)
    left_out = dict(collection.left_out)
    for done, record in enumerate(sorted(collection.records.values(), key=lambda record: record.id)):
        if progress:
            progress(done, len(collection.records))
        judged = judge.judged(record)
        if judged is None:
            left_out[record.path] = OTHER_FIELDS
            continue
        for table in TABLES:
            for row in table.rows(judged):
                put(table, row)
    for row in sorted(left_out.items()):
        put(LEFT_OUT, row)
