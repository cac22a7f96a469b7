"""The records of one repository while they are being written: as an editor holds them, else as they lie on disk."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tallysheet.batch import Batch
from tallysheet.commands.fix import SchemaLines
from tallysheet.engine import Crash, Engine, Judged
from tallysheet.findings import Fault, Finding
from tallysheet.outline import outline_of
from tallysheet.reader import Document, read
from tallysheet.reader.files import open_record
from tallysheet.reader.inert import inert
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.repository import open_repository
from tallysheet.run import Report, enter_comparison
from tallysheet.settings import FILE, Settings
from tallysheet.sight import Sight
from tallysheet.trees import Folder

Stamp = tuple[tuple[str, int, int, int], ...]
"""What tells that files are the same as before: the name, the size, the inode and the time of each."""


def as_bytes(text: str) -> bytes:
    """Return the text of an editor as the bytes that it would save; half a surrogate pair is no UTF-8, and told."""
    return text.encode("utf-8", "surrogatepass")


def stamp(files: Iterator[Path] | list[Path]) -> Stamp:
    """Return the stamp of files; one that is not there has one too."""
    found = []
    for file in files:
        try:
            seen = os.lstat(file)
            found.append((str(file), seen.st_size, seen.st_ino, seen.st_mtime_ns))
        except OSError:
            found.append((str(file), -1, -1, -1))
    return tuple(found)


@dataclass(slots=True)
class Round:
    """What came of judging once: the findings of each record that an editor should show, and rules that raised."""

    findings: dict[str, list[Finding]] = field(default_factory=dict)
    crashes: list[Crash] = field(default_factory=list)


class Typed(Folder):
    """The files as they lie in a folder, but for records that are open: those are as an editor holds them."""

    name = "the editor"

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.texts: Mapping[str, str] = {}

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a record that is open, whatever their number: the reader says what is too much."""
        return as_bytes(self.texts[path]) if path in self.texts else super().open(path, limit)


class Collection:
    """One repository; its settings, schema and rules are read again when one of their files has changed.

    `own` is false to run none of its code.
    """

    def __init__(self, root: Path, *, own: bool = True) -> None:
        self.root = root
        self.own = own
        self.tree = Typed(root)
        self.engine: Engine | None = None
        self.schema_lines: SchemaLines | None = None
        self._stamp: Stamp = ()
        self._open: dict[str, tuple[str, Judged]] = {}
        self._closed: dict[str, tuple[Stamp, Judged]] = {}

    def renew(self) -> Engine:
        """Return the engine, made anew where what it judges by has changed; raises Unusable."""
        if self.engine is not None and self._stamp == stamp(self._sources(self.engine)):
            return self.engine
        self.engine = None
        self._open, self._closed = {}, {}
        before = stamp([self.root / FILE])
        engine = Engine(open_repository(self.root, self.tree, own=self.own))
        self._stamp = before + stamp(self._sources(engine))[1:]
        self.schema_lines = SchemaLines(engine.repository)
        self.engine = engine
        return engine

    def _sources(self, engine: Engine) -> list[Path]:
        """Return the files that an engine was made of, and those that could have been among them."""
        settings = engine.repository.settings
        found = [self.root / FILE]
        if settings.schema:
            found += [self.root / engine.repository.schema.path(name) for name in engine.repository.schema.files]
        for folder in settings.validators:
            found += sorted((self.root / folder).glob("*.py"))
        return found

    def path_of(self, file: Path) -> str | None:
        """Return the path of a file below the root, if it lies in the folder of records as something like a record."""
        folder = (self.engine.repository.settings if self.engine else Settings()).records
        for root in dict.fromkeys((self.root, self.root.resolve())):
            if file.is_relative_to(root / folder) and file.suffix.lower() in (".yaml", ".yml"):
                return file.relative_to(root).as_posix()
        return None

    def judge(self, path: str, text: str) -> Judged:
        """Return what comes of one record as an editor holds it; the same text is judged once. Raises Unusable."""
        engine = self.engine or self.renew()
        known = self._open.get(path)
        if known is None or known[0] != text:
            known = self._open[path] = (text, engine.judge(path, as_bytes(text)))
        return known[1]

    def judge_all(self, texts: Mapping[str, str], into: Round) -> Iterator[None]:
        """Judge the records of `texts` as these hold them, and compare them with all others as they lie on disk.

        Yields after each record, so that whoever listens to an editor can do so in between. Raises Unusable.
        """
        engine = self.renew()
        self.tree.texts = dict(texts)
        folder = engine.repository.settings.records
        found, faults = self.tree.records(folder) if self.tree.holds(folder) else ([], [])
        judged: dict[str, Judged] = {}
        for path, text in texts.items():
            fault = dict(faults).get(inert(path, None)) or odd_name(self.root, path)
            if fault is not None:
                shown = inert(path, 200)
                into.findings[path] = [Sight(shown, read(b"")).fault(fault)]
                continue
            judged[path] = self.judge(path, text)
            into.findings[path] = list(judged[path].findings)
            into.crashes += judged[path].crashes
            yield
        if any(rule.compare for rule in engine.rules.values()):
            for path in found:
                if path not in texts:
                    judged[path] = self._gather(engine, path)
                    into.crashes += judged[path].crashes
                    yield
        self._compare(engine, judged, texts, into)
        self._open = {path: known for path, known in self._open.items() if path in texts}
        self._closed = {path: known for path, known in self._closed.items() if path in judged}

    def _gather(self, engine: Engine, path: str) -> Judged:
        """Return the facts of a record on disk, taken again where the file has changed."""
        now = stamp([self.root / path])
        known = self._closed.get(path)
        if known is None or known[0] != now:
            data = self.tree.open(path)
            facts = Judged(path, readable=False) if isinstance(data, Fault) else engine.gather(path, data)
            known = self._closed[path] = (now, facts)
        return known[1]

    def _compare(self, engine: Engine, judged: Mapping[str, Judged], texts: Mapping[str, str], into: Round) -> None:
        """Enter what the rules on the repository find of the records in `texts`, wherever it stands."""
        report, batch = Report(), Batch()
        asked = {path: path in texts for path in sorted(judged)}
        for path, whole in asked.items():
            batch.add(judged[path], whole=whole)
        enter_comparison(report, outline_of(engine.repository), frozenset(engine.rules), [batch], asked, set(texts))
        into.crashes += report.crashes
        for finding in report.findings:
            into.findings.setdefault(finding.path, []).append(finding)
        for findings in into.findings.values():
            findings.sort(key=lambda finding: finding.sort_key)

    def document(self, path: str) -> Document:
        """Return a record as an editor holds it, else as it lies on disk."""
        data = self.tree.open(path)
        return read(b"" if isinstance(data, Fault) else data)


def odd_name(root: Path, path: str) -> Fault | None:
    """Return what is wrong with the name of a record, whether it is saved already or not."""
    data = open_record(root, path)
    return data if isinstance(data, Fault) and data.rule == "odd-name" else None
