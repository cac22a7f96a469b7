"""What stands around the record in its file: directives, a second document, and the markers of an unfinished merge."""

import re
from collections.abc import Iterator

from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert
from tallysheet.reader.places import Lines

_MARKER = re.compile(r"^(?:<<<<<<<|>>>>>>>)(?: [^\r\n]*)?(?=\r?$)", re.MULTILINE)
_LINE = re.compile(r"[^\n]*")
_BLANK = re.compile(r"[ \t\r\n]+|#[^\n]*")
_BLANK_OR_END = re.compile(r"[ \t\r\n]+|#[^\n]*|(?:\A|(?<=\n))\.\.\.(?=\s|\Z)")


def conflict(text: str) -> Flaw | None:
    """Return the first merge conflict marker, for which there is no other reading."""
    first = _MARKER.search(text)
    if first is None:
        return None
    shown = inert(first.group())
    message = f"{shown} is a merge conflict marker: two versions of the record stand here"
    hint = "keep one version, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return Flaw("syntax", first.start(), first.end(), message, hint)


def directives(text: str) -> Iterator[Flaw]:
    """Yield the directives that stand before the record."""
    at = 0
    while "%" in text:
        if blank := _BLANK.match(text, at):
            at = blank.end()
        elif text.startswith("%", at) and text[at - 1 : at] in {"", "\n"}:
            line = _LINE.match(text, at).group().rstrip()  # type: ignore[union-attr]  # it matches even nothing
            hint = "remove the line"
            yield Flaw("directive", at, at + len(line), f"{inert(line)} is a directive to the parser", hint)
            at += len(line)
        else:
            return


def without_directives(text: str) -> str:
    """Return a text of the same length in which the directives are comments, so that the record below can be read."""
    end = 0
    for directive in directives(text):
        end = directive.end
    return re.sub(r"^%", "#", text[:end], flags=re.MULTILINE) + text[end:] if end else text


def first_content(text: str, at: int) -> int | None:
    """Return the index of the first character from `at` on that is no blank, comment or `...`."""
    while match := _BLANK_OR_END.match(text, at):
        at = match.end()
    return at if at < len(text) else None


def rest(lines: Lines, end: int, *, followed: bool, is_empty: bool) -> Flaw | None:
    """Return what is wrong with what stands after the first document, which ends at `end`.

    `followed` says that the document was ended by `...`, `is_empty` that it held nothing.
    """
    at = first_content(lines.text, end)
    if at is None:
        return None
    number, column = lines.place(at)
    line = lines.line(number).strip()
    if followed or lines.text.startswith("---", at):
        message = "a second document begins here; a file holds one record"
        hint = f"remove line {number}" if is_empty else "move it to a file of its own"
        return Flaw("several-documents", at, at + len(line), message, hint)
    if line.startswith("%"):
        hint = "remove the line, or indent and quote the text it belongs to"
        return Flaw("directive", at, at + 1, "a line that begins with % is a directive", hint)
    message = f"{inert(line)} stands outside the record, which ends before it"
    hint = "indent all keys of the record alike" if column == 1 else "remove it"
    return Flaw("syntax", at, at + 1, message, hint)
