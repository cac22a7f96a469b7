"""Where a text holds what it may not hold, and what to say of it: the long way of `characters`."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import merge
from typing import Final, NamedTuple

from tallysheet.reader import characters as c
from tallysheet.reader.flaws import Flaw


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of forbidden character: what it is, and what to do about it."""

    what: str
    mend: str


class Hit(NamedTuple):
    """A run of forbidden characters, or a stack of accents, from `start` up to, and without, `end`."""

    start: int
    end: int
    is_stack: bool = False


_REMOVE = "remove it"
_CONTROL = Kind("a control character", _REMOVE)
_RETURN = Kind("a line end of its own to some tools only", "save the file with LF (or CRLF) line ends")
_STACK = Kind("more accents than a letter carries", "keep the letter and its own accent")
_KINDS: Final = {
    c.CONTROLS: _CONTROL,
    c.BREAKS: Kind("a line break to some tools only", "use a plain line break"),
    c.DIRECTIONS: Kind("a control of the writing direction", _REMOVE),
    c.SPACES: Kind("not the plain space it looks like", "use a plain space"),
    c.INVISIBLE: Kind("an invisible character", _REMOVE),
    c.STAND_INS: Kind("a stand-in for what was lost on the way here", "put in what stood there"),
    c.PRIVATE: Kind("a private character", "use the public one"),
    c.NONE: Kind("no character at all", _REMOVE),
    c.SURROGATES: Kind("half a character (a surrogate)", "write the whole character"),
    c.JOINERS: Kind("a joiner outside the scripts and emoji that need it", _REMOVE),
    c.SELECTORS: Kind("a variation selector that follows no emoji", _REMOVE),
    c.TAGS: Kind("an invisible tag character", _REMOVE),
}


@cache
def _kinds() -> list[tuple[re.Pattern[str], Kind]]:
    return [(re.compile(f"[{characters}]"), kind) for characters, kind in _KINDS.items()]


@cache
def _forbidden() -> re.Pattern[str]:
    """Return the pattern of what is forbidden; what its neighbours make fine is matched first, as a whole."""
    emoji, selected = f"[{c.EMOJI}]+", "[\ufe0e\ufe0f]"
    return re.compile(
        f"(?P<fine>[0-9#*]\ufe0f\u20e3"
        f"|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,6}}\U000e007f"
        f"|{emoji}(?:{selected}?\u200d{emoji}|{selected}{emoji})*{selected}?"
        f"|[{c.JOINING}]+(?:[{c.JOINERS}][{c.JOINING}]+)*)"
        f"|[{c.ALWAYS}]+|[{c.JOINERS}{c.SELECTORS}{c.TAGS}]|\r(?!\n)"
    )


def forbidden(text: str) -> Iterator[Hit]:
    """Return the forbidden characters of a text, in their order."""
    stacked = (Hit(start, end, is_stack=True) for start, end in c.stacks(text))
    return merge(stacked, _runs(text)) if c.is_suspect(text) else stacked


def _runs(text: str) -> Iterator[Hit]:
    return (Hit(*match.span()) for match in _forbidden().finditer(text) if match["fine"] is None)


def forbidden_escaped(characters: str) -> Iterator[Hit]:
    r"""Return what is forbidden in the characters of a double-quoted text: also `\r`, which ends no line there."""
    return forbidden(characters.replace("\r", "\v"))


# Libyaml stops at these, or begins a line where no editor does. Stood in for, one for one, by private characters.
_STOPPERS: Final = (*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
_MASK: Final = {point: 0x10F000 + index for index, point in enumerate(_STOPPERS)}
_UNMASK: Final = {stand_in: point for point, stand_in in _MASK.items()}


@cache
def _stopping() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, _STOPPERS)).replace("\r", "") + "]|\r(?!\n)")


def mask(text: str) -> str:
    """Return a text of the same length with stand-ins for what a parser would stop at; itself where there is nothing.

    So a file with a forbidden character is read to its end, and all that is wrong with it is told at once.
    """
    stopping = _stopping()
    return stopping.sub(lambda match: chr(_MASK[ord(match.group())]), text) if stopping.search(text) else text


def unmask(text: str) -> str:
    """Return a text with the true characters again; private ones that stood there before are refused anyway."""
    return text.translate(_UNMASK)


_NAMES: Final = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
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


def told(text: str, hits: Iterator[Hit], pointer: str = "", *, escaped: bool = False) -> Flaw:
    """Return what to say of the forbidden characters of one line of one value, of which there is at least one."""
    start, end, is_stack = next(hits)
    others = sum(1 if hit.is_stack else hit.end - hit.start for hit in hits)
    if is_stack:
        of, kind = f"a row of {end - start:,} combining marks", _STACK
    else:
        of, others = name(text[start]), others + end - start - 1
        otherwise = _CONTROL if escaped else _RETURN
        kind = next((kind for pattern, kind in _kinds() if pattern.match(text, start)), otherwise)
    more = f" ({others:,} more here)" if others else ""
    return Flaw("forbidden-character", start, end, f"{of} is {kind.what}{more}", kind.mend, pointer)
