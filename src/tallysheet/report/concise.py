"""The report for editors and grep: one line a finding, and last the verdict."""

from tallysheet.findings import Finding
from tallysheet.report.sinks import log_line, log_path
from tallysheet.report.text import Style, last_lines
from tallysheet.run import Report


def write_concise(report: Report) -> str:
    """Return a line for each finding, `path:line:column: severity rule: message`, and the verdict as the last line."""
    *_, verdict = last_lines(report, Style())
    return "\n".join([*map(finding_as_line, report.findings), verdict]) + "\n"


def finding_as_line(finding: Finding) -> str:
    """Return one finding as a line; nothing in it is cut."""
    span = finding.span
    where = f"{log_path(finding.path)}:{span.line}:{span.column}"
    return log_line(f"{where}: {finding.severity} {finding.rule}: {finding.message}")
