"""The report as GitHub Actions shows it: annotations in the diff, and every finding in the log.

Workflow commands are recognised at the beginning of any line that a step prints. So nothing of a record begins a
line, and what is no annotation stands where commands are stopped (https://docs.github.com/en/actions, "Stopping and
starting workflow commands"): the word that starts them again is the hash of what stands between, so that it is the
same for the same findings and no text can hold it.
"""

from collections.abc import Iterator
from hashlib import sha256

from tallysheet.findings import Finding
from tallysheet.judged import Crash
from tallysheet.report.concise import finding_as_line
from tallysheet.report.sinks import command_data, command_property, log_line
from tallysheet.report.text import Style, advice, last_lines
from tallysheet.run import Report
from tallysheet.words import counted

EACH = 10
"""Annotations of one kind that GitHub shows of a step."""
KINDS = {"error": "error", "warning": "warning", "acknowledged": "notice"}


def write_github(report: Report) -> str:
    """Return the annotations, errors first and of these the changed files', and the findings as lines of the log."""
    annotations: dict[str, list[str]] = {kind: [] for kind in KINDS.values()}
    annotations["error"] += [crash_as_command(crash) for crash in report.crashes]
    for finding in sorted(report.findings, key=lambda finding: finding.path not in report.changed):
        annotations[KINDS[finding.severity]].append(finding_as_command(finding))
    shown = [command for commands in annotations.values() for command in commands[:EACH]]
    body = "\n".join(log_lines(report, sum(map(len, annotations.values())) - len(shown)))
    word = sha256(body.encode()).hexdigest()
    return "\n".join([*shown, f"::stop-commands::{word}", body, f"::{word}::"]) + "\n"


def finding_as_command(finding: Finding) -> str:
    """Return the annotation of one finding; columns are only of use where it begins and ends on one line."""
    span = finding.span
    facts = {"title": finding.rule, "line": str(span.line), "endLine": str(span.end_line)}
    if span.end_line == span.line:
        facts |= {"col": str(span.column), "endColumn": str(span.end_column)}
    hint = f"%0Ahint: {command_data(advised)}" if (advised := advice(finding)) else ""
    properties = ",".join(f"{name}={command_property(value)}" for name, value in facts.items())
    file = command_property(finding.path, None)
    return f"::{KINDS[finding.severity]} file={file},{properties}::{command_data(finding.message)}{hint}"


def crash_as_command(crash: Crash) -> str:
    """Return the annotation of a rule that raised."""
    file = command_property(crash.path, None)
    return f"::error file={file},title=internal error::{command_data(f'rule {crash.rule} failed to run')}"


def log_lines(report: Report, hidden: int) -> Iterator[str]:
    """Yield the findings as lines, with their hints, and the totals."""
    for finding in report.findings:
        yield finding_as_line(finding)
        if hint := advice(finding):
            yield log_line(f"  hint: {hint}")
    if hidden:
        yield f"{counted(hidden, 'finding')} without annotation: GitHub shows {EACH} of each kind"
    yield from last_lines(report, Style())
