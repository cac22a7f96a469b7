"""Whether two texts of a citation are the same to a reader: titles, journals, volumes, pages, authors."""

import re
import unicodedata
from collections.abc import Sequence

WHOLE = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
"""Letters that no decomposition takes apart; ß becomes ss by folding its case."""
SMALL = frozenset(
    ("a", "an", "and", "at", "de", "der", "des", "di", "du", "et", "for", "fur", "in", "la", "le", "of", "the")
)
"""Words that an abbreviated title leaves out."""
PAGES = re.compile(r"([a-z]*)([0-9]+)([a-z]*)(?:-([a-z]*)([0-9]+)([a-z]*))?")


def plain(text: str) -> str:
    """Return a text without case, diacritics and punctuation: words with single blanks between."""
    folded = "".join(WHOLE.get(letter, letter) for letter in text.casefold())
    letters = (one for one in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


def title(one: str, other: str) -> bool:
    """Tell whether two titles are the same; words may be written together, apart or with a hyphen."""
    return plain(one).replace(" ", "") == plain(other).replace(" ", "")


def journal(one: str, other: str) -> bool:
    """Tell whether two names are of one journal: the same words, or one abbreviates the other."""
    mine, theirs = ([word for word in plain(name).split() if word not in SMALL] for name in (one, other))
    return mine == theirs or abbreviates(mine, theirs) or abbreviates(theirs, mine)


def abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether each word stands for the word at its place: a word cut off or drawn together (ISO 4)."""
    return 0 < len(short) == len(full) and all(stands_for(*pair) for pair in zip(short, full, strict=True))


def stands_for(short: str, word: str) -> bool:
    """Tell whether a word may be shortened so: cut off (Engl for England) or drawn together (Natl for National)."""
    if word.startswith(short):
        return True
    rest = iter(word)
    return (short[0], short[-1]) == (word[0], word[-1]) and all(letter in rest for letter in short)


def number(one: str, other: str) -> bool:
    """Tell whether two volumes are the same: 012 is 12."""
    return plain(one).lstrip("0") == plain(other).lstrip("0")


def pages(one: str, other: str) -> bool:
    """Tell whether two page ranges are the same: 387-90 is 387-390; a first page alone agrees with the range."""
    mine, theirs = whole_pages(one), whole_pages(other)
    if mine is None or theirs is None:
        return plain(one) == plain(other)
    return mine[0] == theirs[0] and (mine[1] == theirs[1] or mine[1] is None or theirs[1] is None)


def whole_pages(text: str) -> tuple[str, str | None] | None:
    """Return the first and the last page written out, None for what is no range."""
    found = PAGES.fullmatch(re.sub(r"[‐-―−]", "-", text.casefold()).replace(" ", "").rstrip("."))
    if found is None:
        return None
    before, first, after, before_last, last, after_last = found.groups()
    start = f"{before}{first.lstrip('0')}{after}"
    if last is None:
        return start, None
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    end = f"{before_last or before}{last.lstrip('0')}{after_last}"
    return start, None if end == start else end


def first_difference(ours: Sequence[str], theirs: Sequence[str], *, et_al: bool) -> int | None:
    """Return the place of the first author who is another, None if the lists agree; with `et_al` ours may end early."""
    for place, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if not author(one, other):
            return place
    if len(ours) > len(theirs) or (len(ours) < len(theirs) and not et_al):
        return min(len(ours), len(theirs))
    return None


def author(one: str, other: str) -> bool:
    """Tell whether two names may be of one person: one family name, and no other first initial."""
    (mine, first), (theirs, second) = parted(one), parted(other)
    if first and second and first[0] != second[0]:
        return False
    same = mine == theirs or mine.replace(" ", "") == theirs.replace(" ", "")
    return same or (mine.split()[-1:] == theirs.split()[-1:] and bool(first and second))


def parted(name: str) -> tuple[str, str]:
    """Return family name and initials, both plain; a body has no initials."""
    family, _, last = " ".join(name.replace(".", "").split()).rpartition(" ")
    if family and len(last) <= len("ABCDE") and last.isupper():
        return plain(family), plain(last)
    return plain(name), ""
