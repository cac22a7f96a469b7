"""From places of a record to positions of the Language Server Protocol, and back.

A finding's column counts characters. The protocol counts UTF-16 units unless client and server agree on another
encoding, and a line ends there at a lone CR too (specification 3.17, Text Documents).
"""

import re
from bisect import bisect_right

from lsprotocol import types

from tallysheet.findings import Span
from tallysheet.reader.places import Lines

_BREAK = re.compile(r"\r\n|\r|\n")
_UNITS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Positions:
    """The text of one document as a client counts it."""

    def __init__(
        self, text: str, encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16
    ) -> None:
        self.text = text
        self._codec, self._size = _UNITS[types.PositionEncodingKind(encoding)]
        self._breaks = [(0, 0), *((match.start(), match.end()) for match in _BREAK.finditer(text))]
        self._starts = [end for _, end in self._breaks]
        # The reader takes a byte order mark off; an editor that shows one counts it.
        self._mark = 1 if text.startswith("\ufeff") else 0
        self._lines = Lines(text[self._mark :])

    def units(self, text: str) -> int:
        """Return how long a text is in units of the encoding; half a surrogate pair counts as one of UTF-16."""
        return len(text.encode(self._codec, "surrogatepass")) // self._size

    def position(self, index: int) -> types.Position:
        """Return the position of the character at an index of the text."""
        index = max(0, min(index, len(self.text)))
        line = bisect_right(self._starts, index) - 1
        return types.Position(line, self.units(self.text[self._starts[line] : index]))

    def index(self, position: types.Position) -> int:
        """Return the index of the character at a position; one behind the end of a line is that end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        end = self._breaks[position.line + 1][0] if position.line + 1 < len(self._breaks) else len(self.text)
        if self.text[start:end].isascii():
            return min(start + position.character, end)
        for index in range(start, end):
            if self.units(self.text[start : index + 1]) > position.character:
                return index
        return end

    def range(self, start: int, end: int) -> types.Range:
        """Return the range from one index up to, and without, another."""
        return types.Range(self.position(start), self.position(max(start, end)))

    def indexes(self, span: Span) -> tuple[int, int]:
        """Return from where up to where a span goes; one that lies behind the text lies at its end."""
        return self._index(span.line, span.column), self._index(span.end_line, span.end_column)

    def of_span(self, span: Span) -> types.Range:
        """Return the range of a span."""
        return self.range(*self.indexes(span))

    def _index(self, line: int, column: int) -> int:
        if line > self._lines.count:
            return len(self.text)
        return min(self._mark + self._lines.start(line) + column - 1, len(self.text))
