"""Runs the stages on records: bytes to document, schema, rules, findings. It knows no rule and no disease."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from tallysheet.discrepancies import acknowledge
from tallysheet.findings import TOP, Fault, Finding, Related, Span
from tallysheet.pointers import lies_within, pointer, resolve
from tallysheet.reader import Document, read
from tallysheet.repository import Repository
from tallysheet.rules import Also, Answer, At, Consistent, Entry, NotCheckable, Problem, Rule
from tallysheet.shape import Block, Blocks
from tallysheet.shape.accept import make_validator

SCHEMA_RULE = "schema"
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


class Engine:
    """Judges records of one repository by the rules that are chosen."""

    def __init__(self, repository: Repository, rules: Iterable[str] | None = None) -> None:
        chosen = repository.severities.keys() if rules is None else set(rules) & repository.severities.keys()
        self.repository = repository
        self.rules = {name: rule for name, rule in repository.rules.items() if name in chosen}
        self.blocks = Blocks(repository.schema)
        self.accepts = make_validator(repository.schema).is_valid
        self.explainer: Any = None
        self.by_block: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            self.by_block.setdefault(rule.block, []).append(rule)
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
        misfits = [] if self.accepts(value) else self.explain(value)
        hidden = [fault.pointer for fault in document.faults]
        for misfit in misfits:
            if not any(lies_within(misfit.pointer, place) for place in hidden):
                judged.findings.append(sight.misfit(misfit))
        hidden += [misfit.pointer for misfit in misfits]
        for rule, answer in self.answers(judged, value, hidden):
            self.take(judged, sight, rule, answer, hidden)
        acknowledge(
            judged, value, sight, self.repository.rules, complete=self.rules.keys() == self.repository.severities.keys()
        )
        judged.findings.sort(key=lambda finding: finding.sort_key)
        if (more := len(judged.findings) - FINDINGS_A_FILE) > 0:
            last = judged.findings[FINDINGS_A_FILE - 1]
            del judged.findings[FINDINGS_A_FILE:]
            message = f"{more:,} more findings in this file are not shown"
            judged.findings.append(Finding("too-many-findings", "error", path, "", last.span, message))
        return judged

    def explain(self, value: Any) -> list[Any]:
        """Return what does not fit the schema; at least one entry, since the fast engine has refused the value."""
        from tallysheet.shape.explain import Explainer, Misfit

        if self.explainer is None:
            self.explainer = Explainer(self.repository.schema, self.blocks)
        if misfits := self.explainer.explain(value):
            return list(misfits)
        errors = make_validator(self.repository.schema).iter_errors(value)
        return [
            Misfit(pointer(*error.instance_path), f"does not fit the schema: {error.message:.120}") for error in errors
        ]

    def answers(self, judged: Judged, value: Any, hidden: Sequence[str]) -> Iterator[tuple[Rule, Answer]]:
        """Yield what the rules on single records say, and gather facts for the others."""
        stem = judged.path.rpartition("/")[2].removesuffix(".yaml")
        blocks = self.blocks.find(value)
        if "record" in self.by_block:
            blocks.insert(0, Block("record", "", value, sure=True))
        for block in blocks:
            for rule in self.by_block.get(block.name, ()):
                if not self.applies(block):
                    continue
                if not may_run(rule, block, hidden):
                    judged.figures["not_run"] += 1
                    continue
                at = At(block.pointer, value, stem, self.repository.options[rule.name])
                try:
                    if rule.judge:
                        yield from ((rule, answer) for answer in list(rule.judge(block.value, at)))
                    elif rule.gather and (facts := rule.gather(block.value, at)) is not None:
                        judged.facts.setdefault(rule.name, []).append(Entry(judged.path, block.pointer, facts))
                except Exception:  # noqa: BLE001 - whatever a rule raises is reported as an internal error
                    judged.crashes.append(Crash(rule.name, judged.path, traceback.format_exc()))

    def applies(self, block: Block) -> bool:
        """Tell whether the block is what the schema says it may be here, where it says so in a branch only."""
        if block.sure:
            return True
        if block.name not in self.validators:
            schema = self.repository.schema
            file = next(name for name in schema.files if name.rpartition("/")[2] == f"{block.name}.schema.json")
            self.validators[block.name] = make_validator(schema, file).is_valid
        return self.validators[block.name](block.value)

    def take(self, judged: Judged, sight: "Sight", rule: Rule, answer: Answer, hidden: Sequence[str]) -> None:
        """Enter one answer of a rule into the findings and the tally."""
        if isinstance(answer, Consistent):
            judged.figures["consistent"] += 1
        elif isinstance(answer, NotCheckable):
            judged.figures["not_checkable"] += 1
            judged.reasons[answer.reason] += 1
        elif not any(lies_within(answer.pointer, place) for place in hidden if place):
            judged.figures["wrong"] += bool(rule.acknowledgeable)
            severity = self.severity(rule, answer)
            judged.findings.append(sight.problem(rule.name, severity, answer))

    def severity(self, rule: Rule, problem: Problem) -> Literal["error", "warning"]:
        """Return how severe a problem is: as the project file says, else as the problem says, else as its rule."""
        if rule.name in self.repository.settings.severities:
            return self.repository.severities[rule.name]
        return problem.severity or rule.severity

    def compare(self, judged: Mapping[str, Judged], see: Callable[[str], "Sight"]) -> Iterator[Finding | Crash]:
        """Yield what the rules on the repository find over all records; `see` gives the sight of a record."""
        for rule in self.rules.values():
            if rule.compare is None:
                continue
            entries = [entry for path in sorted(judged) for entry in judged[path].facts.get(rule.name, ())]
            try:
                problems = list(rule.compare(entries))
            except Exception:  # noqa: BLE001 - as above
                yield Crash(rule.name, self.repository.settings.records, traceback.format_exc())
                continue
            for problem in problems:
                path = problem.path or ""
                also = [(one, see(one.path or path)) for one in problem.also]
                related = tuple(sight.related(one) for one, sight in also)
                yield see(path).problem(rule.name, self.severity(rule, problem), problem, related)


def may_run(rule: Rule, block: Block, hidden: Iterable[str]) -> bool:
    """Tell whether what a rule relies on is well formed."""
    fields = [pointer(name) for name in rule.reads]
    if block.pointer or not fields:
        fields.append(block.pointer)
    return not any(
        lies_within(place, field) or (place and lies_within(field, place)) for place in hidden for field in fields
    )


class Sight:
    """Turns what stages say of one file into findings: it knows where each pointer stands."""

    def __init__(self, path: str, document: Document) -> None:
        self.path = path
        self.document = document

    def span(self, place: str, *, on_key: bool = False) -> Span:
        """Return where a pointer stands: its value, or its key where the value is a whole mapping or list."""
        places = self.document.places()
        while place and place not in places:
            place = place.rpartition("/")[0]
        found = places.get(place)
        if found is None:
            return TOP
        try:
            container = isinstance(resolve(self.document.value, place), (dict, list))
        except LookupError:
            container = False
        if found.key and (on_key or container):
            return found.key
        start: Span = found.value
        return Span(start.line, start.column, start.line, start.column) if container else start

    def fault(self, fault: Fault) -> Finding:
        """Return the finding of a fault that the reader saw."""
        return Finding(fault.rule, "error", self.path, fault.pointer, fault.span, fault.message, fault.hint)

    def misfit(self, misfit: Any) -> Finding:
        """Return the finding of what does not fit the schema."""
        span = self.span(misfit.pointer, on_key=misfit.on_key)
        return Finding(SCHEMA_RULE, "error", self.path, misfit.pointer, span, misfit.message, misfit.hint)

    def related(self, also: Also) -> Related:
        """Return a second place of a finding."""
        return Related(self.path, also.pointer, self.span(also.pointer), also.message)

    def problem(
        self,
        rule: str,
        severity: Literal["error", "warning"],
        problem: Problem,
        related: tuple[Related, ...] | None = None,
    ) -> Finding:
        """Return the finding of a problem that a rule saw."""
        span = self.span(problem.pointer)
        if related is None:
            related = tuple(self.related(also) for also in problem.also)
        return Finding(
            rule,
            severity,
            self.path,
            problem.pointer,
            span,
            problem.message,
            problem.hint,
            related,
            None,
            problem.figures,
        )
