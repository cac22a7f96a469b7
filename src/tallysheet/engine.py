"""Runs the stages on records: bytes to document, schema, rules, findings. It knows no rule and no disease."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tallysheet.discrepancies import acknowledge
from tallysheet.findings import Finding, Related
from tallysheet.pointers import lies_within, pointer, resolve
from tallysheet.reader import read
from tallysheet.repository import Repository
from tallysheet.rules import Answer, At, Consistent, Entry, NotCheckable, Problem, Rule
from tallysheet.shape import Block, Blocks
from tallysheet.shape.accept import make_validator
from tallysheet.shape.keywords import MOST_MISFITS
from tallysheet.shape.places import block_name
from tallysheet.sight import Sight
from tallysheet.waivers import RULE as WAIVER_RULE
from tallysheet.waivers import Granted, Waiver, excuse, faults, idle, not_granted, waivers_of

if TYPE_CHECKING:
    from tallysheet.shape.explain import Explainer, Misfit

FINDINGS_A_FILE = 50
"""More than these of one file are counted, not shown: a file that is wrong throughout would bury the others."""

Outcome: TypeAlias = Literal["consistent", "wrong", "acknowledged", "not_checkable", "not_run"]
Tally: TypeAlias = Counter[Outcome]


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised: an internal error, never a pass and never bad data."""

    rule: str
    path: str
    trace: str


