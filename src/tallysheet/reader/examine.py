"""The long way through a text: everything that is wrong with it, and where everything stands."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from tallysheet.findings import Fault
from tallysheet.reader.build import Build, Extent, Value
from tallysheet.reader.characters import Hit, forbidden, mask
from tallysheet.reader.flaws import Flaw, told
from tallysheet.reader.layout import conflict, directives, without
from tallysheet.reader.places import Lines, Places
from tallysheet.reader.text import character_flaw, nfc_flaws

_OF_ONE_VALUE: Final = frozenset(("ambiguous-scalar", "number", "forbidden-character", "not-nfc"))
"""What leaves the rest of a record fit to be judged, where it is wrong with a value and not with a key or a comment."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a text: its value where that can be used, what is wrong, and where each value stands."""

    value: dict[str, Value] | None
    faults: tuple[Fault, ...]
    places: Mapping[str, Places]


def examine(text: str) -> Examined:
    """Return all that can be told of a text in one pass."""
    lines = Lines(text)
    head = directives(text)
    unmerged = conflict(text)
    build = Build(lines, mask(without(text, head)))
    if unmerged is None:
        build.run()
    flaws = _of_characters(lines, build.scalars)
    broken = {lines.place(flaw.start)[0] for flaw in flaws}
    spoiled = [flaw for flaw in (*flaws, *build.flaws.first) if flaw.rule not in _OF_ONE_VALUE or not flaw.pointer]
    flaws += [*head, *build.flaws.first, *([unmerged] if unmerged else [])]
    # A forbidden character may break the line it stands on: that is one cause, and told once.
    if build.problem is not None and lines.place(build.problem.start)[0] not in broken:
        flaws.append(build.problem)
    usable = build.usable and not head and unmerged is None and not spoiled
    count = len(flaws) + build.flaws.count - len(build.flaws.first)
    return Examined(build.value if usable else None, told(flaws, count, lines), build.places)


def _of_characters(lines: Lines, scalars: list[Extent]) -> list[Flaw]:
    """Return the flaws of single characters, one for all that stand on one line of one value."""
    text = lines.text
    hits = forbidden(text)
    starts = [extent.start for extent in scalars]

    def around(start: int) -> str:
        """Return the pointer of the value that a character stands in; empty for keys, comments and all between."""
        index = bisect_right(starts, start) - 1
        inside = index >= 0 and start < scalars[index].end and not scalars[index].is_key
        return scalars[index].pointer if inside else ""

    def place(hit: Hit) -> tuple[int, str]:
        # A carriage return ends no line here, so that a file of nothing else is one line with one flaw.
        return (lines.place(hit.start)[0], "" if text[hit.start] == "\r" else around(hit.start))

    grouped: Iterator[tuple[tuple[int, str], Iterator[Hit]]] = groupby(hits, place)
    flaws = [character_flaw(text, list(group))._replace(pointer=pointer) for (_, pointer), group in grouped]
    stacked = {lines.place(hit.start)[0] for hit in hits if hit.end - hit.start > 1}
    return flaws + [flaw._replace(pointer=around(flaw.start)) for flaw in nfc_flaws(lines, stacked)]
