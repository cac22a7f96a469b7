"""The long way through a record: its value, the place of everything in it, and all that is wrong with it.

Taken by what the short way (`accept`) does not accept, and by a record whose places are asked for.
"""

from itertools import islice
from typing import Any

from yaml.events import AliasEvent, DocumentEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent, StreamEndEvent

from tallysheet.reader import layout
from tallysheet.reader.characters import nfc
from tallysheet.reader.collection import Collection
from tallysheet.reader.events import PARSE_ERRORS, events
from tallysheet.reader.flaws import Flaw, Flaws
from tallysheet.reader.forbidden import unmask
from tallysheet.reader.inert import inert
from tallysheet.reader.judge import is_too_long, judge, judge_key
from tallysheet.reader.limits import DEPTH, EVENTS, SCALAR_BYTES
from tallysheet.reader.places import Extent, Lines, Places, step
from tallysheet.reader.problems import explain
from tallysheet.reader.properties import properties


class Build:
    """What the events of one text make: `value` where that is `usable`, `places`, `flaws`, and where scalars stand."""

    def __init__(self, lines: Lines, parsed: str) -> None:
        """Take the lines of the text, and the text as the parser is to see it: as long, each character at its place."""
        self.lines, self.text, self._parsed = lines, lines.text, parsed
        self.value: Any = None
        self.usable = True
        self.flaws = Flaws()
        self.problem: Flaw | None = None
        self.places: dict[str, Places] = {}
        self.scalars: list[Extent] = []
        self._open: list[Collection] = []
        self._last = 0
        self._marked = False
        self._alone: Flaw | None = None  # told of only if no error of syntax says better what is wrong

    def run(self) -> None:
        """Read the events to the end of the first document, the first limit or the first error of syntax."""
        if layout.first_content(self._parsed, 0) is None:
            self._refuse_empty()
            return
        try:
            self._read()
        except PARSE_ERRORS as error:
            opened = next((each.start for each in reversed(self._open) if each.is_flow), None)
            self.problem = explain(error, self.lines, self._last, opened)
            self.flaws.forget_scalar(self.problem.start)
            self.usable = False
        while self._open:
            self._close(self._last)

    def _read(self) -> None:
        for event in islice(events(self._parsed), EVENTS):
            kind = type(event)
            start, end = event.start_mark.index, event.end_mark.index
            going = True
            if kind is ScalarEvent:
                self._marked = event.anchor is not None or event.tag is not None
                going = self._scalar(event.value, start, end)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._marked = event.anchor is not None or event.tag is not None
                going = self._start({} if kind is MappingStartEvent else [], event.flow_style, start, end)
            elif kind is AliasEvent:
                self._alias(start, end)
            elif kind is DocumentEndEvent or kind is StreamEndEvent:
                self._finish(end, followed=kind is DocumentEndEvent and event.explicit)
                return
            elif self._open:
                self._close(end)
            if not going:
                return
            self._last = max(self._last, end)
        self._stop("events", self._last, f"the file holds more than {EVENTS:,} keys, values and collections")

    def _stop(self, rule: str, start: int, message: str) -> bool:
        hint = "split the record, or cut what does not belong in it"
        return self._refuse(Flaw(rule, start, start + 1, message, hint, self._pointer()))

    def _refuse(self, flaw: Flaw) -> bool:
        """Take a flaw with which the record cannot be used."""
        self.flaws.add(flaw)
        self.usable = False
        return False

    def _pointer(self) -> str:
        """Return the pointer to the value that comes next."""
        if not self._open:
            return ""
        parent = self._open[-1]
        if parent.hidden or parent.awaits_key:
            return parent.pointer
        return step(parent.pointer, len(parent.node) if parent.key is None else parent.key)

    def _scalar(self, value: str, start: int, end: int) -> bool:
        """Take a key or value; return whether to go on."""
        if is_too_long(value):
            message = f"a text of {len(value):,} characters is longer than the {SCALAR_BYTES:,} bytes allowed"
            return self._stop("scalar-size", start, message)
        value = value if self._parsed is self.text else unmask(value)
        parent = self._open[-1] if self._open else None
        if parent and parent.awaits_key:
            self._key(parent, value, start, end)
            return True
        pointer = self._pointer()
        start = self._properties(start, end, pointer)
        source = self.text[start:end]
        if source[:1] in {"|", ">"}:  # its end is where the next thing begins
            source = source.rstrip()
        end = start + len(source)
        final: Any = value
        if parent is None:
            self._top_scalar(start, end)
            return True
        if not parent.hidden:
            self.scalars.append(Extent(start, end, pointer, is_key=False))
            final, flaws = judge(value, source, start, pointer)
            for flaw in flaws:
                self.flaws.add(flaw)
        self._put(final, start, end)
        return True

    def _top_scalar(self, start: int, end: int) -> None:
        self.usable = False
        self.places[""] = Places(None, self.lines.span(start, end))
        if start < end:
            message = f"the file holds {inert(self.text[start:end].split(chr(10))[0])}, not a mapping"
            hint = "write key: value lines, such as id: some-name"
            self._alone = Flaw("top-level", start, end, message, hint)

    def _key(self, parent: Collection, value: str, start: int, end: int) -> None:
        key = nfc(value)
        pointer = parent.pointer if parent.hidden else step(parent.pointer, key)
        start = self._properties(start, end, pointer)
        extent = Extent(start, end, pointer, is_key=True)
        parent.key, parent.key_extent, parent.end = key, extent, end
        if parent.hidden:
            return
        self.scalars.append(extent)
        flaws = judge_key(value, self.text[start:end], start, pointer, parent.seen.get(key))
        for flaw in flaws:
            self._refuse(flaw)
        if not flaws:
            parent.seen[key] = self.lines.place(start)[0]

    def _start(self, node: Any, is_flow: Any, start: int, end: int) -> bool:
        """Take the start of a list or mapping; return whether to go on."""
        if len(self._open) >= DEPTH:
            return self._stop("depth", start, f"lists and mappings are nested more than {DEPTH} deep")
        parent = self._open[-1] if self._open else None
        opened = Collection(node, self._pointer(), start, end, bool(is_flow), hidden=bool(parent and parent.hidden))
        opened.start = start = self._properties(start, max(start, end), opened.pointer)
        what = "mapping" if isinstance(node, dict) else "list"
        if parent is None:
            self.value = node
            if what == "list":
                hint = "write key: value lines; one record is one file"
                self._refuse(Flaw("top-level", start, start + 1, "the file holds a list, not a mapping", hint))
        elif parent.awaits_key:
            if not parent.hidden:
                message, hint = f"the key is a {what}", "write a text as key"
                self._refuse(Flaw("key-type", start, start + 1, message, hint, parent.pointer))
            parent.key, opened.hidden = "", True
        else:
            opened.at_key = parent.key_extent
            parent.put(node)
        self._open.append(opened)
        return True

    def _close(self, end: int) -> None:
        opened = self._open.pop()
        end = end if opened.is_flow else opened.end
        if not opened.hidden:
            self._place(opened.pointer, opened.at_key, opened.start, end)
        if self._open:
            self._open[-1].end = max(end, self._open[-1].end)

    def _put(self, value: Any, start: int, end: int) -> None:
        parent = self._open[-1]
        parent.end = max(parent.end, end)
        if not parent.hidden:
            self._place(self._pointer(), parent.key_extent, start, end)
        parent.put(value)

    def _place(self, pointer: str, key: Extent | None, start: int, end: int) -> None:
        at_key = self.lines.span(key.start, key.end) if key else None
        self.places.setdefault(pointer, Places(at_key, self.lines.span(start, end)))

    def _alias(self, start: int, end: int) -> None:
        name, pointer = inert(self.text[start + 1 : end]), self._pointer()
        message = f"*{name} stands for a value that is written elsewhere"
        hint = f"write out what stands at &{name}, or put the text in quotes"
        self._refuse(Flaw("alias", start, end, message, hint, pointer))
        if self._open and self._open[-1].awaits_key:
            self._open[-1].key = ""
        elif self._open:
            self._put(None, start, end)

    def _properties(self, start: int, end: int, pointer: str) -> int:
        """Take the anchor and the tag that stand before a node; return where the node itself starts."""
        if not self._marked:  # a block mapping begins where its first key does, whose anchor is not its own
            return start
        found, node = properties(self.text, start)
        for each in found:
            self._refuse(each._replace(pointer=pointer))
        return min(node, end)

    def _finish(self, end: int, *, followed: bool) -> None:
        """Judge what follows the first document; where nothing does, see that there was one."""
        if self._alone:
            self._refuse(self._alone)
        rest = layout.rest(self.lines, end, followed=followed, is_empty=not self.value)
        if rest is not None:
            self._refuse(rest)
        elif self.value is None and not self.flaws.count:
            self._refuse_empty()

    def _refuse_empty(self) -> None:
        self.usable = False
        if not any(layout.directives(self.text)):  # which are told of, and all that there is
            message = "the file holds no record" if self.text.strip() else "the file is empty"
            self._refuse(Flaw("empty-file", 0, 0, message, "write the record, or remove the file"))
