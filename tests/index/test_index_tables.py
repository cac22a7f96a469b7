"""The tables hold what the records say, every figure once, exactly, with what came of it."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tallysheet.collection import Collection, open_collection
from tallysheet.index.ask import ask, lock
from tallysheet.index.build import build, connect
from tallysheet.index.catalogue import TABLES
from tallysheet.index.tables import Column
from tallysheet.repository import open_repository

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PROJECT = Path(__file__).resolve().parents[2]
ODD = """\
id: odd
status: active
kind: observational
citation: {title: "A title, \\"quoted\\"; with '=1+1' and |", authors: ["=HYPERLINK A", "Reader B"], year: 2024}
identifiers: {doi: "10.1000/odd", registry: [NCT01818492, NCT02069899]}
study: {id: study, design: cohort, overlaps: [other], subset_of: [larger]}
groups:
  - {id: all, label: All, n: 25, source: {section: abstract, quote: "25 patients"}}
  - {id: some, label: Some, n: 12, source: {section: table, table: "2", quote: "12"}}
breakdowns:
  - {of: all, by: age, relation: exclusive, parts: [some]}
results:
  - outcome: clinical-response
    group: all
    proportion: {events: 6, total: 25, percent: "42"}
    source: {section: abstract, quote: "6 of 25 (42%)"}
  - outcome: laboratory-value
    group: some
    label: ferritin
    estimate: {statistic: median, value: "123456789.123456789", range: {from: "<0.10", to: "NR"}}
    source: {section: abstract, quote: "123456789.123456789 <0.10"}
  - outcome: survival
    group: all
    proportion: {total: 250, percent: "71", basis: larger-cohort}
    source: {section: abstract, quote: "71% of 250"}
curation: {extracted: {by: A. Reader, on: "2026-11-23"}, verified: {by: B. Reader, on: "2026-11-24"}}
discrepancies:
  - {pointer: /results/0/proportion/percent, rule: proportion, printed: "6/25 (42)", why: so, by: A, on: "2026-11-23"}
