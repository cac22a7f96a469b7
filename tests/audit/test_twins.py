"""Near-duplicates are found among thousands of titles that are all alike, and not by comparing all pairs."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from tallysheet.audit.authors import plain_author
from tallysheet.audit.titles import likeness, title_of, unmatched
from tallysheet.audit.twins import candidates, compare, known_of
from tallysheet.collection import Record

DRUGS = ("Emapalumab", "Ruxolitinib", "Anakinra", "Etoposide", "Interferon-γ blockade", "A reduced dose")
PEOPLE = ("children", "adults", "infants under 1 year", "transplanted patients", "critically ill patients")
DISEASES = (
    "primary haemophagocytic lymphohistiocytosis",
    "macrophage activation syndrome",
    "Still's disease",
    "malignancy-associated disease",
)
FAMILIES = ("Novak", "Silva", "Brandt", "Müller", "D'Angelo", "Nguyễn", "Tanaka", "Okafor", "Haddad", "García-López")


def misspelt(title: str) -> str:
    """Return a title with a letter of its longest word left out."""
    word = max(title.split(), key=len)
    return title.replace(word, word[:3] + word[4:])


SLIPS: tuple[Callable[[str], str], ...] = (
    lambda title: title,
    lambda title: title.upper() + ".",
    misspelt,
    lambda title: title.replace("ae", "e"),
    lambda title: title + ": a retrospective study",
    lambda title: " ".join([*title.split()[2:], *title.split()[:2]]),
)


def made(identity: str, title: str, authors: Sequence[str], year: int, pmid: str | None, n: int) -> Record:
    """Return a record of a publication."""
    value: dict[str, Any] = {
        "id": identity,
        "citation": {"title": title, "authors": list(authors), "year": year},
        "groups": [{"id": "all", "label": "All", "n": n}],
        **({"identifiers": {"pmid": pmid}} if pmid else {}),
    }
    return Record(f"records/{identity}.yaml", value, b"")


def collection(number: int) -> tuple[list[Record], set[tuple[str, str]]]:
    """Return records of a small field, whose titles come back again and again, and pairs that are one publication."""
    chance = Random(7)  # noqa: S311 - the same each time is what is wanted
    records, planted = [], set()
    for index in range(number):
        title = f"{chance.choice(DRUGS)} in {chance.choice(PEOPLE)} with {chance.choice(DISEASES)}"
        count = chance.randint(2, 6)
        authors = [f"{chance.choice(FAMILIES)} {chance.choice('ABCDEFGHJKLM')}" for _ in range(count)]
        n, year = chance.randint(1, 400), chance.randint(2000, 2025)
        records.append(made(f"a{index}", title, authors, year, str(10_000_000 + index), n))
        if index % 10 == 0:
            slip = SLIPS[index // 10 % len(SLIPS)]
            records.append(made(f"b{index}", slip(title), authors, year + index % 2, None, n))
            planted.add((f"a{index}", f"b{index}"))
    return records, planted


# Every publication that was entered twice is found, however its title was written the second time; of those that were
# entered once, hardly any is taken for another one.
def test_planted_twins_are_found_and_few_others() -> None:
    records, planted = collection(1500)
    known = known_of(records)
    pairs = [(known[one], known[other]) for one, other in candidates(known)]
    found = {(one.record.id, other.record.id) for one, other in pairs if compare(one, other)}
    found = {(min(pair), max(pair)) for pair in found}
    assert planted - found == set()
    clean = {pair for pair in found if pair[0][0] == pair[1][0] == "a"}
    assert len(clean) <= 2
    assert len(found - planted) <= len(planted) // 2


# Ten times as many records give about ten times as many pairs to compare, and not a hundred times as many.
def test_pairs_grow_as_records_do() -> None:
    few, many = (len(candidates(known_of(collection(number)[0]))) for number in (300, 3000))
    assert many < few * 15
    assert many < 3300 * 200


# Names are compared without accents, by family name and first initial.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller H-J", "Muller HJ"),
        ("De Benedetti F.", "de Benedetti F"),
        ("D'Angelo A", "DAngelo A"),
        ("García-López M", "Garcia Lopez M"),
        ("Locatelli F", "Locatelli FJ"),
        ("Smith J Jr", "Smith J"),
        ("Łukasik M", "Lukasik M"),
        ("Novak A B", "Novak A"),
    ],
)
def test_one_author_written_in_two_ways(one: str, other: str) -> None:
    assert plain_author(one) == plain_author(other)


# Two authors stay two.
@pytest.mark.parametrize(("one", "other"), [("Novak A", "Novak B"), ("Chen L", "Cheng L"), ("Li W", "Li X")])
def test_two_authors_stay_two(one: str, other: str) -> None:
    assert plain_author(one) != plain_author(other)


# A title of nothing but signs, of one word, or of another script breaks nothing.
@pytest.mark.parametrize("text", ["?", "...", "…", "HLH", "血球貪食症候群", "1 2 3", "a of the", "\u0301"])
def test_odd_titles(text: str) -> None:
    title = title_of(text)
    assert title is not None
    assert likeness(title, title) is None


# A slip in a word is seen as such; a word that stands for its opposite is not.
def test_words_that_are_misspelt_and_words_that_are_others() -> None:
    assert unmatched(["transplantation"], ["transplantaton"]) == ([], [])
    assert unmatched(["untreated"], ["treated"]) == (["untreated"], ["treated"])
    assert unmatched(["primary"], ["secondary"]) == (["primary"], ["secondary"])
