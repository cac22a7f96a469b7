"""No two studies hold the same patients without saying so.

Why. The same patients come back under other names: a case report grows into a series, a centre reports its own share
of a registry, a trial and its follow-up have two numbers. Pooled without knowing it, they count twice.

What is asked. Of studies of which neither names the other: whether they have a registry number in common; whether one
place and overlapping times stand in both; whether two or more authors report on the same condition, where the times
do not exclude it. Each is a hint: only the papers, or their authors, can say.

How to fix. Where patients may be the same, enter `overlaps` in both studies (or `subset_of` in the smaller one, or
`same_as`). Where it is known that they are not, there is nothing to enter: the hint stays, and says `kept` with
--since.

Limits. A setting is compared by its rarer words: "one centre" tells nothing. Studies of reviews, comments and labels
are left out, since their patients were reported elsewhere by their nature.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.authors import authors_of
from tallysheet.audit.studies import CITING, Study, linked, related_conditions, studies_of
from tallysheet.audit.titles import WORD, spelling
from tallysheet.collection import Collection, Record
from tallysheet.dates import is_before
from tallysheet.identifiers import examine, registry_of
from tallysheet.reader.inert import inert
from tallysheet.words import counted, listed

CROWDED = 60
"""A name, a place or a word that more studies share is no reason to compare any two of them."""
SHARED_AUTHORS = 2
"""Authors that two studies share, at the least; a quarter of the fewer too, since large groups meet in many studies."""
VAGUE_HOUSES = "hospital centre center university medical clinic institute department division school college general"
VAGUE_CARE = "children child tertiary care transplant cancer research health single multicentre multicenter academic"
VAGUE_WHERE = (
    "united state usa uk kingdom france germany italy spain japan china india canada europe america country city"
)
VAGUE_WORDS = "site national international one two three four five six seven eight nine ten the and for north south"
VAGUE = frozenset(f"{VAGUE_HOUSES} {VAGUE_CARE} {VAGUE_WHERE} {VAGUE_WORDS}".split())
"""Words of a setting that many places share."""
SHORTEST = 3
"""Letters of a word that can name a place: not de, la."""
MOST_NAMES = 3


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield pairs of studies that may hold the same patients, neither naming the other."""
    found = studies_of(collection)
    studies = {name: study for name, study in found.items() if any(primary(record) for record in study.records)}
    known = linked(found)
    said: set[frozenset[str]] = set()
    for one, other, answer in [*same_registration(studies), *same_place(studies), *same_authors(studies)]:
        pair = frozenset((one, other))
        if pair not in known and pair not in said:
            said.add(pair)
            yield answer


def primary(record: Record) -> bool:
    """Tell whether a record reports patients of its own."""
    return record.value["kind"] not in CITING | {"label", "pharmacokinetic"}


def same_registration(studies: dict[str, Study]) -> Iterator[tuple[str, str, Answer]]:
    """Yield studies that have a registry number in common."""
    holders: dict[str, dict[str, Place]] = {}
    for study in studies.values():
        for record in study.records:
            for index, raw in enumerate(record.value.get("identifiers", {}).get("registry", ())):
                number = examine(registry_of(raw), raw).canonical or raw
                place = Place(record.path, f"/identifiers/registry/{index}")
                holders.setdefault(number, {}).setdefault(study.id, place)
    for number, found in sorted(holders.items()):
        for one, other in combinations(sorted(found), 2) if len(found) <= CROWDED else ():
            message = f"{inert(number)} is a registration of two studies: {one} and {other}"
            places = (found[one], found[other])
            yield one, other, answer(studies[one], studies[other], places, message, 5)


