"""No publication is in the collection twice.

Why. A publication that is entered twice is counted twice by everybody who counts reports, and its patients are if the
two records name two studies. A preprint and its article are two publications of the same patients.

What is asked. Whether two records have one DOI, PMID or PMCID, compared in its canonical form: a conflict. Whether
their titles are alike and nothing else speaks against it (other authors, years far apart, another number in the
title): a hint, never a verdict. Whether they stand at one place of one volume: a hint. Records that name each other,
as a link or as `replaced_by`, are left out.

How to fix. Keep one of the two records; set the other's `status: withdrawn` and `replaced_by`. Two reports of one study
keep both records, share `study.id`, and say by a link how they stand to each other.

Limits. Titles in square brackets are our own words and are not compared. A title that was changed throughout is found
only between a preprint and an article of the same authors.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.authors import authors_of
from tallysheet.audit.studies import in_order, is_linked, patients
from tallysheet.audit.twins import Alike, Known, candidates, compare, known_of
from tallysheet.collection import Collection, Record
from tallysheet.identifiers import examine
from tallysheet.reader.inert import inert
from tallysheet.words import counted


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield pairs of records that are, or may be, one publication."""
    records = [record for record in in_order(collection) if record.value["status"] != "withdrawn"]
    said: set[frozenset[str]] = set()
    for answer, pair in [*same_identifier(records), *same_pages(records), *same_title(records)]:
        if pair not in said:
            said.add(pair)
            yield answer


def same_identifier(records: Sequence[Record]) -> Iterator[tuple[Answer, frozenset[str]]]:
    """Yield records that share an identifier in its canonical form."""
    for kind in ("doi", "pmid", "pmcid"):
        holders: dict[str, list[Record]] = {}
        for record in records:
            if raw := record.value.get("identifiers", {}).get(kind):
                holders.setdefault(examine(kind, raw).canonical or raw.strip().casefold(), []).append(record)
        for name, found in sorted(holders.items()):
            for one, other in pairwise(found):
                place = f"/identifiers/{kind}"
                message = f"{kind.upper()} {inert(name)} is that of two records: {one.id} and {other.id}"
                hint = (
                    f"compare the two; if they are one, set status: withdrawn and replaced_by: {one.id} in {other.id}"
                )
                places = (Place(other.path, place), Place(one.path, place))
                most = max(patients(one), patients(other))
                yield Answer("conflict", places, message, hint, 9, most), frozenset((one.id, other.id))


def same_pages(records: Sequence[Record]) -> Iterator[tuple[Answer, frozenset[str]]]:
    """Yield records that stand at one place of one volume; abstracts and letters may well share a page."""
    holders: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        citation = record.value["citation"]
        fields = [citation.get(name, "") for name in ("journal", "volume", "pages")]
        if all(fields):
            journal = re.sub(r"[^a-z]", "", fields[0].casefold())
            holders.setdefault((journal, fields[1], re.split("[-–]", fields[2])[0]), []).append(record)
    for (_, volume, page), found in sorted(holders.items()):
        for one, other in pairwise(found):
            years = {record.value["citation"].get("year") for record in (one, other)} - {None}
            if is_linked(one, other) or strangers(one, other) or len(years) > 1:
                continue
            journal = inert(str(one.value["citation"]["journal"]))
            message = f"{one.id} and {other.id} both begin at {journal} {inert(volume)}:{inert(page)}"
            places = (Place(other.path, "/citation/pages"), Place(one.path, "/citation/pages"))
            weight = 5 if len(found) == 2 else 2  # noqa: PLR2004 - a page with many items is one of abstracts
            yield hint(places, message, one, other, weight), frozenset((one.id, other.id))


def same_title(records: Sequence[Record]) -> Iterator[tuple[Answer, frozenset[str]]]:
    """Yield records whose titles are alike, as far as nothing else speaks against it."""
    known = known_of(records)
    for first, second in candidates(known):
        one, other = known[first], known[second]
        if alike := compare(one, other):
            yield twins(one, other, alike), frozenset((one.record.id, other.record.id))


def twins(one: Known, other: Known, alike: Alike) -> Answer:
    """Return the hint that two records are one publication."""
    posted = [known.record.id for known in (one, other) if known.is_preprint]
    reasons = [f"titles {alike.title}% alike" if alike.title is not None else "titles differ"]
    reasons += [counted(alike.shared, "shared author")] if alike.shared else []
    reasons += [f"{posted[0]} is a preprint"] if len(posted) == 1 else []
    message = f"{one.record.id} and {other.record.id} may be one publication: {', '.join(reasons)}"
    places = tuple(
        Place(known.record.path, "/citation/title", inert(known.record.value["citation"]["title"], 90))
        for known in (other, one)
    )
    return hint(places, message, one.record, other.record, 6 if posted else 5 if alike.shared else 4)


def hint(places: tuple[Place, ...], message: str, one: Record, other: Record, weight: int) -> Answer:
    """Return the hint on two records, with what to do if they are one and if they are not."""
    edit = (
        f"add links: [{{to: {one.id}, as: later-report-of}}] to {other.id}, or as it stands to it"
        if one.study == other.study
        else f"if both report the same patients, give {other.id} study id: {one.study} and a link"
    )
    edit += f"; if they are one, status: withdrawn and replaced_by: {one.id}"
    return Answer("hint", places, message, edit, weight, min(patients(one), patients(other)))


def strangers(one: Record, other: Record) -> bool:
    """Tell whether both name authors, and none in common."""
    mine, theirs = authors_of(one), authors_of(other)
    return bool(mine) and bool(theirs) and not set(mine) & set(theirs)
