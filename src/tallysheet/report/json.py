"""The report as JSON, for programs: the same bytes for the same findings."""

from pathlib import Path
from typing import Any

from tallysheet.findings import Finding, Related
from tallysheet.pages import address_of
from tallysheet.report.sinks import json_text
from tallysheet.report.totals import totals
from tallysheet.run import Report

FORMAT_VERSION = 1
SCHEMA = Path(__file__).with_name("report.schema.json")
"""What the JSON report looks like, as JSON Schema."""


def write_json(report: Report) -> str:
    """Return the whole report as JSON text with a line break at the end; other than ASCII is escaped."""
    document = {
        "format_version": FORMAT_VERSION,
        "summary": totals(report),
        "findings": [finding_as_json(finding) for finding in report.findings],
    }
    return json_text(document, indent=2) + "\n"


def place_as_json(place: Finding | Related) -> dict[str, Any]:
    """Return where a finding, or a second place of it, stands."""
    span = place.span
    return {
        "path": place.path,
        "pointer": place.pointer,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding as JSON value."""
    seen = finding.acknowledged
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        **place_as_json(finding),
        "message": finding.message,
        "hint": finding.hint,
        "help": address_of(finding.rule),
        "related": [{**place_as_json(also), "message": also.message} for also in finding.related],
        "acknowledged": seen._asdict() if seen else None,
    }
