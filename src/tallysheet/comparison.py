"""What the rules on the repository find over all records, and which waivers have excused it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tallysheet.batch import Batch
from tallysheet.findings import Fault, Finding
from tallysheet.judged import Crash

if TYPE_CHECKING:
    from tallysheet.outline import Outline
    from tallysheet.rules import Entry, Rule
    from tallysheet.sight import Sight

See = Callable[[str], "Sight"]


def entries_of(rule: str, batches: Iterable[Batch]) -> "list[Entry]":
    """Return the facts that a rule has gathered, in the order of paths."""
    from tallysheet.rules import Entry

    found: list[Entry] = []
    for batch in batches:
        if rule in batch.facts:
            rows, places, facts = batch.facts[rule]
            found.extend(map(Entry, map(batch.paths.__getitem__, rows), places, facts))
    found.sort(key=attrgetter("path"))
    return found


def compare(rules: "Iterable[Rule]", batches: Sequence[Batch], outline: "Outline", see: See) -> Iterator[Any]:
    """Yield the findings of rules over all records, and a Crash for one that raised; `see` shows a record."""
    for rule in rules:
        if rule.compare is None:
            continue
        try:
            problems = list(rule.compare(entries_of(rule.name, batches)))
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


def waived(findings: list[Finding], batch: Batch, row: int, see: See, *, sure: bool) -> Iterator[Finding]:
    """Excuse what the waivers of one record speak of; yield what is wrong with an idle one, if that is `sure`."""
    from tallysheet.waivers import RULE, Waiver, excuse, idle

    path = batch.paths[row]
    for parts in batch.rest(row).get("waivers", ()):
        waiver = Waiver(*parts)
        if not excuse(findings, waiver) and sure:
            yield see(path).problem(RULE, "error", idle(waiver, findings, see(path).document.value))


def seer(open_file: Callable[[str], bytes | Fault], known: Iterable[str]) -> See:
    """Return what shows a record by its path, each read once; of a path that is not known nothing is read."""
    sights: dict[str, Sight] = {}
    paths = frozenset(known)

    def see(path: str) -> "Sight":
        from tallysheet.reader import read
        from tallysheet.sight import Sight

        if path not in sights:
            data = open_file(path) if path in paths else b""
            sights[path] = Sight(path, read(b"") if isinstance(data, Fault) else read(data))
        return sights[path]

    return see