def same_place(studies: dict[str, Study]) -> Iterator[tuple[str, str, Answer]]:
    """Yield studies of one place, of overlapping times and the same condition."""
    settings: dict[str, tuple[frozenset[str], Place]] = {}
    holders: dict[str, list[str]] = {}
    for study in studies.values():
        for record in study.records:
            words = telling(record.value.get("study", {}).get("setting", ""))
            if words and study.id not in settings:
                settings[study.id] = (words, Place(record.path, "/study/setting"))
                for word in words:
                    holders.setdefault(word, []).append(study.id)
    pairs = {pair for found in holders.values() if len(found) <= CROWDED for pair in combinations(found, 2)}
    for one, other in sorted(pairs):
        (mine, here), (theirs, there) = settings[one], settings[other]
        if not (mine <= theirs or theirs <= mine):
            continue
        times = overlap(studies[one], studies[other])
        if times is False or not same_condition(studies[one], studies[other]):
            continue
        when = "in overlapping periods" if times else "in periods that are not both known"
        message = f"{one} and {other} report patients of one place ({' '.join(sorted(mine & theirs))}), {when}"
        yield one, other, answer(studies[one], studies[other], (here, there), message, 6 if times else 3)


def telling(setting: str) -> frozenset[str]:
    """Return the words of a setting that name a place."""
    words = (spelling(word) for word in WORD.findall(setting.casefold()))
    return frozenset(word for word in words if word.isalpha() and len(word) >= SHORTEST and word not in VAGUE)


def same_authors(studies: dict[str, Study]) -> Iterator[tuple[str, str, Answer]]:
    """Yield studies of the same condition, of which two or more authors are the same."""
    holders: dict[str, list[str]] = {}
    authors = {
        study.id: {name for record in study.records if primary(record) for name in authors_of(record)}
        for study in studies.values()
    }
    for study, found in authors.items():
        for name in found:
            holders.setdefault(name, []).append(study)
    shared: Counter[tuple[str, str]] = Counter()
    for found_in in holders.values():
        if len(found_in) <= CROWDED:
            shared.update(combinations(found_in, 2))
    for (one, other), number in sorted(shared.items()):
        mine, theirs = studies[one], studies[other]
        fewer = min(len(authors[one]), len(authors[other]))
        if number < SHARED_AUTHORS or overlap(mine, theirs) is False or not same_condition(mine, theirs):
            continue
        known = bool(mine.conditions and theirs.conditions)
        if number * (4 if known else 2) < fewer:
            continue
        both = sorted(authors[one] & authors[other])
        names = listed(
            [name.title() for name in both[:MOST_NAMES]]
            + ([f"{len(both) - MOST_NAMES} more"] if len(both) > MOST_NAMES else [])
        )
        report = "report the same condition and share" if known else "share"
        message = f"{one} and {other} {report} {counted(number, 'author')}: {names}"
        places = (Place(first(mine).path, "/citation/authors"), Place(first(theirs).path, "/citation/authors"))
        yield one, other, answer(mine, theirs, places, message, 4)


def first(study: Study) -> Record:
    """Return the first report of a study's own patients that names authors."""
    own = [record for record in study.records if primary(record)]
    return next((record for record in own if authors_of(record)), own[0])


def answer(one: Study, other: Study, places: tuple[Place, ...], message: str, weight: int) -> Answer:
    """Return the hint on two studies."""
    edit = f"if patients may be in both, enter overlaps: [{other.id}] in study {one.id}, and the other way round"
    return Answer("hint", places, message, edit, weight, min(one.patients, other.patients))


def same_condition(one: Study, other: Study) -> bool:
    """Tell whether two studies may be of one condition: one that names none may be of any."""
    return not one.conditions or not other.conditions or related_conditions(one.conditions, other.conditions)


def overlap(one: Study, other: Study) -> bool | None:
    """Tell whether the periods of two studies overlap; None if one of them has no period."""
    mine, theirs = period(one), period(other)
    if mine is None or theirs is None:
        return None
    return not (is_before(mine[1], theirs[0]) or is_before(theirs[1], mine[0]))


def period(study: Study) -> tuple[str, str] | None:
    """Return from when to when patients were included, by all reports; None where none of them says both."""
    periods = [record.value.get("study", {}).get("period", {}) for record in study.records]
    known = [(p["from"], p["to"]) for p in periods if "from" in p and "to" in p]
    return (min(start for start, _ in known), max(end for _, end in known)) if known else None
