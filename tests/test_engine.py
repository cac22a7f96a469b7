"""The engine under what records may hold: nothing crashes a rule, and nothing that was refused is called green."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallysheet.engine import Engine
from tallysheet.reader import read
from tallysheet.repository import open_repository

PROJECT = Path(__file__).resolve().parents[1]
RECORDS = {path.name: path.read_bytes() for path in sorted((PROJECT / "records").glob("*.yaml"))}
ODD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        2,
        10**15,
        1.5,
        1e300,
        "",
        " ",
        "x",
        "all",
        "x" * 300,
        [],
        {},
        [None],
        {"a": 1},
        [[]],
    ),
    *("0", "1", "-1", "24", "24.0", "24,5", "<1", ">99", "about 5", "~5", "NR", "NA", "NE", "-", "1e5", "5-10", "100%"),
    *("2025", "2025-02", "2025-02-30", "2025-13", "0000", "9999-12-31", "10.1182/x", "PMC0", "NCT1", "1-2-3-4-5-6"),
    *("/results/0/proportion/percent", "/", "~", "no-such-group", "café", "<title>", "387-90", "a-b", "9-1", "-", "٣"),
]
"""Values that some field does not expect: of a wrong type, out of range, or nearly right."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(open_repository(PROJECT))


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container of a value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def changed(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a record with one to three of its values replaced, removed, repeated or exchanged."""
    record = copy.deepcopy(record)
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(list(places(record)))
        match chance.randrange(5):
            case 0 | 1:
                container[key] = copy.deepcopy(chance.choice(ODD))
            case 2:
                del container[key]
            case 3 if isinstance(container, list):
                container.append(copy.deepcopy(container[key]))
            case _:
                other, place = chance.choice(list(places(record)) or [(container, key)])
                try:
                    container[key] = copy.deepcopy(other[place])
                except LookupError:
                    container[key] = None
        if not record:
            return {"id": None}
    return record


# Whatever a field holds, no rule raises, and a record that the schema refuses has a finding.
@pytest.mark.parametrize("seed", range(12))
def test_no_value_makes_a_rule_raise(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    names = [name for name, data in RECORDS.items() if len(data) < 8_000]
    for _ in range(150):
        name = chance.choice(names)
        record = changed(read(RECORDS[name]).value or {}, chance)
        judged = engine.judge(f"records/{name}", json.dumps(record, ensure_ascii=False).encode())
        assert judged.crashes == [], json.dumps(record)
        assert engine.accepts(record) or judged.findings
        for finding in judged.findings:
            assert finding.message
            assert finding.span.line >= 1
            assert len(finding.message) < 500


# A whole number with a point is told also where something else is wrong, and no rule computes with it.
def test_whole_numbers_with_a_point_are_told_beside_other_misfits(engine: Engine) -> None:
    record: Any = read(RECORDS["emapalumab-hlh-scoping-review.yaml"]).value
    record["results"][2]["proportion"]["events"] = 6.0
    record["kind"] = "nothing"
    judged = engine.judge("records/emapalumab-hlh-scoping-review.yaml", json.dumps(record).encode())
    assert [finding.pointer for finding in judged.findings] == ["/kind", "/results/2/proportion/events"]


# The same bytes give the same findings, whatever was judged before.
def test_judging_keeps_nothing_between_records(engine: Engine) -> None:
    fresh = {name: Engine(open_repository(PROJECT)).judge(name, data) for name, data in list(RECORDS.items())[:5]}
    for name, judged in fresh.items():
        assert engine.judge(name, RECORDS[name]).findings == judged.findings


# A file that is wrong throughout shows its first findings and counts the rest.
def test_findings_of_one_file_are_limited(engine: Engine) -> None:
    record = read(RECORDS["emapalumab-hlh-scoping-review.yaml"]).value or {}
    record |= {f"x{number}": number for number in range(20_000)}
    judged = engine.judge("records/emapalumab-hlh-scoping-review.yaml", json.dumps(record).encode())
    assert len(judged.findings) == 51
    assert (judged.findings[-1].rule, judged.findings[-1].message) == (
        "too-many-findings",
        "more findings in this file are not shown",
    )
