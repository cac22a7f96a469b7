"""The groups of a record by their ids, for the rules that follow references to them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tallysheet.pointers import pointer


class Group(NamedTuple):
    """A group as rules need it: how many patients it has, and where that stands."""

    n: int
    pointer: str


def groups_of(record: Mapping[str, Any]) -> dict[str, Group]:
    """Return the groups of a record by id; of two with one id the first."""
    found: dict[str, Group] = {}
    for index, group in enumerate(record.get("groups", ())):
        found.setdefault(group["id"], Group(group["n"], pointer("groups", index, "n")))
    return found
