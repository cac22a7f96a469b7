"""What stands around the record in its file: directives, a second document, and the markers of an unfinished merge."""

import re

from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert
from tallysheet.reader.places import Lines

_MARKER = re.compile(r"^(?:<<<<<<<|>>>>>>>)(?: [^\r\n]*)?(?=\r?$)", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n?")


def conflict(text: str) -> Flaw | None:
    """Return the first merge conflict marker, for which there is no other reading."""
    first = _MARKER.search(text)
    if first is None:
        return None
    shown = inert(first.group())
    message = f"{shown} is a merge conflict marker: two versions of the record stand here"
    hint = "keep one version, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return Flaw("syntax", first.start(), first.end(), message, hint)


def directives(text: str) -> list[Flaw]:
    """Return the directives that stand before the record."""
    found: list[Flaw] = []
    start = 0
    while match := _LINE.match(text, start):
        line = match.group()
        if line.startswith("%"):
            shown = inert(line.rstrip())
            message = f"{shown} is a directive to the parser"
            found.append(Flaw("directive", start, start + len(line.rstrip()), message, "remove the line"))
        elif not line or (line.strip() and not line.lstrip().startswith("#")):
            break
        start = match.end()
    return found


def without(text: str, headed: list[Flaw]) -> str:
    """Return a text of the same length in which the directives are comments, so that the record below can be read."""
    if not headed:
        return text
    end = headed[-1].start + 1
    return re.sub(r"^%", "#", text[:end], flags=re.MULTILINE) + text[end:]


_BLANK = re.compile(r"[ \t\r\n]+|#[^\n]*|\.\.\.(?=\s|\Z)")


def rest(lines: Lines, end: int, *, followed: bool, is_empty: bool) -> Flaw | None:
    """Return what is wrong with what stands after the first document, which ends at `end`.

    `followed` says that the document was ended by `...`, `is_empty` that it held nothing.
    """
    at = end
    while match := _BLANK.match(lines.text, at):
        at = match.end()
    if at >= len(lines.text):
        return None
    number, column = lines.place(at)
    line = lines.line(number).strip()
    if followed or lines.text.startswith("---", at):
        message = "a second document begins here; a file holds one record"
        hint = f"remove line {number}" if is_empty else "move it to a file of its own"
        return Flaw("several-documents", at, at + len(line), message, hint)
    message = f"{inert(line)} stands outside the record, which ends before it"
    hint = "indent all keys of the record alike" if column == 1 else "remove it"
    return Flaw("syntax", at, at + 1, message, hint)
