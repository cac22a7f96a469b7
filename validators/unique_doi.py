"""No two records share a DOI, a PMID or a PMCID.

Why. One publication is one record: entered twice, its patients would be counted twice.

How to fix. Keep one of the records. If they are two reports of one study, each has identifiers of its own, and they
share `study.id`.

Limits. Identifiers are compared in their canonical form, so that case, labels and addresses make no difference; one
that is malformed is compared with nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from tallysheet.gathered import Gathered, twice
from tallysheet.pointers import pointer
from tallysheet.rules import Also, At, Entry, Problem

SCOPE = "repository"
BLOCK = "identifiers"
SEVERITY = "error"
WAIVABLE = False

FIELDS = ("doi", "pmid", "pmcid")


def facts(identifiers: dict[str, Any], at: At) -> dict[str, str] | None:  # noqa: ARG001 - as for every rule
    """Return the identifiers in their canonical form, or None if there is none."""
    from tallysheet.identifiers import examine  # comparing does without

    found = {field: examine(field, identifiers[field]).canonical for field in FIELDS if field in identifiers}
    return {field: name for field, name in found.items() if name is not None} or None


def suspects(facts: Gathered) -> list[int]:
    """Return where an identifier stands that stands elsewhere as well."""
    return sorted({place for field in FIELDS for place in twice(facts.field(field))})


def check(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Compare the identifiers of all records."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for field, name in entry.facts.items():
            earlier = first.setdefault((field, name), entry)
            if earlier is not entry:
                also = (Also(earlier.pointer + pointer(field), "the same here", earlier.path),)
                message = f"{field.upper()} {name} is that of another record: {earlier.path}"
                yield Problem(entry.pointer + pointer(field), message, "keep one of the records", also, path=entry.path)
