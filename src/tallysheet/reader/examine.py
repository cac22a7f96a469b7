"""The long way through a text: everything that is wrong with it, and where everything stands."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from tallysheet.findings import Fault
from tallysheet.reader import forbidden, normal
from tallysheet.reader.build import Build
from tallysheet.reader.characters import nfc
from tallysheet.reader.flaws import Flaw, Flaws, told
from tallysheet.reader.layout import conflict, directives, without
from tallysheet.reader.places import Extent, Lines, Places
from tallysheet.reader.scalars import Value


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a text: its value where that can be used, what is wrong, and where each value stands."""

    value: dict[str, Value] | None
    faults: tuple[Fault, ...]
    places: Mapping[str, Places]


def examine(text: str) -> Examined:
    """Return all that can be told of a text in one pass."""
    lines = Lines(text)
    flaws = Flaws()
    head, unmerged = directives(text), conflict(text)
    build = Build(lines, forbidden.mask(without(text, head)))
    if unmerged is None:
        build.run()
    else:
        flaws.add(unmerged)
    usable = build.usable and not head and unmerged is None
    for flaw in (*head, *_of_characters(lines, build.scalars)):
        flaws.add(flaw)
        usable = usable and bool(flaw.pointer)
    if build.problem is not None and not _is_broken_by_characters(lines, build.problem):
        flaws.add(build.problem)
    faults = told((*flaws.first, *build.flaws.first), flaws.count + build.flaws.count, lines)
    return Examined(build.value if usable else None, faults, build.places)


def _is_broken_by_characters(lines: Lines, problem: Flaw) -> bool:
    """Return whether an error of syntax stands on a line with forbidden characters: that is one cause, told once."""
    line = lines.line(lines.place(problem.start)[0])
    return any(forbidden.forbidden(line)) or nfc(line) != line


def _of_characters(lines: Lines, scalars: list[Extent]) -> Iterator[Flaw]:
    """Yield the flaws of single characters, one for all that stand on one line of one value.

    Only those in a value have a pointer: with one in a key, or between values, the record cannot be used.
    """
    starts = [extent.start for extent in scalars]

    def around(start: int) -> str:
        index = bisect_right(starts, start) - 1
        inside = index >= 0 and start < scalars[index].end and not scalars[index].is_key
        return scalars[index].pointer if inside else ""

    def place(hit: forbidden.Hit) -> tuple[int, str]:
        # A file with such line ends has one line and one cause.
        return lines.place(hit.start)[0], "" if lines.text[hit.start] == "\r" else around(hit.start)

    for (_, pointer), hits in groupby(forbidden.forbidden(lines.text), place):
        yield forbidden.told(lines.text, hits, pointer)
    for flaw in normal.flaws(lines):
        yield flaw._replace(pointer=around(flaw.start))
