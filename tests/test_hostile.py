"""The gate over the hostile corpus: a repository with a schema and a rule of its own, and files that mean harm."""

import csv
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallysheet.command import main

CORPUS = Path(__file__).with_name("hostile")
ROWS = list(csv.DictReader((CORPUS / "expected.csv").read_text(encoding="utf-8").splitlines()))
RULE = '''"""An estimate lies inside its interval, and a DOI is whole."""

from tallysheet.identifiers import examine
from tallysheet.rules import Problem

SCOPE = "record"
SEVERITY = "error"
WAIVABLE = False


def check(record, at):
    effect = record.get("effect", {})
    if not effect["ci_low"] <= effect["estimate"] <= effect["ci_high"]:
        yield Problem("/effect/estimate", "the estimate lies outside its interval")
    if examine("doi", record["doi"]).status in ("suspect", "malformed"):
        if not record["doi"].startswith("10.1234/"):
            yield Problem("/doi", "the DOI is damaged")
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(CORPUS / "files", root / "records")
    (root / "schema").mkdir()
    shutil.copy(CORPUS / "record.schema.json", root / "schema")
    (root / "own").mkdir()
    (root / "own" / "agreement.py").write_text(RULE, encoding="utf-8")
    settings = "schema: schema/record.schema.json\nvalidators: [own]\n"
    (root / "tallysheet.yaml").write_text(settings, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def reports(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what the gate writes over the whole corpus, by format."""
    found = {}
    for form in ("json", "text"):
        with pytest.MonkeyPatch.context() as patch:
            out = tmp_path_factory.mktemp("out") / form
            with out.open("w", encoding="utf-8", newline="") as stream:
                patch.setattr("sys.stdout", stream)
                assert main(["check", "--root", str(folder), "--format", form]) == 1
            found[form] = out.read_text(encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def findings(reports: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the findings of each file."""
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in json.loads(reports["json"])["findings"]:
        found.setdefault(finding["path"].removeprefix("records/"), []).append(finding)
    return found


# Each file gets what it must: accepted, or refused by the stage that is to refuse it, at its line.
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_file_gets_what_it_must(row: dict[str, str], findings: dict[str, list[dict[str, Any]]]) -> None:
    found = findings.get(row["name"], [])
    if row["expect"] == "accept":
        assert found == []
        return
    places = {(finding["rule"], str(finding["line"])) for finding in found}
    match row["stage"]:
        case "reader":
            assert (row["rule"], row["line"]) in places
        case "schema":
            assert {rule for rule, _ in places} == {"schema"}
        case "rule":
            assert {rule for rule, _ in places} == {"agreement"}


def invisible(text: str) -> Iterator[str]:
    """Yield the characters of a text that a terminal would obey or not show."""
    for character in text:
        if character != "\n" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
            yield character


# Nothing that a file holds reaches the report as a command: no control, no reordering, no line of its own.
@pytest.mark.parametrize("form", ["json", "text"])
def test_reports_are_inert(reports: dict[str, str], form: str) -> None:
    assert list(invisible(reports[form])) == []
    for line in reports[form].splitlines():
        assert not line.lstrip().startswith(("::", "##[")), line
        assert len(line) < 1200
    if form == "text":
        last = "why, and how to mend it: tallysheet explain "
        known = re.compile(rf"(records/|  +(\d+ )?\||  also: |  hint: |\d[\d,]* |rules that|{last}|$)")
        assert [line for line in reports[form].splitlines() if not known.match(line)] == []


# A tag that would run code runs none.
def test_no_code_of_a_record_is_run(reports: dict[str, str], folder: Path) -> None:
    assert reports["json"]
    assert not [path for path in [*folder.rglob("PWNED*"), *Path.cwd().glob("PWNED*")] if path.exists()]
