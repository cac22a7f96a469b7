"""No two records have one id.

Why. Two pull requests may each add a record of the same id, both green; only the whole collection shows it.

How to fix. Keep the record that is older, and give the other an id of its own or join the two.

Limits. Ids are compared letter by letter: they are small ASCII letters anyway.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from tallysheet.gathered import Gathered, twice
from tallysheet.rules import Also, At, Entry, Problem

SCOPE = "repository"
BLOCK = "publication"
SEVERITY = "error"
WAIVABLE = False


def facts(record: dict[str, Any], at: At) -> str | None:  # noqa: ARG001 - facts of any block are asked alike
    """Return the id."""
    return record.get("id")


def suspects(facts: Gathered) -> list[int]:
    """Return where an id stands that stands elsewhere as well."""
    return twice(facts.values())


def check(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Compare all ids."""
    first: dict[str, str] = {}
    for entry in entries:
        if entry.facts in first:
            also = (Also("/id", "the first of this id", first[entry.facts]),)
            yield Problem("/id", f'a second record has the id "{entry.facts}"', None, also, path=entry.path)
        first.setdefault(entry.facts, entry.path)
