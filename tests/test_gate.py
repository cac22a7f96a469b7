"""What a stranger may try: each of these must not be green, run code, leave the repository or take for ever."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
HEAD = '"""Writes a file, to show that it was run."""\nfrom pathlib import Path\nPath("{canary}").touch()\n'
RULE = HEAD + 'SCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = False\ndef check(record, at):\n    return iter(())\n'


# A project file above the repository has no say in it, and its rules are not run.
def test_settings_above_the_repository_are_not_used(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = repo.root / "canary"
    repo.write("tallysheet.yaml", "records: inner/records\nvalidators: [evil]\n")
    repo.write("evil/evil.py", RULE.format(canary=canary))
    repo.write("inner/records/good.yaml", repo.good().read_text())
    (repo.root / "inner" / ".git").mkdir()
    monkeypatch.chdir(repo.root / "inner")
    assert tallysheet("check").code == 0
    assert not canary.exists()


# A project file beside the records has no say either, whichever paths are named.
@pytest.mark.parametrize("mark", [".git", None])
def test_settings_among_the_records_are_not_used(repo: Any, tallysheet: Run, mark: str | None) -> None:
    canary = repo.root / "canary"
    if mark:
        (repo.root / mark).mkdir()
    repo.good()
    repo.write("records/deep/tallysheet.yaml", 'validators: [rules]\nseverities: {proportion: "off"}\n')
    repo.write("records/deep/rules/evil.py", RULE.format(canary=canary))
    repo.write("records/deep/records/wrong.yaml", repo.wrong().read_text())
    for path in ("records/deep/tallysheet.yaml", "records/deep/records/wrong.yaml", "records/deep"):
        assert tallysheet("check", path).code == 1
    assert "error proportion" in tallysheet("check", "records/deep").out
    assert not canary.exists()


# The schema check opens regular files inside the schema's folder only: no pipe, no link, nothing huge.
def test_schema_check_opens_regular_files_only(repo: Any, tallysheet: Run) -> None:
    repo.write("tallysheet.yaml", "schema: schema/main.json\n")
    repo.write("outside.json", '{"type": "string"}')
    repo.write("schema/main.json", '{"properties": {"a": {"$ref": "part.json"}}}')
    part = repo.root / "schema" / "part.json"
    os.mkfifo(part)
    assert "part.json" in tallysheet("schema", "check").out
    part.unlink()
    part.symlink_to(repo.root / "outside.json")
    assert tallysheet("schema", "check").code == 1
    part.unlink()
    with part.open("wb") as file:
        file.truncate(3 << 30)
    assert tallysheet("schema", "check").code == 1
    assert tallysheet("schema", "check", repo.root / "schema" / "main.json").code == 1
    part.unlink()
    part.write_text('{"type": "string"}')
    assert tallysheet("schema", "check").code == 0


# What a schema, a settings file or a path holds can't become a command of a log viewer or a terminal.
def test_messages_on_settings_and_schemas_are_inert(repo: Any, tallysheet: Run) -> None:
    payload = "\\u001b[2J\\n::error::owned\\u202e##[error]x"
    repo.good()
    repo.write("s.json", f'{{"required": ["a"], "{payload}": 1, "$ref": "{payload}"}}')
    repo.write("tallysheet.yaml", "schema: s.json\n")
    outcomes = [tallysheet("check"), tallysheet("schema", "check")]
    repo.write("tallysheet.yaml", f'"{payload}": 1\n')
    outcomes += [
        tallysheet("check"),
        tallysheet("check", "records/\x1b[2J\n::error::x"),
        tallysheet("explain", "\x1b[2J"),
    ]
    for done in outcomes:
        assert done.code in (1, 2)
        text = done.out + done.err
        assert not {"\x1b", "\u202e"} & set(text)
        assert "##[" not in text
        assert not [line for line in text.splitlines() if line.startswith("::")]


# A log viewer's command in a record reaches no report.
def test_commands_of_log_viewers_are_broken(repo: Any, tallysheet: Run) -> None:
    path = repo.good("a")
    path.write_text(
        path.read_text().replace("clinical-response", '"##[error]pwn"').replace("status:", '"##[group]k": 1\nstatus:')
    )
    repo.write("records/##[error]c.yaml", "id: c\n")
    for form in ("text", "json"):
        done = tallysheet("check", "--format", form)
        assert done.code == 1
        assert "##[" not in done.out
    report = tallysheet("check", "--format", "json").report
    assert {found["pointer"] for found in report["findings"]} >= {"/##[group]k"}, "a program reads it unchanged"


# A rule that asks to exit, in its check or when it is imported, makes no run green.
@pytest.mark.parametrize("source", ["raise SystemExit(0)", "import sys; sys.exit(0)"])
def test_rule_that_exits_is_an_error(repo: Any, tallysheet: Run, source: str) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    head = '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = False\n'
    repo.write("own/mine.py", f"{head}def check(record, at):\n    {source}\n")
    assert tallysheet("check").code == 3
    repo.write("own/mine.py", f"{source}\n{head}def check(record, at): ...\n")
    assert tallysheet("check").code == 2


# A rule whose scope is misspelt would never run: it is refused.
def test_scope_that_no_block_has_is_refused(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    source = '"""X."""\nSCOPE = "proportoin"\nSEVERITY = "error"\nWAIVABLE = False\ndef check(block, at): ...\n'
    repo.write("own/mine.py", source)
    done = tallysheet("check")
    assert done.code == 2
    assert 'the schema has no block "proportoin"; did you mean "proportion"?' in done.err


# What a rule yields is an answer, or the rule has failed.
def test_rule_that_yields_something_else_has_failed(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    head = '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = False\n'
    repo.write("own/mine.py", head + "def check(record, at):\n    yield 5\n")
    done = tallysheet("check")
    assert done.code == 3
    assert "a rule yields Problem, Consistent or NotCheckable, not 5" in done.err


# An own rule on a block that stands in one branch of several judges it there, whatever its file is called.
def test_blocks_in_branches_are_judged(repo: Any, tallysheet: Run) -> None:
    repo.write("tallysheet.yaml", "validators: [own]\nschema: s.json\n")
    repo.write(
        "s.json", '{"properties": {"a": {"anyOf": [{"type": "string"}, {"$ref": "effect.json"}]}}, "required": ["a"]}'
    )
    repo.write("effect.json", '{"type": "integer"}')
    head = '"""X."""\nfrom tallysheet.rules import Problem\nSCOPE = "effect"\nSEVERITY = "error"\nWAIVABLE = False\n'
    repo.write("own/mine.py", head + 'def check(effect, at):\n    yield Problem(at.pointer, f"{effect}")\n')
    repo.write("records/a.yaml", "a: 5\n")
    repo.write("records/b.yaml", "a: text\n")
    assert tallysheet("check", "--format", "json").places() == [("mine", "records/a.yaml", 1)]


DISCREPANCY = """\
discrepancies:
  - {{pointer: /results/0/proportion/percent, rule: proportion, printed: "{printed}", why: A, by: A, on: "2026-01-01"}}
