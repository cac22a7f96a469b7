"""Mends of single values: quotes where text is wanted, none where a whole number is, identifiers in canonical form."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tallysheet.engine import Engine
from tallysheet.fixes.leaves import Leaf, wants_text, wants_whole_number
from tallysheet.identifiers import KINDS, examine, registry_of
from tallysheet.placeholders import is_placeholder
from tallysheet.reader.limits import INTEGER_DIGITS
from tallysheet.reader.scalars import REFUSED, resolve
from tallysheet.shape import Schema

RULE = "identifiers"
"""The block of identifiers, and the rule that judges it."""

_WHOLE = re.compile(rf"([\"'])(0|[1-9][0-9]{{0,{INTEGER_DIGITS - 1}}})\1")
_WORD = re.compile(r"[0-9A-Za-z+._:-]+(?: [0-9A-Za-z+._:-]+)*")
_NOTHING = re.compile(r"null|[-+]?\.(?:inf|nan)", re.IGNORECASE)
"""May mean that nothing is given, for which a record has other words: no text is meant."""


class Edit(NamedTuple):
    """The characters from `start` up to, and without, `end` become `text`, the value at `pointer` `value`."""

    start: int
    end: int
    text: str
    pointer: str
    value: Any


def edits_of_quotes(schema: Schema, leaves: list[Leaf]) -> Iterator[Edit]:
    """Yield the edits that put a value in quotes, or take a whole number out of them, as the schema wants."""
    for leaf in leaves:
        if needs_quotes(leaf) and wants_text(schema, leaf):
            yield Edit(leaf.start, leaf.end, f'"{leaf.source}"', leaf.pointer, leaf.source)
        elif (number := _WHOLE.fullmatch(leaf.source)) and wants_whole_number(schema, leaf):
            yield Edit(leaf.start, leaf.end, number[2], leaf.pointer, int(number[2]))


def needs_quotes(leaf: Leaf) -> bool:
    """Tell whether a value is a number, or what some tools take for something else than text."""
    if not _WORD.fullmatch(leaf.source) or _NOTHING.fullmatch(leaf.source):
        return False
    resolved = resolve(leaf.source)
    return resolved is REFUSED or (isinstance(resolved, (int, float)) and not isinstance(resolved, bool))


def edits_of_identifiers(engine: Engine, value: Any, leaves: list[Leaf]) -> Iterator[Edit]:
    """Yield the edits that put identifiers in their canonical form, where nothing is lost or guessed by that."""
    if RULE not in engine.repository.severities:
        return
    blocks = {block.pointer for block in engine.blocks.find(value) if block.name == RULE and engine.applies(block)}
    for leaf in leaves:
        if not isinstance(leaf.value, str) or "\n" in leaf.source or is_placeholder(leaf.value):
            continue
        kind = kind_of(leaf, blocks)
        verdict = examine(kind, leaf.value) if kind else None
        if verdict is not None and verdict.status == "fixable" and verdict.canonical is not None:
            yield Edit(leaf.start, leaf.end, in_quotes(verdict.canonical), leaf.pointer, verdict.canonical)


def kind_of(leaf: Leaf, blocks: set[str]) -> str | None:
    """Return the kind of identifier that a value is by its place in one of the `blocks`, or None."""
    above, _, field = leaf.pointer.rpartition("/")
    if above in blocks:
        return field if field in KINDS else None
    block, _, holder = above.rpartition("/")
    if holder == "registry" and block in blocks:
        return registry_of(leaf.value)
    return None


def in_quotes(text: str) -> str:
    """Return a text as it stands in quotes."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def edited(text: str, edits: list[Edit]) -> str:
    """Return a text with edits made that do not overlap."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join(pieces) + text[done:]
