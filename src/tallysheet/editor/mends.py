"""The mends of `tallysheet fix` as edits of an open text: all of them, or the ones that settle a single finding."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from tallysheet.editor.collection import as_bytes
from tallysheet.editor.positions import Positions
from tallysheet.engine import Engine
from tallysheet.findings import Finding
from tallysheet.fixes import Mended, mend
from tallysheet.fixes.leaves import leaves_of
from tallysheet.fixes.mending import said
from tallysheet.pointers import lies_within
from tallysheet.reader import read


class Edit(NamedTuple):
    """The characters from `start` up to, and without, `end` become `text`; `pointer` is the value that they are."""

    start: int
    end: int
    text: str
    pointer: str | None = None


class Mends:
    """What can be mended in one text of one record without judgement."""

    def __init__(self, engine: Engine, path: str, text: str, schema_line: str | None) -> None:
        self.engine, self.path, self.text = engine, path, text
        self.whole: Mended = mend(engine, path, as_bytes(text), schema_line)
        after = None if self.whole.data is None else self.whole.data.decode()
        self.all: tuple[Edit, ...] = () if after is None else tuple(edits_of_lines(text, after))
        self._values = () if after is None else tuple(edits_of_values(text, after))
        self._before = engine.judge(path, as_bytes(text)) if self.all else None
        self.findings = self._before.findings if self._before else []

    def of(self, finding: Finding, positions: Positions) -> tuple[Edit, ...]:
        """Return the edits that settle a finding, none where no mend does: each is one that `fix` would make.

        They are tried: with them the finding must be gone, and the findings no more.
        """
        if self._before is None:
            return ()
        inside = [edit for edit in self._values if edit.pointer and lies_within(edit.pointer, finding.pointer)]
        if finding.pointer and inside and self._settles(inside, finding):
            return tuple(inside)
        start, end = positions.indexes(finding.span)
        near = [edit for edit in self.all if edit.start <= end and start <= edit.end]
        return tuple(near) if near and self._settles(near, finding) else ()

    def _settles(self, edits: list[Edit], finding: Finding) -> bool:
        """Tell whether a finding goes with edits, the findings are no more, each value being the old one or `fix`'s.

        One more may be seen at its place, as in `fix`: what is no figure before it is mended can be a wrong one after.
        """
        mended = as_bytes(edited(self.text, edits))
        after = self.engine.judge(self.path, mended)
        if self._before is None or self.whole.data is None or after.crashes:
            return False
        known, left = (Counter(map(said, judged.findings)) for judged in (self._before, after))
        fewer = left[said(finding)] < known[said(finding)] and left.total() <= known.total()
        values, before, final = (values_of(data) for data in (mended, as_bytes(self.text), self.whole.data))
        kept = not before or all(value in (before.get(place), final.get(place)) for place, value in values.items())
        return kept and fewer


def values_of(data: bytes) -> dict[str, str]:
    """Return every single value of a record, with its type, by its pointer; nothing of one that can't be used."""
    document = read(data)
    return {} if document.value is None else {leaf.pointer: repr(leaf.value) for leaf in leaves_of(document)}


def edits_of_values(before: str, after: str) -> Iterator[Edit]:
    """Yield an edit for each single value that is written otherwise in `after`, if both can be used."""
    old, new = read(as_bytes(before)), read(as_bytes(after))
    if old.value is None or new.value is None:
        return
    mark = len(before) - len(old.text or "")
    sources = {leaf.pointer: leaf.source for leaf in leaves_of(new)}
    for leaf in leaves_of(old):
        source = sources.get(leaf.pointer, leaf.source)
        if source != leaf.source and "\n" not in leaf.source:
            yield Edit(leaf.start + mark, leaf.end + mark, source, leaf.pointer)


def edits_of_lines(before: str, after: str) -> Iterator[Edit]:
    """Yield the edits that make `after` of `before`, each as short as it can be within its lines."""
    one, other = (text.split("\n") for text in (before, after))
    one, other = ([f"{line}\n" for line in lines[:-1]] + lines[-1:] for lines in (one, other))
    starts = [0]
    for line in one:
        starts.append(starts[-1] + len(line))
    for kind, first, last, begin, end in SequenceMatcher(None, one, other).get_opcodes():
        if kind == "equal":
            continue
        if last - first == end - begin:
            for index in range(last - first):
                yield from trimmed(starts[first + index], one[first + index], other[begin + index])
        else:
            yield from trimmed(starts[first], "".join(one[first:last]), "".join(other[begin:end]))


def trimmed(start: int, old: str, new: str) -> Iterator[Edit]:
    """Yield the edit that makes one text of another at `start`, without what both begin and end with."""
    if old == new:
        return
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield Edit(start + same, start + len(old) - tail, new[same : len(new) - tail])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that do not overlap."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join(pieces) + text[done:]
