"""What fix would write in the place of a finding, for reports and editors that offer it."""

from functools import cached_property
from typing import NamedTuple

from tallysheet.engine import Engine
from tallysheet.findings import Fault, Finding, Span
from tallysheet.fixes.leaves import leaves_of
from tallysheet.fixes.mending import mend, said
from tallysheet.reader import read
from tallysheet.reader.places import Lines
from tallysheet.repository import Repository


class Offer(NamedTuple):
    """The characters of `span` become `text`."""

    span: Span
    text: str


class Offers:
    """What fix would write in the records of a repository, worked out record by record when it is asked for."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.known: dict[str, dict[tuple[str, str, str], Offer]] = {}

    @cached_property
    def engine(self) -> Engine:
        """The engine, made when something is asked for."""
        return Engine(self.repository)

    def offer(self, finding: Finding) -> Offer | None:
        """Return what fix would write in the place of a finding, or None where it leaves it to a person."""
        if not finding.path.startswith(f"{self.repository.settings.records}/"):
            return None
        if finding.path not in self.known:
            data = self.repository.tree.open(finding.path)
            self.known[finding.path] = {} if isinstance(data, Fault) else offers_of(self.engine, finding.path, data)
        return self.known[finding.path].get(said(finding))


def offers_of(engine: Engine, path: str, data: bytes) -> dict[tuple[str, str, str], Offer]:
    """Return what fix would write in the place of each finding of a record that would then be gone, by what it says."""
    made, document = mend(engine, path, data), read(data)
    if made.data is None or document.value is None:
        return {}
    mended = {leaf.pointer: leaf.source for leaf in leaves_of(read(made.data))}
    lines = Lines(document.text or "")
    offers = {
        leaf.pointer: Offer(lines.span(leaf.start, leaf.end), mended[leaf.pointer])
        for leaf in leaves_of(document)
        if mended.get(leaf.pointer, leaf.source) != leaf.source
    }
    still = {said(finding) for finding in engine.judge(path, made.data).findings}
    findings = engine.judge(path, data).findings
    gone = [finding for finding in findings if finding.pointer in offers and said(finding) not in still]
    return {said(finding): offers[finding.pointer] for finding in gone}
