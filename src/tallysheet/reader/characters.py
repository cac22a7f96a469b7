"""Which characters a record may hold, and what is wrong with the others.

Refused is what is not seen, what looks like another character of the layout, and what tools disagree about: it would
let a record show a reviewer something else than what is stored. The ranges are written out, so that the answer does not
depend on the Unicode version of the Python that runs. Sources: Unicode 16, UTS 39 (identifier profile), UTR 36, and
CVE-2021-42574 (Trojan Source).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tallysheet.reader.limits import MARKS


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of forbidden character: what it is, and what to do about it."""

    what: str
    mend: str


_REMOVE = "remove it"
_JOINER = Kind("a joiner outside the scripts and emoji that need it", _REMOVE)
_SELECTOR = Kind("a variation selector that follows no emoji", _REMOVE)
_TAG = Kind("an invisible tag character", _REMOVE)
_STACK = Kind("more accents than a letter carries", "keep the letter and its own accent")
_RETURN = Kind("a carriage return without a line feed", "save the file with LF (or CRLF) line ends")

_PLANE_ENDS = "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0x1FFFF, 0x110000, 0x10000))
_KINDS: Final = {
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f": Kind("a control character", _REMOVE),
    "\x85\u2028\u2029": Kind("a line break to some tools only", "use a plain line break"),
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069": Kind("a control of the writing direction", _REMOVE),
    "\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000": Kind("not the plain space it looks like", "use a plain space"),
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff": Kind("an invisible character", _REMOVE),
    "\ufffc\ufffd": Kind("a stand-in for something lost on the way here", "put in what stood there"),
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd": Kind("a private character", "use the public one"),
    "\ufdd0-\ufdef\ufffe\uffff" + _PLANE_ENDS: Kind("no character at all", _REMOVE),
    "\ud800-\udfff": Kind("half a character (a surrogate)", "write the whole character"),
}
_ALWAYS = "".join(_KINDS)
_SORTED_OUT = tuple((re.compile(f"[{characters}]"), kind) for characters, kind in _KINDS.items())

_CONTEXTUAL = "\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e007f\U000e0100-\U000e01ef"
CONTEXTUAL: Final = re.compile(f"[{_CONTEXTUAL}]")
"""Joiners, variation selectors and tag characters: some free text needs them, no key does."""

_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
# Letters and marks, without digits: Arabic, Syriac, N'Ko, Mandaic, Indic, Sinhala, Myanmar, Khmer, Mongolian.
_JOINING = (
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06ee\u06ef\u06fa-\u06ff\u0710-\u074f\u0750-\u077f\u07ca-\u07f5\u0840-\u085b"
    "\u0860-\u086a\u08a0-\u08ff"
    + "".join(f"{chr(b)}-{chr(b + 0x63)}{chr(b + 0x70)}-{chr(b + 0x7F)}" for b in range(0x900, 0xD80, 0x80))
    + "\u0d80-\u0ddf\u0df2\u0df3\u1000-\u103f\u1050-\u108f\u1780-\u17b3\u17b6-\u17d3\u1820-\u18aa"
)
_SUSPECT = re.compile(f"[{_ALWAYS}{_CONTEXTUAL}]")
# What is fine is matched first, as a whole, so that only the rest is left to complain about.
_FORBIDDEN = re.compile(
    f"(?P<fine>[0-9#*]\ufe0f\u20e3"
    f"|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,6}}\U000e007f"
    f"|[{_EMOJI}]+(?:[\ufe0e\ufe0f]?\u200d[{_EMOJI}]+|[\ufe0e\ufe0f][{_EMOJI}]+)*[\ufe0e\ufe0f]?"
    f"|[{_JOINING}]+(?:[\u200c\u200d][{_JOINING}]+)*)"
    f"|(?P<always>[{_ALWAYS}])|(?P<joiner>[\u200c\u200d])|(?P<tag>[\U000e0000-\U000e007f])|[{_CONTEXTUAL}]|\r(?!\n)"
)
_STRETCH = re.compile(
    f"[^\x00-\u02ff\u0391-\u03c9\u0410-\u044f\u2010-\u2027\u4e00-\u9fff\uac00-\ud7a3]{{{MARKS + 1},}}"
)
_ACCENT = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Marks of Hebrew, Arabic, Thai, Tibetan and the like: up to this many in a row are real writing.
_SCRIPT_MARKS = 8

