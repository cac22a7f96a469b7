"""The way through a value to its blocks: what a schema says of places, cut down to those that somebody asks for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from tallysheet.pointers import Place

if TYPE_CHECKING:
    from tallysheet.shape.blocks import Node

__all__ = ["Found", "Way", "follow", "follow_in_python", "way_of"]

Way: TypeAlias = list[Any]
"""What is asked for here, and whether it is sure to stand here; the ways on by key, by any other key and to items;
whether the schema wants a whole number here, and whether it leads on. A way that leads to nothing is None."""

Found: TypeAlias = tuple[tuple[tuple[Any, bool], ...], Any, Place]
"""What is asked for, what stands there, and where."""


def way_of(top: "Node", wanted: Mapping[str, Any]) -> Way:
    """Return the way from `top` to the blocks `wanted`, each with what is wanted of it, and to whole numbers."""
    useful = useful_nodes(top, wanted)
    made: dict[int, Way] = {}  # filled in as it is made: places may lead back to themselves

    def make(node: "Node | None") -> Way | None:
        if node is None or id(node) not in useful:
            return None
        if id(node) not in made:
            asked = tuple((wanted[name], sure) for name, sure in node.blocks if name in wanted)
            inner: dict[str, Any] = {}
            way: Way = [asked, inner, None, None, node.whole, False]
            made[id(node)] = way
            inner.update((key, make(below)) for key, below in node.properties.items())
            way[2], way[3] = make(node.others), make(node.items)
            way[5] = bool(way[2] or way[3] or any(inner.values()))
        return made[id(node)]

    return make(top) or [(), {}, None, None, False, False]


def useful_nodes(top: "Node", wanted: Mapping[str, Any]) -> set[int]:
    """Return the nodes, by their ids, that are asked for or lead to one that is."""
    above: dict[int, list[Node]] = {}
    seen: dict[int, Node] = {}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen[id(node)] = node
        for below in (*node.properties.values(), node.items, node.others):
            if below is not None:
                above.setdefault(id(below), []).append(node)
                waiting.append(below)
    waiting = [node for node in seen.values() if node.whole or any(name in wanted for name, _ in node.blocks)]
    useful: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) not in useful:
            useful.add(id(node))
            waiting += above.get(id(node), ())
    return useful


def follow_in_python(way: Way, value: Any) -> tuple[list[Found], list[Place]]:
    """Return what is asked for in a value, outer things first, and where 13.0 stands in the place of a whole number."""
    found: list[Found] = []
    floats: list[Place] = []
    if way[0]:
        found.append((way[0], value, None))
    if type(value) in INNER:
        go_on(way, value, None, found, floats)
    elif way[4] and type(value) is float and value.is_integer():
        floats.append(None)
    return found, floats


INNER = frozenset((dict, list))


def go_on(way: Way, value: Any, place: Place, found: list[Found], floats: list[Place]) -> None:  # noqa: C901 - one walk
    """Enter what stands inside a mapping or list."""
    _, inner, others, items, _, _ = way
    if type(value) is dict:
        for key, one in value.items():
            below = inner.get(key, others)
            if below is None:
                continue
            if below[0]:
                found.append((below[0], one, (place, key)))
            if below[5] and type(one) in INNER:
                go_on(below, one, (place, key), found, floats)
            elif below[4] and type(one) is float and one.is_integer():
                floats.append((place, key))
    elif items is not None:
        asked, whole, leads_on = items[0], items[4], items[5]
        for index, one in enumerate(value):
            if asked:
                found.append((asked, one, (place, index)))
            if leads_on and type(one) in INNER:
                go_on(items, one, (place, index), found, floats)
            elif whole and type(one) is float and one.is_integer():
                floats.append((place, index))


try:
    from tallysheet._plainly import follow
except ImportError:  # installed without a compiler
    follow = follow_in_python