@dataclass(slots=True)
class Judged:
    """What came of one record: its findings, the tally of its figures, its facts for rules on the repository."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    figures: Tally = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    facts: dict[str, list[Entry]] = field(default_factory=dict)
    crashes: list[Crash] = field(default_factory=list)
    readable: bool = True
    waivers: list[Waiver] = field(default_factory=list)
    """Those for rules on the repository, which have not spoken yet."""


@dataclass(frozen=True, slots=True)
class Day:
    """What waivers are judged by: the day that it is, and who has granted them."""

    today: date | None = None
    """The day of the clock if none is given: the only thing that a run asks of it."""
    granted: Granted | None = None
    """Asked whether a waiver is in force; every one is if there is nobody to ask."""
    keeper: str = ""
    """Where waivers are granted, for people."""


class Engine:
    """Judges records of one repository by the rules that are chosen."""

    def __init__(self, repository: Repository, rules: Iterable[str] | None = None, day: "Day | None" = None) -> None:
        chosen = repository.severities.keys() if rules is None else set(rules) & repository.severities.keys()
        self.repository = repository
        self.day = day or Day()
        self.rules = {name: rule for name, rule in repository.rules.items() if name in chosen}
        self.blocks = Blocks(repository.schema)
        self.accepts = make_validator(repository.schema).is_valid
        self.explainer: Explainer | None = None
        self.by_block = by_block(self.rules.values())
        self.gathering = by_block(rule for rule in self.rules.values() if rule.gather)
        self.validators: dict[str, Callable[[Any], bool]] = {}

    def judge(self, path: str, data: bytes) -> Judged:
        """Judge the bytes of one record."""
        judged = Judged(path)
        document = read(data)
        sight = Sight(path, document)
        judged.findings = [sight.fault(fault) for fault in document.faults]
        if document.value is None:
            judged.readable = False
            return judged
        value = document.value
        hidden = [fault.pointer for fault in document.faults]
        misfits = self.misfits(value)
        judged.findings += [sight.misfit(misfit) for misfit in misfits if not is_hidden(misfit.pointer, hidden)]
        hidden += [misfit.pointer for misfit in misfits]
        if len(misfits) >= MOST_MISFITS:
            # What else is malformed was not looked for, so nothing is known to be safe to judge.
            judged.figures["not_run"] += len(self.by_block)
            limit(judged, all_found=False)
            return judged
        for rule, answer in self.answers(judged, value, hidden, self.by_block):
            self.take(judged, sight, rule, answer, hidden)
        complete = self.rules.keys() == self.repository.severities.keys()
        acknowledge(judged, value, sight, self.repository.rules, complete=complete)
        if waivers := waivers_of(value):
            self.waive(judged, sight, waivers, whole=not hidden)
        judged.findings = joined(judged.findings, {rule.name for rule in self.rules.values() if rule.defers})
        judged.findings.sort(key=lambda finding: finding.sort_key)
        limit(judged)
        return judged

    def waive(self, judged: Judged, sight: Sight, waivers: list[Waiver], *, whole: bool) -> None:
        """Excuse what the record's waivers name; `whole` is false where part of it could not be judged."""
        found = dict(faults(waivers, self.repository.rules, self.day.today or datetime.now(UTC).date()))
        for waiver in waivers:
            if waiver not in found and self.day.granted and not self.day.granted(judged.path, waiver):
                found[waiver] = not_granted(waiver, self.day.keeper)
            elif waiver not in found and waiver.rule in self.rules:
                if self.rules[waiver.rule].compare:
                    judged.waivers.append(waiver)
                elif not excuse(judged.findings, waiver) and whole:
                    found[waiver] = idle(waiver, judged.findings, sight.document.value)
        judged.findings += [sight.problem(WAIVER_RULE, "error", problem) for problem in found.values()]

    def gather(self, path: str, data: bytes) -> Judged:
        """Take from a record what rules on the repository need, where its own findings are not asked for."""
        document = read(data)
        judged = Judged(path, readable=document.value is not None)
        if document.value is not None:
            hidden = [fault.pointer for fault in document.faults]
            misfits = self.misfits(document.value)
            hidden += [misfit.pointer for misfit in misfits]
            for _ in self.answers(
                judged, document.value, hidden, self.gathering if len(misfits) < MOST_MISFITS else {}
            ):
                """Facts are entered as the rules are asked; nothing else is of interest."""
        return judged

    def misfits(self, value: Any) -> "list[Misfit]":
        """Return what does not fit the schema: nothing, in no time, for a record that fits."""
        found = [] if self.accepts(value) else self.explain(value)
        if floats := self.blocks.floats(value):
            from tallysheet.shape.explain import whole_float

            found += [whole_float(place, resolve(value, place)) for place in floats[:MOST_MISFITS]]
        return found

    def explain(self, value: Any) -> "list[Misfit]":
        """Return what does not fit the schema; at least one entry, since the fast engine has refused the value."""
        from tallysheet.shape.explain import Explainer, Misfit

        if self.explainer is None:
            self.explainer = Explainer(self.repository.schema, self.blocks)
        if misfits := self.explainer.explain(value):
            return misfits
        errors = make_validator(self.repository.schema).iter_errors(value)
        return [
            Misfit(pointer(*error.instance_path), f"does not fit the schema: {error.message:.120}") for error in errors
        ]

    def answers(
        self, judged: Judged, value: Any, hidden: Sequence[str], rules: Mapping[str, list[Rule]]
    ) -> Iterator[tuple[Rule, Answer]]:
        """Yield what rules on single records, by block, say; enter the facts that the others gather."""
        stem = judged.path.rpartition("/")[2].removesuffix(".yaml")
        blocks = self.blocks.find(value)
        if "record" in rules:
            blocks.insert(0, Block("record", "", value, sure=True))
        for block in blocks:
            for rule in rules.get(block.name, ()):
                if not self.applies(block):
                    continue
                if not may_run(rule, block, hidden):
                    judged.figures["not_run"] += 1
                    continue
                at = At(block.pointer, value, stem, self.repository.options[rule.name])
                try:
                    if rule.judge:
                        yield from ((rule, answer) for answer in checked(rule.judge(block.value, at)))
                    elif rule.gather and (facts := rule.gather(block.value, at)) is not None:
                        judged.facts.setdefault(rule.name, []).append(Entry(judged.path, block.pointer, facts))
                except (Exception, SystemExit):  # noqa: BLE001 - whatever a rule raises is told as an internal error
                    judged.crashes.append(Crash(rule.name, judged.path, traceback.format_exc()))

    def applies(self, block: Block) -> bool:
        """Tell whether the block is what the schema says it may be here, where it says so in a branch only."""
        if block.sure:
            return True
        if block.name not in self.validators:
            schema = self.repository.schema
            file = next(name for name in schema.files if block_name(name) == block.name)
            self.validators[block.name] = make_validator(schema, file).is_valid
        return self.validators[block.name](block.value)

    def take(self, judged: Judged, sight: Sight, rule: Rule, answer: Answer, hidden: Sequence[str]) -> None:
        """Enter one answer of a rule into the findings and the tally."""
        if isinstance(answer, Consistent):
            judged.figures["consistent"] += 1
        elif isinstance(answer, NotCheckable):
            judged.figures["not_checkable"] += 1
            judged.reasons[answer.reason] += 1
        elif not is_hidden(answer.pointer, [place for place in hidden if place]):
            judged.figures["wrong"] += bool(rule.acknowledgeable)
            severity = self.severity(rule, answer)
            judged.findings.append(sight.problem(rule.name, severity, answer))

    def severity(self, rule: Rule, problem: Problem) -> Literal["error", "warning"]:
        """Return how severe a problem is: as the project file says, else as the problem says, else as its rule."""
        if rule.name in self.repository.settings.severities:
            return self.repository.severities[rule.name]
        return problem.severity or rule.severity

    def compare(self, judged: Mapping[str, Judged], see: Callable[[str], Sight]) -> Iterator[Finding | Crash]:
        """Yield what the rules on the repository find over all records; `see` gives the sight of a record."""
        for rule in self.rules.values():
            if rule.compare is None:
                continue
            entries = [entry for path in sorted(judged) for entry in judged[path].facts.get(rule.name, ())]
            try:
                problems = list(rule.compare(entries))
            except (Exception, SystemExit):  # noqa: BLE001 - as above
                yield Crash(rule.name, self.repository.settings.records, traceback.format_exc())
                continue
            for problem in problems:
                path = problem.path or ""
                also = [(one, see(one.path or path)) for one in problem.also]
                related = tuple(sight.related(one) for one, sight in also)
                yield see(path).problem(rule.name, self.severity(rule, problem), problem, related)


