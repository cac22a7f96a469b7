"""The command: what it prints, what it compares with, and what it says of the real collection."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tallysheet.audit.asking import ask_all, questions
from tallysheet.audit.json import SCHEMA
from tallysheet.audit.whole import audit
from tallysheet.collection import open_collection
from tallysheet.repository import open_repository

PROJECT = Path(__file__).resolve().parents[2]
TODAY = ("--today", "2026-11-23")
RECORD = """\
id: {id}
status: {status}
kind: case-series
citation: {{title: "{title}"}}
groups:
  - {{id: all, label: All, n: {n}, source: {{section: abstract, quote: "{n}"}}}}
curation:
  extracted: {{by: A. Reader, on: "2026-01-15"}}
"""
RULE = '''\
"""Series have at least five patients.

Why. A rule of our own.
"""

from tallysheet.rules import Problem

SCOPE = "group"
SEVERITY = "error"
WAIVABLE = False


def check(group, at):
    """Look at the size of a group."""
    if group["n"] < 5:
        yield Problem(at / "n", f"{group['n']} are few")
'''


def write(repo: Any, identity: str, n: int = 9, status: str = "active", title: str = "A title") -> None:
    """Write a record of a series."""
    text = RECORD.format(id=identity, n=n, status=status, title=title)
    repo.write(f"records/{identity}.yaml", text)


def valid(out: str) -> dict[str, Any]:
    """Return what the command wrote as JSON, which is as its schema says."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    document: dict[str, Any] = json.loads(out)
    Draft202012Validator(schema).validate(document)
    return document


