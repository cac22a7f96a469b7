"""Two records of one publication side by side: each field that either has, with what both say.

Two readers number their results differently. So what belongs together is found first: groups by their id, results by
outcome, group and time, by their label where that is the same, else in their order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallysheet.pointers import pointer

SKIPPED = frozenset({"id", "curation", "discrepancies", "waivers", "label", "quote", "notes", "replaced_by"})
"""Who did what is no fact of the publication, and two readers never choose the same words."""
BLOCKS = ("proportion", "estimate", "survival", "ratio", "test", "change")
Key = Callable[[Mapping[str, Any]], tuple[Any, ...]]


def taken(*names: str) -> Key:
    """Return what takes these fields of an entry."""
    return lambda entry: tuple(entry.get(name) for name in names)


def kind(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return which blocks a result has."""
    return tuple(name for name in BLOCKS if name in entry)


KEYS: dict[str, tuple[Key, ...]] = {
    "groups": (taken("id"),),
    "breakdowns": (taken("of", "by"), taken("of")),
    "links": (taken("as", "to"),),
    "results": (
        taken("outcome", "group", "compared_with", "time", "label"),
        lambda entry: (*taken("outcome", "group", "compared_with", "time")(entry), *kind(entry)),
        lambda entry: (*taken("outcome", "group")(entry), *kind(entry)),
        taken("outcome", "group"),
    ),
}
"""By what entries of a list are found to be the same thing, the surest first."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two records say at one place: its field without numbers, its pointer, both values, None where absent.

    The pointer is of the first record; what only the second has stands behind what the first has. `whole` is the
    pointer of the entry where only one of the two has it.
    """

    field: str
    pointer: str
    first: Any
    second: Any
    whole: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return bool(self.first == self.second)


def pairs(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield every field that either of two records has."""
    yield from mappings(first, second, "", "", None)


def mappings(
    first: Mapping[str, Any], second: Mapping[str, Any], place: str, field: str, whole: str | None
) -> Iterator[Pair]:
    """Yield the fields of two mappings."""
    for key in dict.fromkeys((*first, *second)):
        if key in SKIPPED:
            continue
        one, other = first.get(key), second.get(key)
        inner, here = place + pointer(key), f"{field}.{key}" if field else key
        if isinstance(one, dict) or isinstance(other, dict):
            yield from mappings(one or {}, other or {}, inner, here, whole)
        elif key in KEYS and not place:
            yield from lists(one or [], other or [], inner, "" if key == "results" else key, KEYS[key])
        else:
            yield Pair(here, inner, one, other, whole)


def lists(first: Sequence[Any], second: Sequence[Any], place: str, field: str, keys: Sequence[Key]) -> Iterator[Pair]:
    """Yield the fields of two lists, entry by entry."""
    for index, (one, other) in enumerate(matched(first, second, keys)):
        where = f"{place}/{index}"
        mine = None if one is None else first[one]
        theirs = None if other is None else second[other]
        yield from mappings(mine or {}, theirs or {}, where, field, where if mine is None or theirs is None else None)


def matched(
    first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]], keys: Sequence[Key]
) -> list[tuple[int | None, int | None]]:
    """Return which entries belong together, those of the first list in its order, then what only the second has."""
    found: dict[int, int] = {}
    left = dict(enumerate(second))
    for key in keys:
        for index, entry in enumerate(first):
            if index not in found:
                other = next((number for number, theirs in left.items() if key(theirs) == key(entry)), None)
                if other is not None:
                    found[index] = other
                    del left[other]
    return [*((index, found.get(index)) for index in range(len(first))), *((None, number) for number in left)]


def shown(value: Any) -> str:
    """Return a value as people read it."""
    if value is None:
        return "absent"
    if isinstance(value, list):
        return "; ".join(shown(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
