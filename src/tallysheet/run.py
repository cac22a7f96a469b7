"""One run over a repository: which records there are, what is judged, and what comes of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tallysheet.engine import Crash, Day, Engine, Judged, Tally
from tallysheet.findings import Fault, Finding
from tallysheet.reader import Document, read
from tallysheet.reader.inert import inert
from tallysheet.repository import Repository
from tallysheet.sight import Sight
from tallysheet.trees import Tree
from tallysheet.waivers import RULE as WAIVER_RULE
from tallysheet.waivers import excuse, idle
from tallysheet.words import counted


@dataclass(slots=True)
class Report:
    """What a run says: every reporter reads this and nothing else."""

    findings: list[Finding] = field(default_factory=list)
    records: int = 0
    """Records judged; those that can't be read are among them."""
    unreadable: int = 0
    figures: Tally = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why figures were not checkable."""
    rules: int = 0
    rules_off: list[str] = field(default_factory=list)
    """Rules that did not run, since the project file or the command line says so."""
    crashes: list[Crash] = field(default_factory=list)
    unchanged: int = 0
    """Records that were left out since they are as they were in what the change is compared with."""
    changed: frozenset[str] = frozenset()
    """Paths of records that a change touches, where one was asked for."""
    notes: list[str] = field(default_factory=list)
    """What else must be known of the run, in a line each: what took no part, what was judged in another way."""

    def count(self, severity: str) -> int:
        """Return how many findings are of this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0: all holds. 1: something is found. 2: nothing was there to judge. 3: an internal error."""
        if self.crashes:
            return 3
        if self.count("error") or self.count("warning"):
            return 1
        return 0 if self.records or self.unchanged else 2


Progress = Callable[[int, int], None]
"""Told how many of how many records are done."""


def run(
    repository: Repository,
    paths: Sequence[str] | None = None,
    rules: Iterable[str] | None = None,
    progress: Progress | None = None,
    day: Day | None = None,
) -> Report:
    """Judge the records of a repository, or those of `paths` (relative to its root), by all rules or those named.

    Rules on the repository always see all records; with `paths`, what they find is reported where it concerns them.
    """
    engine = Engine(repository, rules, day)
    report = Report(rules=len(engine.rules), rules_off=sorted(repository.rules.keys() - engine.rules.keys()))
    if repository.left_out:
        report.notes.append(f"rules of the repository's own that were not run: {', '.join(repository.left_out)}")
    found, faults = repository.tree.records(repository.settings.records)
    wanted = set(found) if paths is None else {path for path in paths if path not in dict(faults)}
    for path, fault in faults:
        if paths is None or any(path == asked or path.startswith(asked + "/") for asked in paths):
            report.findings.append(Sight(path, read(b"")).fault(fault))
            report.records += 1
            report.unreadable += 1
    judged: dict[str, Judged] = {}
    every = sorted(wanted.union(found) if any(rule.compare for rule in engine.rules.values()) else wanted)
    for done, path in enumerate(every):
        if progress:
            progress(done, len(every))
        data = repository.tree.open(path)
        if isinstance(data, Fault):
            shown = inert(path, 200)  # a name that is no record's may hold anything
            outcome = Judged(shown, [Sight(shown, read(b"")).fault(data)], readable=False)
        else:
            outcome = engine.judge(path, data) if path in wanted else engine.gather(path, data)
        judged[path] = outcome
        if path in wanted:
            add(report, outcome)
        else:
            report.crashes += outcome.crashes
    if blind := [path for path, outcome in judged.items() if path not in wanted and not outcome.readable]:
        shown = f"{inert(blind[0], 200)}{f' and {len(blind) - 1} more' if len(blind) > 1 else ''}"
        report.notes.append(f"{counted(len(blind), 'record')} can't be read and took no part in comparisons: {shown}")
    compare(report, engine, judged, wanted if paths is not None else None)
    report.findings.sort(key=lambda finding: finding.sort_key)
    return report


def add(report: Report, judged: Judged) -> None:
    """Enter what came of one record into the report."""
    report.records += 1
    report.unreadable += not judged.readable
    report.findings += judged.findings
    report.figures.update(judged.figures)
    report.reasons.update(judged.reasons)
    report.crashes += judged.crashes


def compare(report: Report, engine: Engine, judged: dict[str, Judged], wanted: set[str] | None) -> None:
    """Enter what the rules on the repository find: all of it, or what concerns the records `wanted`."""
    sights: dict[str, Sight] = {}

    def see(path: str) -> Sight:
        if path not in sights:
            data = engine.repository.tree.open(path) if path in judged else b""
            sights[path] = Sight(path, read(b"") if isinstance(data, Fault) else read(data))
        return sights[path]

    findings: dict[str, list[Finding]] = {}
    for found in engine.compare(judged, see):
        if isinstance(found, Crash):
            report.crashes.append(found)
        elif wanted is None or found.path in wanted or any(also.path in wanted for also in found.related):
            findings.setdefault(found.path, []).append(found)
    for path, outcome in judged.items():
        here = findings.get(path, [])
        for waiver in outcome.waivers:
            if not excuse(here, waiver) and not report.crashes:
                problem = idle(waiver, here, see(path).document.value)
                report.findings.append(see(path).problem(WAIVER_RULE, "error", problem))
    report.findings += [finding for here in findings.values() for finding in here]


def source_lines(tree: Tree, path: str) -> list[str]:
    """Return the lines of a record for the frames of a report, none where it can't be read."""
    data = tree.open(path)
    document: Document | None = None if isinstance(data, Fault) else read(data)
    return document.lines() if document is not None and document.text is not None else []
