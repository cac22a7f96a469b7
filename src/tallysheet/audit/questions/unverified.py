"""A second person has compared every record with its publication.

Why. Nobody sees their own slips: who extracts alone makes about a fifth more errors than two.

What is asked. Which records have no `curation.verified`, and since when; the ones with most patients come first.

How to fix. Somebody else than who extracted compares every figure with the publication and enters `verified`.

Limits. Whether it was really done only that person knows.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import GONE, in_order, patients
from tallysheet.collection import Collection
from tallysheet.reader.inert import inert
from tallysheet.words import counted

TOGETHER = "have a second person compare {count} records with their publications, beginning with {first}"


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield the records that nobody has verified."""
    for record in in_order(collection):
        curation = record.value["curation"]
        if "verified" in curation or record.value["status"] in GONE:
            continue
        figures = len(record.value.get("results", ())) + len(record.value.get("groups", ()))
        by = inert(curation["extracted"]["by"])
        message = f"{record.id} ({counted(figures, 'entry', 'entries')}), extracted by {by}, was verified by nobody"
        hint = f"compare {record.path} with the publication, then enter verified: {{by: ..., on: ...}} under curation"
        weight = 3 if figures else 1
        yield Answer(
            "gap",
            (Place(record.path, "/curation"),),
            message,
            hint,
            weight,
            patients(record),
            curation["extracted"]["on"],
        )
