"""The short way by the events of a parser: what the compiled one has to agree with, and what takes over from it."""

from itertools import islice
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tallysheet.reader.characters import is_clean, is_plain
from tallysheet.reader.events import PARSE_ERRORS, events
from tallysheet.reader.limits import DEPTH, EVENTS, SCALAR_BYTES
from tallysheet.reader.scalars import REFUSED, WORDS, is_key, resolve

_OPENERS = frozenset((MappingStartEvent, SequenceStartEvent))
_CLOSERS = frozenset((MappingEndEvent, SequenceEndEvent))
# Directives, which libyaml compares each with each, and merge conflict markers.
_ODD_STARTS = ("%", "<<<<<<<", ">>>>>>>")


def value_of(data: bytes, text: str) -> dict[str, Any] | None:
    """Return the value of a record in which nothing is wrong, or None: then something may be."""
    if text.startswith(_ODD_STARTS) or any("\n" + start in text for start in _ODD_STARTS) or not is_plain(data, text):
        return None
    try:
        return _value(data, text)
    except PARSE_ERRORS:
        return None


def _value(data: bytes, text: str) -> dict[str, Any] | None:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one loop, for speed
    escapes = "\\" in text
    marked = "&" in text or "!" in text
    large = len(data) > SCALAR_BYTES
    stream = events(data)
    root: dict[str, Any] | None = None
    node: Any = None
    key: str | None = None
    in_map = False
    parents: list[tuple[Any, bool]] = []
    for event in islice(stream, EVENTS):
        kind = type(event)
        if kind is ScalarEvent:
            if marked and (event.anchor is not None or event.tag is not None):
                return None
            value = event.value
            if large and len(value) * 4 > SCALAR_BYTES and len(value.encode()) > SCALAR_BYTES:
                return None
            style = event.style
            if in_map and key is None:
                if not style and (value < "A" or value in WORDS) and not is_key(value):
                    return None
                if value in node or (escapes and style == '"' and ("\r" in value or not is_clean(value))):
                    return None
                key = value
                continue
            if not style:
                if value in WORDS:
                    value = WORDS[value]
                elif value < "A":
                    value = resolve(value)
                if value is REFUSED:
                    return None
            elif escapes and style == '"' and ("\r" in value or not is_clean(value)):
                return None
            if in_map:
                node[key] = value
                key = None
            elif node is None:
                return None
            else:
                node.append(value)
        elif kind in _OPENERS:
            if len(parents) >= DEPTH or event.anchor is not None or event.tag is not None:
                return None
            child: Any = {} if kind is MappingStartEvent else []
            if in_map:
                if key is None:
                    return None
                node[key] = child
                key = None
            elif node is not None:
                node.append(child)
            elif kind is SequenceStartEvent:
                return None
            parents.append((node, in_map))
            node, in_map = child, kind is MappingStartEvent
        elif kind in _CLOSERS:
            if parents[-1][0] is None:
                root = node
            node, in_map = parents.pop()
        elif kind is DocumentEndEvent:
            return root if type(next(stream, None)) is StreamEndEvent else None
        elif kind is AliasEvent:
            return None
    return None
