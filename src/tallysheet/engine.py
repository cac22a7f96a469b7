"""Runs the stages on records: bytes to document, schema, rules, findings. It knows no rule and no disease."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from tallysheet.asking import Asking, accept_all, unasked
from tallysheet.findings import Finding, Related
from tallysheet.judged import Crash, Day, Judged, Outcome, Tally
from tallysheet.pointers import Place, lies_within, pointer, resolve, written
from tallysheet.reader import read
from tallysheet.repository import Repository
from tallysheet.rules import Answer, At, Consistent, Entry, NotCheckable, Problem, Rule
from tallysheet.shape import Block, Blocks
from tallysheet.shape.accept import make_validator
from tallysheet.shape.keywords import MOST_MISFITS
from tallysheet.shape.places import block_name
from tallysheet.shape.ways import Found
from tallysheet.sight import Sight

if TYPE_CHECKING:
    from tallysheet.shape.explain import Explainer, Misfit

__all__ = ["Crash", "Day", "Engine", "Judged", "Outcome", "Tally"]

FINDINGS_A_FILE = 50
"""More than these of one file are counted, not shown: a file that is wrong throughout would bury the others."""


class Engine:
    """Judges records of one repository by the rules that are chosen."""

    def __init__(self, repository: Repository, rules: Iterable[str] | None = None, day: Day | None = None) -> None:
        chosen = repository.severities.keys() if rules is None else set(rules) & repository.severities.keys()
        self.repository = repository
        self.day = day or Day()
        self.rules = {name: rule for name, rule in repository.rules.items() if name in chosen}
        self.own = frozenset(name for name, rule in self.rules.items() if rule.own)
        self.blocks = Blocks(repository.schema)
        self.accepts = make_validator(repository.schema).is_valid
        self.explainer: Explainer | None = None
        self.judging = self.asking(self.rules.values())
        self.gathering = self.asking(rule for rule in self.rules.values() if rule.gather)
        self.validators: dict[str, Callable[[Any], bool]] = {}
        self.keeps = True
        """Whether what comes of a record may be kept for a later run: then its file is looked at before it is read."""

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
        found, floats = self.judging.find(value)
        if misfits := self.misfits(value, floats):
            judged.findings += [sight.misfit(misfit) for misfit in misfits if not is_hidden(misfit.pointer, hidden)]
            hidden += [misfit.pointer for misfit in misfits]
            if len(misfits) >= MOST_MISFITS:
                # What else is malformed was not looked for, so nothing is known to be safe to judge.
                judged.figures["not_run"] += self.judging.blocks
                limit(judged, all_found=False)
                return judged
        for rule, problem in self.ask(judged, value, hidden, found):
            self.take(judged, sight, rule, problem, hidden)
        if "discrepancies" in value:
            from tallysheet.discrepancies import acknowledge  # few records contradict themselves

            complete = self.rules.keys() == self.repository.severities.keys()
            acknowledge(judged, value, sight, self.repository.rules, complete=complete)
        if "waivers" in value:
            self.waive(judged, sight, whole=not hidden)
        if judged.findings:
            judged.findings = joined(judged.findings, {rule.name for rule in self.rules.values() if rule.defers})
            judged.findings.sort(key=lambda finding: finding.sort_key)
            limit(judged)
        return judged

    def waive(self, judged: Judged, sight: Sight, *, whole: bool) -> None:
        """Excuse what the record's waivers name; `whole` is false where part of it could not be judged."""
        from datetime import UTC, datetime  # most records have no waivers, and most runs need no day

        from tallysheet.waivers import RULE, excuse, faults, idle, not_granted, waivers_of

        if not (waivers := waivers_of(sight.document.value)):
            return
        judged.dated = True
        found = dict(faults(waivers, self.repository.rules, self.day.today or datetime.now(UTC).date()))
        for waiver in waivers:
            if waiver not in found and self.day.granted and not self.day.granted(judged.path, waiver):
                found[waiver] = not_granted(waiver, self.day.keeper)
            elif waiver not in found and waiver.rule in self.rules:
                if self.rules[waiver.rule].compare:
                    judged.waivers.append(waiver)
                elif not excuse(judged.findings, waiver) and whole:
                    found[waiver] = idle(waiver, judged.findings, sight.document.value)
        judged.findings += [sight.problem(RULE, "error", problem) for problem in found.values()]

    def gather(self, path: str, data: bytes) -> Judged:
        """Take from a record what rules on the repository need, where its own findings are not asked for."""
        document = read(data)
        judged = Judged(path, readable=document.value is not None)
        if document.value is not None:
            hidden = [fault.pointer for fault in document.faults]
            found, floats = self.gathering.find(document.value)
            misfits = self.misfits(document.value, floats)
            if len(misfits) < MOST_MISFITS:
                hidden += [misfit.pointer for misfit in misfits]
                self.ask(judged, document.value, hidden, found)
        return judged

    def misfits(self, value: Any, floats: Sequence[Place]) -> "list[Misfit]":
        """Return what does not fit the schema: nothing, in no time, for a record that fits.

        JSON Schema calls 13.0 and 13 both whole, this house only the latter: `floats` are where the former stands.
        """
        found = [] if self.accepts(value) else self.explain(value)
        if floats:
            from tallysheet.shape.explain import whole_float

            places = [written(place) for place in floats[:MOST_MISFITS]]
            found += [whole_float(place, resolve(value, place)) for place in places]
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

    def asking(self, rules: Iterable[Rule]) -> Asking:
        """Return how some of the rules are asked."""
        return Asking(self.blocks, rules, self.repository.options)

    def ask(
        self, judged: Judged, value: Any, hidden: Sequence[str], found: Sequence[Found]
    ) -> list[tuple[Rule, Problem]]:
        """Return the problems that rules on single records see; enter what holds, and the facts for the others."""
        whole = At("", value, judged.path.rpartition("/")[2].removesuffix(".yaml"))
        consistent, reasons, left = (0, (), unasked(found)) if hidden else accept_all(found, whole)
        problems: list[tuple[Rule, Problem]] = []
        for name, sure, (rule, options, _), block, place, raised in left:
            if raised is not None:
                judged.crashes.append(crash(rule.name, judged.path, raised))
                continue
            try:
                if not (sure or self.applies(Block(name, "", block, sure))):
                    continue
                if hidden and not may_run(rule, written(place), hidden):
                    judged.figures["not_run"] += 1
                    continue
                at = At(place or "", value, whole.stem, options, whole.kept)
                if rule.judge:
                    consistent += enter(judged, rule, rule.judge(block, at), problems)
                elif rule.gather and (facts := rule.gather(block, at)) is not None:
                    judged.facts.setdefault(rule.name, []).append(Entry(judged.path, at.pointer, facts))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises is told as an internal error
                judged.crashes.append(crash(rule.name, judged.path, error))
        if consistent:
            judged.figures["consistent"] += consistent
        for reason in reasons:
            judged.figures["not_checkable"] += 1
            judged.reasons[reason] += 1
        return problems

    def answers(self, path: str, value: Any, hidden: Sequence[str]) -> Iterator[tuple[Rule, Answer]]:
        """Yield all that rules on single records say of a record, what holds as well; a rule that raises, raises."""
        whole = At("", value, path.rpartition("/")[2].removesuffix(".yaml"))
        for every, block, place in self.judging.find(value)[0]:
            for (name, rules, _), sure in every:
                for rule, options, _ in rules if sure or self.applies(Block(name, "", block, sure)) else ():
                    if rule.judge and may_run(rule, written(place), hidden):
                        at = At(place or "", value, whole.stem, options, whole.kept)
                        yield from ((rule, answer) for answer in rule.judge(block, at))

    def applies(self, block: Block) -> bool:
        """Tell whether the block is what the schema says it may be here, where it says so in a branch only."""
        if block.sure:
            return True
        if block.name not in self.validators:
            schema = self.repository.schema
            file = next(name for name in schema.files if block_name(name) == block.name)
            self.validators[block.name] = make_validator(schema, file).is_valid
        return self.validators[block.name](block.value)

    def take(self, judged: Judged, sight: Sight, rule: Rule, problem: Problem, hidden: Sequence[str]) -> None:
        """Enter a problem into the findings and the tally, unless something was said already of its place."""
        if not is_hidden(problem.pointer, [place for place in hidden if place]):
            judged.figures["wrong"] += bool(rule.acknowledgeable)
            judged.findings.append(sight.problem(rule.name, self.severity(rule, problem), problem))

    def severity(self, rule: Rule, problem: Problem) -> Literal["error", "warning"]:
        """Return how severe a problem is: as the project file says, else as the problem says, else as its rule."""
        if rule.name in self.repository.settings.severities:
            return self.repository.severities[rule.name]
        return problem.severity or rule.severity


