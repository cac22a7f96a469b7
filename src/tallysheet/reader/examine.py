"""The long way through a text: everything that is wrong with it, and where everything stands."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from tallysheet.findings import TOP, Fault
from tallysheet.reader import forbidden, normal
from tallysheet.reader.build import Build
from tallysheet.reader.characters import nfc
from tallysheet.reader.flaws import Flaw, Flaws, told
from tallysheet.reader.layout import conflict, directives, without_directives
from tallysheet.reader.places import Extent, Lines, Places
from tallysheet.reader.scalars import Value

_COUNTED = Flaw("", 0, 0, "", "")
"""A flaw that is counted and not told."""


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
    build = Build(lines, forbidden.mask(without_directives(text)))
    unmerged = conflict(text)
    if unmerged is None:
        build.run()
    else:
        flaws.add(unmerged)
    usable = build.usable and unmerged is None
    for flaw in directives(text):
        flaws.add(flaw)
        usable = False
    usable = _judge_characters(lines, build.scalars, flaws) and usable
    if build.problem is not None and not _is_broken_by_characters(lines, build.problem):
        flaws.add(build.problem)
    build.places.setdefault("", Places(None, TOP))
    faults = told((*flaws.first, *build.flaws.first), flaws.count + build.flaws.count, lines)
    return Examined(build.value if usable else None, faults, build.places)


def _is_broken_by_characters(lines: Lines, problem: Flaw) -> bool:
    """Return whether an error of syntax stands on a line with forbidden characters: that is one cause, told once."""
    line = lines.line(lines.place(problem.start)[0])
    return any(forbidden.forbidden(line)) or nfc(line) != line


def _judge_characters(lines: Lines, scalars: list[Extent], flaws: Flaws) -> bool:
    """Add the flaws of single characters, one for all on one line of one value; return whether all stand in values.

    With one in a key, or between values, or with more than are told, the record cannot be used.
    """
    starts = [extent.start for extent in scalars]
    usable = True

    def around(start: int) -> str:
        index = bisect_right(starts, start) - 1
        inside = index >= 0 and start < scalars[index].end and not scalars[index].is_key
        return scalars[index].pointer if inside else ""

    def place(hit: forbidden.Hit) -> tuple[int, str]:
        # A file with such line ends has one line and one cause.
        return lines.place(hit.start)[0], "" if lines.text[hit.start] == "\r" else around(hit.start)

    for (_, pointer), hits in groupby(forbidden.forbidden(lines.text), place):
        usable = usable and bool(pointer) and not flaws.is_full
        flaws.add(_COUNTED if flaws.is_full else forbidden.told(lines.text, hits, pointer))
    for number in normal.lines_not_in_nfc(lines):
        flaw = _COUNTED if flaws.is_full else normal.told(lines.line(number), start=lines.start(number))
        pointer = "" if flaw is _COUNTED else around(flaw.start)
        usable = usable and bool(pointer)
        flaws.add(flaw._replace(pointer=pointer))
    return usable
