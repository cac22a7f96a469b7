"""Records that may be of one publication: which pairs are worth comparing, and what speaks for and against it.

Titles alone do not decide: half of a field's papers have titles that are alike. Authors, years, identifiers and the
number of patients have their say, as far as both records give them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from tallysheet.audit.authors import authors_of
from tallysheet.audit.studies import is_linked, patients
from tallysheet.audit.titles import ALIKE, Title, frequencies, likeness, neighbours, pairs, title_of
from tallysheet.collection import Record

PREPRINT = re.compile(r"10\.(1101|64898|21203|2139|20944|48550|26434|31234|31219|35542|22541|36227|32388|12688/f1000)/")
"""DOIs of preprint servers: bioRxiv and medRxiv, Research Square, SSRN, Preprints.org, arXiv, ChemRxiv, OSF ..."""
YEARS = 3
"""Two records are not of one publication if more years lie between."""
CROWDED = 100
"""An author with more records than these is no reason to compare any two."""
SAME_AUTHORS = 3
"""Authors that a preprint and an article share, at the least, where their titles differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of a record, in a form that can be compared."""

    record: Record
    title: Title
    authors: tuple[str, ...]
    names: frozenset[str]
    year: int | None
    size: int
    is_preprint: bool


class Alike(NamedTuple):
    """What speaks for it that two records are of one publication."""

    title: int | None
    """Per cent; None where the titles differ, and only the authors speak for it."""
    shared: int
    """How many authors they share."""


def known_of(records: Sequence[Record]) -> list[Known]:
    """Return what is known of all records that have a title."""
    found = []
    for record in records:
        citation, identifiers = record.value["citation"], record.value.get("identifiers", {})
        title, authors = title_of(citation["title"]), tuple(authors_of(record))
        if title is not None and title.words:
            posted = PREPRINT.match(str(identifiers.get("doi", "")).casefold()) is not None
            year = citation.get("year")
            found.append(Known(record, title, authors, frozenset(authors), year, patients(record), posted))
    return found


def candidates(known: Sequence[Known]) -> list[tuple[int, int]]:
    """Return the pairs that are worth comparing, by index: as many as there are records, times a constant."""
    titles = [one.title for one in known]
    frequency = frequencies(titles)
    # Common words first, so that a word that is misspelt, and therefore rare, changes the end of the key only.
    keys = [tuple(sorted(set(title.words), key=lambda word: (-frequency[word], word))) for title in titles]
    found = {*pairs(titles), *preprints(known)}
    by_author = [(author, index) for index, one in enumerate(known) for author in one.authors]
    found.update(neighbours(((author, keys[index]), index) for author, index in by_author))
    found.update(neighbours(((author, known[index].year or 0, keys[index]), index) for author, index in by_author))
    indexes = range(len(known))
    found.update(neighbours(((known[index].authors, keys[index]), index) for index in indexes if known[index].authors))
    found.update(neighbours(((keys[index], known[index].size, known[index].year or 0), index) for index in indexes))
    return sorted(found)


def preprints(known: Sequence[Known]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a preprint and what is none that share several authors."""
    holders: dict[str, list[int]] = {}
    for index, one in enumerate(known):
        for author in one.names:
            holders.setdefault(author, []).append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for found in holders.values():
        if len(found) <= CROWDED and any(known[index].is_preprint for index in found):
            both = combinations(found, 2)
            shared.update(pair for pair in both if known[pair[0]].is_preprint != known[pair[1]].is_preprint)
    yield from (pair for pair, number in shared.items() if number >= SAME_AUTHORS)


def compare(one: Known, other: Known) -> Alike | None:
    """Return what speaks for it that two records are of one publication, None if something speaks against it."""
    shared = len(one.names & other.names)
    if one.year and other.year and abs(one.year - other.year) > YEARS:
        return None
    if one.names and other.names and not same_authors(one, other, shared):
        return None
    posted = one.is_preprint != other.is_preprint
    if registered_apart(one.record, other.record) and not posted and not (shared and same_size(one, other)):
        return None  # two publications, and nothing says that their patients are the same
    alike = likeness(one.title, other.title)
    if alike is None:
        speaks = posted and shared >= SAME_AUTHORS and bool(set(one.title.words) & set(other.title.words))
    else:
        # Where one has words that the other lacks, somebody else must speak for it.
        near = one.year is not None and other.year is not None and abs(one.year - other.year) <= 1
        speaks = alike >= ALIKE or shared > 1 or (shared > 0 and (near or one.names == other.names))
    return Alike(alike, shared) if speaks and not is_linked(one.record, other.record) else None


def same_authors(one: Known, other: Known, shared: int) -> bool:
    """Tell whether two records share most authors of the shorter list, or begin with the same if one is cut."""
    cut = any(record.value["citation"].get("et_al") for record in (one.record, other.record))
    if cut or min(len(one.names), len(other.names)) == 1:
        return one.authors[0] == other.authors[0]
    most = shared * 2 > min(len(one.names), len(other.names))
    return most or (shared > 0 and one.authors[0] == other.authors[0])


def same_size(one: Known, other: Known) -> bool:
    """Tell whether two records have as many patients, as far as both say it."""
    return not (one.size and other.size) or one.size == other.size


def registered_apart(one: Record, other: Record) -> bool:
    """Tell whether two records have different DOIs or PMIDs: then they are two publications, perhaps of one thing."""
    mine, theirs = (record.value.get("identifiers", {}) for record in (one, other))
    return any(name in mine and name in theirs and mine[name] != theirs[name] for name in ("doi", "pmid"))