def answers_of(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the answers to one question."""
    found: list[dict[str, Any]] = next(one for one in document["questions"] if one["name"] == name)["answers"]
    return found


# Each disagreement between the real records is known, and was read in them; another one is to be read before it is
# added here.
def test_real_collection_disagrees_where_it_is_known_to() -> None:
    collection = open_collection(open_repository(PROJECT))
    found = ask_all(collection, questions())
    said = {one.message for answers in found.values() for one in answers if one.kind in ("conflict", "hint")}
    assert said == {
        "study real-hlh has 14 or 15 patients with mas",
        "study real-hlh has 51/98 or 51/105 with secondary hlh: the same patients of another whole",
        (
            "survival in all, last observation: 71% of 34 (24) against 11/34 died, so that 23 lived"
            " in locatelli-2020-nejm and nejm-correspondence-on-locatelli"
        ),
        "clinical-response in treated: p 0.02 against p 0.013 in locatelli-2020-nejm and us-label-2018-primary-hlh",
        "NCT02069899 is a registration of two studies: ni-0501-04-05 and ni-0501-06",
        (
            "gloude-2020-hlh-tma and verkamp-2024-ric-hsct report the same condition and share 3 authors:"
            " Jodele S, Jordan M and Marsh R"
        ),
    }
    assert collection.left_out == {}
    assert [one.message.partition(" claims ")[0] for one in found["review-coverage"]] == [
        "emapalumab-hlh-scoping-review"
    ]


# What is shown stands at the line that it is said to stand on.
def test_places_are_lines_of_the_records(tallysheet: Callable[..., Any]) -> None:
    document = valid(tallysheet("audit", "--format", "json", *TODAY, "--root", PROJECT).out)
    expected = {
        ("study-sizes", "14 or 15"): ["n: 14", "n: 15"],
        ("study-sizes", "51/98 or 51/105"): ["total: 98", "total: 105"],
        ("figures-apart", "71% of 34"): ['percent: "71"', "events: 11"],
        ("same-patients", "NCT02069899"): ["NCT02069899", "NCT02069899"],
        ("review-coverage", "31 publications"): ["included: 31"],
        ("unverified", "zhang-2026"): ["curation:"],
    }
    for (name, words), texts in expected.items():
        [answer] = [one for one in answers_of(document, name) if words in one["message"]]
        places = answer["places"]
        lines = [(PROJECT / one["path"]).read_text("utf-8").splitlines()[one["line"] - 1] for one in places]
        assert [True] * len(texts) == [text in line for text, line in zip(texts, lines, strict=False)], lines


# The same bytes, day and history give the same bytes; no line is wider than a hundred columns, but for a path.
def test_text_is_the_same_each_time_and_fits_the_page(tallysheet: Callable[..., Any]) -> None:
    once, again = (tallysheet("audit", *TODAY, "--all", "--root", PROJECT) for _ in range(2))
    assert once.out == again.out
    assert (once.code, once.err) == (0, "")
    assert [line for line in once.out.splitlines() if len(line) > 100] == []
    assert once.out.startswith("audit of 45 records of 35 studies on 2026-11-23\n")


# A clean collection gets a clean page; how old what is open is, depends on the day that is given.
def test_text_of_a_small_collection(repo: Any, tallysheet: Callable[..., Any]) -> None:
    write(repo, "a")
    outcome = tallysheet("audit", "--today", "2026-01-25", "--only", "unverified", "--only", "history")
    assert outcome.code == 0
    assert outcome.out == (
        "audit of 1 record of 1 study on 2026-01-25\n"
        "note: history: git rev-parse: not a git repository (or any of the parent directories): .git\n"
        "\n"
        "unverified: A second person has compared every record with its publication\n"
        "  1 gap\n"
        "  gap records/a.yaml:7\n"
        "      a (1 entry), extracted by A. Reader, was verified by nobody (since 2026-01-15, 10 days)\n"
        "\n"
        "most worth doing next\n"
        "   1. records/a.yaml:7: a (1 entry), extracted by A. Reader, was verified by nobody: compare\n"
        "      records/a.yaml with the publication, then enter verified: {by: ..., on: ...} under curation\n"
    )


# Long lists are cut, and say how to see the rest; what is done together is one thing to do.
def test_long_lists_are_cut_and_say_so(repo: Any, tallysheet: Callable[..., Any]) -> None:
    for number in range(8):
        write(repo, f"a{number}", n=10 + number)
    out = tallysheet("audit", *TODAY, "--only", "unverified").out
    assert out.count("  gap records/") == 5
    assert "  and 3 more: tallysheet audit --only unverified --all\n" in out
    together = (
        "   1. have a second person compare 8 records with their publications, beginning with\n"
        "      records/a7.yaml: tallysheet audit --only unverified --all\n"
    )
    assert out.endswith(together)
    assert tallysheet("audit", *TODAY, "--only", "unverified", "--all").out.count("  gap records/") == 8


# It is no gate: whatever is found, the code is 0, and what could not be read is named.
def test_what_is_left_out_is_named(repo: Any, tallysheet: Callable[..., Any]) -> None:
    write(repo, "a")
    repo.write("records/b.yaml", "id: [\n")
    outcome = tallysheet("audit", *TODAY)
    assert outcome.code == 0
    assert "1 file left out: the audit is of a part (see unsound)\n" in outcome.out
    assert "  gap records/b.yaml:1\n      records/b.yaml takes no part in this audit: can't be read\n" in outcome.out
    first = outcome.out.partition("most worth doing next\n")[2]
    assert first.startswith("   1. records/b.yaml:1: records/b.yaml takes no part in this audit")
    assert valid(tallysheet("audit", *TODAY, "--format", "json").out)["left_out"] == {"records/b.yaml": "can't be read"}


# Records of another kind, by a repository's own schema, take no part and are named; a result of a group that is not
# there is left to the check.
def test_records_of_another_kind(repo: Any, tallysheet: Callable[..., Any]) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.org/trial.schema.json",
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "n": {"type": "integer"}},
    }
    repo.write("tallysheet.yaml", "schema: schema/trial.schema.json\n")
    repo.write("schema/trial.schema.json", json.dumps(schema))
    repo.write("records/a.yaml", "id: a\nn: 5\n")
    write(repo, "b")
    odd = (
        "results:\n  - {outcome: survival, group: other, proportion: {events: 1, total: 2}, source: {section: table}}\n"
    )
    text = RECORD.format(id="c", n=5, status="active", title="A title") + odd
    repo.write("records/c.yaml", text)
    outcome = tallysheet("audit", *TODAY)
    assert (outcome.code, outcome.err) == (0, "")
    reason = "is no record of a publication as the audit knows it"
    assert f"records/a.yaml takes no part in this audit: {reason} " in " ".join(outcome.out.split())
    assert outcome.out.startswith("audit of 2 records of 2 studies on 2026-11-23\n")


# Where there is nothing to read, there is no audit.
@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({}, (), "tallysheet: there is nothing to audit: there is no folder records/ in {root}\n"),
        (
            {"records/b.yaml": "x"},
            (),
            "tallysheet: there is no record to audit in records/\ntallysheet: records/b.yaml: can't be read\n",
        ),
        (
            {"records/b.yaml": "x"},
            ("--only", "same-patient"),
            'tallysheet: --only: "same-patient" is no question; did you mean "same-patients"?\n',
        ),
        (
            {"records/b.yaml": "x"},
            ("--since", "v1"),
            "tallysheet: --since: git rev-parse: not a git repository (or any of the parent directories): .git\n",
        ),
    ],
)
def test_nothing_to_audit(
    repo: Any, tallysheet: Callable[..., Any], files: dict[str, str], arguments: tuple[str, ...], message: str
) -> None:
    for path, text in files.items():
        repo.write(path, text)
    outcome = tallysheet("audit", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == message.format(root=repo.root)


# A tag that is not there is told by its name.
def test_unknown_tag(repo: Any, tallysheet: Callable[..., Any]) -> None:
    write(repo, "a")
    repo.commit()
    outcome = tallysheet("audit", "--since", "v9")
    assert (outcome.code, outcome.err) == (2, "tallysheet: 'v9': there is no such commit here\n")


# What compares titles is an extra: without it, it is said how to get it.
def test_extra_that_is_not_installed(
    repo: Any, tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repo, "a")
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    outcome = tallysheet("audit")
    assert outcome.code == 2
    assert outcome.err == "tallysheet: audit: compares titles by rapidfuzz: pip install 'tallysheet[audit]'\n"


@pytest.fixture
def releases(repo: Any) -> Any:
    """Two releases, and what was done since: a record added, one retracted, one removed, a rule added."""
    write(repo, "a")
    write(repo, "b", n=3)
    write(repo, "c", title="Emapalumab in macrophage activation syndrome")
    write(repo, "d", title="Emapalumab in macrophage activation syndromes")
    repo.commit()
    repo.git("tag", "v1")
    write(repo, "e")
    write(repo, "a", status="retracted")
    (repo.root / "records/c.yaml").unlink()
    repo.commit()
    repo.git("tag", "--annotate", "--message", "the second", "v2")
    repo.write("tallysheet.yaml", "records: records\nvalidators: [rules]\n")
    repo.write("rules/few_patients.py", RULE)
    write(repo, "f")
    return repo


# Each release says what it added, changed, removed and retired, the work tree too; rules that came since are tried on
# what was released.
def test_history(releases: Any, tallysheet: Callable[..., Any]) -> None:
    history = valid(tallysheet("audit", "--only", "history", "--format", "json").out)["history"]
    days = [one.pop("day") for one in history["releases"]]
    assert days[2] is None
    assert all(date.fromisoformat(day) for day in days[:2])
    empty: dict[str, list[str]] = {name: [] for name in ("added", "changed", "removed", "retired", "rules_added")}
    assert history["releases"] == [
        {**empty, "name": "v1", "records": 4, "settings_or_schema_changed": False},
        {
            **empty,
            "name": "v2",
            "records": 4,
            "added": ["e"],
            "changed": ["a"],
            "removed": ["c"],
            "retired": ["a"],
            "settings_or_schema_changed": False,
        },
        {
            **empty,
            "name": "the work tree",
            "records": 5,
            "added": ["f"],
            "rules_added": ["few-patients"],
            "settings_or_schema_changed": True,
        },
    ]
    assert history["caught"] == {
        "name": "v2",
        "rules": ["few-patients"],
        "found": {"few-patients": 1},
        "places": ["records/b.yaml:6: few-patients: 3 are few"],
    }
    assert (releases.root / "records/f.yaml").exists()


# Compared with a release, each answer is new or kept, and those that are gone are shown.
def test_since(releases: Any, tallysheet: Callable[..., Any]) -> None:
    document = valid(tallysheet("audit", "--since", "v1", "--format", "json", *TODAY).out)
    commit = releases.git("rev-parse", "v1")[:10]
    assert document["since"] == {"name": f"v1 ({commit})", "records": 4}
    titles = next(one for one in document["questions"] if one["name"] == "same-publication")
    assert [one["message"] for one in titles["gone"]] == ["c and d may be one publication: titles 100% alike"]
    assert titles["answers"] == []
    changes = {one["message"].split()[0]: one["change"] for one in answers_of(document, "unverified")}
    assert changes == {"b": "kept", "d": "kept", "e": "new", "f": "new"}
    assert [(one["change"], one["message"]) for one in answers_of(document, "status")] == [("new", "a is retracted")]
    text = tallysheet("audit", "--since", "v1", *TODAY).out
    assert f"compared with v1 ({commit}), which holds 4 records\n" in text
    assert "  gone hint: c and d may be one publication: titles 100% alike\n" in text
    assert "  new gap records/e.yaml:7\n" in text
    assert text.index("  new gap records/f.yaml:7\n") < text.index("  kept gap records/b.yaml:7\n")


# Lines that move do not make another answer.
def test_an_answer_is_the_same_wherever_it_stands(releases: Any, tallysheet: Callable[..., Any]) -> None:
    text = (releases.root / "records/b.yaml").read_text("utf-8")
    releases.write("records/b.yaml", "# A comment above all.\n" + text)
    document = valid(tallysheet("audit", "--since", "v2", "--format", "json", *TODAY).out)
    found = {one["message"].split()[0]: one for one in answers_of(document, "unverified")}
    assert (found["b"]["change"], found["b"]["places"][0]["line"]) == ("kept", 8)


# What a record says can't move a cursor, forge a line or give a viewer of logs a command.
def test_text_of_a_stranger_is_inert(repo: Any, tallysheet: Callable[..., Any]) -> None:
    evil = "::error::x ##[group]y \\u202E reversed"
    record = RECORD.format(id="a", n=9, status="active", title="A title").replace("A. Reader", f'"{evil}"')
    repo.write("records/a.yaml", record)
    write(repo, "b", title="Emapalumab of ##[endgroup] macrophages and lymphocytes")
    write(repo, "c", title="Emapalumab of ##[endgroup] macrophages and lymphocytes")
    repo.commit()
    repo.git("tag", "v1\u202e")
    text = tallysheet("audit", "--all", *TODAY, "--since", "v1\u202e").out
    assert "may be one publication" in text
    assert "\u202e" not in text
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "##[" not in tallysheet("audit", "--format", "json", *TODAY, "--since", "v1\u202e").out


# Ten things at the most, what is wrong before what is missing, and nothing that only is so.
def test_what_is_most_worth_doing_comes_first(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    for number in range(15):
        doi = f'identifiers: {{doi: "10.1000/{number // 2}"}}\n'
        text = RECORD.format(id=f"r{number}", n=number + 1, status="active", title="A title") + doi
        (tmp_path / f"records/r{number}.yaml").write_text(text, encoding="utf-8")
    found = audit(open_repository(tmp_path), date(2026, 11, 23))
    assert [step.weight for step in found.steps] == [9] * 7 + [8] * 3
    assert found.steps[0].patients == 14
    assert found.steps[0].message == "DOI 10.1000/6 is that of two records: r12 and r13"


# A rule that raises is no silence: what it would have found is not known, and that is said first.
def test_a_rule_that_raises_is_named(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.write("tallysheet.yaml", "validators: [rules]\n")
    repo.write("rules/few_patients.py", RULE.replace('if group["n"] < 5:', 'if group["none"]:'))
    write(repo, "a")
    outcome = tallysheet("audit", *TODAY, "--only", "unsound")
    assert outcome.code == 0
    first = " ".join(outcome.out.partition("most worth doing next\n")[2].split())
    assert first == (
        "1. records/a.yaml:1: the rule few-patients failed to run on records/a.yaml: what it would have found is"
        " not known: tallysheet check records/a.yaml"
    )


# Before the first commit there is a history without releases; after many releases the oldest are left out.
def test_history_before_the_first_release_and_after_many(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.git("init", "--quiet")
    write(repo, "a")
    assert tallysheet("audit", *TODAY, "--only", "history").out == (
        "audit of 1 record of 1 study on 2026-11-23\n"
        "\n"
        "history: What each release added, changed and retired\n"
        "  the work tree: 1 record\n"
        "  no tag leads to this commit: there is no release to compare with\n"
        "\n"
        "most worth doing next\n"
        "  nothing is left to do\n"
    )
    for number in range(7):
        for other in range(10):
            write(repo, f"r{number}-{other}")
        repo.commit()
        repo.git("tag", f"v{number}")
    lines = tallysheet("audit", *TODAY, "--only", "history").out.splitlines()
    shown = [line.split(",")[0].strip() for line in lines if line.startswith("  v")]
    assert shown == ["v6", "v5", "v4", "v3", "v2"]
    assert "      added: 10 (r6-0, r6-1, r6-2, r6-3, r6-4, r6-5, r6-6, r6-7 and 2 more)" in lines
    assert "  and 2 more: tallysheet audit --only history --all" in lines


# Of an answer with many places the first four are shown.
def test_many_places_of_one_answer(repo: Any, tallysheet: Callable[..., Any]) -> None:
    for number in range(6):
        study = f"study: {{id: one, design: {'cohort' if number else 'registry'}}}\n"
        text = RECORD.format(id=f"a{number}", n=9, status="active", title="A title")
        repo.write(f"records/a{number}.yaml", text + study)
    out = tallysheet("audit", *TODAY, "--only", "study-links").out
    assert "      and 2 more places\n" in out
    assert out.count("      also records/") == 3
