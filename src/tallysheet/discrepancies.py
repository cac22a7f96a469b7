"""Acknowledges findings that are the publication's own contradictions, as the record's `discrepancies` say.

An entry holds for one finding: its pointer, its rule, and the very figures that contradict each other. One that
matches nothing is an error, so that no entry outlives its cause or excuses another figure.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tallysheet.findings import Acknowledgement, Finding
from tallysheet.pointers import pointer
from tallysheet.reader.inert import inert
from tallysheet.rules import Problem, Rule, numbers
from tallysheet.words import did_you_mean, listed

if TYPE_CHECKING:
    from tallysheet.judged import Judged
    from tallysheet.sight import Sight

RULE = "discrepancy"


def acknowledge(judged: "Judged", value: Any, sight: "Sight", rules: Mapping[str, Rule], *, complete: bool) -> None:
    """Turn the findings that a record's discrepancies name into acknowledged ones, and add those of idle entries.

    `complete` is false where only some rules were run: an entry that matches nothing then says nothing.
    """
    entries = value.get("discrepancies")
    if not isinstance(entries, list):
        return
    for index, entry in enumerate(entries):
        if not well_formed(entry):
            continue
        at = [place for place, finding in enumerate(judged.findings) if matches(entry, finding, rules)]
        for place in at:
            finding = judged.findings[place]
            if finding.severity == "acknowledged":
                problem = Problem(pointer("discrepancies", index), "the finding is acknowledged by an earlier entry")
                judged.findings.append(sight.problem(RULE, "error", problem))
                continue
            seen = Acknowledgement(entry["why"], entry["by"], entry["on"], finding.severity)
            judged.findings[place] = finding._replace(severity="acknowledged", acknowledged=seen)
            judged.figures["wrong"] -= 1
            judged.figures["acknowledged"] += 1
        if not at and complete:
            problem = idle(entry, pointer("discrepancies", index), judged.findings, rules)
            judged.findings.append(sight.problem(RULE, "error", problem))


def well_formed(entry: Any) -> bool:
    """Tell whether an entry has what acknowledging needs; the schema speaks of one that has not."""
    return isinstance(entry, dict) and all(
        isinstance(entry.get(name), str) for name in ("pointer", "rule", "printed", "why", "by", "on")
    )


def matches(entry: Mapping[str, str], finding: Finding, rules: Mapping[str, Rule]) -> bool:
    """Tell whether an entry speaks of a finding: the same place, rule and figures."""
    rule = rules.get(finding.rule)
    return (
        rule is not None
        and rule.acknowledgeable
        and entry["rule"] == finding.rule
        and entry["pointer"] == finding.pointer
        and bool(finding.figures)
        and figures_of(finding) == set(numbers(entry["printed"]))
    )


def figures_of(finding: Finding) -> set[str]:
    """Return the figures that contradict each other, as their digits."""
    return {number for figure in finding.figures for number in numbers(figure)}


def idle(entry: Mapping[str, str], where: str, findings: list[Finding], rules: Mapping[str, Rule]) -> Problem:
    """Return the problem of an entry that matches no finding, with what it may have meant."""
    rule = rules.get(entry["rule"])
    if rule is None:
        return Problem(where + "/rule", f'"{inert(entry["rule"])}" is no rule', did_you_mean(entry["rule"], rules))
    if not rule.acknowledgeable:
        message = f"{rule.name} speaks of the record, not of what the publication prints: it can't be acknowledged"
        return Problem(where + "/rule", message, "mend the record")
    here = [f for f in findings if f.rule == rule.name and f.pointer == entry["pointer"] and f.figures]
    if here:
        wanted = listed(sorted(figures_of(here[0])))
        message = f"{inert(entry['printed'])} does not name just the figures that contradict each other: {wanted}"
        return Problem(where + "/printed", message, "compare the figures of the record with the publication again")
    others = [f.pointer for f in findings if f.rule == rule.name and f.severity != "acknowledged"]
    hint = f"did you mean {others[0]}?" if others else "remove the entry if the contradiction is gone"
    return Problem(where + "/pointer", f"{rule.name} finds nothing at {inert(entry['pointer'])}", hint)
