"""What registries say of a publication is what its record says.

Why. A volume that is one off sends every reader elsewhere; a retraction that nobody has noticed goes on being pooled.

What is asked. Of the snapshots that `tallysheet refresh` has written: whether title, year, journal, volume, pages and
authors agree with what Crossref and PubMed say, and whether the record's status knows of each retraction, correction,
expression of concern, and of the article that a preprint became. Which records with a DOI or PMID have no snapshot,
and which no registry knows.

How to fix. Look at the publication: registries err, too. Correct the citation, or set `status`; where the registry is
wrong, tell it.

Limits. A snapshot is as old as the day that it names. What no registry gives is not compared.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import in_order, patients
from tallysheet.collection import Collection, Record
from tallysheet.refresh.metadata import Status, metadata, statuses
from tallysheet.refresh.snapshots import FOLDER, Snapshots, load_snapshots

TOGETHER = "ask the registries what has changed (tallysheet refresh), and commit the snapshots"
NAMES = {"crossref": "Crossref", "pubmed": "PubMed", "retraction_watch": "Retraction Watch"}
WEIGHTS = {"retracted": 9, "expression of concern": 6, "corrected": 5, "superseded preprint": 4, "reinstated": 4}


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield what differs from the snapshots, and what has none."""
    snapshots = load_snapshots(collection.repository.tree)
    for path, reason in snapshots.unreadable.items():
        yield Answer("gap", (Place(path),), f"{path} is no snapshot: {reason}", "write it again: tallysheet refresh", 3)
    for status in dict.fromkeys(statuses(collection, snapshots)):
        yield what_became(collection.records[status.record], status)
    for one in metadata(collection, snapshots):
        if one.verdict == "differs":
            record = collection.records[one.record]
            place = Place(record.path, one.pointer if one.ours != "(no more)" else "/citation/authors", one.ours)
            message = f"{one.record}: {one.field} is {one.ours}, {NAMES[one.source]} says {one.theirs} ({one.on})"
            hint = "look at the publication: correct the citation, or tell the registry"
            yield Answer("conflict", (place,), message, hint, 3, patients(record))
    yield from unasked(collection, snapshots)


def what_became(record: Record, status: Status) -> Answer:
    """Return that a publication is no longer what it was: a fact if its record says so, else a conflict."""
    day = f" on {status.on}" if status.on else ""
    notice = f", {status.notice}" if status.notice else ""
    message = f"{record.id} is {status.kind}{day} by {NAMES[status.source]}{notice}; its status is {status.status}"
    place = Place(record.path, "/status", status.status)
    if status.known:
        return Answer("fact", (place,), message, None, 0, patients(record))
    hint = "read the notice, set the record's status, and look at what rests on it"
    return Answer("conflict", (place,), message, hint, WEIGHTS[status.kind], patients(record))


def unasked(collection: Collection, snapshots: Snapshots) -> Iterator[Answer]:
    """Yield the records that could be compared with a registry and were not, or that none knows."""
    able = [one for one in in_order(collection) if {"doi", "pmid"} & one.value.get("identifiers", {}).keys()]
    without = [record for record in able if record.id not in snapshots.by_record]
    if without and not snapshots.by_record:
        message = f"no record was ever compared with a registry, {len(without):,} could be"
        yield Answer("gap", (Place(FOLDER),), message, TOGETHER, 3, sum(map(patients, without)))
        return
    for record in without:
        message = f"{record.id} was not compared with a registry"
        yield Answer("gap", (Place(record.path, "/identifiers"),), message, TOGETHER, 2, patients(record))
    for record in able:
        snapshot = snapshots.by_record.get(record.id)
        if snapshot and snapshot.said and all(said.facts is None for said in snapshot.said.values()):
            asked = ", ".join(f"{NAMES[source]} {said.identifier}" for source, said in snapshot.said.items())
            message = f"{record.id} is known to no registry: {asked}"
            hint = "read its DOI and PMID in the publication again"
            yield Answer("conflict", (Place(record.path, "/identifiers"),), message, hint, 5, patients(record))