def by_block(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Return rules by the block that they read."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.block, []).append(rule)
    return found


def checked(answers: Iterable[Answer]) -> list[Answer]:
    """Return all answers of a rule; raises TypeError for one that is none."""
    found = list(answers)
    for answer in found:
        if not isinstance(answer, (Problem, Consistent, NotCheckable)):
            raise TypeError(f"a rule yields Problem, Consistent or NotCheckable, not {answer!r:.80}")
    return found


def joined(findings: list[Finding], deferring: set[str]) -> list[Finding]:
    """Return the findings with those of deferring rules made remarks to what another rule says of the same place."""
    found = [finding for finding in findings if finding.rule not in deferring]
    for finding in findings:
        if finding.rule not in deferring:
            continue
        for index, other in enumerate(found):
            if other.pointer == finding.pointer and other.severity in ("error", "warning"):
                remark = Related(finding.path, finding.pointer, finding.span, finding.message)
                found[index] = replace(other, related=(*other.related, remark))
                break
        else:
            found.append(finding)
    return found


def is_hidden(place: str, hidden: Iterable[str]) -> bool:
    """Tell whether something was said already of a place, or of one that it lies in."""
    return any(lies_within(place, other) for other in hidden)


def limit(judged: Judged, *, all_found: bool = True) -> None:
    """Cut the findings of one file to as many as are shown, and say how many are not."""
    failing = [finding for finding in judged.findings if finding.severity != "acknowledged"]
    more = len(failing) - FINDINGS_A_FILE
    if more > 0:
        last = failing[FINDINGS_A_FILE - 1]
        cut = {id(finding) for finding in failing[FINDINGS_A_FILE:]}
        judged.findings = [finding for finding in judged.findings if id(finding) not in cut]
        message = f"{f'{more:,} ' if all_found else ''}more findings in this file are not shown"
        judged.findings.append(Finding("too-many-findings", "error", judged.path, "", last.span, message))


def may_run(rule: Rule, block: Block, hidden: Iterable[str]) -> bool:
    """Tell whether what a rule relies on is well formed."""
    fields = [block.pointer.rpartition("/")[0] if name == ".." else pointer(name) for name in rule.reads]
    if block.pointer or not fields:
        fields.append(block.pointer)
    return not any(
        lies_within(place, field) or (place and lies_within(field, place)) for place in hidden for field in fields
    )
