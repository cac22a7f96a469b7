"""What a table is: its columns with their meaning, and the rows that one record gives it.

The meaning of a column that holds a field of a record is taken from the schema, so that it is written down once.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from tallysheet.index.judged import JudgedRecord
from tallysheet.repository import BUNDLED

Kind: TypeAlias = Literal["text", "integer", "truth", "day"]
Row: TypeAlias = tuple[str | int | bool | None, ...]
"""The cells in the order of the columns; None is absent, which is never zero and never blank."""

# A printed figure has up to eighteen digits, by its schema: its numerator fits 64 bits.
SQL: dict[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "truth": "BOOLEAN",
    "day": "DATE",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `meaning` is a sentence, or a place in the schema such as `citation#/properties/year`."""

    name: str
    meaning: str
    kind: Kind = "text"

    @property
    def said(self) -> str:
        """What it holds, in a sentence."""
        if "#/" not in self.meaning:
            return self.meaning
        found = field(self.meaning)
        title, more = found.get("title", ""), found.get("description", "")
        return more or f"{title}."


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, which of them tell rows apart, and the rows of one record."""

    name: str
    said: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[JudgedRecord], Iterator[Row]]


RECORD = Column("record", "The record's id.")


def columns(*given: Column) -> tuple[Column, ...]:
    """Return the columns of a table whose rows belong to a record: its id comes first."""
    return (RECORD, *given)


def fields(block: str, *names: str, kind: Kind = "text") -> tuple[Column, ...]:
    """Return columns for fields of a block that are taken as they are, under their own names."""
    return tuple(Column(name, f"{block}#/properties/{name}", kind) for name in names)


def field(place: str) -> dict[str, Any]:
    """Return what the schema says of a field; its block's own words where the field has none."""
    block, _, path = place.partition("#/")
    found: dict[str, Any] = schema_of(block)
    for step in path.split("/"):
        found = found[step]
    if "description" not in found and "$ref" in found:
        return {**schema_of(found["$ref"].removesuffix(".schema.json")), **found}
    return found


@cache
def schema_of(block: str) -> dict[str, Any]:
    """Return the schema of a block."""
    found: dict[str, Any] = json.loads((BUNDLED / f"{block}.schema.json").read_bytes())
    return found
