"""The numbers at the end of a report: wrong, not checkable and could not run are three things."""

from typing import Any

from tallysheet.judged import Outcome
from tallysheet.run import Report

FIGURES: tuple[Outcome, ...] = ("consistent", "wrong", "acknowledged", "not_checkable", "not_run")


def totals(report: Report) -> dict[str, Any]:
    """Return the totals of a report as JSON value."""
    failing = {f.path for f in report.findings if f.severity in ("error", "warning")}
    return {
        "records": {
            "judged": report.records,
            "with_findings": len(failing),
            "unreadable": report.unreadable,
            "unchanged": report.unchanged,
        },
        "findings": {name: report.count(name) for name in ("error", "warning", "acknowledged")},
        "figures": {name: report.figures[name] for name in FIGURES},
        "not_checkable": dict(sorted(report.reasons.items())),
        "rules": {"run": report.rules, "off": report.rules_off},
        "notes": report.notes,
        "internal_errors": len(report.crashes),
    }
