"""Words for people: the nearest name that is known, lists, and counts of things."""

from collections.abc import Iterable

LONGEST = 80
"""Of longer words none is sought: difflib takes quadratic time, and nobody misspells a word of this length."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to `word`, or None if none is near."""
    if len(word) > LONGEST:
        return None
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in sorted(known)}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the question after the nearest known word, or None if none is near."""
    found = nearest(word, known)
    return f'did you mean "{found}"?' if found else None


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return words as prose: `a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return a number with its noun: `1 record`, `2,310 records`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
