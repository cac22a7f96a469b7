"""Text that is not in NFC: the same to the eye as another text, and another one to every comparison."""

import unicodedata
from collections.abc import Iterator

from tallysheet.reader.characters import nfc, without_suspects
from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert
from tallysheet.reader.places import Lines


def told(written: str, at: tuple[int, int] | None = None, start: int = 0, pointer: str = "") -> Flaw:
    """Return what to say of a text that is not in NFC and stands at `start`, or as a whole at `at`."""
    written = without_suspects(written)
    composed = nfc(written)
    pairs = zip(written, composed, strict=False)
    same = next((index for index, (one, other) in enumerate(pairs) if one != other), len(composed))
    end = same + 1
    while end < len(written) and unicodedata.combining(written[end]):
        end += 1
    whole = nfc(written[same:end])
    message = f'"{inert(whole)}" is written as {_points(written[same:end])}, which is not in NFC'
    hint = f'write "{inert(whole)}" as {_points(whole)}: type it anew'
    return Flaw("not-nfc", *(at or (start + same, start + end)), message, hint, pointer)


def _points(characters: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)


def lines_not_in_nfc(lines: Lines) -> Iterator[int]:
    """Yield the lines that are not in NFC, but for what is forbidden in them, which is told of as such."""
    for number in () if lines.text.isascii() else range(1, lines.count + 1):
        line = without_suspects(lines.line(number))
        if nfc(line) != line:
            yield number
