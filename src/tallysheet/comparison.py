"""What the rules on the repository find over all records, and which waivers have excused it."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tallysheet.findings import Fault, Finding
from tallysheet.gathered import Gathered
from tallysheet.judged import Crash

if TYPE_CHECKING:
    from tallysheet.glance import Stands
    from tallysheet.outline import Outline
    from tallysheet.rules import Problem, Rule
    from tallysheet.run import Records
    from tallysheet.sight import Sight

See = Callable[[str], "Sight"]


def problems_of(rule: "Rule", some: "Iterable[Records]") -> "list[Problem]":
    """Return what a rule on the repository finds; of the records that it surely has nothing to say of none is shown."""
    if rule.compare is None:
        return []
    gathered = Gathered(part for one in some if (part := one.part(rule.name)))
    if rule.suspects is None:
        return list(rule.compare(gathered.entries()))
    wanted = rule.suspects(gathered)
    return list(rule.compare(gathered.entries(wanted))) if wanted else []


def compare(rules: "Iterable[Rule]", some: "Sequence[Records]", outline: "Outline", see: See) -> Iterator[Any]:
    """Yield the findings of rules over all records, and a Crash for one that raised; `see` shows a record."""
    for rule in rules:
        try:
            problems = problems_of(rule, some)
        except (Exception, SystemExit):  # noqa: BLE001 - whatever a rule raises is told as an internal error
            import traceback

            yield Crash(rule.name, outline.settings.records, traceback.format_exc())
            continue
        for problem in problems:
            path = problem.path or ""
            related = tuple(see(one.path or path).related(one) for one in problem.also)
            severity = rule.severity if problem.severity is None else problem.severity
            if rule.name in outline.settings.severities:
                severity = outline.severities[rule.name]
            yield see(path).problem(rule.name, severity, problem, related)


def waived(findings: list[Finding], batch: "Records", row: int, see: See, *, sure: bool) -> Iterator[Finding]:
    """Excuse what the waivers of one record speak of; yield what is wrong with an idle one, if that is `sure`."""
    from tallysheet.waivers import RULE, Waiver, excuse, idle

    path = batch.paths[row]
    for parts in batch.more[str(row)]["waivers"]:
        waiver = Waiver(*parts)
        if not excuse(findings, waiver) and sure:
            yield see(path).problem(RULE, "error", idle(waiver, findings, see(path).document.value))


def seer(
    open_file: Callable[[str], bytes | Fault], known: Container[str], stands: "dict[str, Stands] | None" = None
) -> See:
    """Return what shows a record by its path, each read once; of a path that is not known nothing is read.

    `stands` tells, by path, where places stand, so far as that is known; what is looked up is entered there.
    """
    sights: dict[str, Sight] = {}
    found = {} if stands is None else stands

    def see(path: str) -> "Sight":
        from tallysheet.glance import Glance

        if path not in sights:
            here = found.setdefault(path, {}) if path in known else {}
            sights[path] = Glance(path, open_file if path in known else lambda _: b"", here)
        return sights[path]

    return see
