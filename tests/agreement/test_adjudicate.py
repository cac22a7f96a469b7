"""Two extractions are compared figure by figure, and the decided record keeps both names and passes the check."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallysheet.agreement.pairs import pairs
from tallysheet.agreement.writing import write_record
from tallysheet.reader import read

PROJECT = Path(__file__).resolve().parents[2]
FIRST = """\
# yaml-language-server: $schema=../schema/publication.schema.json
id: one
status: active
kind: observational
citation: {title: A title, authors: [Reader A, Writer B], year: 2024}
groups:
  - {id: all, label: All patients, n: 25, source: {section: abstract, quote: "25 patients"}}
results:
  - outcome: clinical-response
    group: all
    proportion: {events: 6, total: 25, percent: "24"}
    source: {section: abstract, quote: "6 of 25 (24%)"}
  - outcome: normalisation
    group: all
    label: fibrinogen
    proportion: {events: 10, total: 20, percent: "50", basis: with-data}
    source: {section: table, table: "2", quote: "10/20 (50%)"}
  - outcome: death
    group: all
    proportion: {events: 3, total: 25, percent: "13"}
    source: {section: abstract, quote: "3/25 (13%)"}
curation: {extracted: {by: A. Reader, on: "2026-11-20"}, notes: "Read twice."}
discrepancies:
  - {pointer: /results/2/proportion/percent, rule: proportion, printed: "3/25 (13)", why: so, by: A, on: "2026-11-20"}
"""
SECOND = """\
id: one
status: active
kind: case-series
citation: {title: A title, authors: [Reader A, Writer B], year: 2025}
groups:
  - {id: all, label: The whole cohort, n: 25, source: {section: abstract, quote: "25 patients"}}
results:
  - outcome: normalisation
    group: all
    label: of fibrinogen
    proportion: {events: 11, total: 20, percent: "55", basis: with-data}
    source: {section: table, table: "2", quote: "11/20 (55%)"}
  - outcome: clinical-response
    group: all
    proportion: {events: 6, total: 25, percent: "24"}
    source: {section: abstract, quote: "6 of 25 (24%)"}
  - outcome: age
    group: all
    estimate: {statistic: median, value: "12"}
    source: {section: abstract, quote: "median 12"}
curation: {extracted: {by: B. Reader, on: "2026-11-21"}}
"""
DECISIONS = {
    "/kind": "a",
    "/citation/year": "b",
    "/results/1/proportion/events": "b",
    "/results/1/proportion/percent": "b",
    "/results/2": "a",
    "/results/3": "b",
}


@pytest.fixture
def two(repo: Any) -> Any:
    repo.write("records/one.yaml", FIRST)
    repo.write("second/one.yaml", SECOND)
    return repo


def value_of(path: Path) -> Any:
    """Return the record in a file."""
    return read(path.read_bytes()).value


def decide(**changed: str) -> list[str]:
    """Return the options that decide."""
    return [f"--decide={place}={which}" for place, which in {**DECISIONS, **changed}.items()]


def adjudicate(tallysheet: Callable[..., Any], *more: str, to: str = "records/one.yaml") -> Any:
    """Run the command."""
    who = ("--by", "C. Reader", "--on", "2026-11-23")
    return tallysheet("adjudicate", "records/one.yaml", "second/one.yaml", "--to", to, *who, *more)


# Each difference has its pointer and both values; results are found though they stand and are named otherwise.
@pytest.mark.usefixtures("two")
def test_differences_are_shown(tallysheet: Callable[..., Any]) -> None:
    said = tallysheet("compare", "records/one.yaml", "second/one.yaml")
    assert said.code == 1
    assert (
        said.out
        == """\
one: /kind: observational | case-series
one: /citation/year: 2024 | 2025
one: /results/1/proportion/events: 10 | 11
one: /results/1/proportion/percent: 50 | 55
one: /results/2/outcome: death | absent
one: /results/2/group: all | absent
one: /results/2/proportion/events: 3 | absent
one: /results/2/proportion/total: 25 | absent
one: /results/2/proportion/percent: 13 | absent
one: /results/2/source/section: abstract | absent
one: /results/3/outcome: absent | age
one: /results/3/group: absent | all
one: /results/3/estimate/statistic: absent | median
one: /results/3/estimate/value: absent | 12
one: /results/3/source/section: absent | abstract

