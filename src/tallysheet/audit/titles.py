"""Titles that may be one: which pairs are worth comparing, and how alike two titles are.

Not all pairs are compared. Two titles that share half of their words share, among their rarest words, at least one
(the prefix filter of set-similarity joins: Chaudhuri, Ganti, Kaushik, ICDE 2006); words of more titles than `COMMON`
tell nothing. What that may miss, since all its words are common, stands side by side when titles are sorted (the sorted
neighbourhood: Hernández, Stolfo, SIGMOD 1995). Both grow as the number of titles, times a constant.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

COMMON = 40
"""A word of more titles than these is no reason to compare two."""
NEIGHBOURS = 10
"""How far apart two titles may stand in a sorted list to be compared."""
SHARED = 2
"""One in so many words is shared by two titles that are alike."""
ALIKE = 85
"""Per cent of likeness from which two titles may be one."""
SAME_WORD = 75
"""Per cent of likeness from which a word may be another one misspelt."""
FEWEST = 3
"""Words of a title that is long enough to tell anything."""
SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "in",
        "on",
        "for",
        "to",
        "with",
        "by",
        "at",
        "from",
        "as",
        "is",
        "are",
        "be",
        "its",
        "among",
        "after",
        "before",
        "during",
        "vs",
    ]
)
NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
]
NUMBER = {word: str(number) for start in (0, 12) for number, word in enumerate(NUMBERS[start : start + 12], 1)}
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it can be compared."""

    words: tuple[str, ...]
    """In order, without small words; British and American spelling alike."""
    numbers: frozenset[str]
    """All that has a digit or is a number: titles that differ in these are of a series."""
    cut: bool = False
    """Whether only its beginning was seen."""

    @property
    def text(self) -> str:
        """The words in alphabetical order, for comparing."""
        return " ".join(sorted(self.words))


def title_of(text: str) -> Title | None:
    """Return a title as it can be compared; None for what is no title but a description in square brackets."""
    if text.startswith("["):
        return None
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    found = [word for word in WORD.findall(bare.replace("'s", "").replace("’s", "")) if word not in SMALL]
    numbers = {NUMBER.get(word, word) for word in found if word in NUMBER or any(c.isdigit() for c in word)}
    words = [spelling(word) for word in found if word not in NUMBER and not any(c.isdigit() for c in word)]
    return Title(tuple(words), frozenset(numbers), bare.rstrip().endswith(("...", "…")))


def spelling(word: str) -> str:
    """Return a word without what British and American spelling differ in, and without the s of a plural."""
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("isation", "ization")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004 - mas


def pairs(titles: Sequence[Title | None]) -> list[tuple[int, int]]:
    """Return the pairs of titles that are worth comparing, by index, the smaller one first, in order."""
    found: set[tuple[int, int]] = set()
    found.update(sharing_rare_words(titles))
    known = [(index, title) for index, title in enumerate(titles) if title is not None and title.words]
    frequency = frequencies(titles)
    for order in (
        lambda title: title.words,
        lambda title: tuple(reversed(title.words)),
        lambda title: tuple(sorted(set(title.words), key=lambda word: (frequency[word], word))),
    ):
        found.update(neighbours((order(title), index) for index, title in known))
    return sorted(found)


def neighbours(entries: Iterable[tuple[Any, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of indexes that stand near each other when sorted by their keys, the smaller one first."""
    ordered = [index for _, index in sorted(entries)]
    for place, index in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
            if index != other:
                yield min(index, other), max(index, other)


def frequencies(titles: Iterable[Title | None]) -> Counter[str]:
    """Return in how many titles each word stands."""
    return Counter(word for title in titles if title for word in set(title.words))


def sharing_rare_words(titles: Sequence[Title | None]) -> Iterator[tuple[int, int]]:
    """Yield pairs of titles that share one of their rarest words."""
    frequency = frequencies(titles)
    holders: dict[str, list[int]] = {}
    for index, title in enumerate(titles):
        if title is None:
            continue
        ordered = sorted(set(title.words), key=lambda word: (frequency[word], word))
        for word in ordered[: len(ordered) - len(ordered) // SHARED + 1]:
            if 1 < frequency[word] <= COMMON:
                yield from ((other, index) for other in holders.get(word, ()))
                holders.setdefault(word, []).append(index)


def likeness(one: Title, other: Title) -> int | None:
    """Return how alike two titles are in per cent, None if they are not the same title written in two ways.

    A word that stands for another one (primary, secondary) makes two titles, and so does a number; misspelt words,
    abbreviations, another order, and a subtitle that one of them lacks do not.
    """
    shorter, longer = sorted((one, other), key=lambda title: len(title.words))
    if len(shorter.words) < FEWEST or not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return None
    if shorter.cut:
        return 100 if longer.words[: len(shorter.words)] == shorter.words else None
    mine = set(shorter.words)
    if len(mine & set(longer.words)) * SHARED < len(mine) or say_otherwise(one, other):
        return None
    alike = round(fuzz.ratio(one.text, other.text))
    # What only one of them has is a subtitle, or an abbreviation spelt out.
    return alike if alike >= ALIKE or len(longer.words) <= SHARED * len(shorter.words) else None


def say_otherwise(one: Title, other: Title) -> bool:
    """Tell whether each of two titles has a word that the other one has in no form."""
    left, right = unmatched(one.words, other.words)
    return bool(left and right) and not (abbreviates(left, right) or abbreviates(right, left))


def unmatched(one: Iterable[str], other: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the words of each that the other has neither as they are nor misspelt, in order."""
    mine, theirs = Counter(one), Counter(other)
    left, right = list((mine - theirs).elements()), list((theirs - mine).elements())
    for word in list(left):
        near = max(right, key=lambda found: (fuzz.ratio(word, found), found), default="")
        if near and fuzz.ratio(word, near) >= SAME_WORD and not is_opposite(word, near):
            left.remove(word)
            right.remove(near)
    return left, right


def is_opposite(one: str, other: str) -> bool:
    """Tell whether a word is another one with a syllable before it: treated and untreated are no slip."""
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) > 1 and long.endswith(short)


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether one word holds, in order, letters of several others, each beginning one: HLH, MAS, HSCT."""
    if len(short) != 1 or len(long) < 2 or not 2 <= len(short[0]) <= 6:  # noqa: PLR2004 - as abbreviations are
        return False
    letters = iter("".join(long))
    return short[0][0] == long[0][0] and all(letter in letters for letter in short[0])
