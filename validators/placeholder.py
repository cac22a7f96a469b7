"""Nothing of a record is still to be filled in.

Why. A new record begins as a skeleton; a line that was overlooked would pass as the publication's own words.

How to fix. Replace what stands between < and > by what the publication prints, or remove the line if it gives nothing.

Limits. A number can't be a placeholder: that the skeleton's own were replaced is for the quotes beside them to show.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.placeholders import holds_no_sign, is_placeholder
from tallysheet.pointers import pointer, steps
from tallysheet.rules import Answer, At, Problem

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
READS = ("id",)


def passes(record: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept a record none of whose texts may be a placeholder."""
    return 0 if holds_no_sign(record) else None


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Look at every text of the record."""
    yield from look(record, at.pointer)


def look(value: Any, place: str) -> Iterator[Problem]:
    """Yield a problem for each text of a value that is a placeholder."""
    if isinstance(value, str) and is_placeholder(value):
        name = next(step for step in reversed(steps(place)) if not step.isdigit())
        yield Problem(place, f"{name} is still to be filled in", f"put in its place: {value[1:-1]}; or remove the line")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from look(inner, place + pointer(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from look(inner, place + pointer(index))
