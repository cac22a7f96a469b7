"""What is acknowledged or excused is looked at again after a time.

Why. A discrepancy that was entered years ago may have been corrected by an erratum since; a waiver that everybody has
forgotten hides what it excuses.

What is asked. Every discrepancy, with who saw it and how long ago; every waiver, with the day on which it ends.

How to fix. Look for a correction of the publication; enter its figures, a link (`as: corrects`) and the status
`corrected`. A waiver that is over is decided anew, or the finding mended.

Limits. Whether a waiver still holds `tallysheet waivers` says.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import in_order, patients
from tallysheet.collection import Collection, Record
from tallysheet.pointers import pointer
from tallysheet.reader.inert import inert
from tallysheet.waivers import waivers_of

TOGETHER = "look for corrections of {count} publications' own contradictions, the oldest in {first}"
OLDEST_FIRST = True


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield discrepancies and waivers, the oldest first."""
    for record in in_order(collection):
        yield from discrepancies(record)
        for waiver in waivers_of(record.value):
            what = f"{inert(waiver.rule)} at {inert(waiver.pointer)} of {record.id}"
            message = f"{what} is excused until {waiver.until} by {inert(waiver.by)}"
            place = Place(record.path, waiver.place, inert(waiver.reason, 90))
            hint = "mend the record and remove the waiver, or have it decided anew before that day"
            yield Answer("gap", (place,), message, hint, 3, patients(record), waiver.on)


def discrepancies(record: Record) -> Iterator[Answer]:
    """Yield the contradictions of a publication's own."""
    for index, entry in enumerate(record.value.get("discrepancies", ())):
        by = f"acknowledged under {inert(entry['rule'])} by {inert(entry['by'])}"
        message = f"{record.id} prints {inert(entry['printed'])}, {by}"
        place = Place(record.path, pointer("discrepancies", index), inert(entry["why"], 90))
        hint = f"look whether {record.id} was corrected since; if so, enter the correction and status: corrected"
        yield Answer("gap", (place,), message, hint, 1, patients(record), entry["on"])
