"""Which rows of what is kept no longer count, and where places stand in those that do."""

from collections.abc import Iterable, Mapping, Sequence

from tallysheet.line import Line
from tallysheet.stamps import SIZE


def outdated(lines: Sequence[Line], paths: Mapping[str, bool]) -> list[set[int]]:
    """Return for each line the rows of records that a later line has as well, or that are not at `paths`, sorted."""
    every = [path for line in lines for path in line.paths]
    if len(every) == len(paths) and sorted(every) == list(paths):
        return [set() for _ in lines]
    known: set[str] = set()
    again: set[str] = set()
    for line in lines:
        again.update(known.intersection(line.paths))
        known.update(line.paths)
    outside = known.difference(paths)
    found: list[set[int]] = []
    for line in reversed(lines):
        found.append({row for row, path in enumerate(line.paths) if path in outside})
        outside.update(again.intersection(line.paths))
    return found[::-1]


def differing(left: str, right: str, first: int, end: int) -> list[int]:
    """Return the rows from `first` up to `end` in which two columns of stamps differ; most do not."""
    if left[first * SIZE : end * SIZE] == right[first * SIZE : end * SIZE]:
        return []
    if end - first == 1:
        return [first]
    half = (first + end) // 2
    return differing(left, right, first, half) + differing(left, right, half, end)


def digests_of(paths: Mapping[str, object], lines: Iterable[Line]) -> dict[str, str]:
    """Return the digests of some records by path."""
    if not paths:
        return {}
    return {
        path: line.digest(row)
        for line in lines
        for row, path in enumerate(line.paths)
        if path in paths and row not in line.gone
    }
