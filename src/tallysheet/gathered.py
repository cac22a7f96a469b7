"""The facts that a rule on the repository keeps of all records, by columns: no entry is made that nobody looks at."""

from collections.abc import Iterable, Sequence
from itertools import chain, compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tallysheet.columns import field, unpack

if TYPE_CHECKING:
    from tallysheet.rules import Entry


class Part:
    """The facts of some records: of each block the row of its record, its place and what is kept of it.

    `places` and `facts` are columns; `live` tells of each block whether it counts, 1 or 0, where some do not.
    """

    __slots__ = ("facts", "live", "paths", "places", "rows")

    def __init__(
        self, paths: Sequence[str], rows: Sequence[int], places: Any, facts: Any, live: bytes | None = None
    ) -> None:
        self.paths = paths
        self.rows = rows
        self.places = places
        self.facts = facts
        self.live = live

    def __len__(self) -> int:
        return len(self.rows) if self.live is None else sum(self.live)

    def living(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return those of the values, one for each block, that count."""
        return values if self.live is None else list(compress(values, self.live))

    def values(self) -> Sequence[Any]:
        """Return what is kept of each block."""
        return self.living(unpack(self.facts, len(self.rows)))

    def field(self, name: str) -> Sequence[Any]:
        """Return what is kept of each block under a name, None where that is nothing."""
        return self.living(field(self.facts, name, len(self.rows)))

    def entries(self) -> "Iterable[Entry]":
        """Return what is kept of each block, with its record and its place."""
        from tallysheet.rules import Entry

        rows, places = self.living(self.rows), self.living(unpack(self.places, len(self.rows)))
        return map(Entry, map(self.paths.__getitem__, rows), places, self.values())


class Gathered:
    """The facts of all records; whatever is returned for all of them comes in one order."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = list(parts)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def values(self) -> list[Any]:
        """Return the facts of each block."""
        return list(chain.from_iterable(part.values() for part in self.parts))

    def field(self, name: str) -> list[Any]:
        """Return what the facts of each block have under a name, None where they have nothing: only to be read."""
        return list(chain.from_iterable(part.field(name) for part in self.parts))

    def entries(self, wanted: Sequence[int] | None = None) -> "list[Entry]":
        """Return the facts as entries in the order of paths: all, or those at some of the places in their order."""
        found: list[Entry] = []
        first = 0
        asked = None if wanted is None else set(wanted)
        for part in self.parts:
            here = range(first, first := first + len(part))
            if asked is None:
                found.extend(part.entries())
            elif not asked.isdisjoint(here):
                found.extend(entry for index, entry in zip(here, part.entries(), strict=True) if index in asked)
        found.sort(key=attrgetter("path"))
        return found


def twice(values: Sequence[Any]) -> list[int]:
    """Return where values stand that stand at more than one place; None is no value."""
    first = set(values)
    if len(values) - values.count(None) == len(first) - (None in first):
        return []
    seen: dict[Any, int] = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    return [index for index, value in enumerate(values) if value is not None and seen[value] > 1]
