"""What a record says was not reported is indeed absent from it.

Why. `not_reported` tells the next reader that a figure was looked for; a figure that is there all the same makes one
of the two wrong.

How to fix. Remove the entry if the publication gives the figure, or the figure if it does not.

Limits. Only fields are compared; that nobody overlooked them is for the second reader.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.pointers import pointer, resolve
from tallysheet.rules import Also, Answer, At, Problem

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
READS = ("not_reported",)


def passes(record: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept a record that says of nothing that it is absent."""
    return None if "not_reported" in record else 0


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:  # noqa: ARG001 - the record itself is the block
    """Look up every field that is said to be absent."""
    for index, field in enumerate(record.get("not_reported", ())):
        try:
            resolve(record, "/" + field)
        except LookupError:
            continue
        also = (Also("/" + field, "given here"),)
        yield Problem(
            pointer("not_reported", index), f"{field} is said to be not reported, yet it is given", None, also
        )
