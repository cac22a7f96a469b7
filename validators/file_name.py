"""A record's id is the name of its file.

Why. Links between records, addresses of pages and the history of a record all go by its id; a file of another name
would be found by nobody.

How to fix. Rename the file, or write its name without `.yaml` as the id. An id never changes once it is merged.

Limits. Names that Windows reserves for devices, such as con or nul, are refused: nobody could check such a record
out.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.rules import Answer, At, Problem

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
READS = ("id",)

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})


def passes(record: dict[str, Any], at: At) -> int | None:
    """Accept an id that is the file's name."""
    identity = record.get("id")
    return 0 if identity == at.stem and identity not in RESERVED else None


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare the id with the file's name."""
    identity = record.get("id")
    if identity is None:
        return
    if identity != at.stem:
        yield Problem(
            "/id", f'id is "{identity}", but the file is {at.stem}.yaml', f"rename the file to {identity}.yaml"
        )
    if identity in RESERVED:
        yield Problem("/id", f'"{identity}" is a name that Windows reserves', "choose another id")
