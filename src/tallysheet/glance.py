"""A record of which it may be known already where its places stand: it is read only if more is asked."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeAlias

from tallysheet.findings import Fault, Span
from tallysheet.reader import Document, read
from tallysheet.sight import Sight

Stands: TypeAlias = dict[str, list[int]]
"""Where places of a record stand, by pointer: line and column, and those of the end."""


class Glance(Sight):
    """One file as findings on several records see it; what is looked up is entered into `stands`."""

    def __init__(self, path: str, open_file: Callable[[str], bytes | Fault], stands: Stands) -> None:
        self.path = path
        self._open = open_file
        self._stands = stands

    @cached_property
    def document(self) -> Document:  # type: ignore[override]  # read when it is asked for
        """What the file holds."""
        data = self._open(self.path)
        return read(b"" if isinstance(data, Fault) else data)

    def span(self, place: str, *, on_key: bool = False) -> Span:
        """Return where a pointer stands."""
        if on_key:
            return super().span(place, on_key=True)
        if place not in self._stands:
            found = super().span(place)
            self._stands[place] = [found.line, found.column, found.end_line, found.end_column]
        return Span(*self._stands[place])
