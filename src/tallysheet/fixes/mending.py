"""One record, mended and held against what it was: the same figures, no value changed unawares, no more findings."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tallysheet.engine import Engine
from tallysheet.findings import Finding
from tallysheet.fixes import text as layout
from tallysheet.fixes.leaves import leaves_of
from tallysheet.fixes.order import put_in_order
from tallysheet.fixes.scalars import Edit, edited, edits_of_identifiers, edits_of_quotes
from tallysheet.judged import Judged
from tallysheet.pointers import resolve, steps
from tallysheet.reader import Document, read
from tallysheet.shape import Blocks
from tallysheet.words import counted

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of one record: new bytes, or why it is left alone, or neither where nothing is to be mended."""

    data: bytes | None = None
    why: str | None = None
    doubts: tuple[str, ...] = ()
    """Why some keys keep their order, which is a reason to leave nothing else alone."""


class Unsafe(Exception):  # noqa: N818 - says what a mend is
    """Why a record can't be mended safely."""


def mend(engine: Engine, path: str, data: bytes, schema_line: str | None = None) -> Mended:
    """Return what becomes of the bytes of a record; `schema_line` is the first line that it should have, if any."""
    return held(engine, path, data, lambda: mended(engine, data, schema_line))


def form(engine: Engine, path: str, data: bytes) -> Mended:
    """Return what becomes of the bytes of a record where nothing but order and layout is mended."""
    return held(engine, path, data, lambda: formed(engine, data))


def held(engine: Engine, path: str, data: bytes, make: Callable[[], tuple[bytes, list[str]]]) -> Mended:
    """Return the bytes that `make` makes if they are safe: the record then has no more findings than it had."""
    try:
        after, doubts = make()
        if after == data:
            return Mended(doubts=tuple(doubts))
        compare(engine.judge(path, data), engine.judge(path, after))
    except Unsafe as reason:
        return Mended(why=str(reason))
    return Mended(after, doubts=tuple(doubts))


def mended(engine: Engine, data: bytes, schema_line: str | None) -> tuple[bytes, list[str]]:
    """Return the bytes with every mend made, each of which is checked, and what is in doubt; raises Unsafe."""
    start = document = with_text(read(data), layout.mend_encoding)
    document = without_blanks(document)
    document = with_edits(document, list(edits_of_quotes(engine.repository.schema, leaves_of(document, engine.blocks))))
    identifiers = list(edits_of_identifiers(engine, document.value, leaves_of(document)))
    document, doubts = in_order(with_edits(document, identifiers), engine.blocks)
    final = layout.add_schema_line(document.text or "", schema_line).encode()
    changed = {edit.pointer for edit in identifiers}
    if figures(start, changed) != figures(read(final), changed):
        raise Unsafe("a figure would change")
    return final, doubts


def formed(engine: Engine, data: bytes) -> tuple[bytes, list[str]]:
    """Return the bytes with order and layout mended, and what is in doubt; raises Unsafe."""
    start = with_text(read(data), layout.mend_marks)
    document, doubts = in_order(without_blanks(start), engine.blocks)
    if figures(start, ()) != figures(document, ()):
        raise Unsafe("a figure would change")
    return (document.text or "").encode(), doubts


def with_text(before: Document, mend_text: Callable[[str], str]) -> Document:
    """Return a document whose text as a whole is mended; raises Unsafe if it can't be read or would say otherwise."""
    if before.text is None:
        raise Unsafe(unreadable(before))
    document = read(mend_text(before.text).encode())
    if document.value is None:
        raise Unsafe(unreadable(document))
    if digits(document) != digits(before) or (before.value is not None and not same(before.value, document.value)):
        raise Unsafe("other line ends or composed letters would change what it says")
    return document


def in_order(document: Document, blocks: Blocks) -> tuple[Document, list[str]]:
    """Return the document with its keys in order, and why some are not; one that would say otherwise is none."""
    ordered = put_in_order(document, blocks)
    if ordered.text == document.text:
        return document, ordered.doubts
    after = read(ordered.text.encode())
    if not same(sorted_deeply(after.value), sorted_deeply(document.value)):
        return document, [*ordered.doubts, "all keys keep their order: in another one they would be read otherwise"]
    return after, ordered.doubts


def unreadable(document: Document) -> str:
    """Return why a document can't be used: its first fault that is more than a value in doubt."""
    faults = [fault for fault in document.faults if fault.rule not in {"ambiguous-scalar", "number"}]
    fault = (faults or document.faults)[0]
    return f"it can't be read: line {fault.span.line}: {fault.rule}: {fault.message}"


def without_blanks(document: Document) -> Document:
    """Return a document without trailing blanks and with one line end at its end, where neither is part of a value."""
    stripped = read(layout.mend_trailing_blanks(document.text or "", leaves_of(document)).encode())
    if same(stripped.value, document.value):
        document = stripped
    ended = read(layout.mend_end(document.text or "").encode())
    return ended if same(ended.value, document.value) else document


def with_edits(document: Document, edits: list[Edit]) -> Document:
    """Return the document with edits made; raises Unsafe unless it then holds just the values that they promise."""
    if not edits:
        return document
    expected = deepcopy(document.value)
    for edit in edits:
        holder = resolve(expected, edit.pointer.rpartition("/")[0])
        last = steps(edit.pointer)[-1]
        holder[int(last) if isinstance(holder, list) else last] = edit.value
    after = read(edited(document.text or "", edits).encode())
    if not same(after.value, expected):
        raise Unsafe("a mended value would be read as another one")
    return after


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the last type: 1 is neither 1.0 nor true."""
    return repr(one) == repr(other)


def sorted_deeply(value: Any) -> Any:
    """Return a value with the keys of each mapping in the order of the alphabet."""
    if isinstance(value, dict):
        return {key: sorted_deeply(value[key]) for key in sorted(value)}
    return [sorted_deeply(item) for item in value] if isinstance(value, list) else value


def digits(document: Document) -> list[str]:
    """Return the runs of digits of a whole text, in order."""
    return _DIGITS.findall(document.text or "")


def figures(document: Document, without: Collection[str]) -> Counter[tuple[str, str]]:
    """Return the runs of digits of each value as it is written, by its pointer, but for some values."""
    leaves = [leaf for leaf in leaves_of(document) if leaf.pointer not in without]
    return Counter((leaf.pointer, run) for leaf in leaves for run in _DIGITS.findall(leaf.source))


def compare(before: Judged, after: Judged) -> None:
    """Raise Unsafe where a mended record would have more findings than it had."""
    for crash in (*before.crashes, *after.crashes):
        raise Unsafe(f"the rule {crash.rule} failed on it")
    more = len(after.findings) - len(before.findings)
    if more > 0:
        known = {said(finding) for finding in before.findings}
        first = next((finding for finding in after.findings if said(finding) not in known), after.findings[-1])
        what = f"{first.rule} at {first.pointer}: {first.message}"
        raise Unsafe(f"mended, it would have {counted(more, 'more finding')}, such as {what}")


def said(finding: Finding) -> tuple[str, str, str]:
    """Return what a finding says, wherever its line is now."""
    return finding.rule, finding.pointer, finding.message
