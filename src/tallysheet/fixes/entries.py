"""The entries of one mapping as pieces of the text: what moves with each key, and what stays between them."""

import re
from itertools import pairwise
from typing import NamedTuple

from tallysheet.reader.places import Lines

_BEFORE_ITEM = re.compile(r" *(?:- +)+")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"( *)#")
_KEPT_BREAKS = re.compile(r"[|>][0-9]?\+[0-9]?[ \t]*(?:#.*)?$", re.MULTILINE)
_SCHEMA_LINE = re.compile(r"#[ \t]*yaml-language-server:")


class Piece(NamedTuple):
    """The text from `start` up to, and without, `end`."""

    start: int
    end: int


class Entry(NamedTuple):
    """A key with its value: from the key's first character to one past the value's last."""

    start: int
    end: int
    is_empty: bool
    """Whether nothing is written for the value."""


class Doubt(Exception):  # noqa: N818 - says what it is
    """Why a mapping stays as it is, and the index of the character at which that shows."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at


def pieces_of(lines: Lines, whole: Piece, entries: list[Entry], order: list[int], *, is_top: bool) -> list[Piece]:
    """Return the pieces of a mapping in their new order; together they are a stretch of the text.

    `whole` is the mapping, `is_top` says that it is the record itself. Raises Doubt.
    """
    for entry in entries:
        if entry.is_empty:
            raise Doubt(entry.start, "a key without a value has no clear end")
    if lines.text[whole.start] == "{":
        moving, fixed = flow(lines.text, whole, entries)
    else:
        moving, fixed = Block(lines, entries, order, is_top=is_top).split()
    ordered = [moving[number] for number in order]
    return [piece for pair in zip(ordered, fixed, strict=False) for piece in pair] + [ordered[-1]]


def flow(text: str, whole: Piece, entries: list[Entry]) -> tuple[list[Piece], list[Piece]]:
    """Return the entries of a mapping in braces and the commas between them."""
    fixed = [Piece(one.end, other.start) for one, other in pairwise(entries)]
    between = [text[piece.start : piece.end] for piece in fixed]
    ends = text[whole.start : entries[0].start], text[entries[-1].end : whole.end]
    for piece, gap in zip(fixed, between, strict=True):
        if not re.fullmatch(r"\s*,\s*", gap):
            raise Doubt(piece.start, "more than a comma stands between two of them")
    if not re.fullmatch(r"\{\s*", ends[0]) or not re.fullmatch(r"\s*,?\s*\}", ends[1]):
        raise Doubt(whole.start, "more than the keys stands between the braces")
    return [Piece(entry.start, entry.end) for entry in entries], fixed


class Block:
    """A mapping with a key a line, and what of the lines around the keys belongs to each."""

    def __init__(self, lines: Lines, entries: list[Entry], order: list[int], *, is_top: bool) -> None:
        self.lines, self.text, self.entries, self.order, self.is_top = lines, lines.text, entries, order, is_top
        self.line, column = lines.place(entries[0].start)
        self.indent = column - 1

    def split(self) -> tuple[list[Piece], list[Piece]]:
        """Return the entries with their comments, and the blank lines and the indentation between them.

        Blank lines stay where they are: they part the lines of a file, whatever stands there.
        """
        starts, ends = [self.start_of_first()], []
        for one, other in pairwise(self.entries):
            end, start = self.between(one, other)
            ends.append(end)
            starts.append(start)
        ends.append(self.end_of_last())
        moving = [Piece(start, end) for start, end in zip(starts, ends, strict=True)]
        for piece in moving:
            if kept := _KEPT_BREAKS.search(self.text, piece.start, piece.end):
                raise Doubt(kept.start(), "a text that ends with blank lines is among them")
        first = moving[self.order[0]]
        if self.on_item and self.order[0] != 0 and first.start != self.entries[self.order[0]].start:
            raise Doubt(first.start, "a comment above one of them can't stand behind a dash")
        return moving, [Piece(one.end, other.start) for one, other in pairwise(moving)]

    @property
    def on_item(self) -> bool:
        """Whether the first key stands behind the dash of a list."""
        return _BEFORE_ITEM.fullmatch(self.before(self.entries[0])) is not None

    def before(self, entry: Entry) -> str:
        """Return what stands before a key on its line."""
        number, column = self.lines.place(entry.start)
        return self.text[self.lines.start(number) : self.lines.start(number) + column - 1]

    def start_of_first(self) -> int:
        """Return where the first key begins, with the comments right above it if it is to move."""
        first = self.entries[0]
        if self.on_item or self.order[0] == 0:
            return first.start
        if self.before(first).strip(" "):
            raise Doubt(first.start, "more than blanks stands before the first of them")
        number = self.line
        while number > 1 and (comment := _COMMENT.match(self.lines.line(number - 1))):
            if self.is_top and _SCHEMA_LINE.match(self.lines.line(number - 1)):
                break
            if self.is_top or len(comment[1]) != self.indent:
                raise Doubt(self.lines.start(number - 1), "a comment may belong to the first of them, or to all")
            number -= 1
        return self.lines.start(number) + self.indent

    def between(self, one: Entry, other: Entry) -> tuple[int, int]:
        """Return where an entry ends and the next one begins."""
        if self.before(other) != " " * self.indent:
            raise Doubt(other.start, "more than blanks stands before one of them")
        last, first = self.line_after(one), self.lines.place(other.start)[0]
        comments = [(number, len(found[1])) for number in range(last, first) if (found := self.comment(number))]
        deeper = [number for number, indent in comments if indent > self.indent]
        above = [number for number, indent in comments if indent == self.indent]
        if len(deeper) + len(above) < len(comments) or (deeper and above and deeper[-1] > above[0]):
            raise Doubt(self.lines.start(comments[0][0]), "a comment between them is not indented as one of them")
        if above and above != list(range(first - len(above), first)):
            raise Doubt(self.lines.start(above[0]), "a comment stands apart from the key below it")
        end = self.lines.start(deeper[-1] + 1 if deeper else last)
        return end, self.lines.start(above[0] if above else first) + self.indent

    def end_of_last(self) -> int:
        """Return where the last entry ends, with the comments right below it that are nested in it."""
        number = self.line_after(self.entries[-1])
        moves = self.order[-1] != len(self.entries) - 1
        found = _COMMENT.match(self.lines.line(number))
        while found and len(found[1]) > self.indent and number < self.lines.count:
            number += 1
            found = _COMMENT.match(self.lines.line(number))
        if moves and found and len(found[1]) >= self.indent:
            raise Doubt(self.lines.start(number), "a comment may belong to the last of them, or to none")
        return self.lines.start(number)

    def line_after(self, entry: Entry) -> int:
        """Return the number of the line below an entry, on whose last line nothing but a comment may follow."""
        number, column = self.lines.place(entry.end)
        if not _REST_OF_LINE.fullmatch(self.lines.line(number), column - 1) or number == self.lines.count:
            raise Doubt(entry.end, "more than a comment follows one of them on its line")
        return number + 1

    def comment(self, number: int) -> re.Match[str] | None:
        """Return the comment that a line consists of; raises Doubt where it holds more than that."""
        line = self.lines.line(number)
        found = _COMMENT.match(line)
        if not found and line.strip():
            raise Doubt(self.lines.start(number), "a line between them is neither blank nor a comment")
        return found
