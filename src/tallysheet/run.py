"""One run over a repository: which records there are, what is judged, and what comes of it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tallysheet.batch import Batch
from tallysheet.findings import Fault, Finding
from tallysheet.judged import OUTCOMES, Crash, Day, Tally
from tallysheet.line import Line, lines_of
from tallysheet.outline import Outline, outline_of
from tallysheet.reader.inert import inert
from tallysheet.trees import Tree
from tallysheet.words import counted

if TYPE_CHECKING:
    from datetime import date

    from tallysheet.cache.kept import Kept
    from tallysheet.glance import Stands
    from tallysheet.repository import Repository


class Report:
    """What a run says: every reporter reads this and nothing else."""

    def __init__(
        self,
        findings: Iterable[Finding] = (),
        records: int = 0,
        *,
        rules: int = 0,
        rules_off: Iterable[str] = (),
        crashes: Iterable[Crash] = (),
    ) -> None:
        self.findings = list(findings)
        self.records = records
        """Records judged; those that can't be read are among them."""
        self.unreadable = 0
        self.figures: Tally = Counter()
        self.reasons: Counter[str] = Counter()
        """Why figures were not checkable."""
        self.rules = rules
        self.rules_off = list(rules_off)
        """Rules that did not run, since the project file or the command line says so."""
        self.crashes = list(crashes)
        self.unchanged = 0
        """Records that were left out since they are as they were in what the change is compared with."""
        self.changed: frozenset[str] = frozenset()
        """Paths of records that a change touches, where one was asked for."""
        self.notes: list[str] = []
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


Records: TypeAlias = Batch | Line
Progress = Callable[[int, int], None]
"""Told how many of how many records are done."""


class Means(NamedTuple):
    """How the work is done, which changes nothing in what comes of it."""

    jobs: int | None = 1
    """Processes at most; as many as there are cores, if there is work enough for them, where it is None."""
    kept: "Kept | None" = None
    head: Mapping[str, Any] = {}
    """What the records are judged by, as it is to be kept."""


def run(
    repository: "Repository | Outline",
    paths: Sequence[str] | None = None,
    rules: Iterable[str] | None = None,
    progress: Progress | None = None,
    day: Day | None = None,
    means: Means | None = None,
) -> Report:
    """Judge the records of a repository, or those of `paths` (relative to its root), by all rules or those named.

    Rules on the repository always see all records; with `paths`, what they find is reported where it concerns them.
    """
    outline = repository if isinstance(repository, Outline) else outline_of(repository)
    chosen = frozenset(outline.severities if rules is None else set(rules) & outline.severities.keys())
    report = Report(rules=len(chosen), rules_off=sorted(set(outline.names) - chosen))
    if outline.left_out:
        report.notes.append(f"rules of the repository's own that were not run: {', '.join(outline.left_out)}")
    found, faults = outline.tree.records(outline.settings.records)
    for path, fault in faults:
        if paths is None or any(path == asked or path.startswith(asked + "/") for asked in paths):
            report.findings.append(fault_finding(path, fault))
            report.records += 1
            report.unreadable += 1
    wanted = None if paths is None else set(paths).difference(path for path, _ in faults)
    every = wanted is None or bool(chosen.intersection(outline.comparing))
    asked = asked_of(found if every else (), wanted)
    means = means or Means()
    before, now = judged_of(outline, chosen, asked, progress, day or Day(), means)
    if means.kept:
        means.kept.keep(now, means.head, whole=every)
    seen = [line for line in (*before, *now) if len(line)]
    blind: list[str] = []
    whole = all(asked.values())
    for line in seen:
        add(report, line, asked, blind, whole=whole)
    if blind:
        blind.sort()
        shown = f"{inert(blind[0], 200)}{f' and {len(blind) - 1} more' if len(blind) > 1 else ''}"
        report.notes.append(f"{counted(len(blind), 'record')} can't be read and took no part in comparisons: {shown}")
    report.crashes.sort(key=lambda crash: (crash.path, crash.rule))
    stands = means.kept.stands() if means.kept else {}
    enter_comparison(report, outline, chosen, seen, asked, wanted, stands)
    if means.kept:
        means.kept.keep_stands(stands)
    report.findings.sort(key=lambda finding: finding.sort_key)
    return report


def asked_of(found: Sequence[str], wanted: set[str] | None) -> dict[str, bool]:
    """Return the records that something is asked of, sorted, with whether it is all; that is so where none is named."""
    if wanted is None:
        return dict.fromkeys(found, True)
    return {path: path in wanted for path in sorted(wanted.union(found))}


