"""A record as YAML of this house: block style, short entries on one line, texts in double quotes."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 116
PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan"})
"""Words that some reader of YAML takes for something else than text."""


def write_record(record: Mapping[str, Any], first_line: str | None = None) -> str:
    """Return a record as text that reads back as the same value."""
    lines = [first_line] if first_line else []
    for key, value in record.items():
        lines += entry(key, value, 0)
    return "\n".join(lines) + "\n"


def entry(key: str, value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of one key with its value."""
    indent = "  " * depth
    line = f"{indent}{name(key)}: {flow(value)}"
    nested = isinstance(value, dict | list) and value
    if not nested or (len(line) <= WIDTH and not (depth == 0 and is_long(value))):
        yield line
        return
    yield f"{indent}{name(key)}:"
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from entry(inner, one, depth + 1)
        return
    for one in value:
        yield from item(one, depth + 1)


def item(value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of one entry of a list."""
    line = f"{'  ' * depth}- {flow(value)}"
    if not isinstance(value, dict) or len(line) <= WIDTH:
        yield line
        return
    lines = [inner for key, one in value.items() for inner in entry(key, one, depth + 1)]
    yield f"{'  ' * depth}- {lines[0].lstrip(' ')}"
    yield from lines[1:]


def is_long(value: Any) -> bool:
    """Tell whether a value at the top is a list of entries, which stand below each other however short they are."""
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) and value not in RESERVED else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, allow_nan=False)


def name(key: str) -> str:
    """Return a key: `on` is one of ours, and a word that the reader knows as key."""
    return key if PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)
