"""The gate for strangers: what a change does to its own judges does not help it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet import selftest
from tallysheet.rulebook import load_rules

Run = Callable[..., Any]
PROJECT = Path(__file__).resolve().parents[1]
RULE = """\
'''An id is not forbidden.'''

from tallysheet.rules import Problem

SCOPE = "record"
SEVERITY = "error"
WAIVABLE = True


def check(record, at):
    '''Refuse one id.'''
    if record["id"] == "forbidden":
        yield Problem("/id", "is forbidden")
"""
WAIVER = (
    'waivers: [{pointer: /results/0/source, rule: quote, reason: It is read again in spring., by: S., until: "%s"}]\n'
)


@pytest.fixture
def change(repo: Any) -> Any:
    """Return a repository with a schema, rules and settings of its own, on a branch that brings a wrong record."""
    for file in (PROJECT / "schema").glob("*.json"):
        repo.write(f"schema/{file.name}", file.read_text(encoding="utf-8"))
    repo.write("rules/forbidden.py", RULE)
    repo.write("tallysheet.yaml", "schema: schema/publication.schema.json\nvalidators: [rules]\n")
    repo.write(".github/workflows/records.yml", "on: pull_request\n")
    repo.good("kept")
    repo.commit()
    repo.git("branch", "-M", "main")
    repo.git("checkout", "--quiet", "-b", "change")
    return repo


def found(done: Any) -> list[str]:
    """Return where something fails."""
    return [f"{f['rule']} {f['path']}" for f in done.report["findings"] if f["severity"] != "acknowledged"]


def judge(tallysheet: Run, *arguments: str) -> Any:
    """Return what the gate says of the change, as JSON."""
    return tallysheet("check", "--base", "main", "--today", "2026-11-23", "--format", "json", *arguments)


# A change of records only is judged as any other.
def test_honest_change_passes(change: Any, tallysheet: Run) -> None:
    change.good("new")
    change.commit()
    done = judge(tallysheet)
    assert (done.code, found(done)) == (0, [])
    assert done.report["summary"]["notes"][0].startswith("judged by the schema, rules, settings and waivers of main (")


def switch_off(change: Any) -> list[str]:
    """Switch the rule off in the settings."""
    settings = change.root / "tallysheet.yaml"
    settings.write_text(settings.read_text() + 'severities: {proportion: "off"}\n')
    return ["tallysheet.yaml"]


def move_records(change: Any) -> list[str]:
    """Have the records looked for elsewhere."""
    change.write("tallysheet.yaml", "records: empty\n")
    change.write("empty/good.yaml", change.good("kept").read_text().replace("id: kept", "id: good"))
    return ["tallysheet.yaml"]


def break_settings(change: Any) -> list[str]:
    """Make the settings unreadable."""
    change.write("tallysheet.yaml", "records: [\n")
    return ["tallysheet.yaml", "tallysheet.yaml"]


def no_settings(change: Any) -> list[str]:
    """Remove the settings."""
    (change.root / "tallysheet.yaml").unlink()
    return ["tallysheet.yaml"]


def widen_schema(change: Any) -> list[str]:
    """Have the schema allow whatever it is."""
    change.write("schema/proportion.schema.json", '{"type": "object"}')
    return ["schema/proportion.schema.json"]


def other_block(change: Any) -> list[str]:
    """Have results refer to another block, which no rule judges."""
    text = (change.root / "schema" / "result.schema.json").read_text()
    change.write("schema/free.schema.json", '{"type": "object"}')
    change.write("schema/result.schema.json", text.replace("proportion.schema.json", "free.schema.json"))
    return ["schema/free.schema.json", "schema/result.schema.json"]


def mute_rule(change: Any) -> list[str]:
    """Bring a rule that stops the process with success when it is imported."""
    change.write("rules/stop.py", "import os\nos._exit(0)\n")
    return ["rules/stop.py"]


def remove_rules(change: Any) -> list[str]:
    """Remove the repository's rules."""
    (change.root / "rules" / "forbidden.py").unlink()
    return ["rules/forbidden.py"]


