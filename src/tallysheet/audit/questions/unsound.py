"""Every record is readable, well formed, and without findings of the check.

Why. An audit of a part says less than one of the whole: what can't be read takes no part in any answer below.

What is asked. Which files were left out, and why; which findings of `tallysheet check` stand in the others.

How to fix. `tallysheet check` says what is wrong, where, and what to write instead.

Limits. Only how many findings a record has is told here.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import in_order, patients
from tallysheet.collection import Collection
from tallysheet.reader.inert import inert
from tallysheet.words import counted


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield what was left out, and what the check finds in the others."""
    for path, reason in sorted(collection.left_out.items()):
        message = f"{inert(path, 200)} takes no part in this audit: {inert(reason, 200)}"
        yield Answer("gap", (Place(path),), message, f"tallysheet check {inert(path, 200)}", 9)
    for record in in_order(collection):
        failing = [finding for finding in record.findings if finding.severity != "acknowledged"]
        if failing:
            message = (
                f"{record.id} has {counted(len(failing), 'finding')} of the check: {inert(failing[0].message, 120)}"
            )
            place = Place(record.path, failing[0].pointer)
            hint = f"tallysheet check {record.path}"
            errors = any(finding.severity == "error" for finding in failing)
            yield Answer("conflict", (place,), message, hint, 8 if errors else 5, patients(record))
    for crash in collection.report.crashes:
        message = (
            f"the rule {crash.rule} failed to run on {inert(crash.path, 200)}: what it would have found is not known"
        )
        yield Answer("gap", (Place(crash.path),), message, f"tallysheet check {inert(crash.path, 200)}", 9)
