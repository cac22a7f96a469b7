"""What fix would write in the place of a finding is offered with it, in SARIF and to editors."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tallysheet.findings import Finding, Span
from tallysheet.fixes.offers import Offer, Offers
from tallysheet.report.formats import Surroundings, write_report
from tallysheet.report.text import Style
from tallysheet.repository import open_repository
from tallysheet.run import Report, run

Read: TypeAlias = Callable[[str, str], list[tuple[str, int, str]]]
PATH = "records/good.yaml"
GOOD = Path(__file__).parents[1].joinpath("fixes", "good.yaml").read_text(encoding="utf-8")
FINDING = Finding("schema", "error", PATH, "/a", Span(1, 4, 1, 5), "x")


def sarif(report: Report, offer: Callable[[Finding], Offer | None]) -> str:
    return write_report("sarif", report, Surroundings(lambda _: [], lambda _: None, list, offer), Style())


def applied(text: str, fixes: list[dict[str, Any]]) -> str:
    """Return a text with the fixes of a SARIF log made, the last one first."""
    rows = text.splitlines(keepends=True)
    changes = [change for fix in fixes for change in fix["artifactChanges"]]
    assert {change["artifactLocation"]["uri"] for change in changes} <= {PATH}
    edits = [edit for change in changes for edit in change["replacements"]]
    edits.sort(
        key=lambda edit: (edit["deletedRegion"]["startLine"], edit["deletedRegion"]["startColumn"]), reverse=True
    )
    for edit in edits:
        at = edit["deletedRegion"]
        assert at["startLine"] == at["endLine"]
        row = rows[at["startLine"] - 1]
        text = edit["insertedContent"]["text"]
        rows[at["startLine"] - 1] = row[: at["startColumn"] - 1] + text + row[at["endColumn"] - 1 :]
    return "".join(rows)


# A finding that fix would mend carries the mend, made of the same characters; the others carry none.
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_sarif_carries_what_fix_writes(repo: Any, tallysheet: Any, read_places: Read, ends: str) -> None:
    text = GOOD.replace('"24"', "24").replace("n: 25", "n: '25'").replace('"2026-11-23"', "2026-11-23")
    text = text.replace("groups:", "identifiers:\n  doi: 10.1l82/x\n  pmcid: pmc11117018 # of it\ngroups:")
    text = text.replace("A title", "'Gro\u0308\xdfe 𝔸'").replace("\n", ends)
    path = repo.write(PATH, text)
    repository = open_repository(repo.root)
    report = run(repository)
    log = sarif(report, Offers(repository).offer)
    assert len(read_places("sarif", log)) == len(report.findings)
    results = json.loads(log)["runs"][0]["results"]
    without = [result["ruleId"] for result in results if "fixes" not in result]
    assert without == ["identifiers"]
    mended = applied(text, [fix for result in results for fix in result.get("fixes", ())])
    assert tallysheet("fix").code == 0
    assert mended.replace("\r\n", "\n") == path.read_text()
    assert json.loads(sarif(report, lambda _: None))["runs"][0]["results"][0].get("fixes") is None


# Nothing is offered that fix would not write: a record that it leaves alone, a file that is gone.
def test_nothing_is_offered_for_what_is_left_alone(repo: Any) -> None:
    text = GOOD.replace("\n", "\r") + "research: 1\rresearch_two: 2\r"
    repo.write(PATH, text)
    repository = open_repository(repo.root)
    findings = run(repository).findings
    offers = Offers(repository)
    assert [offers.offer(finding) for finding in findings] == [None] * len(findings)
    assert offers.offer(Finding("schema", "error", "records/gone.yaml", "", Span(1, 1, 1, 1), "x")) is None


# A text that could act on what shows it is not offered at all: shown otherwise, it would be another text.
@pytest.mark.parametrize("text", ["##[error]x", "a\nb", "\x1b[31m", "\u202e", "a\rb", "\x00"])
def test_no_hostile_text_is_offered(text: str) -> None:
    report = Report([FINDING], records=1)
    (result,) = json.loads(sarif(report, lambda _: Offer(FINDING.span, text)))["runs"][0]["results"]
    assert "fixes" not in result