"""


# A discrepancy excuses the figures that it names and no others, once, and only while they contradict.
@pytest.mark.parametrize(
    ("percent", "printed", "entries", "rules"),
    [
        ("42", "6/25 (42)", 1, ["proportion"]),
        (">99", "6/25 (>99)", 1, ["proportion"]),
        ("42", "42", 1, ["discrepancy", "proportion"]),
        ("42", "6/25 (42 43 44)", 1, ["discrepancy", "proportion"]),
        ("43", "6/25 (42)", 1, ["discrepancy", "proportion"]),
        ("42", "6/25 (42)", 2, ["discrepancy", "proportion"]),
        ("24", "6/25 (24)", 1, ["discrepancy"]),
    ],
)
def test_discrepancy_excuses_what_it_names(
    repo: Any, tallysheet: Run, percent: str, printed: str, entries: int, rules: list[str]
) -> None:
    text = (
        repo.good("a").read_text().replace('percent: "24"', f'percent: "{percent}"').replace("(24%)", f"({percent}%)")
    )
    first, entry = DISCREPANCY.format(printed=printed).splitlines()
    repo.write("records/a.yaml", "\n".join([text.rstrip(), first, *[entry] * entries]) + "\n")
    report = tallysheet("check", "--format", "json").report
    assert sorted(found["rule"] for found in report["findings"]) == rules
    excused = [found for found in report["findings"] if found["severity"] == "acknowledged"]
    assert bool(excused) is (percent in ("42", ">99") and printed in ("6/25 (42)", "6/25 (>99)"))
    assert (report["summary"]["findings"]["error"] == 0) is (rules == ["proportion"])


# However many contradictions a publication prints, a record that acknowledges all of them passes.
def test_many_acknowledged_discrepancies_pass(repo: Any, tallysheet: Run) -> None:
    result = """\
  - outcome: clinical-response
    group: all
    proportion: {events: 6, total: 25, percent: "42"}
    source: {section: abstract, quote: "6 of 25 (42%)"}
