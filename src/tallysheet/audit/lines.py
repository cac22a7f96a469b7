"""The lines on which places of records stand, looked up when they are shown."""

import re

from tallysheet.audit.answers import Place
from tallysheet.collection import Collection, Record


class Lines:
    """Knows where the places of a collection's records stand."""

    def __init__(self, collection: Collection) -> None:
        self.records = {record.path: record for record in collection.records.values()}

    def line(self, place: Place) -> int:
        """Return the line of a place; 1 for a file as a whole, and for one that is no record of the collection."""
        record = self.records.get(place.path)
        if record is None or not place.pointer:
            return 1
        return line_of_key(record, place.pointer) or record.line(place.pointer)


def line_of_key(record: Record, pointer: str) -> int | None:
    """Return the line of a key at the top of a record, None where only the reader can say: it takes a while.

    A key at the top stands at the beginning of a line; if more than one line looks so, one of them is a text's.
    """
    name = pointer[1:]
    if "/" in name or not name.isidentifier() or name not in record.value:
        return None
    found = list(re.finditer(rb"(?m)^%s:" % name.encode(), record.data))
    return record.data.count(b"\n", 0, found[0].start()) + 1 if len(found) == 1 else None
