"""The long way through a record: its value, the place of everything in it, and all that is wrong.

Taken by what the short way (`accept`) does not accept, and by a record whose places are asked for.
"""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeAlias

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tallysheet.findings import TOP
from tallysheet.reader.characters import CONTEXTUAL, Hit, forbidden, nfc, unmask
from tallysheet.reader.escapes import unescape
from tallysheet.reader.events import PARSE_ERRORS, events
from tallysheet.reader.flaws import Flaw, Flaws
from tallysheet.reader.inert import inert
from tallysheet.reader.limits import DEPTH, EVENTS, SCALAR_BYTES
from tallysheet.reader.places import Lines, Places, step
from tallysheet.reader.problems import explain
from tallysheet.reader.properties import properties
from tallysheet.reader.scalars import REFUSED, refusal, resolve
from tallysheet.reader.text import character_flaw, nfc_flaw

Value: TypeAlias = bool | int | float | str | list["Value"] | dict[str, "Value"] | None

_STARTS: Final = (MappingStartEvent, SequenceStartEvent)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled; `hidden` within a key that is itself a list or mapping."""

    node: Any
    pointer: str
    key_at: tuple[int, int] | None
    start: int
    flow: bool
    hidden: bool
    end: int = 0
    key: str | None = None
    child_key_at: tuple[int, int] | None = None
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.node, dict)


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where a scalar goes in the text, and what it is."""

    start: int
    end: int
    pointer: str
    is_key: bool


