"""No publication is in the collection twice.

Why. A publication that is entered twice is counted twice by everybody who counts reports, and its patients are if the
two records name two studies. A preprint and its article are two publications of the same patients.

What is asked. Whether two records have one DOI, PMID or PMCID, compared in its canonical form: a conflict. Whether
their titles are alike and nothing else speaks against it (other authors, years far apart, another number in the
title): a hint, never a verdict. Whether they stand at one place of one volume: a hint. Records that name each other,
as a link or as `replaced_by`, are left out.

How to fix. Keep the record with the lower id in use; set the other's `status: withdrawn` and `replaced_by`. Two
reports of one study keep both records, share `study.id`, and say by a link how they stand to each other.

Limits. Titles in square brackets are our own words and are not compared. A title that was changed throughout is found
only between a preprint and an article of the same authors.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.authors import authors_of
from tallysheet.audit.studies import in_order, is_linked, patients
from tallysheet.audit.titles import ALIKE, Title, likeness, pairs, title_of
from tallysheet.collection import Collection, Record
from tallysheet.identifiers import examine
from tallysheet.reader.inert import inert

PREPRINT = re.compile(r"10\.(1101|64898|21203|2139|20944|48550|26434|31234|31219|35542|22541|36227|32388|12688/f1000)/")
"""DOIs of preprint servers: bioRxiv and medRxiv, Research Square, SSRN, Preprints.org, arXiv, ChemRxiv, OSF ..."""
YEARS = 3
"""Titles that are alike are not one publication if more years lie between."""
CROWDED = 100
"""An author with more records than these is no reason to compare any two."""
SAME_AUTHORS = 3
"""Authors that a preprint and an article share, at the least, where their titles differ."""


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
            if is_linked(one, other) or authors_differ(one, other):
                continue
            journal = inert(str(one.value["citation"]["journal"]))
            message = f"{one.id} and {other.id} both begin at {journal} {inert(volume)}:{inert(page)}"
            places = (Place(other.path, "/citation/pages"), Place(one.path, "/citation/pages"))
            weight = 5 if len(found) == 2 else 2  # noqa: PLR2004 - a page with many items is one of abstracts
            yield hint(places, message, one, other, weight), frozenset((one.id, other.id))


def same_title(records: Sequence[Record]) -> Iterator[tuple[Answer, frozenset[str]]]:
    """Yield records whose titles are alike, as far as nothing else speaks against it."""
    titles = [title_of(record.value["citation"]["title"]) for record in records]
    worth = sorted({*pairs(titles), *preprints(records)})
    for one, other in worth:
        if answer := compare(records[one], records[other], titles[one], titles[other]):
            yield answer, frozenset((records[one].id, records[other].id))


def compare(one: Record, other: Record, title: Title | None, another: Title | None) -> Answer | None:
    """Return the hint that two records are one publication, None if they are not alike enough."""
    if title is None or another is None:
        return None
    alike = likeness(title, another)
    posted = [record.id for record in (one, other) if is_preprint(record)]
    shared = set(authors_of(one)) & set(authors_of(other))
    rewritten = len(posted) == 1 and len(shared) >= SAME_AUTHORS and set(title.words) & set(another.words)
    if alike is None and not rewritten:
        return None
    if authors_differ(one, other) or far_apart(one, other) or is_linked(one, other):
        return None
    if alike is not None and alike < ALIKE and not shared:
        return None  # one has words that the other lacks, and nothing else speaks for it
    reasons = [f"titles {alike}% alike" if alike is not None else "titles differ"]
    reasons += [f"{len(shared)} shared author{'s' if len(shared) > 1 else ''}"] if shared else []
    reasons += [f"{posted[0]} is a preprint"] if len(posted) == 1 else []
    message = f"{one.id} and {other.id} may be one publication: {', '.join(reasons)}"
    places = tuple(
        Place(record.path, "/citation/title", inert(record.value["citation"]["title"], 90)) for record in (other, one)
    )
    return hint(places, message, one, other, 6 if posted else 5 if shared else 4)


def hint(places: tuple[Place, ...], message: str, one: Record, other: Record, weight: int) -> Answer:
    """Return the hint on two records, with what to do if they are one and if they are not."""
    edit = (
        f"add links: [{{to: {one.id}, as: later-report-of}}] to {other.id}, or as it stands to it"
        if one.study == other.study
        else f"if both report the same patients, give {other.id} study id: {one.study} and a link"
    )
    edit += f"; if they are one, status: withdrawn and replaced_by: {one.id}"
    return Answer("hint", places, message, edit, weight, min(patients(one), patients(other)))


def preprints(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a preprint and what is none that share an author who is not in half of the collection."""
    holders: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        for author in authors_of(record):
            holders.setdefault(author, []).append(index)
    shared: Counter[tuple[int, int]] = Counter()
    posted = [is_preprint(record) for record in records]
    for found in holders.values():
        if len(found) <= CROWDED and any(posted[index] for index in found):
            shared.update(pair for pair in combinations(found, 2) if posted[pair[0]] != posted[pair[1]])
    yield from (pair for pair, number in shared.items() if number >= SAME_AUTHORS)


def is_preprint(record: Record) -> bool:
    """Tell whether a record's DOI is that of a preprint."""
    return PREPRINT.match(str(record.value.get("identifiers", {}).get("doi", "")).casefold()) is not None


def authors_differ(one: Record, other: Record) -> bool:
    """Tell whether both name authors, and none in common."""
    mine, theirs = authors_of(one), authors_of(other)
    return bool(mine) and bool(theirs) and not set(mine) & set(theirs)


def far_apart(one: Record, other: Record) -> bool:
    """Tell whether two records are known to lie more years apart than a publication and its preprint do."""
    years = [record.value["citation"].get("year") for record in (one, other)]
    return None not in years and abs(years[0] - years[1]) > YEARS
