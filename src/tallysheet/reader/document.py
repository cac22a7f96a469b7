"""Bytes in, document out: the one way by which a record enters the tool."""

from typing import TYPE_CHECKING, NamedTuple

from tallysheet.findings import TOP, Fault
from tallysheet.reader.accept import accept
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.reader.scalars import Value
from tallysheet.reader.text import BOM, decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tallysheet.reader.marks import Marks
    from tallysheet.reader.places import Places


class Document(NamedTuple):
    """What one file holds: its text, its value, and what is wrong with it.

    `text` is None where the file is not UTF-8 or larger than what is read, and has no byte order mark; `value` is None
    where the file cannot be used. `faults` are in order of place, and few (limits.FAULTS).
    """

    text: str | None
    value: dict[str, Value] | None
    faults: tuple[Fault, ...]
    placed: "list[Mapping[str, Places]]"
    """What `places` has found, once it was asked."""
    marked: "list[Marks | None]"
    """What `place` looks up in, once it was asked."""

    def places(self) -> "Mapping[str, Places]":
        """Return where each value and its key stand, by JSON pointer; found at the first call."""
        if not self.placed:
            from tallysheet.reader.examine import examine
            from tallysheet.reader.places import Places

            self.placed.append({"": Places(None, TOP)} if self.text is None else examine(self.text).places)
        return self.placed[0]

    def place(self, pointer: str) -> "Places | None":
        """Return where a value and its key stand, None if there is none; a mapping or list may end where it starts."""
        if not (self.placed or self.marked):
            from tallysheet.reader.marks import marks_of

            self.marked.append(marks_of(self.text, self.value) if self.text is not None and self.value else None)
        marks = self.marked[0] if self.marked else None
        return marks.get(pointer) if marks else self.places().get(pointer)

    def lines(self) -> list[str]:
        """Return the lines of the source as an editor counts them, without their line breaks."""
        return [line.removesuffix("\r") for line in (self.text or "").split("\n")]


def read(data: bytes) -> Document:
    """Return the document that the bytes of a file hold; whatever they are, nothing is raised."""
    if len(data) > FILE_BYTES:
        message = f"the file has {len(data):,} bytes, more than the {FILE_BYTES:,} allowed"
        fault = Fault("file-size", TOP, message, "split it: a record is a few thousand bytes")
        return Document(None, None, (fault,), [], [])
    text = decode(data)
    if isinstance(text, Fault):
        return Document(None, None, (text,), [], [])
    value = accept(data.removeprefix(BOM), text)
    if value is not None:
        return Document(text, value, (), [], [])
    from tallysheet.reader.examine import examine  # a run in which all is well never needs it

    examined = examine(text)
    return Document(text, examined.value, examined.faults, [examined.places], [])