"""
    text = repo.good("a").read_text()
    start, end = text.index("  - outcome"), text.index("curation:")
    first, entry = DISCREPANCY.format(printed="6/25 (42)").splitlines()
    entries = [entry.replace("/0/", f"/{number}/") for number in range(60)]
    repo.write("records/a.yaml", text[:start] + result * 60 + text[end:] + "\n".join([first, *entries]) + "\n")
    done = tallysheet("check", "--format", "json")
    assert done.code == 0
    assert done.report["summary"]["findings"] == {"error": 0, "warning": 0, "acknowledged": 60}


# No choice of rules leaves a run with nothing to say.
@pytest.mark.parametrize("arguments", [["--select", "quote", "--ignore", "quote"], ["--select", "citation"]])
def test_run_without_rules_is_refused(repo: Any, tallysheet: Run, arguments: list[str]) -> None:
    repo.good()
    repo.write("tallysheet.yaml", 'severities: {citation: "off"}\n')
    assert tallysheet("check", *arguments).code == 2


# Nothing is written through a link, and nothing that is there is overwritten.
def test_init_and_new_write_through_no_link(repo: Any, tallysheet: Run) -> None:
    (repo.root / "CONTRIBUTING.md").symlink_to(repo.root / "elsewhere")
    assert tallysheet("init").code == 2
    assert not (repo.root / "elsewhere").exists()
    assert not (repo.root / "records").exists()
    assert tallysheet("new", "a" * 300, "--kind", "review").code == 2


# A hostile record takes no more than a moment: work is bounded by count, whatever the record asks for.
@pytest.mark.parametrize("kind", ["unknown fields", "bad groups", "exact tests", "tables", "unsolved sums"])
def test_work_on_one_record_is_bounded(repo: Any, kind: str) -> None:
    head, tail = repo.good("a").read_text().split("groups:")
    groups = (
        "groups:\n  - {id: xx, label: x, n: 1000}\n  - {id: yy, label: Yy, n: 500}\n  - {id: zz, label: z, n: 500}\n"
    )
    source = "source: {section: results}"
    body = {
        "unknown fields": "".join(f"k{number}: 1\n" for number in range(10_000)),
        "bad groups": "groups:\n" + "".join(f"- {{id: g{number}}}\n" for number in range(10_000)),
        "exact tests": groups
        + "results:\n"
        + "".join(
            f"- {{outcome: survival, group: xx, proportion: {{events: {number}, total: 1000}}, "
            f'test: {{p: "0.04", null_value: "49.987"}}, {source}}}\n'
            for number in range(1, 500)
        ),
        "tables": groups
        + "results:\n"
        + "".join(
            f"- {{outcome: survival, group: {one}, compared_with: {two}, label: l{number}, "
            f'proportion: {{events: {number}, total: 500}}, test: {{p: "0.04"}}, {source}}}\n'
            for number in range(1, 250)
            for one, two in (("yy", "zz"), ("zz", "yy"))
        ),
        "unsolved sums": groups
        + "breakdowns:\n- {of: xx, by: kind, relation: partition, parts: [yy, zz]}\nresults:\n"
        + "".join(
            f"- {{outcome: survival, group: {group}, label: l{number}, "
            f'proportion: {{total: {total}, percent: "33"}}, {source}}}\n'
            for number in range(160)
            for group, total in (("xx", 1000), ("yy", 500), ("zz", 500))
        ),
    }[kind]
    repo.write("records/a.yaml", head + body + tail[tail.index("curation:") :])
    command = [sys.executable, "-m", "tallysheet", "check", "--format", "json"]
    done = subprocess.run(command, cwd=repo.root, capture_output=True, check=False, timeout=60)
    assert done.returncode in (0, 1), done.stderr
    figures = json.loads(done.stdout)["summary"]["figures"]
    assert (sum(figures.values()) - figures["not_run"] > 450) is (kind not in ("unknown fields", "bad groups"))
