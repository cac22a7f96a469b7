"""`tallysheet check` as it is run: exit codes, what is judged, how the report is written."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from tallysheet.report.json import SCHEMA

Run = Callable[..., Any]


# A repository with only records is judged by the bundled schema and rules.
def test_good_records_exit_0(repo: Any, tallysheet: Run) -> None:
    repo.good("a")
    repo.good("b")
    done = tallysheet("check")
    assert done.code == 0
    assert done.out == "2 figures consistent, 0 wrong, 0 not checkable, 0 not run\n2 records: all holds\n"
    assert done.err == ""


# A clinician sees the place, both figures, the line with the value underlined, and what would fit.
def test_wrong_percentage_is_shown_with_its_line_and_what_fits(repo: Any, tallysheet: Run) -> None:
    repo.wrong()
    done = tallysheet("check", "records/wrong.yaml")
    assert done.code == 1
    assert done.out == (
        "records/wrong.yaml:10:49: error proportion: "
        '6/25 = 24%, printed 42%; 42% of 25 fits no count; did you mean "24"?\n'
        '  10 |     proportion: {events: 6, total: 25, percent: "42"}\n'
        "     |                                                 ^^^^\n"
        '  also: line 10: percent is 42, which the quote "6 of 25 (24%)" does not carry\n'
        "  pointer: /results/0/proportion/percent\n"
        '  hint: read the publication again; what fits is percent: "24"; if it is printed so, '
        "acknowledge it under discrepancies\n"
        "\n"
        "0 figures consistent, 1 wrong, 0 not checkable, 0 not run\n"
        "1 record: 1 error, 0 warnings in 1 record\n"
        "why, and how to mend it: tallysheet explain proportion\n"
    )


# The JSON report is what its own schema says, and nothing in it depends on the run.
def test_json_report_fits_its_schema_and_is_the_same_twice(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.wrong()
    repo.write("records/unreadable.yaml", "id: [\n")
    repo.write("records/twice.yaml", repo.good("x").read_text().replace("id: x", "id: good"))
    done = tallysheet("check", "--format", "json")
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(done.report)
    assert done.code == 1
    assert done.report["summary"]["records"] == {"judged": 5, "with_findings": 3, "unreadable": 1, "unchanged": 0}
    assert done.report["summary"]["findings"]["error"] == len(done.report["findings"])
    assert tallysheet("check", "--format", "json").out == done.out
    assert done.out.isascii()


# Nothing to check is no success: in a gate it would be green for want of checking.
@pytest.mark.parametrize("folder", [None, "records", "elsewhere"])
def test_no_record_at_all_exits_2(repo: Any, tallysheet: Run, folder: str | None) -> None:
    if folder:
        (repo.root / folder).mkdir()
    done = tallysheet("check")
    assert done.code == 2
    assert "no record was checked" in done.err


# What is asked for must be there, and inside the repository.
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["records/missing.yaml"], "there is no such file"),
        (["/"], "lies outside the repository"),
        (["records/good.yaml", "/etc/passwd"], "lies outside the repository"),
        (["--select", "proportoin"], 'did you mean "proportion"?'),
        (["--ignore", "zzz"], "tallysheet rules lists them"),
        (["--root", "nowhere"], "is no folder"),
        (["--format", "xml"], "invalid choice"),
        (["--nonsense"], "unrecognized arguments"),
    ],
)
def test_wrong_usage_exits_2_and_says_why(repo: Any, tallysheet: Run, arguments: list[str], said: str) -> None:
    repo.good()
    done = tallysheet("check", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


# Only the records that are named are judged, but rules on the repository see them all.
def test_named_record_is_compared_with_all_others(repo: Any, tallysheet: Run) -> None:
    repo.wrong("other")
    for name in ("a", "b"):
        text = repo.good(name).read_text().replace("groups:", "identifiers: {doi: 10.1182/same}\ngroups:")
        repo.write(f"records/{name}.yaml", text)
    done = tallysheet("check", "--format", "json", "records/b.yaml")
    assert done.places() == [("unique-doi", "records/b.yaml", 5)]
    assert done.report["summary"]["records"]["judged"] == 1
    first = tallysheet("check", "--format", "json", "records/a.yaml")
    assert first.places() == [("unique-doi", "records/b.yaml", 5)], "the finding speaks of both records"


# A folder stands for the records in it; paths are taken from where the command is run.
def test_paths_may_be_folders_and_relative(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.good("a")
    repo.write("tallysheet.yaml", "records: records\n")
    repo.write("records/deep/b.yaml", repo.good("b").read_text())
    (repo.root / "records" / "b.yaml").unlink()
    assert tallysheet("check", "--format", "json", "records/deep").report["summary"]["records"]["judged"] == 1
    monkeypatch.chdir(repo.root / "records" / "deep")
    assert tallysheet("check", "--format", "json").report["summary"]["records"]["judged"] == 2
    assert tallysheet("check", "--format", "json", "b.yaml").report["summary"]["records"]["judged"] == 1
    monkeypatch.chdir("/")
    done = tallysheet("check", "--format", "json", repo.root / "records" / "a.yaml")
    assert done.report["summary"]["records"]["judged"] == 1


# Whatever lies in the records folder and is no record is said so: nothing passes unread.
def test_what_is_no_record_is_a_finding(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.write("records/README.md", "about")
    repo.write("records/data.yml", "id: data\n")
    (repo.root / "records" / "link.yaml").symlink_to("/etc/passwd")
    done = tallysheet("check", "--format", "json")
    assert done.code == 1
    assert done.places() == [("not-a-record", "records/data.yml", 1), ("file-type", "records/link.yaml", 1)]


# A rule that raises is an internal error: neither a pass nor bad data.
def test_rule_that_raises_exits_3(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    head = '"""Fails."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = False\n'
    source = head + "def check(record, at):\n    raise KeyError\n"
    repo.write("own/fails.py", source)
    done = tallysheet("check", "--format", "json")
    assert done.code == 3
    assert done.report["summary"]["internal_errors"] == 1
    assert "rule fails failed on records/good.yaml" in done.err
    assert "internal error" in tallysheet("check").out


