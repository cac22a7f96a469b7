"""What the tests of the cache share: a repository of all kinds, which records are judged, and the file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet import judging, stamps
from tallysheet.engine import Engine

Helper = Callable[..., Any]
WAIVERS = """waivers:
  - {{pointer: /results/0/proportion/percent, rule: quote, reason: The table is not in reach for anybody., by: A. R., \
until: "{until}"}}
curation:"""


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files count as settled at once: a test waits for no clock."""
    for module in (stamps, judging):
        monkeypatch.setattr(module, "SETTLED", -(10**12))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the records that are judged or only asked for facts, as they are."""
    seen: list[str] = []
    judge, gather = Engine.judge, Engine.gather

    def judging_one(engine: Engine, path: str, data: bytes) -> Any:
        seen.append(path)
        return judge(engine, path, data)

    def gathering_one(engine: Engine, path: str, data: bytes) -> Any:
        seen.append(path)
        return gather(engine, path, data)

    monkeypatch.setattr(Engine, "judge", judging_one)
    monkeypatch.setattr(Engine, "gather", gathering_one)
    return seen


@pytest.fixture(name="all_kinds")
def fixture_all_kinds() -> Helper:
    """Return what writes records of every kind."""
    return all_kinds


@pytest.fixture(name="cache_of")
def fixture_cache_of() -> Helper:
    """Return what finds the file of the cache."""
    return cache_of


@pytest.fixture(name="line_at")
def fixture_line_at() -> Helper:
    """Return what reads a line of the cache."""
    return line_at


def all_kinds(repo: Any) -> None:
    """Write records of every kind: good, wrong, acknowledged, waived, unreadable, malformed, twins."""
    repo.good("good")
    repo.wrong("wrong")
    repo.write("records/twin.yaml", repo.good("twin").read_text().replace("id: twin", "id: good"))
    repo.write("records/unreadable.yaml", "id: [\n")
    repo.write("records/malformed.yaml", repo.good("malformed").read_text().replace("status: active", "status: activ"))
    waived = repo.good("waived").read_text().replace("(24%)", "(25%)")
    repo.write("records/waived.yaml", waived.replace("curation:", WAIVERS.format(until="2027-01-01")))
    entry = (
        'discrepancies: [{pointer: /results/0/proportion/percent, rule: proportion, printed: "6, 25 and 42", '
        'why: The publication prints it so., by: A. R., on: "2026-11-23"}]\ncuration:'
    )
    acknowledged = repo.wrong("acknowledged").read_text().replace("(24%)", "(42%)")
    repo.write("records/acknowledged.yaml", acknowledged.replace("curation:", entry))
    repo.write("records/notes.txt", "no record")


def cache_of(repo: Any) -> Path:
    """Return the file of the cache."""
    (found,) = (repo.root / ".tallysheet").glob("cache-????????????????")
    return Path(found)


def line_at(repo: Any, number: int) -> Any:
    """Return what is read at once of a line of the cache."""
    return json.loads(cache_of(repo).read_bytes().splitlines()[number][64:].partition(b"\t")[0])