def edit_workflow(change: Any) -> list[str]:
    """Have the workflow do nothing."""
    change.write(".github/workflows/records.yml", "on: workflow_dispatch\n")
    return [".github/workflows/records.yml"]


def attributes(change: Any) -> list[str]:
    """Have git take both sides of a conflict."""
    change.write("records/.gitattributes", "*.yaml merge=union\n")
    return ["records/.gitattributes"]


def shadow(change: Any) -> list[str]:
    """Put modules where Python may look first."""
    for name in ("yaml.py", "jsonschema_rs.py", "tallysheet/__init__.py", "sitecustomize.py"):
        change.write(name, "import os\nos._exit(0)\n")
    return []


WAYS = (
    switch_off,
    move_records,
    break_settings,
    no_settings,
    widen_schema,
    other_block,
    mute_rule,
    remove_rules,
    edit_workflow,
    attributes,
    shadow,
)


# However a change bends what it is judged by, its wrong record is found, and the bending is told.
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("committed", [False, True], ids=["work tree", "commit"])
def test_bent_gate_refuses(change: Any, tallysheet: Run, way: Callable[[Any], list[str]], committed: bool) -> None:  # noqa: FBT001 - a column of a table
    change.wrong("wrong")
    touched = way(change)
    if committed:
        change.commit()
    for arguments in [[], ["--rev", "HEAD"]] if committed else [[]]:
        done = judge(tallysheet, *arguments)
        assert done.code == 1
        assert "proportion records/wrong.yaml" in found(done)
        assert [place for place in found(done) if place.startswith("gate-change")] == [
            f"gate-change {p}" for p in touched
        ]
    told = tallysheet("check", "--base", "main", "--gate-changes", "report")
    assert told.code == 1
    assert told.out.count("note: gate-change: ") == len(touched)


# A change of the gate alone fails as well, and passes where those who keep it ask for a report only.
def test_change_of_the_gate_alone_is_told(change: Any, tallysheet: Run) -> None:
    switch_off(change)
    change.commit()
    assert (judge(tallysheet).code, judge(tallysheet, "--gate-changes", "report").code) == (1, 0)


# A rule of the base judges though the change has removed it, and is not run where no code of a repository may be.
def test_rules_come_from_the_base(change: Any, tallysheet: Run) -> None:
    remove_rules(change)
    change.good("forbidden")
    change.commit()
    assert "forbidden records/forbidden.yaml" in found(judge(tallysheet))
    done = judge(tallysheet, "--no-repository-rules")
    assert found(done) == ["gate-change rules/forbidden.py"]
    assert "rules of the repository's own that were not run: rules/forbidden.py" in done.report["summary"]["notes"]


# Without --base too, no code of the repository is run where that is asked for; severities may still name its rules.
def test_no_code_of_the_repository_is_run(change: Any, tallysheet: Run) -> None:
    mute_rule(change)
    switch_off(change)
    settings = change.root / "tallysheet.yaml"
    settings.write_text(settings.read_text().replace("{proportion", "{stop: warning, proportion"))
    done = tallysheet("check", "--no-repository-rules", "--format", "json")
    assert done.code == 0
    assert done.report["summary"]["notes"] == [
        "rules of the repository's own that were not run: rules/forbidden.py, rules/stop.py"
    ]


# A file that the settings guard is told as well.
def test_guarded_files_are_told(change: Any, tallysheet: Run) -> None:
    settings = change.root / "tallysheet.yaml"
    settings.write_text(settings.read_text() + "guarded: [tools]\n")
    change.commit()
    change.git("branch", "--force", "main")
    change.write("tools/run.sh", "x\n")
    assert found(judge(tallysheet)) == ["gate-change tools/run.sh"]


# What git ignores is of no change, unless it is committed all the same.
def test_ignored_files_are_of_no_change(change: Any, tallysheet: Run) -> None:
    change.write(".gitignore", "*.pyc\n")
    change.commit()
    change.git("branch", "--force", "main")
    change.write("rules/__pycache__/forbidden.pyc", "x")
    assert found(judge(tallysheet)) == []
    change.git("add", "--force", "rules/__pycache__/forbidden.pyc")
    assert found(judge(tallysheet)) == ["gate-change rules/__pycache__/forbidden.pyc"]
    change.write("rules/new.py", "x")
    assert "gate-change rules/new.py" in found(judge(tallysheet))