# A rule that is not run is named in the report, so that nobody takes silence for a pass.
def test_rules_that_did_not_run_are_named(repo: Any, tallysheet: Run) -> None:
    repo.wrong()
    ignored = tallysheet("check", "--ignore", "proportion", "--ignore", "quote")
    assert (ignored.code, ignored.out.splitlines()[1]) == (0, "rules that did not run: proportion and quote")
    repo.write("tallysheet.yaml", "severities: {proportion: off, quote: warning}\n".replace("off", '"off"'))
    off = tallysheet("check", "--format", "json")
    assert off.code == 1
    assert [found["severity"] for found in off.report["findings"]] == ["warning"]
    assert off.report["summary"]["rules"]["off"] == ["proportion"]
    selected = tallysheet("check", "--format", "json", "--select", "references")
    assert selected.report["summary"]["rules"]["run"] == 1


# Findings of a malformed place do not hide those of the rest, and rules that could not run are counted.
def test_schema_and_rules_speak_in_one_run(repo: Any, tallysheet: Run) -> None:
    path = repo.wrong()
    path.write_text(
        path.read_text().replace("kind: observational", "kind: observatonal").replace("label: All", "labl: All")
    )
    done = tallysheet("check", "--format", "json")
    assert done.places() == [
        ("schema", "records/wrong.yaml", 3),
        ("schema", "records/wrong.yaml", 6),
        ("proportion", "records/wrong.yaml", 10),
    ]
    assert done.report["summary"]["figures"]["not_run"] > 0


# Colour is for terminals only, and not for those who say NO_COLOR.
def test_colour_is_for_terminals(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.wrong()
    assert "\x1b[" not in tallysheet("check").out
    monkeypatch.setattr("tallysheet.commands.check.wants_colour", lambda stream: True)  # noqa: ARG005 - as it is called
    assert "\x1b[1;31merror\x1b[0m" in tallysheet("check").out


# What a record holds can't reach the terminal as a command, whichever part of the report shows it.
def test_text_of_a_record_is_inert_in_the_report(repo: Any, tallysheet: Run) -> None:
    text = repo.good("a").read_text().replace("groups:", '"\\e[2J\\u202e::error::x": 1\ngroups:')
    repo.write("records/a.yaml", text.replace("kind: observational", 'kind: "\\u001b]0;title\\u0007"'))
    for form in ("text", "json"):
        out = tallysheet("check", "--format", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "\x07" not in out
        assert not any(line.startswith("::") for line in out.splitlines())


# A long source line is cut around the value that is underlined.
def test_long_lines_are_cut_in_the_frame(repo: Any, tallysheet: Run) -> None:
    path = repo.wrong()
    pad = "x" * 300
    path.write_text(path.read_text().replace("proportion: {events", "label: " + pad + "\n    proportion: {events"))
    path.write_text(path.read_text().replace("proportion: {events: 6,", "proportion: {events: 6," + " " * 300))
    frame = next(line for line in tallysheet("check").out.splitlines() if line.startswith("  11 |"))
    assert len(frame) < 140
    assert '"42"' in frame


# Without a command the usage is shown, which is no success; asking for help is one.
def test_usage_is_shown_without_a_command(tallysheet: Run) -> None:
    assert tallysheet().code == 2
    assert tallysheet("--version").code == 0
    assert tallysheet("check", "--help").code == 0


# What can be mended is mended before it is judged, and told; what needs a person stays a finding.
def test_fix_comes_before_the_check(repo: Any, tallysheet: Run) -> None:
    text = repo.good("a").read_text().replace('percent: "24"', "percent: 24")
    path = repo.write("records/a.yaml", text)
    assert tallysheet("check").code == 1
    done = tallysheet("check", "--fix")
    assert (done.code, done.err) == (0, "1 record: 1 mended, 0 left alone\n")
    assert 'percent: "24"' in path.read_text()
    repo.wrong("b")
    assert tallysheet("check", "--fix").code == 1
    for other in ("--staged", "--rev=HEAD", "--base=HEAD"):
        assert tallysheet("check", "--fix", other).code == 2


# A report in SARIF carries what fix would write, a text says how to learn more.
def test_sarif_offers_what_fix_would_write(repo: Any, tallysheet: Run) -> None:
    repo.write("records/a.yaml", repo.good("a").read_text().replace('percent: "24"', "percent: 24"))
    (result,) = tallysheet("check", "--format", "sarif").report["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": '"24"'}
    assert result["message"]["text"].startswith("percent is 24")
