"""Nothing rests on a publication that was retracted, withdrawn or superseded.

Why. Retracted work goes on being cited and pooled for years. A withdrawn record says which one takes its place; an
earlier report gives way to a later one.

What is asked. Which records are retracted, withdrawn or corrected; which records rest on them: reviews that include
them, studies that no other report stands for. Whether `replaced_by` leads to a record that stands, and not in a
circle; whether what corrects another publication is marked on both sides; whether two reports are each the earlier
one.

How to fix. Remove retracted work from what is counted, and say so in the notes of what relied on it. Give a withdrawn
record its `replaced_by`.

Limits. What the records say: what journals have said since is for the question on registries.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import GONE, in_order, links_of, patients
from tallysheet.collection import Collection, Record
from tallysheet.pointers import pointer
from tallysheet.words import counted

RESTING = {"includes": "includes", "secondary-publication-of": "is a secondary publication of"}
"""Links by which a record rests on the other one; a comment or a correction speaks of it only."""


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield what no longer stands, and what rests on it."""
    records = collection.records
    for record in in_order(collection):
        if record.value["status"] != "active":
            yield no_longer_active(record)
        yield from replaced(record, records)
        for index, link in enumerate(record.value.get("links", ())):
            if other := records.get(link["to"]):
                yield from rests_on(record, other, link, pointer("links", index))
    yield from left_without(collection)


def no_longer_active(record: Record) -> Answer:
    """Return the fact that a record is not active, or the gap that it names nothing in its place."""
    status, place = record.value["status"], Place(record.path, "/status")
    if status == "withdrawn" and "replaced_by" not in record.value:
        hint = "enter replaced_by, or say in the notes why nothing takes its place"
        return Answer(
            "gap", (place,), f"{record.id} is withdrawn, and nothing takes its place", hint, 2, patients(record)
        )
    return Answer("fact", (place,), f"{record.id} is {status}", None, 0, patients(record))


def left_without(collection: Collection) -> Iterator[Answer]:
    """Yield studies that name one of which no report stands."""
    standing = [record for record in in_order(collection) if record.value["status"] not in GONE]
    known = {record.study for record in standing}
    fallen = {record.study: record for record in in_order(collection) if record.study not in known}
    for one in standing:
        for name, other, place in links_of(one):
            if gone := fallen.get(other):
                message = f"study {one.study} has {name}: {other}, of which no report stands"
                places = (Place(one.path, place), Place(gone.path, "/status", gone.value["status"]))
                yield Answer("hint", places, message, "look whether its own figures still hold", 4, patients(one))


def replaced(record: Record, records: Mapping[str, Record]) -> Iterator[Answer]:
    """Yield a replacement that does not stand itself, or leads back."""
    chain, last = {record.id: record}, record
    while (following := records.get(last.value.get("replaced_by", ""))) and following.id not in chain:
        chain[following.id] = last = following
    place = Place(record.path, "/replaced_by")
    if following and following.id == record.id and record.id == min(chain):
        message = f"records replace each other in a circle: {', '.join(chain)}"
        yield Answer("conflict", (place,), message, "one of them stands: remove its replaced_by", 6, patients(record))
    elif following is None and len(chain) > 1 and last.value["status"] in GONE:
        message = f"{record.id} is replaced by {last.id}, which is {last.value['status']} itself"
        places = (place, Place(last.path, "/status"))
        yield Answer(
            "conflict", places, message, "name a record that stands, or remove replaced_by", 5, patients(record)
        )


def rests_on(record: Record, other: Record, link: Mapping[str, Any], place: str) -> Iterator[Answer]:
    """Yield what a link says that the status of the other record does not bear."""
    status, role = other.value["status"], link["as"]
    places = (Place(record.path, place), Place(other.path, "/status", status))
    if role in RESTING and status in GONE and record.value["status"] not in GONE:
        message = f"{record.id} {RESTING[role]} {other.id}, which is {status} ({counted(patients(other), 'patient')})"
        hint = f"leave these patients out of what is counted, and say in the notes of {record.id} that they were in it"
        yield Answer("conflict", places, message, hint, 9 if status == "retracted" else 5, patients(other))
    elif role == "corrects" and status == "active":
        message = f"{record.id} corrects {other.id}, whose status is active"
        yield Answer("conflict", places, message, f"set status: corrected in {other.id}", 6, patients(other))
    back = {one["as"] for one in other.value.get("links", ()) if one["to"] == record.id}
    if role in ("earlier-report-of", "later-report-of"):
        if role in back and record.id < other.id:
            message = f"{record.id} and {other.id} each say that they are the {role.replace('-', ' ')} the other"
            yield Answer("conflict", places, message, "one of them is the earlier", 4, patients(record))
        elif role == "earlier-report-of" and record.value["status"] == "active":
            message = f"{record.id} is superseded by a later report, {other.id}"
            yield Answer("fact", places, message, None, 0, patients(other))