def crash(rule: str, path: str, error: BaseException) -> Crash:
    """Return what is known of the exception that a rule has raised."""
    import traceback  # of use to nobody while all is well

    return Crash(rule, path, "".join(traceback.format_exception(error)))


def enter(judged: Judged, rule: Rule, answers: Iterable[Answer], problems: list[tuple[Rule, Problem]]) -> int:
    """Enter what a rule says, once it has said all; return how many figures hold. Raises TypeError for no answer."""
    held = 0
    for answer in (found := list(answers)):
        if not isinstance(answer, (Consistent, NotCheckable, Problem)):
            raise TypeError(f"a rule yields Problem, Consistent or NotCheckable, not {answer!r:.80}")
    for answer in found:
        if isinstance(answer, Consistent):
            held += 1
        elif isinstance(answer, NotCheckable):
            judged.figures["not_checkable"] += 1
            judged.reasons[answer.reason] += 1
        else:
            problems.append((rule, answer))
    return held


def joined(findings: list[Finding], deferring: set[str]) -> list[Finding]:
    """Return the findings with those of deferring rules made remarks to what another rule says of the same place."""
    found = [finding for finding in findings if finding.rule not in deferring]
    for finding in findings:
        if finding.rule not in deferring:
            continue
        for index, other in enumerate(found):
            if other.pointer == finding.pointer and other.severity in ("error", "warning"):
                remark = Related(finding.path, finding.pointer, finding.span, finding.message)
                found[index] = other._replace(related=(*other.related, remark))
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


def may_run(rule: Rule, place: str, hidden: Iterable[str]) -> bool:
    """Tell whether what a rule relies on is well formed, for a block at `place`."""
    fields = [place.rpartition("/")[0] if name == ".." else pointer(name) for name in rule.reads]
    if place or not fields:
        fields.append(place)
    return not any(
        lies_within(wrong, field) or (wrong and lies_within(field, wrong)) for wrong in hidden for field in fields
    )
