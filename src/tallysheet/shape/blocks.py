"""Finds, in a value, every building block that its schema refers to, wherever it stands."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tallysheet.pointers import pointer, written
from tallysheet.shape.load import Schema
from tallysheet.shape.places import Target, block_name, in_place
from tallysheet.shape.ways import Way, follow, way_of

INSIDE = frozenset(
    ("properties", "prefixItems", "items", "patternProperties", "additionalProperties", "unevaluatedProperties")
)
"""Keywords of which something is said below of the values inside a value."""


class Block(NamedTuple):
    """One instance of a building block: its name, where it stands, what stands there.

    `sure` is false where the schema applies the block in a branch only, such as one of several in `anyOf`.
    """

    name: str
    pointer: str
    value: Any
    sure: bool


class Node:
    """What the schema says of one kind of place: the blocks that stand there, and where to go on."""

    __slots__ = ("blocks", "items", "others", "properties", "reached", "whole")

    def __init__(self) -> None:
        self.reached: tuple[Target, ...] = ()
        """The subschemas that speak of the place, those that stand nearest to it first."""
        self.blocks: tuple[tuple[str, bool], ...] = ()
        self.properties: dict[str, Node] = {}
        self.items: Node | None = None
        self.others: Node | None = None
        self.whole = False
        """Whether the schema wants a whole number here."""


class Blocks:
    """The places of a schema, worked out once and followed through every value."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.nodes: dict[frozenset[Target], Node] = {}
        self.seen: dict[tuple[str, str], tuple[Any, list[Target]]] = {}
        """The subschema at a place of a file, and those that speak of the same value: many nodes share them."""
        self.top = self.node(frozenset({Target(schema.main, "", always=True, block=block_name(schema.main))}))

    def find(self, value: Any) -> list[Block]:
        """Return the blocks of a value, outer ones before the ones inside them."""
        names = {name: name for node in self.nodes.values() for name, _ in node.blocks}
        found, _ = follow(self.way(names), value)
        return [Block(name, written(place), one, sure) for asked, one, place in found for name, sure in asked]

    def way(self, wanted: Mapping[str, Any]) -> Way:
        """Return the way to the blocks that are `wanted`, each with what is wanted of it, and to whole numbers."""
        return way_of(self.top, wanted)

    def fields_at(self, value: Any, steps: list[str | int]) -> Node | None:
        """Return what the schema says of the place that `steps` lead to, or None if it says nothing."""
        node: Node | None = self.top
        for step in steps:
            if node is None:
                return None
            node = node.items if isinstance(value, list) else node.properties.get(str(step), node.others)
            try:
                value = value[step]
            except (LookupError, TypeError):
                return None
        return node

    def node(self, starts: frozenset[Target]) -> Node:
        """Return the node of all places in `starts` together; places that refer to themselves end here too."""
        if starts in self.nodes:
            return self.nodes[starts]
        node = self.nodes[starts] = Node()
        reached = self.reach(starts)
        node.reached = tuple(sorted(reached, key=lambda target: (target not in starts, target)))
        blocks = {target.block: target.always for target in sorted(reached, key=lambda t: t.always) if target.block}
        node.blocks = tuple(sorted(blocks.items()))
        inner: dict[str, set[Target]] = {}
        items: set[Target] = set()
        others: set[Target] = set()
        for target in reached:
            here, _ = self.look(target)
            if not isinstance(here, dict):
                continue
            node.whole = node.whole or here.get("type") == "integer"
            if INSIDE.isdisjoint(here):
                continue
            for name in here.get("properties", ()):
                inner.setdefault(name, set()).add(self.below(target, "properties", name))
            for index in range(len(here.get("prefixItems", ()))):
                items.add(self.below(target, "prefixItems", index))
            if "items" in here:
                items.add(self.below(target, "items"))
            others.update(self.below(target, "patternProperties", text) for text in here.get("patternProperties", {}))
            for keyword in ("additionalProperties", "unevaluatedProperties"):
                if isinstance(here.get(keyword), dict):
                    others.add(self.below(target, keyword))
        node.properties = {name: self.node(frozenset(targets)) for name, targets in sorted(inner.items())}
        node.items = self.node(frozenset(items)) if items else None
        node.others = self.node(frozenset(others)) if others else None
        return node

    def below(self, target: Target, *path: str | int) -> Target:
        """Return the place of a subschema inside another."""
        return Target(target.file, target.place + pointer(*path), target.always)

    def reach(self, starts: frozenset[Target]) -> set[Target]:
        """Return all places that speak of the same value as `starts`."""
        reached: set[Target] = set()
        waiting = list(starts)
        while waiting:
            here = waiting.pop()
            if here in reached:
                continue
            reached.add(here)
            _, beside = self.look(here)
            waiting += beside if here.always else [target._replace(always=False) for target in beside]
        return reached

    def look(self, target: Target) -> tuple[Any, list[Target]]:
        """Return the subschema at a place, and the places one step away that speak of the same value."""
        at = target.file, target.place
        if at not in self.seen:
            beside = [one for one in in_place(self.schema, *at) if not one.place.endswith("/not")]
            self.seen[at] = self.schema.at(*at), beside
        return self.seen[at]
