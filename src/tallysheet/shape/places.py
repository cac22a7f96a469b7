"""Which subschemas speak of one value, and which of the values inside it."""

from collections.abc import Iterator
from typing import NamedTuple

from tallysheet.pointers import pointer
from tallysheet.shape.keywords import IN_PLACE, IN_PLACE_LISTS, IN_PLACE_SINGLES
from tallysheet.shape.load import Schema


class Target(NamedTuple):
    """A subschema that speaks of the same value: `always`, or only where a branch is taken."""

    file: str
    place: str
    always: bool
    block: str = ""
    """The building block that begins here, if one does."""


def block_name(file: str) -> str:
    """Return the name of the building block that a schema file describes."""
    return file.rpartition("/")[2].removesuffix(".json").removesuffix(".schema")


def in_place(schema: Schema, file: str, place: str) -> Iterator[Target]:
    """Yield the subschemas, one step away, that speak of the same value as the one at `place`."""
    here = schema.at(file, place)
    if not isinstance(here, dict) or IN_PLACE.isdisjoint(here):  # as most are
        return
    if "$ref" in here:
        target, where = schema.follow(file, here["$ref"])
        yield Target(target, where, always=True, block="" if where else block_name(target))
    for keyword in IN_PLACE_LISTS:
        for index in range(len(here.get(keyword, ()))):
            yield Target(file, place + pointer(keyword, index), always=keyword == "allOf")
    for keyword in IN_PLACE_SINGLES:
        if keyword in here:
            yield Target(file, place + pointer(keyword), always=False)
    for name in here.get("dependentSchemas", {}):
        yield Target(file, place + pointer("dependentSchemas", name), always=False)
