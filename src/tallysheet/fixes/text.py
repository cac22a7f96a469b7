"""Mends of the text as a whole: line ends, NFC, trailing blanks, the end of the file, the schema line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tallysheet.fixes.leaves import Leaf
from tallysheet.reader.characters import is_suspect, nfc

_BLANKS = re.compile(r"(?<![ \t])[ \t]++(?=\n|\Z)")  # in linear time: a line may be a million blanks
_BREAKS = re.compile(r"[ \t\r\n]*")
_SCHEMA_LINE = re.compile(r"^#[ \t]*yaml-language-server:", re.MULTILINE)
_STYLES_WITH_BLANKS = {"|", ">", '"', "'"}


def mend_encoding(text: str) -> str:
    """Return a text without byte order marks before it, with LF line ends and in NFC, wherever that is beyond doubt."""
    return "\n".join(line if is_suspect(line) else nfc(line) for line in mend_marks(text).split("\n"))


def mend_marks(text: str) -> str:
    """Return a text without byte order marks before it and with LF line ends, wherever that is beyond doubt."""
    return mend_line_ends(text.lstrip("\ufeff"))


def mend_line_ends(text: str) -> str:
    r"""Return a text with LF for CRLF, or for CR where every line ends so.

    A lone CR in a text with other line ends is shown as no line end by most editors: whether one is meant is not ours
    to say, and a text with one is left as it is.
    """
    lone = text.count("\r") - text.count("\r\n")
    if lone and "\n" in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mend_trailing_blanks(text: str, leaves: list[Leaf]) -> str:
    """Return a text without blanks at the ends of its lines, but for those inside a quoted or block text."""
    pieces: list[str] = []
    for start, end, kept in stretches(text, leaves):
        pieces.append(text[start:end] if kept else _without_blanks(text, start, end))
    return "".join(pieces)


def _without_blanks(text: str, start: int, end: int) -> str:
    """Return a stretch without the blanks that end a line of the text; what follows the stretch is looked at too."""
    whole = _BLANKS.sub("", text[start:end] + text[end : end + 1])
    return whole.removesuffix(text[end : end + 1]) if end < len(text) else whole


def stretches(text: str, leaves: list[Leaf]) -> Iterator[tuple[int, int, bool]]:
    """Yield the text in stretches from start to end, with whether the blanks of each are kept."""
    borders = [(0, 0)]
    for leaf in sorted(leaves, key=lambda leaf: leaf.start):
        source = text[leaf.start : leaf.end]
        if source[:1] not in _STYLES_WITH_BLANKS or "\n" not in source:
            continue
        if source[0] in "|>":  # what stands beside the sign is no part of the text, blank lines after it are
            after = _BREAKS.match(text, leaf.end)
            borders.append((text.index("\n", leaf.start), after.end() if after else leaf.end))
        else:
            borders.append((leaf.start, leaf.end))
    borders.append((len(text), len(text)))
    for (start, end), (following, _) in pairwise(borders):
        yield start, end, True
        yield end, following, False


def mend_end(text: str) -> str:
    """Return a text that ends with one line end."""
    return text.rstrip("\n") + "\n"


def add_schema_line(text: str, line: str | None) -> str:
    """Return a text that begins with the schema line, where there is one for it; one that has any keeps that."""
    return text if line is None or _SCHEMA_LINE.search(text) else f"{line}\n{text}"