field                  units  agree  percent  kappa   AC1
---------------------  -----  -----  -------  ------  ------
citation.authors       1      1      100.0    -       -
citation.title         1      1      100.0    -       -
citation.year          1      0      0.0      0.000   -1.000
estimate.statistic     1      0      0.0      0.000   -1.000
estimate.value         1      0      0.0      0.000   -1.000
group                  4      2      50.0     -0.333  0.200
groups.n               1      1      100.0    -       -
groups.source.section  1      1      100.0    -       -
kind                   1      0      0.0      0.000   -1.000
outcome                4      2      50.0     0.385   0.379
proportion.basis       1      1      100.0    -       -
proportion.events      3      1      33.3     0.250   0.172
proportion.percent     3      1      33.3     0.250   0.172
proportion.total       3      2      66.7     0.500   0.520
source.section         4      2      50.0     0.200   0.273
source.table           1      1      100.0    -       -
status                 1      1      100.0    -       -
all fields             32     17     53.1
"""
    )


# The same as JSON.
@pytest.mark.usefixtures("two")
def test_comparison_as_json(tallysheet: Callable[..., Any]) -> None:
    found = tallysheet("compare", "--format", "json", "records/one.yaml", "second/one.yaml").report
    assert found["differences"][2] == {
        "record": "one",
        "field": "proportion.events",
        "pointer": "/results/1/proportion/events",
        "first": 10,
        "second": 11,
    }
    assert found["fields"]["proportion.total"] == {
        "units": 3,
        "agreed": 2,
        "share": 0.666667,
        "kappa": 0.5,
        "ac1": 0.52,
    }
    assert found["fields"]["status"] == {"units": 1, "agreed": 1, "share": 1.0, "kappa": None, "ac1": None}


# Folders are compared by the names of their files; what only one has, or what can't be read, is said.
def test_folders(two: Any, tallysheet: Callable[..., Any]) -> None:
    two.good("only-first")
    two.good("broken")
    two.write("second/broken.yaml", "id: broken\n")
    (two.root / "second" / "odd.yaml").symlink_to("one.yaml")
    said = tallysheet("compare", "records", "second")
    assert said.code == 1
    assert "broken.yaml: took no part: second: does not fit the schema: tallysheet check says why\n" in said.out
    assert "odd.yaml: took no part: " in said.out
    assert "only-first.yaml: took no part: is only in records\n" in said.out
    assert tallysheet("compare", "records", "records").code == 0
    assert tallysheet("compare", "records", "second/one.yaml").err == (
        "tallysheet: records and second/one.yaml: give two files or two folders\n"
    )
    assert tallysheet("compare", "records/none.yaml", "second").err == (
        "tallysheet: records/none.yaml: there is no such file or folder\n"
    )


# The decided record has what was chosen, both names, each decision, and passes the check.
def test_decided_record_passes(two: Any, tallysheet: Callable[..., Any]) -> None:
    said = adjudicate(tallysheet, *decide())
    assert (said.code, said.out) == (0, "wrote records/one.yaml: 6 decisions\n")
    assert tallysheet("check").code == 0
    assert tallysheet("fmt", "--check").code == 0
    text = (two.root / "records" / "one.yaml").read_text(encoding="utf-8")
    value = value_of(two.root / "records" / "one.yaml")
    assert text.startswith("# yaml-language-server: $schema=../schema/publication.schema.json\nid: one\n")
    assert (value["kind"], value["citation"]["year"]) == ("observational", 2025)
    assert [result["outcome"] for result in value["results"]] == ["clinical-response", "normalisation", "death", "age"]
    fibrinogen = value["results"][1]
    assert (fibrinogen["label"], fibrinogen["proportion"]["events"]) == ("fibrinogen", 11)
    assert fibrinogen["source"]["quote"] == "11/20 (55%)"
    assert value["groups"][0]["label"] == "All patients"
    assert value["discrepancies"][0]["pointer"] == "/results/2/proportion/percent"
    assert value["curation"] == {
        "extracted": {"by": "A. Reader", "on": "2026-11-20"},
        "second": {"by": "B. Reader", "on": "2026-11-21"},
        "adjudicated": {
            "by": "C. Reader",
            "on": "2026-11-23",
            "decisions": [
                {"pointer": "/kind", "first": "observational", "second": "case-series", "kept": "first"},
                {"pointer": "/citation/year", "first": "2024", "second": "2025", "kept": "second"},
                {"pointer": "/results/1/proportion/events", "first": "10", "second": "11", "kept": "second"},
                {"pointer": "/results/1/proportion/percent", "first": "50", "second": "55", "kept": "second"},
                {
                    "pointer": "/results/2",
                    "first": "outcome death, group all, events 3, total 25, percent 13, section abstract",
                    "kept": "first",
                },
                {
                    "pointer": "/results/3",
                    "second": "outcome age, group all, statistic median, value 12, section abstract",
                    "kept": "second",
                },
            ],
        },
        "notes": "Read twice.",
    }


# An entry that is left out takes its discrepancy along, and those behind it move up.
def test_discrepancies_follow_their_entries(two: Any, tallysheet: Callable[..., Any]) -> None:
    assert adjudicate(tallysheet, *decide(**{"/results/2": "b"}), to="records/two.yaml").code == 0
    value = value_of(two.root / "records" / "two.yaml")
    assert "discrepancies" not in value
    assert [result["outcome"] for result in value["results"]] == ["clinical-response", "normalisation", "age"]
    earlier = FIRST.replace("outcome: clinical-response", "outcome: improvement")
    two.write("records/one.yaml", earlier)
    options = {**DECISIONS, "/results/0": "b", "/results/4": "a"}
    del options["/results/3"]
    more = [f"--decide={place}={which}" for place, which in options.items()]
    assert adjudicate(tallysheet, *more, "--decide=/results/3=a", to="records/two.yaml").code == 0
    value = value_of(two.root / "records" / "two.yaml")
    assert [result["outcome"] for result in value["results"]] == ["normalisation", "death"]
    assert value["discrepancies"][0]["pointer"] == "/results/1/proportion/percent"


# What is not decided is listed, and nothing is written.
def test_undecided_is_listed(two: Any, tallysheet: Callable[..., Any]) -> None:
    said = adjudicate(tallysheet, *decide()[:-2], to="decided.yaml")
    assert said.code == 1
    assert said.out == (
        "/results/2: a: outcome death, group all, events 3, total 25, percent 13, section abstract | b: absent\n"
        "/results/3: a: absent | b: outcome age, group all, statistic median, value 12, section abstract\n"
        "2 differences left to decide: nothing was written\n"
    )
    assert not (two.root / "decided.yaml").exists()


# On a terminal the rest is asked for; an answer that is none leaves it open.
@pytest.mark.usefixtures("two")
def test_terminal_is_asked(tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["A\n", "b\n"])

    class Terminal:
        """Somebody who types."""

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return next(answers, "")

    monkeypatch.setattr("sys.stdin", Terminal())
    said = adjudicate(tallysheet, *decide()[:-2], to="decided.yaml")
    assert said.code == 0, said.out
    assert said.out.count("keep a or b? ") == 2
    answers = iter(["maybe\n"])
    assert adjudicate(tallysheet, *decide()[:-2], to="decided.yaml").code == 1


# A mixture that does not hold together is not written: it is told what is wrong with it.
def test_decided_record_that_would_not_pass(two: Any, tallysheet: Callable[..., Any]) -> None:
    said = adjudicate(tallysheet, *decide(**{"/results/1/proportion/percent": "a"}))
    assert said.code == 1
    assert "/results/1/proportion/percent: proportion: 11/20 = 55%, printed 50%" in said.out
    assert said.out.endswith(" in the decided record: nothing was written\n")
    assert (two.root / "records" / "one.yaml").read_text(encoding="utf-8") == FIRST


# A decision that is none is refused.
@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ("/kind", "--decide: /kind: write POINTER=a or POINTER=b"),
        ("/kind=c", "--decide: /kind=c: write POINTER=a or POINTER=b"),
        ("/kinds=a", '--decide: they do not differ at /kinds; did you mean "/kind"?'),
        ("/kind=b", "--decide: /kind is decided both ways"),
    ],
)
@pytest.mark.usefixtures("two")
def test_bad_decisions(tallysheet: Callable[..., Any], decision: str, message: str) -> None:
    said = adjudicate(tallysheet, *decide(), f"--decide={decision}")
    assert (said.code, said.err) == (2, f"tallysheet: {message}\n")


# The same person can't be both readers: the rule on curation says so before anything is written.
def test_same_reader_twice(two: Any, tallysheet: Callable[..., Any]) -> None:
    two.write("second/one.yaml", SECOND.replace("B. Reader", "a reader"))
    said = adjudicate(tallysheet, *decide())
    assert said.code == 1
    assert said.out.startswith("/curation/second/by: curation: a reader extracted the record both times\n")


# Every real record agrees with itself, and comes back the same through the writer.
@pytest.mark.parametrize("path", sorted((PROJECT / "records").glob("*.yaml")), ids=lambda path: path.stem)
def test_real_records_come_back(path: Path) -> None:
    value = read(path.read_bytes()).value
    assert value is not None
    assert all(pair.agrees for pair in pairs(value, value))
    again = read(write_record(value).encode())
    assert (again.faults, again.value) == ((), value) or (list(again.faults), again.value) == ([], value)


# Whatever text stands in a record comes back from what the writer makes of it.
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=150))
def test_texts_come_back(text: str) -> None:
    document = read(write_record({"a": text, "b": [{"c": text, "d": {"e": 1}}], "on": "x"}).encode())
    if document.value is not None and not document.faults:
        assert document.value == {"a": text, "b": [{"c": text, "d": {"e": 1}}], "on": "x"}
    else:  # the reader refuses some characters in any record, so that no record has them
        assert read(json.dumps({"a": text}, ensure_ascii=False).encode()).faults
