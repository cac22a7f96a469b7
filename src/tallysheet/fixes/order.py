"""The order of keys: that of `properties` in the schema, block by block, so that every schema has its own.

A key takes along what is its own: the comments above it, the one at the end of its line, and all that is nested in it.
The text is put together anew from pieces of the old one, so that no character is lost or made. Where it is in doubt
what belongs to a key, its mapping stays as it is, and the doubt is told.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from tallysheet.findings import Span
from tallysheet.fixes.entries import Doubt, Entry, Piece, pieces_of
from tallysheet.pointers import pointer, resolve
from tallysheet.reader import Document, inert
from tallysheet.reader.places import Lines
from tallysheet.shape import Blocks
from tallysheet.shape.blocks import Node


class Ordered(NamedTuple):
    """A text with its keys in order, and why some of them stay where they are."""

    text: str
    doubts: list[str]


def put_in_order(document: Document, blocks: Blocks) -> Ordered:
    """Return the text of a document that can be used, with the keys of each mapping in order."""
    text = document.text or ""
    lines = Lines(text)
    names: dict[int, list[str]] = {}
    moves: list[list[Piece]] = []
    doubts: list[str] = []
    for place, keys, node in mappings(document.value, "", blocks.top):
        if id(node) not in names:
            names[id(node)] = names_in_order(blocks, node)
        known = names[id(node)]
        order = wanted(keys, known)
        if order == sorted(order):
            continue
        try:
            moves.append(move_of(document, lines, place, known, order))
        except Doubt as doubt:
            line, _ = lines.place(doubt.at)
            doubts.append(f"line {line}: the keys of {inert(place or 'the record', 200)} keep their order: {doubt}")
    return Ordered(arranged(text, moves), doubts)


def mappings(value: Any, place: str, node: Node | None) -> Iterator[tuple[str, list[str], Node]]:
    """Yield the place and the keys of every mapping that the schema speaks of, outer ones first."""
    if isinstance(value, dict) and node is not None:
        yield place, list(value), node
        for key, inner in value.items():
            yield from mappings(inner, place + pointer(key), node.properties.get(key, node.others))
    elif isinstance(value, list) and node is not None:
        for index, inner in enumerate(value):
            yield from mappings(inner, f"{place}/{index}", node.items)


def names_in_order(blocks: Blocks, node: Node) -> list[str]:
    """Return the names that the schema gives to the keys of a mapping, in its order.

    What always holds comes before what holds under a condition, and what stands nearest before what is referred to.
    """
    names: dict[str, None] = {}
    for target in sorted(node.reached, key=lambda target: not target.always):
        here = blocks.schema.at(target.file, target.place)
        if isinstance(here, dict):
            names |= dict.fromkeys(here.get("properties", ()))
    return list(names)


def wanted(keys: list[str], names: list[str]) -> list[int]:
    """Return the numbers of the keys in the order that is wanted; keys without a name are left out."""
    ranks = {name: rank for rank, name in enumerate(names)}
    return sorted((number for number, key in enumerate(keys) if key in ranks), key=lambda number: ranks[keys[number]])


def move_of(document: Document, lines: Lines, place: str, known: list[str], order: list[int]) -> list[Piece]:
    """Return the pieces of one mapping in their order; raises Doubt where it stays as it is."""
    places, keys = document.places(), list(resolve(document.value, place))
    entries: list[Entry] = []
    for key in keys:
        at = places[place + pointer(key)]
        value = extent(lines, at.value)
        entries.append(
            Entry(extent(lines, at.key).start if at.key else value.start, value.end, value.start == value.end)
        )
        if key not in known:
            raise Doubt(entries[-1].start, "a key that the schema does not name has no place among them")
    return pieces_of(lines, extent(lines, places[place].value), entries, order, is_top=not place)


def extent(lines: Lines, span: Span) -> Piece:
    """Return the indices in the text from and to which a span goes."""
    start = lines.start(span.line) + span.column - 1
    return Piece(start, lines.start(span.end_line) + span.end_column - 1)


def arranged(text: str, moves: list[list[Piece]]) -> str:
    """Return a text with its pieces in the order of the moves, each of which may lie in a piece of another."""
    regions = sorted((min(move).start, max(piece.end for piece in move), move) for move in moves)
    starts = [start for start, _, _ in regions]

    def written(start: int, end: int, index: int) -> Iterator[str]:
        while index < len(regions) and starts[index] < end:
            first, last, move = regions[index]
            yield text[start:first]
            for piece in move:
                yield from written(piece.start, piece.end, bisect_right(starts, piece.start))
            start, index = last, bisect_left(starts, last)
        yield text[start:end]

    return "".join(written(0, len(text), 0))
