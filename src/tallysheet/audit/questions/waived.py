"""What is excused for a time is mended before that time is over.

Why. A waiver that everybody has forgotten hides what it excuses.

What is asked. Every waiver, with who decided it, since when it holds if it says so, and the day on which it ends; the
oldest first.

How to fix. Mend the record and remove the waiver, or have it decided anew.

Limits. Whether a waiver still holds `tallysheet waivers` says, with its age by git where it has no day.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import in_order, patients
from tallysheet.collection import Collection
from tallysheet.reader.inert import inert
from tallysheet.waivers import waivers_of

OLDEST_FIRST = True


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield the waivers of all records."""
    for record in in_order(collection):
        for waiver in waivers_of(record.value):
            what = f"{inert(waiver.rule)} at {inert(waiver.pointer)} of {record.id}"
            message = f"{what} is excused until {inert(waiver.until)} by {inert(waiver.by)}"
            place = Place(record.path, waiver.place, inert(waiver.reason, 90))
            hint = "mend the record and remove the waiver, or have it decided anew before that day"
            yield Answer("gap", (place,), message, hint, 3, patients(record), waiver.on)
