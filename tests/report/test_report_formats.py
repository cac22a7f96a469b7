"""What each format says of the same findings: places, hints, acknowledgements, limits."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tallysheet.commands.check import FORMATS
from tallysheet.findings import Acknowledgement, Finding, Related, Span
from tallysheet.judged import Crash
from tallysheet.report.fingerprints import fingerprinted
from tallysheet.report.formats import Surroundings, write_report
from tallysheet.report.markdown import write_markdown
from tallysheet.report.text import Style
from tallysheet.run import Report

Read = Callable[[str, str], list[tuple[str, int, str]]]
EVERYWHERE = pytest.mark.parametrize("form", FORMATS)
ERROR = Finding(
    "proportion",
    "error",
    "records/a b.yaml",
    "/results/0/proportion/percent",
    Span(10, 49, 10, 53),
    "6/25 = 24%, printed 42%",
    'write percent: "24"',
    (Related("records/a b.yaml", "/groups/0/n", Span(7, 3, 7, 4), "the group has 25"),),
)
WARNING = Finding("sample-size", "warning", "records/b.yaml", "", Span(1, 1, 3, 2), "100% of 3, says line 7")
SEEN = Finding(
    "proportion",
    "acknowledged",
    "records/b.yaml",
    "/results/1/proportion/percent",
    Span(20, 5, 20, 9),
    "27% of 28 fits no count",
    "read the publication again",
    (),
    Acknowledgement("the journal misprints it", "A. Reader", "2026-11-23", "error"),
)
REPORT = Report([ERROR, WARNING, SEEN], records=3)
AROUND = Surroundings(
    lambda _: [],
    lambda name: f"{name}\n====\n\nWhat {name} holds.\n\nWhy.",
    lambda: ["records/a b.yaml", "records/b.yaml", "records/c.yaml"],
)


def written(form: str, report: Report = REPORT) -> str:
    return write_report(form, report, AROUND, Style())


def many(number: int, severity: Any = "error") -> list[Finding]:
    return [ERROR._replace(severity=severity, span=Span(line, 1, line, 2)) for line in range(1, number + 1)]


# One finding is at the same place in every format.
@EVERYWHERE
def test_every_format_shows_the_same_places(form: str, read_places: Read) -> None:
    expected = [
        ("records/a b.yaml", 10, "proportion"),
        ("records/b.yaml", 1, "sample-size"),
        ("records/b.yaml", 20, "proportion"),
    ]
    assert sorted(read_places(form, written(form))) == expected
    assert written(form) == written(form)


# A file that passes has nothing in it that could be taken for a finding.
@EVERYWHERE
def test_nothing_found_is_no_place(form: str, read_places: Read) -> None:
    assert read_places(form, written(form, Report(records=3))) == []


# For editors: place, severity, rule and message on one line, and the verdict.
def test_concise_is_a_line_a_finding() -> None:
    assert written("concise") == (
        "records/a b.yaml:10:49: error proportion: 6/25 = 24%, printed 42%\n"
        "records/b.yaml:1:1: warning sample-size: 100% of 3, says line 7\n"
        "records/b.yaml:20:5: acknowledged proportion: 27% of 28 fits no count\n"
        "3 records: 1 error, 1 warning in 2 records\n"
    )


# A line of JSON Lines has the fields of the JSON report, and so has the summary.
def test_json_lines_are_the_json_report() -> None:
    *findings, last = map(json.loads, written("jsonl").splitlines())
    assert {**last, "findings": findings} == json.loads(written("json"))


# Annotations are escaped as @actions/core does; the rest is printed while commands are stopped.
def test_github_annotates_and_then_stops_commands() -> None:
    *annotations, stop, _, _, _, _, _, _, start = written("github").splitlines()
    assert annotations == [
        (
            "::error file=records/a b.yaml,title=proportion,line=10,endLine=10,col=49,endColumn=53"
            '::6/25 = 24%25, printed 42%25%0Ahint: write percent: "24"'
        ),
        "::warning file=records/b.yaml,title=sample-size,line=1,endLine=3::100%25 of 3, says line 7",
        "::notice file=records/b.yaml,title=proportion,line=20,endLine=20,col=5,endColumn=9::27%25 of 28 fits no count",
    ]
    word = stop.removeprefix("::stop-commands::")
    assert len(word) == 64
    assert start == f"::{word}::"


# GitHub shows ten annotations of a kind; errors come first, and the rest is counted and stands in the log.
def test_github_counts_what_it_does_not_annotate(read_places: Read) -> None:
    report = Report([*many(3, "acknowledged"), *many(12, "warning"), *many(25)], records=1)
    lines = written("github", report).splitlines()
    kinds = [line.split(" ")[0] for line in lines if line.startswith("::")][:-2]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 3
    assert "17 findings without annotation: GitHub shows 10 of each kind" in lines
    assert len(read_places("github", "\n".join(lines) + "\n")) == 40


# SARIF: rules with their pages, places, the second place, and an acknowledged finding as suppressed.
def test_sarif_has_rules_places_and_suppressions() -> None:
    (run,) = json.loads(written("sarif"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["proportion", "sample-size"]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"] == {"text": "What proportion holds."}
    assert run["tool"]["driver"]["rules"][0]["help"]["text"].endswith("Why.")
    first, second, third = run["results"]
    assert first["message"]["text"] == '6/25 = 24%, printed 42%; hint: write percent: "24"'
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "records/a%20b.yaml"
    assert physical["region"] == {"startLine": 10, "startColumn": 49, "endLine": 10, "endColumn": 53}
    assert first["relatedLocations"][0]["message"] == {"text": "the group has 25"}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert "suppressions" not in first
    assert "suppressions" not in second
    justification = "the journal misprints it (A. Reader, 2026-11-23)"
    assert third["suppressions"] == [{"kind": "inSource", "justification": justification}]


# GitHub refuses more than 25,000 results and 1,000 places of one: errors are kept, and what is cut is said.
def test_sarif_keeps_to_the_limits_of_github() -> None:
    far = ERROR._replace(related=ERROR.related * 1200, span=Span(99_999, 1, 99_999, 2))
    text = written("sarif", Report([*many(25_001, "warning"), far], records=1))
    (run,) = json.loads(text)["runs"]
    assert len(run["results"]) == 25_000
    assert run["results"][-1]["level"] == "error"
    assert len(run["results"][-1]["relatedLocations"]) == 999
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == "2 findings not shown: GitHub takes 25,000 results"


# GitLab: an issue a finding, its severity one of five.
def test_gitlab_has_an_issue_a_finding() -> None:
    first, second, third = json.loads(written("gitlab"))
    assert first["description"] == '6/25 = 24%, printed 42%; hint: write percent: "24"'
    assert first["location"] == {"path": "records/a b.yaml", "lines": {"begin": 10, "end": 10}}
    assert [one["severity"] for one in (first, second, third)] == ["critical", "minor", "info"]


# A finding is the same one wherever its line has moved to, and no other finding is taken for it.
def test_fingerprints_do_not_move_with_lines() -> None:
    def prints(*findings: Finding) -> list[str]:
        return [fingerprint for _, fingerprint in fingerprinted(findings)]

    moved = WARNING._replace(span=Span(90, 1, 93, 2), message="100% of 3,  says line 97", hint="new")
    assert prints(WARNING, ERROR) == prints(moved, ERROR._replace(span=Span(11, 1, 11, 2)))
    others = (
        ERROR._replace(rule="quote"),
        ERROR._replace(path="records/c.yaml"),
        ERROR._replace(pointer="/results/1/proportion/percent"),
        ERROR._replace(message="6/25 = 24%, printed 43%"),
        ERROR,
    )
    assert len(set(prints(ERROR, *others))) == 6


# JUnit: a case a record, also for those that pass; an acknowledged discrepancy is no failure.
def test_junit_has_a_case_a_record() -> None:
    suites = ET.fromstring(written("junit"))  # noqa: S314 - our own
    assert suites.attrib == {"name": "tallysheet", "tests": "3", "failures": "2", "errors": "0"}
    cases = {case.attrib["name"]: case for case in suites.iter("testcase")}
    assert list(cases) == ["records/a b.yaml", "records/b.yaml", "records/c.yaml"]
    assert len(cases["records/c.yaml"]) == 0
    failure, output = cases["records/b.yaml"]
    assert failure.attrib == {"message": "0 errors, 1 warning: 100% of 3, says line 7", "type": "warning"}
    assert output.tag == "system-out"
    assert output.text == "\nrecords/b.yaml:20:5: acknowledged proportion: 27% of 28 fits no count\n"
    only = ET.fromstring(written("junit", Report([SEEN], records=1)))  # noqa: S314 - the same
    assert only.attrib["failures"] == "0"


# Markdown: the verdict, and a table with errors first.
def test_markdown_is_a_table_with_errors_first() -> None:
    report = Report([SEEN, WARNING, ERROR], records=3)
    link = "[`proportion`](https://github.com/tallysheet/tallysheet/blob/main/docs/rules/proportion.md)"
    text = written("markdown", report).replace(link, "[proportion]")
    assert text.splitlines()[6:] == [
        "| severity | place | rule | message |",
        "| --- | --- | --- | --- |",
        '| error | `records/a b.yaml:10:49` | [proportion] | `6/25 = 24%, printed 42%` hint: `write percent: "24"` |',
        "| warning | `records/b.yaml:1:1` | `sample-size` | `100% of 3, says line 7` |",
        "| acknowledged | `records/b.yaml:20:5` | [proportion] | `27% of 28 fits no count` |",
    ]


# GitHub drops a summary of more than 1 MiB whole, so the table ends before, and says so.
@pytest.mark.parametrize("room", [1 << 20, 5_000, 0, -1])
def test_markdown_keeps_to_its_room(room: int, read_places: Read) -> None:
    report = Report(many(20_000), records=1)
    text = write_markdown(report, room)
    assert len(text.encode()) <= max(room, 1_000)
    hidden = 20_000 - len(read_places("markdown", text))
    assert hidden > 0
    assert f"{hidden:,} findings not shown" in text


# A report of a run that could not judge all is no pass to any reader.
def test_internal_errors_are_no_pass() -> None:
    report = Report(records=1, crashes=[Crash("own-rule", "records/a.yaml", "trace")])
    assert "::error file=records/a.yaml,title=internal error::rule own-rule failed to run" in written("github", report)
    assert [issue["severity"] for issue in json.loads(written("gitlab", report))] == ["blocker"]
    assert ET.fromstring(written("junit", report)).attrib["errors"] == "1"  # noqa: S314 - our own
    (run,) = json.loads(written("sarif", report))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"
    for form in ("text", "concise", "markdown"):
        assert "1 rule failed to run (internal error)" in written(form, report)


# Neither is one of a run that found nothing to judge.
def test_nothing_to_judge_is_no_pass() -> None:
    nothing = Surroundings(lambda _: [], lambda _: None, list)
    suites = ET.fromstring(write_report("junit", Report(), nothing, Style()))  # noqa: S314 - our own
    assert suites.attrib["errors"] == "1"
    (run,) = json.loads(written("sarif", Report()))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    for form in ("text", "concise", "markdown", "github"):
        assert "no record was checked" in written(form, Report())


# The command and the package agree on which formats there are, and each has its module.
def test_every_format_has_a_module_of_its_own(project: Path) -> None:
    folder = project / "src" / "tallysheet" / "report"
    modules = {path.stem for path in folder.glob("*.py") if f"\ndef write_{path.stem}(" in path.read_text()}
    assert set(FORMATS) <= modules
