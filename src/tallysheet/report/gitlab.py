"""The report as GitLab Code Quality reads it (https://docs.gitlab.com/ci/testing/code_quality/)."""

from typing import Any

from tallysheet.findings import Finding
from tallysheet.judged import Crash
from tallysheet.reader.inert import inert
from tallysheet.report.fingerprints import fingerprinted
from tallysheet.report.sinks import json_text
from tallysheet.report.text import advice
from tallysheet.run import Report

SEVERITIES = {"error": "critical", "warning": "minor", "acknowledged": "info"}


def write_gitlab(report: Report) -> str:
    """Return a JSON list of issues; GitLab tells an old issue from a new one by its fingerprint."""
    issues = [as_issue(finding, fingerprint) for finding, fingerprint in fingerprinted(report.findings)]
    issues += [crash_as_issue(crash, number) for number, crash in enumerate(report.crashes, 1)]
    return json_text(issues, indent=2) + "\n"


def as_issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """Return one finding as issue."""
    hint = f"; hint: {advised}" if (advised := advice(finding)) else ""
    return {
        "description": inert(finding.message + hint, None),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": inert(finding.path, None),
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }


def crash_as_issue(crash: Crash, number: int) -> dict[str, Any]:
    """Return a rule that raised as issue: a report that holds one is no pass."""
    return {
        "description": f"internal error: rule {inert(crash.rule, None)} failed to run",
        "check_name": inert(crash.rule, None),
        "fingerprint": f"internal-error-{number}",
        "severity": "blocker",
        "location": {"path": inert(crash.path, None), "lines": {"begin": 1, "end": 1}},
    }
