"""What may be written at the cursor: ids of groups, words of a vocabulary, names of fields and of rules.

A text is hardly ever a record while it is typed. A word that stands in no record is put in at the cursor, and the
reader says where it found that: what comes after the cursor's line may be as broken as it likes.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types

from tallysheet.editor.collection import as_bytes
from tallysheet.editor.places import allowed, first, node_at, required, terms
from tallysheet.editor.positions import Positions
from tallysheet.engine import Engine
from tallysheet.fixes.scalars import in_quotes
from tallysheet.pointers import steps
from tallysheet.reader import Document, read
from tallysheet.reader.inert import inert
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.reader.scalars import WORDS
from tallysheet.shape.blocks import Node

STAND_IN = "zz-what-is-being-typed"
_WORD = re.compile(r"[0-9A-Za-z_.-]*\Z")
_REST = re.compile(r"[0-9A-Za-z_.-]*")
_GROUP_ID = re.compile(r"/groups/[0-9]+/id")
_PLAIN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NAMES_A_GROUP = re.compile(r"/results/[0-9]+/(?:group|compared_with)|/breakdowns/[0-9]+/(?:of|parts/[0-9]+)")


class Cursor(NamedTuple):
    """Where the cursor is: the pointer, whether a name of a field is wanted there, and the word around it."""

    pointer: str
    names: bool
    start: int
    end: int
    document: Document
    quoted: bool


def complete(engine: Engine, text: str, index: int, positions: Positions) -> list[types.CompletionItem]:
    """Return what may stand at an index of a text."""
    if len(as_bytes(text)) + 2 * len(STAND_IN) > FILE_BYTES:
        return []
    cursor = find(text, index)
    if cursor is None:
        return []
    where = positions.range(cursor.start, cursor.end)
    if cursor.names:
        return list(names_of_fields(engine, cursor, text, where))
    node = node_at(engine.blocks.top, cursor.pointer)
    found = list(words(engine, text, cursor, node))
    items = [
        types.CompletionItem(
            label=word,
            kind=types.CompletionItemKind.EnumMember,
            detail=detail or None,
            text_edit=types.TextEdit(where, word if cursor.quoted else plainly(word)),
            sort_text=f"{number:04}",
        )
        for number, (word, detail) in enumerate(found)
    ]
    begins_item = steps(cursor.pointer)[-1:] and steps(cursor.pointer)[-1].isdigit()
    if not items and node is not None and node.properties and begins_item and not cursor.quoted:
        return list(names_of_fields(engine, cursor, text, where))
    return items


def find(text: str, index: int) -> Cursor | None:
    """Return where the cursor is in the record, None where that can't be told."""
    word = _WORD.search(text, max(0, index - 200), index)
    rest = _REST.match(text, index)
    start, end = (word.start() if word else index), (rest.end() if rest else index)
    newline = text.find("\n", end)
    line_end = len(text) if newline < 0 else newline
    # A value first; then the name of a field, which a block mapping knows by its colon.
    for stand_in in (STAND_IN, f"{STAND_IN}: 0"):
        for tail in (text[end:], text[end:line_end]):
            found = look_up(text[:start] + stand_in + tail, start, end)
            if found:
                return found
    return None


def look_up(text: str, start: int, end: int) -> Cursor | None:
    """Return where the reader finds the stand-in, which begins at `start`."""
    document = read(as_bytes(text))
    positions = Positions(text)
    for place, spans in document.places().items():
        for span, is_key in ((spans.key, True), (spans.value, False)):
            first_index, last_index = positions.indexes(span) if span and place else (0, 0)
            source = text[first_index:last_index]
            if first_index <= start < last_index and source.strip("\"'") == STAND_IN:
                pointer = place.rpartition("/")[0] if is_key else place
                return Cursor(pointer, is_key, start, end, document, quoted=source != STAND_IN)
    return None


def words(engine: Engine, text: str, cursor: Cursor, node: Node | None) -> Iterator[tuple[str, str]]:
    """Yield the words that may stand at the cursor, each with what is said of it."""
    if _NAMES_A_GROUP.fullmatch(cursor.pointer):
        yield from ids_of_groups(text)
    elif steps(cursor.pointer)[-1:] == ["rule"]:
        for rule in engine.repository.rules.values():
            yield rule.name, rule.page.split("\n")[0]
    elif node is not None:
        said = terms(engine.repository.schema, node)
        for word in allowed(engine.repository.schema, node):
            yield word, inert("; ".join(str(one) for one in said.get(word, {}).values()), 200)


def ids_of_groups(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ids of the groups of a text, as far as it can be read, each with its label."""
    document = read(as_bytes(text))
    positions = Positions(text)
    places = document.places()

    def source(place: str) -> str:
        first_index, last_index = positions.indexes(places[place].value) if place in places else (0, 0)
        return inert(text[first_index:last_index].strip("\"'"), 200)

    for place in places:
        if _GROUP_ID.fullmatch(place) and _PLAIN_ID.fullmatch(found := source(place)):
            yield found, source(f"{place.removesuffix('/id')}/label")


def names_of_fields(engine: Engine, cursor: Cursor, text: str, where: types.Range) -> Iterator[types.CompletionItem]:
    """Yield the names of fields that may stand at the cursor and do not yet stand beside it."""
    schema = engine.repository.schema
    node = node_at(engine.blocks.top, cursor.pointer)
    if node is None:
        return
    there = {tuple(steps(place)) for place in cursor.document.places()}
    demanded = required(schema, node)
    for name, inner in node.properties.items():
        if (*steps(cursor.pointer), name) in there:
            continue
        description = first(schema, inner, "description")
        yield types.CompletionItem(
            label=name,
            kind=types.CompletionItemKind.Field,
            detail="required" if name in demanded else None,
            documentation=description if isinstance(description, str) else None,
            text_edit=types.TextEdit(where, name if text[cursor.end : cursor.end + 1] == ":" else f"{name}: "),
            sort_text=f"{name not in demanded:d}{name}",
        )


def plainly(word: str) -> str:
    """Return a word as it is written in a record: in quotes where it would be read as something else than text."""
    return word if _PLAIN_WORD.fullmatch(word) and word not in WORDS else in_quotes(word)
