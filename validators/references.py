"""Every group that a record names exists, and each has an id of its own.

Why. A result of a group that is not there belongs to no patients; two groups of one id make every figure ambiguous.

How to fix. Write the id of a group under `groups` exactly as it stands there, or add the group that is missing.

Limits. Whether the group is the right one is for the reader to say.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import Also, Answer, At, Problem
from tallysheet.words import did_you_mean, listed

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
READS = ("groups", "results", "breakdowns")


def passes(record: dict[str, Any], at: At) -> int | None:
    """Accept references to groups of which each is there once."""
    rows = at.once(rows_of)
    if not rows.named:
        return None
    for breakdown in record.get("breakdowns", ()):
        if breakdown["of"] not in rows.sizes or not rows.sizes.keys() >= set(breakdown["parts"]):
            return None
    return 0


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:  # noqa: ARG001 - the record itself is the block
    """Look up every group that results and breakdowns name."""
    first: dict[str, str] = {}
    for index, group in enumerate(record.get("groups", ())):
        place = pointer("groups", index, "id")
        if group["id"] in first:
            also = (Also(first[group["id"]], "the first of this id"),)
            yield Problem(place, f'a second group has the id "{group["id"]}"', "give one of them another id", also)
        first.setdefault(group["id"], place)
    for place, name in named(record):
        if name not in first:
            known = f"groups: {listed(first)}" if first else "the record has no groups"
            yield Problem(place, f'there is no group "{name}"', did_you_mean(name, first) or known)


def named(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every place that names a group, with the name."""
    for index, result in enumerate(record.get("results", ())):
        for field in ("group", "compared_with"):
            if field in result:
                yield pointer("results", index, field), result[field]
    for index, breakdown in enumerate(record.get("breakdowns", ())):
        yield pointer("breakdowns", index, "of"), breakdown["of"]
        for part, name in enumerate(breakdown["parts"]):
            yield pointer("breakdowns", index, "parts", part), name