class Build:
    """What the events of one text make: `value`, `places`, `faults`, and whether the value can be used."""

    def __init__(self, lines: Lines, parsed: str) -> None:
        """Take the lines of the text, and the text as the parser is to see it: as long, each character at its place."""
        self.lines, self.text = lines, lines.text
        self._parsed = parsed
        self.value: Any = None
        self.usable = True
        self.flaws = Flaws()
        self.problem: Flaw | None = None
        self.places: dict[str, Places] = {}
        self.scalars: list[Extent] = []
        self._stack: list[_Open] = []
        self._rooted = False
        self._last = 0

    def run(self) -> None:
        """Read the events to the end of the first document, the first limit or the first error of syntax."""
        try:
            self._run()
        except PARSE_ERRORS as error:
            opened = next((o.start for o in reversed(self._stack) if o.flow), None)
            self.problem = explain(error, self.lines, self._last, opened)
            self.usable = False
        while self._stack:
            self._close(self._last)
        self.places.setdefault("", Places(None, TOP))

    def _run(self) -> None:
        # The events of a document, with those that begin and end the stream and the document.
        for event in islice(events(self._parsed), EVENTS):
            kind = type(event)
            if kind is ScalarEvent:
                if not self._scalar(event):
                    return
            elif kind in _STARTS:
                if not self._open(event):
                    return
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentEndEvent:
                self._rest(event)
                return
            elif kind is StreamEndEvent:
                self._empty()
                return
            elif self._stack:
                self._close(event.end_mark.index)
            self._last = max(self._last, event.end_mark.index)
        self._stop("events", self._last, f"the file holds more than {EVENTS:,} keys, values and collections")

    def _fault(self, rule: str, message: str, hint: str, at: tuple[int, int], pointer: str = "") -> None:
        self.flaws.add(Flaw(rule, *at, message, hint, pointer))

    def _stop(self, rule: str, start: int, message: str, pointer: str = "") -> bool:
        hint = "split the record, or cut what does not belong in it"
        self._fault(rule, message, hint, (start, start + 1), pointer)
        self.usable = False
        return False

    # Scalars

    def _scalar(self, event: Any) -> bool:
        """Take a key or value; return whether to go on."""
        value: str = event.value if self._parsed is self.text else unmask(event.value)
        start, end = event.start_mark.index, event.end_mark.index
        if len(value) * 4 > SCALAR_BYTES and len(value.encode(errors="surrogatepass")) > SCALAR_BYTES:
            message = f"a text of {len(value):,} characters is longer than the {SCALAR_BYTES:,} bytes allowed"
            return self._stop("scalar-size", start, message, self._pointer())
        parent = self._stack[-1] if self._stack else None
        if parent and parent.awaits_key:
            self._key(parent, value, event.style, start, end)
            return True
        pointer = self._pointer()
        start = self._properties(start, end, pointer)
        if event.style and event.style in "|>":
            end = start + len(self.text[start:end].rstrip())
        if parent is None:
            self._top_scalar(start, end)
        else:
            final = self._judged(value, event.style, start, end) if not parent.hidden else value
            self._put(final, start, end)
        return True

    def _judged(self, value: str, style: str | None, start: int, end: int) -> Any:
        """Return the value of a scalar, and say what is wrong with it."""
        pointer = self._pointer()
        self.scalars.append(Extent(start, end, pointer, is_key=False))
        if not style:
            resolved = resolve(value)
            if resolved is not REFUSED:
                return nfc(resolved) if isinstance(resolved, str) else resolved
            self._fault(*refusal(value), (start, end), pointer)
            return value
        if style == '"':
            self._escapes(value, start, end, pointer)
        return nfc(value)

    def _escapes(self, value: str, start: int, end: int, pointer: str) -> None:
        """Say what is forbidden in a double-quoted text that its source does not show."""
        source = self.text[start:end]
        if "\\" not in source:
            return
        characters, origins = unescape(source)
        hits = [hit for hit in _all_forbidden(characters) if source[origins[hit.start]] == "\\"]
        if hits:
            flaw = character_flaw(characters, hits)
            first, last = origins[hits[0].start], origins[hits[0].end]
            self._fault(flaw.rule, flaw.message, flaw.hint, (start + first, start + last), pointer)
        elif nfc(value) != value and nfc(source) == source:
            composed = nfc(value)
            same = next((i for i, (a, b) in enumerate(zip(value, composed, strict=False)) if a != b), 0)
            flaw = nfc_flaw(value[same:], composed[same:], 0)
            self._fault(flaw.rule, flaw.message, flaw.hint, (start, end), pointer)

    def _top_scalar(self, start: int, end: int) -> None:
        self._rooted = True
        self.usable = False
        self.places[""] = Places(None, self.lines.span(start, end))
        if start < end:
            message = f"the file holds {inert(self.text[start:end])}, not a mapping"
            self._fault("top-level", message, "write key: value lines, such as id: some-name", (start, end))

    # Keys

    def _key(self, parent: _Open, value: str, style: str | None, start: int, end: int) -> None:
        key = nfc(value)
        pointer = parent.pointer if parent.hidden else step(parent.pointer, key)
        start = self._properties(start, end, pointer)
        parent.key, parent.child_key_at, parent.end = key, (start, end), end
        if parent.hidden:
            return
        self.scalars.append(Extent(start, end, pointer, is_key=True))
        before = self.flaws.count
        if not style and resolve(value) != value:
            self._odd_key(value, (start, end), pointer)
        elif style == '"':
            self._escapes(value, start, end, pointer)
        odd = CONTEXTUAL.search(key)
        if odd and self.flaws.count == before and not forbidden(self.text[start:end]):
            flaw = character_flaw(key, [Hit(odd.start(), odd.end(), forbidden(odd.group())[0].kind)])
            self._fault(flaw.rule, flaw.message, flaw.hint, (start, end), pointer)
        if self.flaws.count == before and key in parent.seen:
            message = f'"{inert(key)}" is given twice: first on line {parent.seen[key]}'
            self._fault("duplicate-key", message, "keep the one that is right", (start, end), pointer)
        if self.flaws.count > before:
            self.usable = False
        else:
            parent.seen[key] = self.lines.place(start)[0]

    def _odd_key(self, text: str, at: tuple[int, int], pointer: str) -> None:
        shown = inert(text)
        if text == "<<":
            message = "<< merges another mapping in for some tools, and is a plain key to others"
            self._fault("merge-key", message, "write out the fields that are meant", at, pointer)
        elif not text:
            self._fault("key-type", "the key is empty", "write the key before the colon", at, pointer)
        else:
            message = f"the key {shown} is not text to every tool"
            self._fault("key-type", message, f'write "{shown}": (in quotes)', at, pointer)

    # Lists and mappings

    def _open(self, event: Any) -> bool:
        """Take the start of a list or mapping; return whether to go on."""
        parent = self._stack[-1] if self._stack else None
        start, end = event.start_mark.index, event.end_mark.index
        if len(self._stack) >= DEPTH:
            return self._stop("depth", start, f"lists and mappings are nested more than {DEPTH} deep", self._pointer())
        pointer, hidden, key_at = self._pointer(), parent is not None and parent.hidden, None
        start = self._properties(start, max(end, start), pointer)
        node: Any = {} if type(event) is MappingStartEvent else []
        if parent is None:
            self._top(node, start)
        elif parent.awaits_key:
            if not hidden:
                what = "a mapping" if isinstance(node, dict) else "a list"
                self._fault("key-type", f"the key is {what}", "write a text as key", (start, start + 1), pointer)
                self.usable = False
            parent.key, hidden = "", True
        else:
            key_at = parent.child_key_at
            _fill(parent, node)
        self._stack.append(_Open(node, pointer, key_at, start, bool(event.flow_style), hidden, end))
        return True

    def _top(self, node: Any, start: int) -> None:
        self._rooted = True
        self.value = node
        if isinstance(node, list):
            self.usable = False
            message = "the file holds a list, not a mapping"
            self._fault("top-level", message, "write key: value lines; one record is one file", (start, start + 1))

    def _close(self, end: int) -> None:
        opened = self._stack.pop()
        end = end if opened.flow else opened.end
        if not opened.hidden:
            key = self.lines.span(*opened.key_at) if opened.key_at else None
            self.places.setdefault(opened.pointer, Places(key, self.lines.span(opened.start, end)))
        if self._stack:
            self._stack[-1].end = max(end, self._stack[-1].end)

    def _put(self, value: Any, start: int, end: int) -> None:
        parent = self._stack[-1]
        parent.end = max(parent.end, end)
        if not parent.hidden:
            key = self.lines.span(*parent.child_key_at) if parent.child_key_at else None
            self.places.setdefault(self._pointer(), Places(key, self.lines.span(start, end)))
        _fill(parent, value)

    def _pointer(self) -> str:
        """Return the pointer to the value that comes next."""
        if not self._stack:
            return ""
        parent = self._stack[-1]
        if parent.hidden or parent.awaits_key:
            return parent.pointer
        return step(parent.pointer, len(parent.node) if parent.key is None else parent.key)

    # What YAML has and a record has not

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        name = inert(self.text[start + 1 : end])
        hint = f"write out what stands at &{name}, or put the text in quotes"
        pointer = self._pointer()
        self._fault("alias", f"*{name} stands for a value that is written elsewhere", hint, (start, end), pointer)
        self.usable = False
        if not self._stack:
            self._rooted = True
        elif self._stack[-1].awaits_key:
            self._stack[-1].key, self._stack[-1].child_key_at = "", (start, end)
        else:
            self._put(None, start, end)

    def _properties(self, start: int, end: int, pointer: str) -> int:
        """Say what anchors and tags stand before a node; return where the node itself starts."""
        if self.text[start : start + 1] not in {"&", "!"}:
            return start
        found, node = properties(self.text, start)
        for each in found:
            self.flaws.add(each._replace(pointer=pointer))
            self.usable = False
        return min(node, max(end, start))

    def _empty(self) -> None:
        self.usable = False
        message = "the file holds no record" if self.text.strip() else "the file is empty"
        self._fault("empty-file", message, "write the record, or remove the file", (0, 0))

    def _rest(self, event: Any) -> None:
        """Judge what follows the first document."""
        at = _first_content(self.text, event.end_mark.index)
        if at is None:
            if self.value is None and self.flaws.count == 0:
                self._empty()
            return
        self.usable = False
        line = self.lines.place(at)[0]
        if event.explicit or self.text.startswith("---", at):
            message = "a second document begins here; a file holds one record"
            hint = "move it to a file of its own" if self.value else f"remove the marker line {line}"
            self._fault("several-documents", message, hint, (at, at + len(self.lines.line(line).strip())))
        else:
            message = f"{inert(self.lines.line(line).strip())} stands outside the record, which ends before it"
            hint = "indent all keys of the record alike" if self.lines.place(at)[1] == 1 else "remove it"
            self._fault("syntax", message, hint, (at, at + 1))


def _fill(parent: _Open, value: Any) -> None:
    if isinstance(parent.node, list):
        parent.node.append(value)
    else:
        parent.node.setdefault(parent.key, value)
        parent.key = parent.child_key_at = None


def _all_forbidden(characters: str) -> list[Hit]:
    r"""Return what is forbidden in a value: also `\r` before `\n`, since no line break of the source ends up there."""
    return forbidden(characters.replace("\r\n", "\r\t"))


_BLANK = re.compile(r"[ \t\r\n]+|#[^\n]*|\.\.\.(?=\s|\Z)")


def _first_content(text: str, index: int) -> int | None:
    """Return the index of the first character from `index` on that is no blank, comment or end marker."""
    while match := _BLANK.match(text, index):
        index = match.end()
    return index if index < len(text) else None
