"""Where things stand in a text: from a character's index to line and column, from a value to its JSON pointer."""

from array import array
from bisect import bisect_right
from typing import NamedTuple

from tallysheet.findings import Span


class Places(NamedTuple):
    """Where a value stands, and its key where it has one."""

    key: Span | None
    value: Span


class Extent(NamedTuple):
    """From which index to which a key or value goes in the text."""

    start: int
    end: int
    pointer: str
    is_key: bool


class Lines:
    r"""The lines of a text, as an editor counts them: by `\n`, a `\r` before it being part of the line break."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = array("L", [0])  # a file may be a million line breaks
        index = text.find("\n")
        while index >= 0:
            self._starts.append(index + 1)
            index = text.find("\n", index + 1)

    @property
    def count(self) -> int:
        """How many lines there are; the last one may be empty."""
        return len(self._starts)

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at `index`."""
        index = min(index, len(self.text))
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters from `start` up to, and without, `end`."""
        return Span(*self.place(start), *self.place(max(start, end)))

    def start(self, line: int) -> int:
        """Return the index of the first character of a line."""
        return self._starts[line - 1]

    def line(self, line: int) -> str:
        """Return the text of a line, without its line break."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        return self.text[start:end].removesuffix("\r")


def step(pointer: str, key: str | int) -> str:
    """Return the JSON pointer one step below `pointer` (RFC 6901, section 3)."""
    return f"{pointer}/{key}" if isinstance(key, int) else f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
