"""A query reads the tables and nothing else: it writes, opens, loads and reaches nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tallysheet.index.ask import LOCKS, ask, lock
from tallysheet.index.build import connect
from tallysheet.unusable import Unusable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

duckdb = pytest.importorskip("duckdb")

REFUSED = [
    "copy t to 'out.csv'",
    "copy t from 'secret.csv'",
    "copy (select 1) to 'out.parquet' (format parquet)",
    "attach 'other.db'",
    "attach ':memory:' as more",
    "detach memory",
    "install httpfs",
    "load httpfs",
    "force install json",
    "create table x (a integer)",
    "create view v as select 1",
    "create macro m(a) as a",
    "create secret s (type s3)",
    "create temporary table x (a integer)",
    "insert into t values (1)",
    "update t set a = 2",
    "delete from t",
    "truncate t",
    "drop table t",
    "alter table t add column b integer",
    "pragma table_info('t')",
    "pragma enable_external_access",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset enable_external_access",
    "set variable a = 1",
    "export database 'out'",
    "import database 'out'",
    "use memory",
    "vacuum",
    "checkpoint",
    "call pragma_version()",
    "begin",
    "commit",
    "prepare p as select 1",
    "execute p",
    "select 1; select 2",
    "select 1; drop table t",
    "",
    "-- nothing",
    "select * from read_csv('secret.csv')",
    "select * from 'secret.csv'",
    "select * from read_text('secret.csv')",
    "select * from read_blob('secret.csv')",
    "select * from read_json('secret.csv')",
    "select * from read_parquet('secret.csv')",
    "select * from sniff_csv('secret.csv')",
    "select * from glob('*')",
    "select * from read_csv('http://127.0.0.1:9/x')",
    "select * from query('copy t to ''out.csv''')",
    "select getenv('HOME')",
    "select * from here",
    "explain analyze copy t to 'out.csv'",
    "with x as (delete from t returning a) select * from x",
]


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[DuckDBPyConnection]":
    monkeypatch.chdir(tmp_path)
    Path("secret.csv").write_text("a\nsecret\n", encoding="ascii")
    with connect() as connection:
        connection.execute("create table t (a integer)")
        connection.execute("insert into t values (1)")
        lock(connection)
        yield connection


# Whatever is not one SELECT over the tables is refused, and leaves nothing behind.
@pytest.mark.parametrize("sql", REFUSED)
def test_everything_else_is_refused(locked: "DuckDBPyConnection", sql: str) -> None:
    here = ["a value of the running program"]
    with pytest.raises(Unusable, match=r"^query: "):
        ask(locked, sql)
    assert ask(locked, "select * from t").rows == [(1,)]
    assert [path.name for path in Path().iterdir()] == ["secret.csv"], here


# The connection holds without the look at the kind of the statement: the two other walls stand by themselves.
@pytest.mark.parametrize(
    "sql", [sql for sql in REFUSED if sql.startswith(("copy", "att", "inst", "load", "cr", "ins"))]
)
def test_the_connection_refuses_by_itself(
    locked: "DuckDBPyConnection", sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = ("COPY", "ATTACH", "LOAD", "CREATE", "INSERT", "SELECT")
    monkeypatch.setattr("tallysheet.index.ask.ALLOWED", kinds)
    if sql in ("attach ':memory:' as more", "create temporary table x (a integer)"):
        ask(locked, sql)  # of the memory of this connection, gone with it
    else:
        with pytest.raises(Unusable, match=r"^query: .*(Permission|Transaction|Catalog|Invalid|Binder)"):
            ask(locked, sql)
    assert [path.name for path in Path().iterdir()] == ["secret.csv"]


# Each lock is in force, and none can be opened again.
def test_locks_hold(locked: "DuckDBPyConnection") -> None:
    for setting in LOCKS:
        name = setting.partition("=")[0]
        with pytest.raises(duckdb.Error, match="locked"):
            locked.execute(f"reset {name}")
    asked = "select value from duckdb_settings() where name in ('enable_external_access', 'lock_configuration')"
    assert [row[0] for row in ask(locked, f"{asked} order by name").rows] == ["false", "true"]


# What a SELECT can do is not taken away: joins, windows, common table expressions, macros of the engine.
@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("with x as (select a + 1 as b from t) select b from x", [(2,)]),
        ("from t", [(1,)]),
        ("values (1), (2)", [(1,), (2,)]),
        ("select row_number() over () from t", [(1,)]),
        ("select 1;", [(1,)]),
    ],
)
def test_a_select_is_answered(locked: "DuckDBPyConnection", sql: str, rows: list[Any]) -> None:
    assert ask(locked, sql).rows == rows


# The command says what is wrong with a question, with exit code 2.
def test_command_tells_what_is_wrong(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    said = tallysheet("query", "drop table records")
    assert (said.code, said.err) == (2, "tallysheet: query: DROP is not allowed: give one SELECT\n")
    said = tallysheet("query", "select nothing from records")
    assert said.code == 2
    assert said.err.startswith('tallysheet: query: Binder Error: Referenced column "nothing" not found')
    said = tallysheet("query", "--index", "none.duckdb", "select 1")
    assert (said.code, said.err) == (2, "tallysheet: --index: none.duckdb: there is no such file\n")
    repo.write("none.duckdb", "no database")
    said = tallysheet("query", "--index", "none.duckdb", "select 1")
    assert said.code == 2
    assert said.err.startswith("tallysheet: --index: none.duckdb: is no index: ")


# Without DuckDB the command says what to install.
def test_missing_extra_is_told(repo: Any, tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    repo.good()
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    said = tallysheet("query", "select 1")
    assert said.code == 2
    assert said.err == "tallysheet: needs DuckDB: python -m pip install 'tallysheet[audit]'\n"


# An index that somebody else has made can't read more than one of ours: its views are asked behind the same walls.
def test_views_of_an_index_open_nothing(
    tmp_path: Path, tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.csv").write_text("a\nsecret\n", encoding="ascii")
    path = tmp_path / "odd.duckdb"
    with connect(str(path)) as connection:
        connection.execute("create view records as select * from read_csv('secret.csv')")
    said = tallysheet("query", "--index", path, "select * from records")
    assert (said.code, said.out) == (2, "")
    assert "file system operations are disabled" in said.err


# A process of its own says nothing but the answer: no library complains at its end.
@pytest.mark.parametrize("arguments", [("query", "select 1 as a"), ("index", "--to", "own.duckdb")], ids=" ".join)
def test_process_ends_quietly(repo: Any, arguments: tuple[str, ...]) -> None:
    repo.good()
    command = [sys.executable, "-m", "tallysheet", *arguments]
    done = subprocess.run(command, cwd=repo.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