# What the base has got since the change left it is not the change's doing.
def test_base_that_went_on_is_not_held_against_a_change(change: Any, tallysheet: Run) -> None:
    change.git("checkout", "--quiet", "main")
    switch_off(change)
    change.good("later")
    change.commit()
    change.git("checkout", "--quiet", "change")
    change.good("new")
    change.commit()
    assert (judge(tallysheet).code, found(judge(tallysheet))) == (0, [])


# A deleted record is told, whatever else the change does.
def test_deleted_record_is_told(change: Any, tallysheet: Run) -> None:
    change.git("mv", "records/kept.yaml", "kept.yaml")
    change.good("other")
    change.commit()
    assert found(judge(tallysheet)) == ["id-frozen records/kept.yaml"]


# A waiver that a change brings itself excuses nothing; one that the base holds does, for the value that it was given.
def test_waivers_are_granted_by_the_base(change: Any, tallysheet: Run) -> None:
    settings = change.root / "tallysheet.yaml"
    settings.write_text(settings.read_text() + "rules: {quote: {required: true}}\n")
    quoteless = change.good("kept").read_text().replace(', quote: "6 of 25 (24%)"', "")
    change.commit()
    change.git("branch", "--force", "main")
    change.write("records/kept.yaml", quoteless)
    done = judge(tallysheet)
    places = [one["pointer"] for one in done.report["findings"] if one["rule"] == "quote"]
    entry = (WAIVER % "2027-01-01").removeprefix("waivers: [").removesuffix("]\n")
    waiver = f"waivers: [{', '.join(entry.replace('/results/0/source', place) for place in places)}]\n"
    change.write("records/kept.yaml", quoteless + waiver)
    assert tallysheet("check", "--today", "2026-11-23").code == 0
    assert sorted(set(found(judge(tallysheet)))) == ["quote records/kept.yaml", "waiver records/kept.yaml"]
    change.commit()
    change.git("branch", "--force", "main")
    assert found(judge(tallysheet)) == []
    longer = quoteless + waiver.replace("2027-01-01", "2027-12-31")
    change.write("records/kept.yaml", longer)
    assert sorted(set(found(judge(tallysheet)))) == ["quote records/kept.yaml", "waiver records/kept.yaml"]
    other = quoteless.replace("events: 6", "events: 7").replace('"24"', '"28"') + waiver
    change.write("records/kept.yaml", other)
    assert "waiver records/kept.yaml" in found(judge(tallysheet))


# Discrepancies that changed records bring are named, so that somebody compares them with the publication.
def test_discrepancies_of_changed_records_are_named(change: Any, tallysheet: Run) -> None:
    why = 'printed: "6/25 (42)", why: Printed so in the table., by: A. Reader, on: "2026-11-23"'
    entry = f"discrepancies: [{{pointer: /results/0/proportion/percent, rule: proportion, {why}}}]\n"
    text = change.wrong("wrong").read_text().replace("(24%)", "(42%)")
    change.write("records/wrong.yaml", text + entry)
    done = judge(tallysheet)
    assert (done.code, found(done)) == (0, [])
    assert done.report["summary"]["notes"][1:] == [
        "discrepancies of changed records, to compare with the publication: records/wrong.yaml:10"
    ]