# Characters that are fine wherever they stand: none is refused, none combines with what stands before or after it.
_PLAIN = re.compile(
    "[\xa1-\xac\xae-\u02ff\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u05d0-\u05ea"
    "\u0621-\u063a\u0641-\u064a\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20c0\u2100-\u2125"
    "\u2127-\u2129\u212c-\u218b\u2190-\u2328\u232b-\u27ff\u2900-\u2adb\u2add-\u2bff\u3001-\u3029\u3041-\u3096"
    "\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60\U0001f300-\U0001faff]*"
)
_ASCII = bytes(range(0x80))
_ASCII_TEXT = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x7F)))


def is_plain(data: bytes, text: str) -> bool:
    """Return whether the text of a file is beyond doubt: no forbidden character, in NFC, nothing that needs context.

    Works on bytes, several at a time: what is left when ASCII text is taken away is short.
    """
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    rest = data.translate(None, _ASCII_TEXT)
    if not rest:
        return True
    if rest.translate(None, _ASCII) != rest:
        return False
    return bool(_PLAIN.fullmatch(rest.decode())) or is_clean(text)


def is_clean(text: str) -> bool:
    """Return whether a text holds no forbidden character, nothing that needs context, and is in NFC."""
    if text.isascii() and text.isprintable():
        return True
    if _SUSPECT.search(text) or ("\r" in text and re.search(r"\r(?!\n)", text)):
        return False
    return next(_stacks(text), None) is None and unicodedata.is_normalized("NFC", text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A forbidden character, or a stack of accents, from `start` up to and without `end`."""

    start: int
    end: int
    kind: Kind


def forbidden(text: str) -> list[Hit]:
    """Return the forbidden characters of a text, in their order."""
    hits = list(_stacks(text))
    if _SUSPECT.search(text) or "\r" in text:
        hits += _single(text)
        hits.sort(key=lambda hit: hit.start)
    return hits


def _single(text: str) -> Iterator[Hit]:
    for match in _FORBIDDEN.finditer(text):
        character = match.group()
        if match["fine"]:
            continue
        if match["always"]:
            kind = next(kind for pattern, kind in _SORTED_OUT if pattern.match(character))
        elif character == "\r":
            kind = _RETURN
        else:
            kind = _JOINER if match["joiner"] else _TAG if match["tag"] else _SELECTOR
        yield Hit(match.start(), match.end(), kind)


def _stacks(text: str) -> Iterator[Hit]:
    """Yield the runs of combining marks that no writing needs.

    They also keep the check for NFC cheap: sorting the marks of one letter is quadratic in their number.
    """
    for stretch in _STRETCH.finditer(text):
        accents = marks = start = 0
        for index, character in enumerate(stretch.group(), stretch.start()):
            if _ACCENT.match(character) or unicodedata.combining(character):
                start = start if marks else index
                marks, accents = marks + 1, accents + bool(_ACCENT.match(character))
                continue
            if accents > MARKS or marks > _SCRIPT_MARKS:
                yield Hit(start, index, _STACK)
            accents = marks = 0
        if accents > MARKS or marks > _SCRIPT_MARKS:
            yield Hit(start, stretch.end(), _STACK)


def nfc(text: str) -> str:
    """Return a text in NFC; one with a stack of accents, which would take long, as it stands."""
    if text.isascii() or next(_stacks(text), None) is not None:
        return text
    return unicodedata.normalize("NFC", text)


# Libyaml stops at these, or starts a line where no editor does. Stood in for, one for one, by private characters.
_STOPPERS = (*range(9), 0xB, 0xC, 0xD, *range(0xE, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
_MASK = {point: 0x10F000 + index for index, point in enumerate(_STOPPERS)}
_UNMASK = {stand_in: point for point, stand_in in _MASK.items()}
_STOPPING = re.compile("[" + "".join(map(chr, _STOPPERS)).replace("\r", "") + "]|\r(?!\n)")


def mask(text: str) -> str:
    """Return a text of the same length with stand-ins for what a parser would stop at; itself where there is nothing.

    So a file with a forbidden character is read to its end, and all that is wrong with it is told at once.
    """
    return _STOPPING.sub(lambda match: chr(_MASK[ord(match.group())]), text) if _STOPPING.search(text) else text


def unmask(text: str) -> str:
    """Return a text with the true characters again; where private characters stood before, it is refused anyway."""
    return text.translate(_UNMASK)


_NAMES: Final = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
    0x9B: "CONTROL SEQUENCE INTRODUCER",
    0x9D: "OPERATING SYSTEM COMMAND",
    0xFEFF: "BYTE ORDER MARK",
}


def name(character: str) -> str:
    """Return code point and name of a character: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    known = _NAMES.get(ord(character)) or unicodedata.name(character, "")
    return f"U+{ord(character):04X} {known}".rstrip()
