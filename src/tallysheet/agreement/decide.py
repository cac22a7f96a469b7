"""The decided record: what both extractions say alike, and of what they differ in, the one that was chosen."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from tallysheet.agreement.pairs import KEYS, Pair, matched, pairs, shown
from tallysheet.pointers import lies_within, pointer, steps

Choice: TypeAlias = Literal["first", "second"]
LONGEST = 500
SET_APART = ("curation", "discrepancies", "waivers")
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to decide: where, and what either has, None where it has nothing."""

    pointer: str
    first: str | None
    second: str | None


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Difference]:
    """Return what is to be decided: single fields, and entries that only one of the two has as a whole."""
    found: dict[str, Difference] = {}
    for pair in pairs(first, second):
        if pair.whole:
            mine, theirs = side(pair, "first"), side(pair, "second")
            before = found.get(pair.whole, Difference(pair.whole, None, None))
            found[pair.whole] = Difference(pair.whole, joined(before.first, mine), joined(before.second, theirs))
        elif not pair.agrees and "/source/" not in pair.pointer:  # the source follows the figures
            found[pair.pointer] = Difference(pair.pointer, text(pair.first), text(pair.second))
    return list(found.values())


def text(value: Any) -> str | None:
    """Return a value for the list of decisions."""
    return None if value is None else shown(value)[:LONGEST].strip()


def side(pair: Pair, which: Choice) -> str | None:
    """Return what one side says, with the name of its field."""
    value = getattr(pair, which)
    return None if value is None else f"{pair.field.rpartition('.')[2]} {shown(value)}"


def joined(before: str | None, more: str | None) -> str | None:
    """Return what an entry says, field by field."""
    return ", ".join(one for one in (before, more) if one)[:LONGEST].strip() or None


@dataclass(frozen=True, slots=True)
class Decided:
    """The decided record, and where the entries of both went: by list, number before, number now."""

    record: dict[str, Any]
    first: Mapping[tuple[str, int], int]
    second: Mapping[tuple[str, int], int]


def decided(first: Mapping[str, Any], second: Mapping[str, Any], choices: Mapping[str, Choice]) -> Decided:
    """Return the first record with what was chosen from the second, without curation, discrepancies and waivers.

    What is said in words (labels, quotes, notes) stays the first's, but for entries taken from the second as a whole
    and for the source of an entry of which any figure is the second's: a quote carries its figures.
    """
    record = {key: copy.deepcopy(value) for key, value in first.items() if key not in SET_APART}
    moves: tuple[dict[tuple[str, int], int], dict[tuple[str, int], int]] = ({}, {})
    for key in dict.fromkeys((*first, *second)):
        if key in KEYS:
            record[key] = []
            for one, other, entry in entries(key, first.get(key, []), second.get(key, []), choices):
                for number, moved in ((one, moves[0]), (other, moves[1])):
                    if number is not None:
                        moved[key, number] = len(record[key])
                record[key].append(entry)
            if not record[key]:
                del record[key]
        elif key not in SET_APART:
            put(record, key, second.get(key, ABSENT), pointer(key), choices)
    return Decided(record, *moves)


def entries(
    name: str, first: list[Any], second: list[Any], choices: Mapping[str, Choice]
) -> Iterator[tuple[int | None, int | None, Any]]:
    """Yield the entries of one list that are kept, with their numbers in both."""
    for index, (one, other) in enumerate(matched(first, second, KEYS[name])):
        where = pointer(name, index)
        if one is None or other is None:
            if (choices.get(where) == "second") == (one is None):
                yield one, other, copy.deepcopy(second[other or 0] if one is None else first[one])
            continue
        entry = copy.deepcopy(first[one])
        for key in dict.fromkeys((*first[one], *second[other])):
            put(entry, key, second[other].get(key, ABSENT), where + pointer(key), choices)
        chosen = any(lies_within(place, where) and choice == "second" for place, choice in choices.items())
        if chosen and "source" in second[other]:
            entry["source"] = copy.deepcopy(second[other]["source"])
        yield one, other, entry


def put(owner: dict[str, Any], key: str, theirs: Any, place: str, choices: Mapping[str, Choice]) -> None:
    """Take from the second, at and below one place, what was chosen."""
    if choices.get(place) == "second":
        if theirs is ABSENT:
            owner.pop(key, None)
        else:
            owner[key] = copy.deepcopy(theirs)
    elif isinstance(owner.get(key), dict) or (key not in owner and isinstance(theirs, dict)):
        inner, other = owner.get(key, {}), theirs if isinstance(theirs, dict) else {}
        for name in dict.fromkeys((*inner, *other)):
            put(inner, name, other.get(name, ABSENT), place + pointer(name), choices)
        if inner:
            owner[key] = inner
        else:
            owner.pop(key, None)


def moved(noted: Iterable[Mapping[str, Any]], moves: Mapping[tuple[str, int], int]) -> Iterator[dict[str, Any]]:
    """Yield discrepancies or waivers with their pointers where their entries are now; those of entries gone are not."""
    for entry in noted:
        name, *more = steps(entry["pointer"])
        if name not in KEYS or not more or not more[0].isdigit():
            yield dict(entry)
        elif (name, int(more[0])) in moves:
            yield {**entry, "pointer": pointer(name, moves[name, int(more[0])], *more[1:])}


def curation(
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    found: list[Difference],
    choices: Mapping[str, Choice],
    who: Mapping[str, str],
) -> dict[str, Any]:
    """Return the curation of the decided record: both names, who decided, and each decision."""
    decisions = [
        {
            "pointer": one.pointer,
            **({"first": one.first} if one.first else {}),
            **({"second": one.second} if one.second else {}),
            "kept": choices[one.pointer],
        }
        for one in found
    ]
    mine = first["curation"]
    again = {name: second["curation"]["extracted"][name] for name in ("by", "on")}
    adjudicated: dict[str, Any] = {**who, **({"decisions": decisions} if decisions else {})}
    more = {name: mine[name] for name in ("notes",) if name in mine}
    return {"extracted": mine["extracted"], "second": again, "adjudicated": adjudicated, **more}
