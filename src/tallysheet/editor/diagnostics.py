"""A finding as the editor shows it: the same text, rule and place as in every other report."""

from collections.abc import Callable, Mapping

from lsprotocol import types

from tallysheet.editor.positions import Positions
from tallysheet.engine import Crash
from tallysheet.findings import Finding, Related
from tallysheet.pages import HOME
from tallysheet.reader.inert import inert
from tallysheet.report.text import advice
from tallysheet.rules import Rule

SOURCE = "tallysheet"
LONGEST = 400
LONGEST_LINE = 600
SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "acknowledged": types.DiagnosticSeverity.Information,
}


def page_address(rule: str, rules: Mapping[str, Rule]) -> str | None:
    """Return where the page of a rule is read; a repository's own rule has its page in `tallysheet explain` only."""
    return None if rule in rules and rules[rule].own else f"{HOME}/blob/main/docs/rules/{rule}.md"


def message_of(finding: Finding) -> str:
    """Return what a finding says: message, hint, and who acknowledged it."""
    lines = [inert(finding.message, LONGEST)]
    if hint := advice(finding):
        lines.append(f"hint: {inert(hint, LONGEST)}")
    if seen := finding.acknowledged:
        how = f"waived until {seen.until}" if seen.until else f"acknowledged on {seen.on}"
        lines.append(inert(f"{how} by {seen.by}: {seen.why}", LONGEST))
    return "\n".join(lines)


def as_diagnostic(
    finding: Finding,
    here: Positions,
    locate: Callable[[Related], types.Location],
    rules: Mapping[str, Rule],
    *,
    related: bool = True,
) -> types.Diagnostic:
    """Return a finding as diagnostic; a client that shows no related places reads them in the message."""
    address = page_address(finding.rule, rules)
    message = message_of(finding)
    if not related:
        for one in finding.related:
            where = f"line {one.span.line}" if one.path == finding.path else f"{one.path}:{one.span.line}"
            message += f"\nalso: {inert(where, 200)}: {inert(one.message, 200)}"
    return types.Diagnostic(
        range=here.of_span(finding.span),
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(href=address) if address else None,
        source=SOURCE,
        message=message,
        related_information=[
            types.DiagnosticRelatedInformation(locate(one), inert(one.message, LONGEST)) for one in finding.related
        ]
        if related
        else None,
        data={"pointer": finding.pointer},
    )


def said_of(crash: Crash) -> str:
    """Return what is told of a rule that raised."""
    return f"internal error: rule {crash.rule} failed on {crash.path}: nothing is known of what it judges there"


def in_lines(text: str) -> str:
    """Return a text of several lines with each made fit to be shown."""
    return "\n".join(inert(line, LONGEST_LINE) for line in text.splitlines())
