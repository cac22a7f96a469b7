"""The anchors and tags that stand before a value, told from the source: parsers leave their places out."""

import re

from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert

_PROPERTY = re.compile(r"&[^\s,\[\]{}]*|!<[^>\n]*>|![^\s,\[\]{}]*")
_BETWEEN = re.compile(r"[ \t\r\n]+|#[^\n]*")


def properties(text: str, start: int) -> tuple[list[Flaw], int]:
    """Return the anchors and tags that stand at `start`, and where the value after them begins."""
    found: list[Flaw] = []
    while (match := _PROPERTY.match(text, start)) and len(found) < 2:  # noqa: PLR2004 - one anchor and one tag
        found.append(told(match.group(), match.start()))
        start = match.end()
        while between := _BETWEEN.match(text, start):
            start = between.end()
    return found, start


def told(source: str, start: int) -> Flaw:
    """Return what to say of one anchor or tag."""
    shown, end = inert(source), start + len(source)
    if source.startswith("&"):
        hint = f"remove {shown}, or put the text in quotes if it belongs there"
        return Flaw("anchor", start, end, f"{shown} names a value so that others can copy it", hint)
    hint = f"remove {shown}, or put the text in quotes if it belongs there"
    return Flaw("tag", start, end, f"{shown} gives the value a type of its own", hint)