def fault_finding(path: str, fault: Fault) -> Finding:
    """Return the finding of what is no record, at the top of it."""
    return Finding(fault.rule, "error", path, fault.pointer, fault.span, fault.message, fault.hint)


def judged_of(
    outline: "Outline",
    chosen: frozenset[str],
    asked: Mapping[str, bool],
    progress: Progress | None,
    day: Day,
    means: Means,
) -> tuple[list[Line], list[Line]]:
    """Return what comes of the records that are asked for: what is kept from before, and what is judged now."""
    today = day.today.isoformat() if day.today else time.strftime("%Y-%m-%d", time.gmtime())
    kept, missing = means.kept.take(asked, today) if means.kept else ([], list(asked))
    new: Iterable[Batch] = ()
    if missing:
        on = Day(date_of(today), day.granted, day.keeper)
        new = judged_now(outline, chosen, {path: asked[path] for path in missing}, progress, on, means)
    return kept, list(lines_of(new))


def judged_now(
    outline: "Outline",
    chosen: frozenset[str],
    asked: Mapping[str, bool],
    progress: Progress | None,
    day: Day,
    means: Means,
) -> Iterator[Batch]:
    """Yield what comes of records as they are judged."""
    from tallysheet.engine import Engine
    from tallysheet.judging import judge_records

    engine = Engine(outline.open(), chosen, day)
    engine.keeps = means.kept is not None
    done = 0
    for batch in judge_records(engine, list(asked.items()), means.jobs):
        done += len(batch)
        if progress:
            progress(done, len(asked))
        yield batch


def date_of(today: str) -> "date":
    """Return the day of a text such as 2026-11-23."""
    from datetime import date

    return date.fromisoformat(today)


def add(report: Report, some: Line, asked: Mapping[str, bool], blind: list[str], *, whole: bool) -> None:
    """Enter what came of some records into the report; of those that only facts were asked of, what went wrong."""
    own = some if whole else some.wanted(asked)
    report.records += len(own)
    for outcome, number in zip(OUTCOMES, own.sums(), strict=True):
        if number:
            report.figures[outcome] += number
    report.unreadable += sum("unreadable" in more for more in own.more.values())
    for reason, number in own.reason_sums():
        report.reasons[reason] += number
    report.findings += own.findings()
    report.crashes += some.crashes()
    unread = [some.paths[int(row)] for row, more in some.more.items() if "unreadable" in more]
    blind += [path for path in unread if not asked[path]]


def enter_comparison(  # noqa: PLR0913, PLR0917 - all that a comparison is made of
    report: Report,
    outline: "Outline",
    chosen: frozenset[str],
    batches: Sequence[Records],
    asked: Mapping[str, bool],
    wanted: set[str] | None,
    stands: "dict[str, Stands] | None" = None,
) -> None:
    """Enter what the rules on the repository find: all of it, or what concerns the records `wanted`.

    `stands` tells where places of records stand, so far as that is known, and afterwards all that was looked up.
    """
    waiving = {
        batch.paths[int(row)]: (batch, int(row))
        for batch in batches
        for row, more in batch.more.items()
        if "waivers" in more and asked[batch.paths[int(row)]]
    }
    rules = outline.comparing_rules(chosen)
    if not rules:
        return
    from tallysheet.comparison import compare, seer, waived

    see = seer(outline.tree.open, asked, stands)
    findings: dict[str, list[Finding]] = {}
    for found in compare(rules, batches, outline, see):
        if isinstance(found, Crash):
            report.crashes.append(found)
        elif wanted is None or found.path in wanted or any(also.path in wanted for also in found.related):
            findings.setdefault(found.path, []).append(found)
    for path, (batch, row) in sorted(waiving.items()):
        here = findings.setdefault(path, [])
        report.findings += waived(here, batch, row, see, sure=not report.crashes)
    report.findings += [finding for here in findings.values() for finding in here]


def source_lines(tree: Tree, path: str) -> list[str]:
    """Return the lines of a record for the frames of a report, none where it can't be read."""
    from tallysheet.reader.text import decode  # what the text says is of no matter here, and dear to find out

    data = tree.open(path)
    text = data if isinstance(data, Fault) else decode(data)
    return [] if isinstance(text, Fault) else [line.removesuffix("\r") for line in text.split("\n")]
