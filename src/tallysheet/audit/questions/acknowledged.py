"""What a publication itself contradicts is looked at again after a time.

Why. A discrepancy that was entered years ago may have been corrected by an erratum since.

What is asked. Every discrepancy, with who saw it and how long ago, the oldest first.

How to fix. Look for a correction of the publication; enter its figures, a link (`as: corrects`) and the status
`corrected`.

Limits. Whether there is a correction only the journal says.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import in_order, patients
from tallysheet.collection import Collection
from tallysheet.pointers import pointer
from tallysheet.reader.inert import inert

TOGETHER = "look for corrections of {count} contradictions of the publications' own, the oldest in {first}"
OLDEST_FIRST = True


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield the discrepancies of all records."""
    for record in in_order(collection):
        for index, entry in enumerate(record.value.get("discrepancies", ())):
            by = f"acknowledged under {inert(entry['rule'])} by {inert(entry['by'])}"
            message = f"{record.id} prints {inert(entry['printed'])}, {by}"
            place = Place(record.path, pointer("discrepancies", index), inert(entry["why"], 90))
            hint = f"look whether {record.id} was corrected since; if so, enter the correction and status: corrected"
            yield Answer("gap", (place,), message, hint, 1, patients(record), entry["on"])
