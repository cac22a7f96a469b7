"""Which characters a record may hold.

Refused is what is not seen, what looks like another character of the layout, and what tools disagree about: it would
let a record show a reviewer something else than what is stored. The ranges are written out, so that the answer does not
depend on the Unicode version of the Python that runs. Sources: Unicode 16 with UTS 39 (identifier profile) and UTR 36,
and CVE-2021-42574 (Trojan Source). Patterns are compiled when they are needed: most records need one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from tallysheet.reader.limits import ACCENTS, MARKS

CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
BREAKS: Final = "\x85\u2028\u2029"
DIRECTIONS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
SPACES: Final = "\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
# Soft hyphen, grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian selectors, zero-width and word joiners,
# invisible operators, deprecated format controls, BOM, annotation, Egyptian, Khitan, shorthand and musical controls,
# and what Unicode keeps for more of the kind.
INVISIBLE: Final = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
STAND_INS: Final = "\ufffc\ufffd"
PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
NONE: Final = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(end - 1)}{chr(end)}" for end in range(0x1FFFF, 0x110000, 0x10000)
)
SURROGATES: Final = "\ud800-\udfff"
ALWAYS: Final = CONTROLS + BREAKS + DIRECTIONS + SPACES + INVISIBLE + STAND_INS + PRIVATE + NONE + SURROGATES
"""Forbidden wherever they stand."""

JOINERS: Final = "\u200c\u200d"
SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS: Final = "\U000e0000-\U000e007f"
CONTEXTUAL: Final = re.compile(f"[{JOINERS}{SELECTORS}{TAGS}]")
"""What some free text needs, and no key."""

EMOJI: Final = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_INDIC = "".join(f"{chr(b)}-{chr(b + 0x63)}{chr(b + 0x70)}-{chr(b + 0x7F)}" for b in range(0x900, 0xD80, 0x80))
# Letters and marks, without digits: Arabic, Syriac, N'Ko, Mandaic, Indic, Sinhala, Myanmar, Khmer, Mongolian.
JOINING: Final = (
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06ee\u06ef\u06fa-\u06ff\u0710-\u074f\u0750-\u077f\u07ca-\u07f5"
    f"\u0840-\u085b\u0860-\u086a\u08a0-\u08ff{_INDIC}\u0d80-\u0ddf\u0df2\u0df3\u1000-\u103f\u1050-\u108f"
    "\u1780-\u17b3\u17b6-\u17d3\u1820-\u18aa"
)

# Fine wherever they stand: none is refused, none combines with what stands before or after it (NFC_Quick_Check=Yes).
PLAIN: Final = (
    "\xa1-\xac\xae-\u02ff\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u05d0-\u05ea"
    "\u0621-\u063a\u0641-\u064a\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20c0\u2100-\u2125"
    "\u2127-\u2129\u212c-\u218b\u2190-\u2328\u232b-\u27ff\u2900-\u2adb\u2add-\u2bff\u3001-\u3029\u3041-\u3096"
    "\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60\U0001f300-\U0001faff"
)
_ASCII = bytes(range(0x80))
_ASCII_TEXT = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x7F)))

_plain = cache(lambda: re.compile(f"[{PLAIN}]*"))
_suspect = cache(lambda: re.compile(f"[{ALWAYS}{JOINERS}{SELECTORS}{TAGS}]|\r(?!\n)"))
# Outside the letters that are most used, and long enough to hold too many accents.
_stretch = cache(
    lambda: re.compile(f"[^\x00-\u02ff\u0391-\u03c9\u0410-\u044f\u2010-\u2027\u4e00-\u9fff]{{{ACCENTS + 1},}}")
)
_accent = cache(lambda: re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"))


def is_plain(data: bytes, text: str) -> bool:
    """Return whether the text of a file is beyond doubt: no forbidden character, in NFC, nothing that needs context.

    Works on bytes, many at a time: what is left when ASCII text is taken away is short.
    """
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    rest = data.translate(None, _ASCII_TEXT)
    if not rest:
        return True
    if rest.translate(None, _ASCII) != rest:
        return False
    return bool(_plain().fullmatch(rest.decode())) or is_clean(text)


def is_clean(text: str) -> bool:
    """Return whether a text holds no forbidden character, nothing that needs context, and is in NFC."""
    if text.isascii() and text.isprintable():
        return True
    return not is_suspect(text) and next(stacks(text), None) is None and unicodedata.is_normalized("NFC", text)


def is_suspect(text: str) -> bool:
    """Return whether a text holds a character that is forbidden always, or unless its neighbours need it."""
    return _suspect().search(text) is not None


def without_suspects(text: str) -> str:
    """Return a text of the same length, with a letter for each character that `is_suspect` finds."""
    return _suspect().sub("x", text)


def stacks(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where more accents, or marks of any script, follow each other than any writing needs.

    Refusing them also keeps the check for NFC cheap: sorting the marks of one letter is quadratic in their number.
    """
    is_accent = _accent().match
    for stretch in _stretch().finditer(text):
        accents = marks = start = 0
        for index, character in enumerate(stretch.group() + " ", stretch.start()):
            accent = is_accent(character) is not None
            if accent or unicodedata.combining(character):
                start = start if marks else index
                marks, accents = marks + 1, accents + accent
            else:
                if accents > ACCENTS or marks > MARKS:
                    yield start, index
                accents = marks = 0


def nfc(text: str) -> str:
    """Return a text in NFC; one with stacks of accents, which would take long, as it stands."""
    if text.isascii() or next(stacks(text), None) is not None:
        return text
    return unicodedata.normalize("NFC", text)
