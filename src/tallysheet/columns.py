"""Columns of JSON values in few pieces: a hundred thousand ids are one text to read, and one call to take apart.

A column is a list, or one of three forms that say the same: `texts` joined by a bar; `most` of them one plain value
`but` some by row; mappings as a column for each of their `fields`, with the rows that have it.
"""

from collections.abc import Sequence
from typing import Any

BAR = "|"
FEW = 4
"""A column is mostly one value if no more than one in so many is another."""


def pack(values: Sequence[Any]) -> Any:
    """Return a column in as few pieces as can be; `unpack` gives the same values in the same order."""
    if not values:
        return []
    first = values[0]
    if is_plain(first):
        odd = [row for row, value in enumerate(values) if type(value) is not type(first) or value != first]
        if len(odd) * FEW <= len(values):
            return {"most": first, "but": {str(row): values[row] for row in odd}}
    kinds = set(map(type, values))
    if kinds == {str}:
        joined = BAR.join(values)
        return {"texts": joined} if joined.count(BAR) == len(values) - 1 else list(values)
    return pack_fields(values) if kinds == {dict} else list(values)


def is_plain(value: Any) -> bool:
    """Tell whether a value equals no value of its type that is written in another way."""
    return value is None or type(value) in (str, int, bool) or (type(value) in (list, dict) and not value)


def pack_fields(values: Sequence[dict[str, Any]]) -> Any:
    """Return mappings as columns of their fields; as they are where they have them in different orders."""
    order: dict[str, int] = {}
    for value in values:
        for name in value:
            order.setdefault(name, len(order))
    fields: list[tuple[str, list[int] | None, list[Any]]] = []
    for name in order:
        rows = [row for row, value in enumerate(values) if name in value]
        column = [values[row][name] for row in rows]
        fields.append((name, None if len(rows) == len(values) else rows, column))
    places = [list(map(order.__getitem__, value)) for value in values]
    if any(place != sorted(place) for place in places):
        return list(values)
    return {"fields": [[name, rows, pack(column)] for name, rows, column in fields], "count": len(values)}


def unpack(column: Any, count: int, *, shared: bool = False) -> list[Any]:
    """Return the values of a column, each a value of its own unless they may be `shared`, and so must not be changed.

    Raises one of batch.ODD for what is no such column.
    """
    if isinstance(column, list):
        found = column
    elif "texts" in column:
        found = column["texts"].split(BAR)
    elif "most" in column:
        kind, value = type(column["most"]), column["most"]
        found = [kind() for _ in range(count)] if kind in (list, dict) and not shared else [value] * count
        for row, other in column["but"].items():
            found[int(row)] = other
    else:
        found = [{} for _ in range(count)]
        for name, rows, inner in column["fields"]:
            at = range(count) if rows is None else rows
            for row, value in zip(at, unpack(inner, len(at)), strict=True):
                found[row][name] = value
    if len(found) != count:
        raise ValueError("a column of another length")
    return found


def field(column: Any, name: str, count: int) -> list[Any]:
    """Return what mappings have under a name, None where they have nothing: to be read, not to be changed."""
    if not isinstance(column, dict) or "fields" not in column:
        return [value.get(name) for value in unpack(column, count, shared=True)]
    for other, rows, inner in column["fields"]:
        if other == name:
            values = unpack(inner, count if rows is None else len(rows), shared=True)
            return values if rows is None else spread(rows, values, count)
    return [None] * count


def spread(rows: Sequence[int], values: Sequence[Any], count: int) -> list[Any]:
    """Return a column with values in some of the rows, and None in the others."""
    found: list[Any] = [None] * count
    for row, value in zip(rows, values, strict=True):
        found[row] = value
    return found
