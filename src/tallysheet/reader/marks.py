"""Where single values stand in a record that is plainly in order: looked up one by one, in no time.

The compiled way notes where each key and value starts and ends, in the order of the file. A value is found among them
by counting what stands before it. It says what `examine` says of the same place, but for the end of a mapping or list.
"""

from array import array
from typing import Any

from tallysheet.findings import Span
from tallysheet.pointers import steps
from tallysheet.reader.accept import read_marks
from tallysheet.reader.places import Places
from tallysheet.reader.scalars import REFUSED, resolve


class Marks:
    """Where the values of a record stand in its text."""

    def __init__(self, text: str, value: dict[str, Any], marks: bytes) -> None:
        self.text = text
        self.value = value
        self.marks = array("i", marks)
        data = text.encode()
        self.data = None if len(data) == len(text) else data
        """The bytes of the text, where these are more than its characters."""

    def get(self, pointer: str) -> Places | None:
        """Return where a value and its key stand, None if there is no such value; a collection ends where it starts."""
        node: Any = self.value
        key, index = None, 0
        for step in steps(pointer):
            if isinstance(node, dict) and step in node:
                index += 1
                for name, inner in node.items():
                    if name == step:
                        break
                    index += 1 + size(inner)
                key, index, node = index, index + 1, node[step]
            elif isinstance(node, list) and step.isascii() and step.isdigit() and int(step) < len(node):
                key, index = None, index + 1 + sum(map(size, node[: int(step)]))
                node = node[int(step)]
            else:
                return None
        return Places(None if key is None else self.span(key), self.span(index))

    def span(self, index: int) -> Span:
        """Return where the key or value stands that is the `index`-th of all."""
        start, end = self.marks[2 * index], self.marks[2 * index + 1]
        if self.data is not None:
            start, end = len(self.data[:start].decode()), len(self.data[:end].decode())
        if self.text[start] in "|>":  # its end is where the next thing begins
            end = start + len(self.text[start:end].rstrip())
        return Span(*self.place(start), *self.place(end))

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at `index`."""
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)


def size(node: Any) -> int:
    """Return how many keys and values a value is, itself included."""
    if isinstance(node, dict):
        return 1 + len(node) + sum(map(size, node.values()))
    return 1 + sum(map(size, node)) if isinstance(node, list) else 1


def marks_of(text: str, value: dict[str, Any]) -> Marks | None:
    """Return where everything stands in the text of a record, None where that is not plain."""
    marks: bytes | None = None
    if read_marks is not None:
        marks = None if "\r" in text else read_marks(text.encode(), resolve, REFUSED)
    return None if marks is None else Marks(text, value, marks)
