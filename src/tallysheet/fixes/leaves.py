"""The single values of a record: what each is, how and where it is written, what the schema wants there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tallysheet.pointers import pointer
from tallysheet.reader import Document
from tallysheet.reader.places import Lines
from tallysheet.shape import Blocks, Schema
from tallysheet.shape.blocks import Node


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value: the source goes from `start` up to, and without, `end` in the text."""

    pointer: str
    value: Any
    source: str
    start: int
    end: int
    node: Node | None
    """What the schema says of the place, if anything."""


def leaves_of(document: Document, blocks: Blocks | None = None) -> list[Leaf]:
    """Return the single values of a document that can be used, in the order of the record."""
    text, places = document.text or "", document.places()
    lines = Lines(text)
    found: list[Leaf] = []
    for place, value, node in walk(document.value, "", blocks.top if blocks else None):
        span = places[place].value
        start = lines.start(span.line) + span.column - 1
        end = lines.start(span.end_line) + span.end_column - 1
        found.append(Leaf(place, value, text[start:end], start, end, node))
    return found


def walk(value: Any, place: str, node: Node | None) -> Iterator[tuple[str, Any, Node | None]]:
    """Yield every single value below a place with its pointer and what the schema says of it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            below = node.properties.get(key, node.others) if node else None
            yield from walk(inner, place + pointer(key), below)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{place}/{index}", node.items if node else None)
    else:
        yield place, value, node


def wants_text(schema: Schema, leaf: Leaf) -> bool:
    """Tell whether the schema wants text in the place of a value, and the one that its source is."""
    types, lists = demands(schema, leaf.node)
    return (types == {"string"} or (not types and bool(lists))) and all(leaf.source in texts for texts in lists)


def wants_whole_number(schema: Schema, leaf: Leaf) -> bool:
    """Tell whether the schema wants a whole number in the place of a value, and nothing else."""
    types, lists = demands(schema, leaf.node)
    return types == {"integer"} and not lists


def demands(schema: Schema, node: Node | None) -> tuple[set[str], list[list[Any]]]:
    """Return the types that any subschema names for a place, and the lists of values that always hold for it."""
    types: set[str] = set()
    lists: list[list[Any]] = []
    for target in node.reached if node else ():
        here = schema.at(target.file, target.place)
        if not isinstance(here, dict):
            continue
        named = here.get("type", [])
        types.update([named] if isinstance(named, str) else named)
        lists += [here["enum"]] if "enum" in here and target.always else []
        lists += [[here["const"]]] if "const" in here and target.always else []
    return types, lists
