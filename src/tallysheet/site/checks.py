"""What the checker did with one record: what holds, what it could not check and why, what it found, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tallysheet.collection import Record
from tallysheet.engine import Engine
from tallysheet.findings import Finding
from tallysheet.rules import Consistent, NotCheckable


@dataclass(slots=True)
class Checks:
    """The answers of all rules to one record."""

    holds: list[tuple[str, str]] = field(default_factory=list)
    """Place and rule of what was checked and holds."""
    open: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, rule and reason of what could not be checked."""
    findings: tuple[Finding, ...] = ()

    def by_result(self) -> Iterator[tuple[int, "Checks"]]:
        """Yield what concerns each result that something was said of, with its index."""
        found: dict[int, Checks] = {}

        def of(place: str) -> "Checks | None":
            _, *steps = place.split("/", 3)
            is_result = len(steps) > 1 and steps[0] == "results" and steps[1].isdigit()
            return found.setdefault(int(steps[1]), Checks()) if is_result else None

        for held in self.holds:
            if here := of(held[0]):
                here.holds.append(held)
        for unchecked in self.open:
            if here := of(unchecked[0]):
                here.open.append(unchecked)
        for finding in self.findings:
            if here := of(finding.pointer):
                here.findings = (*here.findings, finding)
        yield from found.items()

    def count(self, *severities: str) -> int:
        """Return how many findings are of these severities."""
        return sum(finding.severity in severities for finding in self.findings)


def check(engine: Engine, record: Record) -> Checks:
    """Return what the rules say of a record of the collection; its findings are known already."""
    found = Checks(findings=record.findings)
    hidden = [one.pointer for one in record.findings if one.rule not in engine.repository.rules]
    for rule, answer in engine.answers(record.path, record.value, hidden):
        if isinstance(answer, Consistent):
            found.holds.append((answer.pointer, rule.name))
        elif isinstance(answer, NotCheckable):
            found.open.append((answer.pointer, rule.name, answer.reason))
    return found
