"""The report as SARIF 2.1.0 (OASIS), within the limits of GitHub code scanning.

A message shows no placeholder and no link, a path is a relative reference with all but plain characters encoded.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tallysheet import __version__
from tallysheet.findings import Acknowledgement, Finding, Related, Span
from tallysheet.pages import HOME, address_of
from tallysheet.report.fingerprints import fingerprinted
from tallysheet.report.sinks import is_inert, json_text, relative_uri, sarif_message
from tallysheet.report.text import advice
from tallysheet.run import Report
from tallysheet.words import counted

if TYPE_CHECKING:
    from tallysheet.fixes.offers import Offer

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""Results of one run that GitHub takes; it refuses a file with more."""
MOST_PLACES = 1_000
"""Locations of one result that GitHub takes."""
RANK = {"error": 0, "warning": 1, "acknowledged": 2}
LEVELS = {"error": "error", "warning": "warning", "acknowledged": "note"}
"""An acknowledged finding is suppressed; where suppressions are not understood, it should not fail a gate either."""


def write_sarif(
    report: Report, page_of: Callable[[str], str | None], offer: "Callable[[Finding], Offer | None]"
) -> str:
    """Return the log as JSON; `page_of` gives the page of a rule as text, `offer` what fix would write."""
    known = sorted(fingerprinted(report.findings), key=lambda known: RANK[known[0].severity])[:MOST_RESULTS]
    known.sort(key=lambda known: known[0].sort_key)
    rules = sorted({finding.rule for finding, _ in known})
    index = {name: number for number, name in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "tallysheet",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": HOME,
                "rules": [as_descriptor(name, page_of(name)) for name in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.crashes and report.records > 0,
                "exitCode": report.exit_code,
                "toolExecutionNotifications": notifications(report),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [
            as_result(finding, print_, index[finding.rule]) | fixes_of(finding, offer(finding))
            for finding, print_ in known
        ],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def as_descriptor(name: str, page: str | None) -> dict[str, Any]:
    """Return what is told of a rule: its page is its help."""
    text = sarif_page(page or name)
    summary = next((line for line in text.split("\n") if line.strip("= ") and line != name), name)
    address = address_of(name)
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": text},
        **({"helpUri": address} if address else {}),
    }


def sarif_page(page: str) -> str:
    """Return a page, line by line, as SARIF message."""
    return "\n".join(sarif_message(line) for line in page.split("\n"))


def as_result(finding: Finding, fingerprint: str, rule: int) -> dict[str, Any]:
    """Return one finding as result."""
    hint = f"; hint: {advised}" if (advised := advice(finding)) else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": sarif_message(finding.message + hint)},
        "locations": [as_location(finding)],
        "partialFingerprints": {"tallysheet/v1": fingerprint},
    }
    if finding.related:
        places = finding.related[: MOST_PLACES - 1]
        result["relatedLocations"] = [
            {"id": number, **as_location(also), "message": {"text": sarif_message(also.message)}}
            for number, also in enumerate(places, 1)
        ]
    if finding.acknowledged:
        result["suppressions"] = [as_suppression(finding.acknowledged)]
    return result


def as_location(place: Finding | Related) -> dict[str, Any]:
    """Return where a finding, or a second place of it, stands; SARIF too has the end one past the last character."""
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": artifact(place.path), "region": region(place.span)}
    }
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": sarif_message(place.pointer), "kind": "member"}]
    return location


def artifact(path: str) -> dict[str, str]:
    """Return a file of the repository."""
    return {"uri": relative_uri(path), "uriBaseId": "%SRCROOT%"}


def region(span: Span) -> dict[str, int]:
    """Return a stretch of a file."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def fixes_of(finding: Finding, offer: "Offer | None") -> dict[str, Any]:
    """Return what is to be written in the place of a finding; nothing that could act where it is shown."""
    if offer is None or not is_inert(offer.text):
        return {}
    replacement = {"deletedRegion": region(offer.span), "insertedContent": {"text": offer.text}}
    change = {"artifactLocation": artifact(finding.path), "replacements": [replacement]}
    return {"fixes": [{"description": {"text": "what tallysheet fix writes"}, "artifactChanges": [change]}]}


def as_suppression(seen: Acknowledgement) -> dict[str, Any]:
    """Return the entry that acknowledges a finding."""
    day = f"until {seen.until}" if seen.until else seen.on
    why = sarif_message(f"{seen.why} ({seen.by}, {day})")
    return {"kind": "inSource", "justification": why}  # no status: its name differs between editions of the schema


def notifications(report: Report) -> list[dict[str, Any]]:
    """Return what kept the run from saying all: rules that raised, nothing to judge, results beyond the limit."""
    said = [("error", f"rule {crash.rule} failed to run on {crash.path}") for crash in report.crashes]
    if not report.records:
        said.append(("error", "no record was checked"))
    if (hidden := len(report.findings) - MOST_RESULTS) > 0:
        said.append(("warning", f"{counted(hidden, 'finding')} not shown: GitHub takes {MOST_RESULTS:,} results"))
    return [{"level": level, "message": {"text": sarif_message(text)}} for level, text in said]