# The gate's own test knows every bundled rule, and finds each one that is mute: then nothing is judged.
@pytest.mark.usefixtures("change")
@pytest.mark.parametrize("name", sorted(load_rules()))
def test_gate_does_not_judge_with_a_mute_rule(tallysheet: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    rule = load_rules()[name]
    module = sys.modules[f"tallysheet.validators.{name.replace('-', '_')}"]
    monkeypatch.setattr(module, "check", lambda *_: iter(()))
    selftest.unrefused.cache_clear()
    try:
        done = tallysheet("check", "--base", "main")
    finally:
        selftest.unrefused.cache_clear()
    assert done.code == 2
    assert f"tallysheet: {name} does not refuse a record that is known to be bad\n" in done.err
    assert rule.name == name


# A record that should pass and does not stops the gate as well.
@pytest.mark.usefixtures("change")
def test_gate_does_not_judge_if_it_refuses_what_is_good(tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "GOOD", selftest.GOOD.replace('percent: "40"', 'percent: "41"'))
    selftest.unrefused.cache_clear()
    done = tallysheet("check", "--base", "main")
    selftest.unrefused.cache_clear()
    assert (done.code, "a known good record is refused: 10/25 = 40%" in done.err) == (2, True)


WATCH = """\
import json, os, sys
seen = []
def watch(event, arguments):
    if event.startswith("socket.") or event in ("os.exec", "os.posix_spawn", "os.system", "os.spawn"):
        seen.append([event, str(arguments[0]), []])
    if event == "subprocess.Popen":
        seen.append([event, str(arguments[0]), [str(one) for one in arguments[1]]])
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        seen.append([event, os.path.abspath(os.fsdecode(arguments[0])), [str(arguments[1])]])
    if event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod", "os.truncate"):
        seen.append([event, os.path.abspath(os.fsdecode(arguments[0])), []])
    if event == "import" and arguments[1]:
        seen.append([event, os.path.abspath(arguments[1]), []])
sys.addaudithook(watch)
from tallysheet.__main__ import run
sys.argv = ["tallysheet", *sys.argv[1:]]
code = run()
found, seen = seen, []
json.dump({"code": code, "seen": found}, sys.stderr)
"""


# No socket, no child but git and copies of itself, nothing opened or written outside the repository and the
# installation, nothing imported from the work tree, and with --base nothing written at all: seen by Python's own audit
# hook, for each way of checking.
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--base", "main"],
        ["--base", "main", "--rev", "HEAD"],
        ["--staged"],
        ["--changed-since", "main"],
        ["--base", "main", "--no-repository-rules", "--format", "sarif"],
    ],
    ids=" ".join,
)
def test_gate_touches_nothing_else(change: Any, arguments: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    change.wrong("wrong")
    change.good("new")
    shadow(change)
    change.git("add", "--all")
    if arguments != ["--staged"]:
        change.commit()
    script = tmp_path_factory.mktemp("script") / "watch.py"
    script.write_text(WATCH)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    done = subprocess.run(
        [sys.executable, "-P", "-B", script, "check", *arguments],
        cwd=change.root,
        env={**kept, "GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    watched = json.loads(done.stderr)
    assert watched["code"] == 1
    inside = [os.path.realpath(change.root)]
    installed = [
        sys.prefix,
        sys.base_prefix,
        str(PROJECT / "src"),
        str(PROJECT / "validators"),
        str(PROJECT / "schema"),
    ]
    for event, what, more in watched["seen"]:
        if event == "subprocess.Popen":
            assert Path(more[0]).name == "git"
        elif event == "open":
            place = os.path.realpath(what)
            known = any(place == one or place.startswith(one + os.sep) for one in [*inside, *installed, os.devnull])
            assert known or what.startswith("/proc/"), what
            own = f"{inside[0]}{os.sep}.tallysheet{os.sep}"
            assert more[0] in ("r", "rb", "None") or (place.startswith(own) and "--base" not in arguments), (
                what,
                more,
            )
        elif event == "import":
            assert not os.path.realpath(what).startswith(inside[0]), what
        elif event in ("os.mkdir", "os.rename", "os.remove"):
            assert "--base" not in arguments
        else:
            pytest.fail(f"{event}: {what}")


# What lies in the work tree is not imported, however the command is started.
def test_work_tree_is_not_imported(change: Any) -> None:
    change.wrong("wrong")
    for name in ("yaml.py", "jsonschema_rs.py", "cerberus.py", "argparse.py"):
        change.write(name, "import os\nos._exit(0)\n")
    tool = Path(sys.executable).with_name("tallysheet")
    for command in ([str(tool)], [sys.executable, "-m", "tallysheet"], [sys.executable, "-P", "-m", "tallysheet"]):
        done = subprocess.run([*command, "check"], cwd=change.root, capture_output=True, text=True, check=False)
        assert done.returncode == 1, (command, done.stderr)
        assert "error proportion" in done.stdout
