"""The report as JSON Lines, for programs that read as they go: a finding a line, and last the summary."""

from tallysheet.report.json import FORMAT_VERSION, finding_as_json
from tallysheet.report.sinks import json_text
from tallysheet.report.totals import totals
from tallysheet.run import Report


def write_jsonl(report: Report) -> str:
    """Return a line for each finding, with the fields of the JSON report, and the summary as the last line."""
    last = {"format_version": FORMAT_VERSION, "summary": totals(report)}
    lines = [json_text(finding_as_json(finding)) for finding in report.findings]
    return "\n".join([*lines, json_text(last)]) + "\n"
