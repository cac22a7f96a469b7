"""The commands beside check: new, init, rules, explain, schema check; and the settings that all of them obey."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.pages import reader_and_engine_pages
from tallysheet.rulebook import load_rules

Run = Callable[..., Any]
PROJECT = Path(__file__).resolve().parents[1]


# A new record passes but for what only its author can fill in, and the command says what that is.
@pytest.mark.parametrize("kind", ["case-report", "scoping-review", "trial", "review"])
def test_new_record_lacks_only_what_its_author_knows(repo: Any, tallysheet: Run, kind: str) -> None:
    repo.write("tallysheet.yaml", "rules: {quote: {required: true}}\n")
    made = tallysheet("new", "doe-2026-topic", "--kind", kind)
    assert made.code == 0
    found = tallysheet("check", "--format", "json").report["findings"]
    assert {finding["rule"] for finding in found} == {"placeholder"}
    said = [line for line in made.out.splitlines() if line.startswith("  line ")]
    assert {f"  line {finding['line']}" for finding in found} == {line.split(":")[0] for line in said}
    path = repo.root / "records" / "doe-2026-topic.yaml"
    filled = path.read_text(encoding="utf-8").replace("<DOI, without https://doi.org/>", "10.1182/topic")
    path.write_text(filled.replace('quote: "<', 'quote: "1 <').replace('"<', '"A '), encoding="utf-8")
    assert tallysheet("check").code == 0


# A record is never overwritten, and a wrong word gets the nearest right one.
def test_new_refuses_what_it_can_not_write(repo: Any, tallysheet: Run) -> None:
    repo.good("there")
    before = (repo.root / "records" / "there.yaml").read_bytes()
    again = tallysheet("new", "there", "--kind", "review")
    assert (again.code, again.err) == (2, "tallysheet: records/there.yaml is there already\n")
    assert (repo.root / "records" / "there.yaml").read_bytes() == before
    assert 'did you mean "case-report"?' in tallysheet("new", "x", "--kind", "case-reprt").err
    for identity in ("../x", "A", "a_b", "a--b", "", "a/b", "-a"):
        assert tallysheet("new", "--kind", "review", "--", identity).code == 2
    repo.write("tallysheet.yaml", "schema: s.json\n")
    repo.write("s.json", '{"type": "object", "required": ["id"]}')
    assert "a schema of its own" in tallysheet("new", "x", "--kind", "review").err


# A new collection passes at once; nothing that is there is overwritten.
def test_new_collection_passes_at_once(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tallysheet("init", "mine").code == 0
    monkeypatch.chdir(repo.root / "mine")
    assert tallysheet("check").code == 0
    assert tallysheet("new", "doe-2026-topic", "--kind", "review").code == 0
    again = tallysheet("init")
    assert again.code == 2
    assert "nothing was written" in again.err


# Every rule is listed and has a page; a misspelt name gets the nearest one.
def test_every_rule_is_listed_and_explained(repo: Any, tallysheet: Run) -> None:
    listed = [line.split()[0] for line in tallysheet("rules").out.splitlines()]
    names = [*load_rules(), *(page.name for page in reader_and_engine_pages())]
    assert sorted(listed) == sorted(names)
    for name in names:
        page = tallysheet("explain", name)
        assert page.code == 0
        assert page.out.startswith(f"{name}\n{'=' * len(name)}\n")
        assert "Why. " in page.out
        assert "How to fix. " in page.out
    wrong = tallysheet("explain", "proportoin")
    assert (wrong.code, wrong.err) == (2, 'tallysheet: "proportoin" is no rule; did you mean "proportion"?\n')
    assert repo.root.exists()


# The schema check says what is wrong with a schema, and where.
def test_schema_check_says_what_is_wrong(repo: Any, tallysheet: Run) -> None:
    assert tallysheet("schema", "check").out == "30 schema files: all holds\n"
    repo.write("s.json", '{"type": "object", "requried": ["id"]}')
    wrong = tallysheet("schema", "check", "s.json")
    assert wrong.code == 1
    assert wrong.out == (
        's.json#/requried: "requried" is no keyword: it does nothing\n'
        '  hint: did you mean "required"?\n'
        "1 schema file: 1 fault\n"
    )
    repo.write("tallysheet.yaml", "schema: s.json\n")
    repo.good()
    gate = tallysheet("check")
    assert (gate.code, gate.out) == (2, "")
    assert '"requried" is no keyword' in gate.err


# Settings that are unknown or of the wrong type are refused, each with its place and the nearest name.
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("recrods: x\n", 'tallysheet.yaml:1:10: "recrods" is no setting; did you mean "records"?'),
        ("zzz: x\n", "settings: records, schema, validators, guarded, contact, severities, rules"),
        ("records: 5\n", "tallysheet.yaml:1:10: records: must be of string type"),
        ("records: ../x\n", "records: is no path below the project file"),
        ("records: /etc\n", "records: is no path below the project file"),
        ("schema: ../s.json\n", "schema: is no path below the project file"),
        ("schema: s.yaml\n", "schema: is no path below the project file"),
        ("schema: missing.json\n", "missing.json: can't be read"),
        ("validators: rules\n", "validators: must be a list"),
        ("validators: [rules]\n", 'there is no folder "rules"'),
        ("severities: {proportion: fatal}\n", "proportion: unallowed value fatal; allowed: error, warning or off"),
        ("severities: {proportoin: error}\n", '"proportoin" is no rule; did you mean "proportion"?'),
        ("rules: {quote: {requird: true}}\n", 'rules/quote: "requird" is no setting; did you mean "required"?'),
        ("rules: {quote: {required: 1}}\n", "rules/quote: required: must be of boolean type"),
        ("rules: {proportion: {x: 1}}\n", "it has no options"),
        ("records: [\n", "tallysheet.yaml:"),
        ("records: a\nrecords: b\n", "is given twice"),
        ("", "tallysheet.yaml:1:1:"),
    ],
)
def test_wrong_settings_are_refused(repo: Any, tallysheet: Run, text: str, said: str) -> None:
    repo.good()
    repo.write("tallysheet.yaml", text)
    done = tallysheet("check")
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


# A folder of rules holds rules: whatever is none is told, and no bundled rule can be replaced.
@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        (
            "proportion.py",
            '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\ndef check(record, at): ...\n',
            "there is a rule of this name already",
        ),
        ("mine.py", '"""X."""\n', "mine: needs SCOPE"),
        ("mine.py", '"""X."""\nSCOPE = "record"\nSEVERITY = "fatal"\n', "mine: needs SEVERITY"),
        ("mine.py", '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\n', "mine: needs WAIVABLE"),
        ("mine.py", 'SCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\n', "mine: needs a docstring"),
        (
            "mine.py",
            '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\n',
            "mine: needs a function check",
        ),
        (
            "mine.py",
            '"""X."""\nSCOPE = "repository"\nSEVERITY = "error"\nWAIVABLE = True\ndef check(entries): ...\n',
            "needs BLOCK",
        ),
        ("mine.py", "import nothing_of_this_name\n", "mine.py: can't be imported: ModuleNotFoundError"),
        ("mine.py", "def (\n", "mine.py: can't be imported: SyntaxError"),
        ("readme.txt", "", '"own" holds no rule'),
    ],
)
def test_what_is_no_rule_is_told(repo: Any, tallysheet: Run, name: str, source: str, said: str) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    full = (
        source + 'SEVERITY = "error"\nWAIVABLE = True\ndef check(record, at): ...\n'
        if name == "proportion.py"
        else source
    )
    repo.write(f"own/{name}", full)
    done = tallysheet("check")
    assert done.code == 2
    assert said in done.err


# A rules folder that a link leads to lies outside the repository.
def test_rules_outside_the_repository_are_not_run(
    repo: Any, tallysheet: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "mine.py").write_text("raise SystemExit(0)\n")
    (repo.root / "own").symlink_to(elsewhere)
    repo.good()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    done = tallysheet("check")
    assert (done.code, "or leads elsewhere" in done.err) == (2, True)


# A rule's options reach it, filled in by default where the project file gives none.
def test_options_reach_a_rule(repo: Any, tallysheet: Run) -> None:
    source = (
        '"""X."""\nfrom tallysheet.rules import Problem\nSCOPE = "record"\nSEVERITY = "warning"\nWAIVABLE = True\n'
        'OPTIONS = {"most": {"type": "integer", "default": 3}}\n'
        'def check(record, at):\n    yield Problem("/id", f"most is {at.options[\'most\']}")\n'
    )
    repo.good()
    repo.write("own/mine.py", source)
    for settings, most in (("", 3), ("rules: {mine: {}}\n", 3), ("rules: {mine: {most: 5}}\n", 5)):
        repo.write("tallysheet.yaml", "validators: [own]\n" + settings)
        (finding,) = tallysheet("check", "--format", "json").report["findings"]
        assert (finding["message"], finding["severity"], finding["line"]) == (f"most is {most}", "warning", 1)


# One expression is judged with its computation and what would fit.
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["11/12", "91.7%"], 0, "consistent: 11/12 = 91.666...%, printed 91.7%\n"),
        (["12", "91.7%"], 0, "consistent: 91.7% of 12 fits 11\n"),
        (["11/12"], 0, "not_testable (no percent): 11/12 = 91.666...%; prints 92, 91.7, 91.67\n"),
        (["1/40", "3"], 0, "tie: 1/40 = 2.5%, printed 3%"),
        (
            ["3/17", "17.7"],
            0,
            "explained (rounded twice): 3/17 = 17.647...%, prints 17.6; printed 17.7; rounding twice gives it\n",
        ),
        (["6/25", "42%"], 1, 'inconsistent: 6/25 = 24%, printed 42%; 42% of 25 fits no count; did you mean "24"?\n'),
        (["13/12"], 1, "inconsistent (events above total)"),
    ],
)
def test_verify_judges_an_expression(tallysheet: Run, arguments: list[str], code: int, said: str) -> None:
    done = tallysheet("verify", *arguments)
    assert (done.code, done.err) == (code, "")
    assert done.out.startswith(said)


# What can't be read is no verdict.
@pytest.mark.parametrize("arguments", [[], ["a/b"], ["6/25", "x"], ["6/25", "24", "--csv", "-"], ["--csv", "missing"]])
def test_verify_refuses_what_it_can_not_read(repo: Any, tallysheet: Run, arguments: list[str]) -> None:
    done = tallysheet("verify", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("tallysheet: verify: ")
    assert repo.root.exists()


# A table is written with a verdict in each row, and one bad row makes it fail.
def test_verify_judges_a_table(repo: Any, tallysheet: Run) -> None:
    rows = "id,n,count,percent\na,12,11,91.7\nb,17,3,17.7\nd,22,,72.7\n"
    done = tallysheet("verify", "--csv", repo.write("good.csv", rows))
    assert (done.code, done.err) == (0, "3 rows: 2 consistent, 1 explained\n")
    assert done.out == (
        "id,n,count,percent,verdict,explanation,count_min,count_max\n"
        "a,12,11,91.7,consistent,,11,11\nb,17,3,17.7,explained,rounded_twice,,\nd,22,,72.7,consistent,,16,16\n"
    )
    wrong = tallysheet("verify", "--csv", repo.write("wrong.csv", rows + "e,25,6,42\n"))
    assert (wrong.code, wrong.err) == (1, "4 rows: 2 consistent, 1 explained, 1 inconsistent\n")
    odd = tallysheet("verify", "--csv", repo.write("odd.csv", rows + "e,x,6,42\n"))
    assert odd.code == 1
    assert "odd.csv:5: n 'x' is no whole number" in odd.err
    assert tallysheet("verify", "--csv", repo.write("no.csv", "a,b\n")).code == 2
    (repo.root / "latin.csv").write_bytes(b"n,count,percent\n\xe9,1,2\n")
    assert "is not UTF-8" in tallysheet("verify", "--csv", "latin.csv").err


# A table that comes on standard input is judged like one in a file.
def test_verify_reads_standard_input(repo: Any) -> None:
    command = [sys.executable, "-m", "tallysheet", "verify", "--csv", "-"]
    done = subprocess.run(command, cwd=repo.root, input=b"n,count,percent\n25,6,42\n", capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines()[1] == b"25,6,42,inconsistent,,,"


# The figures of a record are shown with counts that follow from others, by its id and by its path.
def test_figures_shows_what_follows(tallysheet: Run) -> None:
    path = PROJECT / "records" / "emapalumab-hlh-scoping-review.yaml"
    done = tallysheet("figures", path)
    assert done.code == 0
    rows = [line.split("  ") for line in done.out.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert ["clinical-response in mas", "?/12 91.7%", "consistent", "11 (derived)"] in cells
    assert ["partial or complete response in malignancy", "6/25 24%", "24", "consistent", "6"] in cells
    assert tallysheet("figures", "--root", PROJECT, path.stem).out == done.out


# Figures that can't hold together are named, and a record that is not well formed is refused.
def test_figures_names_a_conflict(repo: Any, tallysheet: Run) -> None:
    path = repo.good("a")
    source = "source: {section: abstract}"
    more = f"  - {{outcome: complete-response, group: all, proportion: {{events: 7, total: 25}}, {source}}}\n"
    path.write_text(path.read_text().replace("curation:", more + "curation:"))
    done = tallysheet("figures", "a")
    assert done.code == 1
    assert "these can't hold together: clinical-response in all: 6/25; complete-response in all: 7/25" in done.out
    path.write_text("id: 5\n")
    assert "is not well formed" in tallysheet("figures", "a").err
    assert "there is no such record" in tallysheet("figures", "b").err


# A report whose reader goes away, or that finds no room, is no success.
@pytest.mark.parametrize("sink", ["pipe", "/dev/full"])
def test_report_that_can_not_be_written_is_no_success(repo: Any, sink: str) -> None:
    repo.good()
    command = [sys.executable, "-m", "tallysheet", "check"]
    if sink == "pipe":
        read_end, write_end = os.pipe()
        os.close(read_end)
    else:
        write_end = os.open(sink, os.O_WRONLY)
    try:
        done = subprocess.run(command, cwd=repo.root, stdout=write_end, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write_end)
    assert done.returncode == 3
    assert b"Exception ignored" not in done.stderr
