"""What surrounds an identifier, whatever its kind: white space, invisible characters, quotes and brackets."""

MAX_LENGTH = 2048
"""Characters that are looked at: no identifier that was ever registered is as long, and costs stay bounded."""

WHITE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""White space, without the separators U+001C to U+001F, which `str.isspace` counts in."""

# Zero-width space, joiners and marks, bidirectional controls, word joiner and invisible operators, byte order mark,
# variation selectors, Mongolian vowel separator, combining grapheme joiner, Hangul fillers, interlinear annotation.
_INVISIBLE = dict.fromkeys(
    (
        *(0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        *range(0xFFF9, 0xFFFC),
    )
)
_SOFT_HYPHEN = "\u00ad"

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "\u3010": "\u3011", "\u300a": "\u300b", "\u3008": "\u3009",
             "\u27e8": "\u27e9", "\u2329": "\u232a", "\uff08": "\uff09", "\uff3b": "\uff3d", "\uff1c": "\uff1e",
             "\u3014": "\u3015", "\u300c": "\u300d", "\u300e": "\u300f", "\uff5b": "\uff5d"}  # fmt: skip
QUOTES = (
    "\"'`\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a"
    "\u00b4\u2032\u2033\uff02\uff07\u301d\u301e\u301f"
)
"""Quotation marks, straight and typographic, and the accents and primes that are typed for them."""
OPENERS = "".join(_BRACKETS) + QUOTES
"""Characters that open a wrapping."""

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SHOWN = 48


def strip_edges(text: str) -> str:
    """Return the text without white space at its ends."""
    return text.strip(WHITE)


def lower_ascii(text: str) -> str:
    """Return the text with A to Z in lower case and no other letter touched: ISO 26324 folds ASCII only."""
    return text.translate(_LOWER)


def drop_invisible(text: str) -> str:
    """Return the text without the characters that no eye can see; the soft hyphen is left to `settle_soft_hyphens`."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def settle_soft_hyphens(text: str) -> tuple[str, bool]:
    """Return the text without soft hyphens, and whether one may have stood for a hyphen that is seen.

    Between two letters it is a place where a word may be broken, beside punctuation where an address may be: nothing
    is lost with it. Beside a digit nobody hyphenates; there it is what many PDF fonts put for a hyphen in print.
    """
    if _SOFT_HYPHEN not in text:
        return text, False
    parts = [part for part in text.split(_SOFT_HYPHEN) if part]
    settled, doubtful = "".join(parts[:1]), False
    for part in parts[1:]:
        before, after = settled[-1], part[0]
        seen = before.isalnum() and after.isalnum() and not (before.isalpha() and after.isalpha())
        doubtful = doubtful or seen
        settled += "-" + part if seen else part
    return settled, doubtful


def unwrap(text: str) -> str | None:
    """Return what one pair of brackets or quotes wraps as a whole, or None where the text is not wrapped."""
    if len(text) < 3:  # noqa: PLR2004 - a pair, and something in it
        return None
    first, last = text[0], text[-1]
    if first in QUOTES and last in QUOTES:
        return strip_edges(text[1:-1])
    if _BRACKETS.get(first) != last:
        return None
    depth = 0
    for place, character in enumerate(text):
        depth += (character == first) - (character == last)
        if depth == 0 and place < len(text) - 1:
            return None
    return strip_edges(text[1:-1]) if depth == 0 else None


def show(text: str) -> str:
    """Return the text in quotes, cut to a part of a line; what can't be printed is written as an escape."""
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
    escaped = shown.encode("unicode_escape", "backslashreplace").decode("ascii") if not shown.isprintable() else shown
    return f'"{escaped}"'