"""


@pytest.fixture(scope="module")
def real() -> "Iterator[DuckDBPyConnection]":
    with connect() as connection:
        build(connection, open_collection(open_repository(PROJECT)))
        lock(connection)
        yield connection


@pytest.fixture
def odd(repo: Any) -> "Iterator[DuckDBPyConnection]":
    repo.write("records/odd.yaml", ODD)
    repo.write("records/broken.yaml", "id: broken\n")
    with connect() as connection:
        build(connection, open_collection(open_repository(repo.root)))
        lock(connection)
        yield connection


def rows(connection: "DuckDBPyConnection", sql: str) -> list[tuple[Any, ...]]:
    return ask(connection, sql).rows


# Every table and every column can be named without quotation marks, and says what it means.
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_are_plainly_named_and_described(real: "DuckDBPyConnection", table: Any) -> None:
    names = ", ".join(column.name for column in table.columns)
    answer = ask(real, f"select {names} from {table.name}")  # noqa: S608 - names of our own
    assert answer.columns == tuple(column.name for column in table.columns)
    assert all(column.said.endswith(".") for column in table.columns)
    assert table.said.startswith("One row ")
    assert set(table.key) <= set(answer.columns)


# What the columns mean stands in the database itself, as the schema says it.
def test_meaning_of_a_column_comes_from_the_schema(real: "DuckDBPyConnection") -> None:
    schema = json.loads((PROJECT / "schema" / "citation.schema.json").read_bytes())
    asked = "select comment from duckdb_columns() where table_name = 'records' and column_name = 'journal'"
    assert rows(real, asked) == [(schema["properties"]["journal"]["description"],)]


# Each record of the collection is there, none left out, with all its results and groups.
def test_real_collection_is_complete(real: "DuckDBPyConnection") -> None:
    collection = open_collection(open_repository(PROJECT))
    values = [record.value for record in collection.records.values()]
    counted = {
        "records": len(values),
        "groups": sum(len(value.get("groups", ())) for value in values),
        "results": sum(len(value.get("results", ())) for value in values),
        "discrepancies": sum(len(value.get("discrepancies", ())) for value in values),
        "authors": sum(len(value["citation"].get("authors", ())) for value in values),
        "left_out": 0,
    }
    found = {name: rows(real, f"select count(*) from {name}")[0][0] for name in counted}  # noqa: S608 - the same
    assert found == counted
    assert len(values) >= 45


# The counts of all proportions can be added up from the figures as well as from the results.
def test_figures_agree_with_results(real: "DuckDBPyConnection") -> None:
    of_results = rows(real, "select sum(events), sum(total), count(percent) from results")
    of_figures = rows(
        real,
        "select sum(numerator) filter (field = 'proportion.events'),"
        " sum(numerator) filter (field = 'proportion.total'),"
        " count(*) filter (field = 'proportion.percent') from figures",
    )
    assert of_results == of_figures


# A figure keeps its text, its exact value however long it is, what qualifies it, and why there is none.
def test_figures_are_exact(odd: "DuckDBPyConnection") -> None:
    asked = "select text, numerator, denominator, qualifier, missing, decimals from figures where block = 'estimate'"
    assert rows(odd, asked) == [
        ("123456789.123456789", 123456789123456789, 1000000000, None, None, 9),
        ("<0.10", 1, 10, "<", None, 2),
        ("NR", None, None, None, "not reported", None),
    ]


# What the publication contradicts is acknowledged at each figure of it; what can't be tested is never consistent.
def test_figures_have_verdicts(odd: "DuckDBPyConnection") -> None:
    asked = "select pointer, verdict, reason from figures where block in ('proportion', 'group')"
    found = {pointer: (verdict, reason) for pointer, verdict, reason in rows(odd, asked)}
    message = '6/25 = 24%, printed 42%; 42% of 25 fits no count; did you mean "24"?'
    assert found == {
        "/groups/0/n": ("not judged", None),
        "/groups/1/n": ("not judged", None),
        "/results/0/proportion/events": ("acknowledged", message),
        "/results/0/proportion/total": ("acknowledged", message),
        "/results/0/proportion/percent": ("acknowledged", message),
        "/results/2/proportion/total": ("not checkable", "no power"),
        "/results/2/proportion/percent": ("not checkable", "no power"),
    }


# Lists of a record are rows: identifiers, study links, parts of a breakdown, steps of curation.
def test_lists_are_rows(odd: "DuckDBPyConnection") -> None:
    assert rows(odd, "select scheme, value from identifiers") == [
        ("doi", "10.1000/odd"),
        ("registry", "NCT01818492"),
        ("registry", "NCT02069899"),
    ]
    assert rows(odd, "select relation, other from study_links") == [("subset_of", "larger"), ("overlaps", "other")]
    assert rows(odd, "select whole, criterion, number, part from breakdowns") == [("all", "age", 1, "some")]
    assert [row[:2] for row in rows(odd, "select step, who, day from curation")] == [
        ("extracted", "A. Reader"),
        ("verified", "B. Reader"),
    ]
    assert rows(odd, "select section, source_table from groups where group_id = 'some'") == [("table", "2")]


# A record that is not well formed is named, with the reason.
def test_what_took_no_part_is_named(odd: "DuckDBPyConnection") -> None:
    assert rows(odd, "select path, why from left_out") == [("records/broken.yaml", "does not fit the schema")]


# A record of a repository with other fields is named too, since the tables have no place for them.
def test_records_of_another_schema_are_named(repo: Any) -> None:
    repo.write("tallysheet.yaml", "schema: schema/mine.schema.json\n")
    repo.write("schema/mine.schema.json", json.dumps({"type": "object", "properties": {"id": {"type": "string"}}}))
    repo.write("records/mine.yaml", "id: mine\n")
    collection: Collection = open_collection(open_repository(repo.root))
    with connect() as connection:
        build(connection, collection)
        assert rows(connection, "select path from left_out") == [("records/mine.yaml",)]
        assert rows(connection, "select count(*) from records") == [(0,)]


# The default place is one that git ignores, and the index there is replaced, never added to.
def test_default_place_is_ignored_by_git(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    repo.commit()
    for _ in range(2):
        said = tallysheet("index")
        assert (said.code, said.err) == (0, "")
        assert said.out == f"wrote {repo.root}/.tallysheet/index.duckdb: 1 record, 4 figures\n"
    assert repo.git("status", "--porcelain") == ""
    assert sorted(path.name for path in (repo.root / ".tallysheet").iterdir()) == [".gitignore", "index.duckdb"]
    kept = tallysheet("query", "--index", ".tallysheet/index.duckdb", "--format", "csv", "select record from records")
    assert kept.out == "record\ngood\n"


# No file is written among the records, over a folder or into one that is not there.
def test_index_refuses_odd_places(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    said = {place: tallysheet("index", "--to", place).err for place in ("records/i.duckdb", "records", "no/i.duckdb")}
    assert said == {
        "records/i.duckdb": "tallysheet: --to: records/i.duckdb lies among the records\n",
        "records": "tallysheet: --to: records: is there already, and no file\n",
        "no/i.duckdb": "tallysheet: --to: no/i.duckdb: there is no folder no\n",
    }
    assert sorted(path.name for path in repo.root.rglob("*") if path.is_file()) == ["good.yaml"]


# A stranger's text is no formula in CSV, is as it is in JSON, and moves no cursor in a table.
def test_text_of_a_stranger_is_inert(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.write("records/odd.yaml", ODD)
    asked = "select author, '-1.5' as number, chr(27) || '[2J' as odd, ' ＋cmd' as wide from authors order by place"
    cells = list(csv.reader(io.StringIO(tallysheet("query", "--format", "csv", asked).out)))
    assert cells[1] == ["'=HYPERLINK A", "-1.5", "\\u{1B}[2J", "' ＋cmd"]
    first = json.loads(tallysheet("query", "--format", "json", asked).out)[0]
    assert first == {"author": "=HYPERLINK A", "number": "-1.5", "odd": "\x1b[2J", "wide": " ＋cmd"}
    shown = tallysheet("query", asked).out
    assert "\\u{1B}[2J" in shown
    assert "\x1b" not in shown
    assert "\n::" not in tallysheet("query", "select '::error::x' as a").out


# Two columns of one name can't be told apart in JSON.
def test_json_refuses_two_columns_of_one_name(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    said = tallysheet("query", "--format", "json", "select 1 as a, 2 as a")
    assert (said.code, said.err) == (2, "tallysheet: query: several columns are called a: name them with AS\n")


# Where nothing is well formed there is nothing to ask.
def test_nothing_to_index(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.write("records/broken.yaml", "id: broken\n")
    said = tallysheet("query", "select 1")
    assert (said.code, said.err) == (2, "tallysheet: records: no record is well formed: tallysheet check says why\n")


# A column knows what the schema says of its block where it says nothing of the field itself.
def test_meaning_falls_back_on_the_block() -> None:
    assert Column("x", "citation#/properties/published").said.startswith("The date of the issue")
    assert Column("x", "publication#/properties/kind").said.startswith("What kind of publication")


# A rule that fails is an internal error here as well: what was found without it would pass for the whole.
def test_a_rule_that_fails_is_an_internal_error(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    rule = '"""Fails.\n\nWhy. Test."""\nSCOPE = "publication"\nSEVERITY = "error"\nWAIVABLE = False\n\n\n'
    repo.write("validators/broken.py", rule + "def check(record, at):\n    raise ValueError('odd')\n    yield\n")
    repo.write("tallysheet.yaml", "validators: [validators]\n")
    said = tallysheet("query", "select 1")
    assert (said.code, said.out) == (3, "")
    assert "the rule broken failed on records/good.yaml" in said.err
