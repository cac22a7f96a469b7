"""What stands at a place of an open text: its pointer, and what the schema says of it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tallysheet.editor.positions import Positions
from tallysheet.pointers import steps
from tallysheet.reader import Document
from tallysheet.shape import Schema
from tallysheet.shape.blocks import Node


class Here(NamedTuple):
    """The innermost key or value around a place, with where it goes from and to in the text."""

    pointer: str
    on_key: bool
    start: int
    end: int


def place_at(document: Document, positions: Positions, index: int) -> Here | None:
    """Return what stands around a place of a document, None outside of all that its reader knows."""
    found: Here | None = None
    for pointer, places in document.places().items():
        for span, on_key in ((places.key, True), (places.value, False)):
            if span is None:
                continue
            start, end = positions.indexes(span)
            if start <= index <= end and (found is None or (end - start, -len(pointer)) <= size(found)):
                found = Here(pointer, on_key, start, end)
    return found


def size(here: Here) -> tuple[int, int]:
    """Return by what the innermost place is found: the shortest, and of two the one further down."""
    return here.end - here.start, -len(here.pointer)


def node_at(top: Node, pointer: str) -> Node | None:
    """Return what the schema says of a pointer, whatever stands there."""
    node: Node | None = top
    for step in steps(pointer):
        if node is None:
            return None
        node = node.items if node.items is not None and step.isdigit() else node.properties.get(step, node.others)
    return node


def speaking(schema: Schema, node: Node) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Yield the subschemas that speak of a place, the nearest first, with whether they always hold."""
    for target in node.reached:
        here = schema.at(target.file, target.place)
        if isinstance(here, dict):
            yield here, target.always


def first(schema: Schema, node: Node, keyword: str) -> Any:
    """Return what the nearest subschema has under a keyword, None where none has it."""
    return next((here[keyword] for here, always in speaking(schema, node) if always and keyword in here), None)


def allowed(schema: Schema, node: Node) -> list[str]:
    """Return the words that a place may hold, as the schema lists them; none where it has no list."""
    found: list[str] | None = None
    for here, always in speaking(schema, node):
        listed = here["enum"] if "enum" in here else [here["const"]] if "const" in here else None
        if always and listed is not None:
            words = [word for word in listed if isinstance(word, str)]
            found = words if found is None else [word for word in found if word in words]
    return found or []


def terms(schema: Schema, node: Node) -> Mapping[str, Mapping[str, str]]:
    """Return what a vocabulary says of its words."""
    found = first(schema, node, "x-terms")
    return found if isinstance(found, dict) else {}


def required(schema: Schema, node: Node) -> set[str]:
    """Return the fields that are always demanded."""
    return {name for here, always in speaking(schema, node) if always for name in here.get("required", ())}
