"""The corpus of hostile and harmless files: each gets the rule and the line that its table says, and nothing else."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tallysheet.reader import RULES, read

pytestmark = pytest.mark.usefixtures("way")

FOLDER = Path(__file__).parents[1] / "hostile"
with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def test_the_table_has_every_file() -> None:
    assert sorted(path.name for path in (FOLDER / "files").iterdir()) == [row["name"] for row in ROWS]


@pytest.mark.parametrize("row", [row for row in ROWS if row["stage"] == "reader"], ids=lambda row: str(row["name"]))
def test_what_the_reader_refuses(row: dict[str, str]) -> None:
    document = read((FOLDER / "files" / row["name"]).read_bytes())
    found = list(dict.fromkeys(f"{fault.rule}:{fault.span.line}" for fault in document.faults))
    expected = f"{row['rule']}:{row['line']}"
    assert row["expect"] == "reject"
    assert expected in found
    assert [each for each in found if each != expected] == row["others"].split()


@pytest.mark.parametrize("row", [row for row in ROWS if row["stage"] != "reader"], ids=lambda row: str(row["name"]))
def test_what_the_reader_lets_through_to_the_schema_and_the_rules(row: dict[str, str]) -> None:
    document = read((FOLDER / "files" / row["name"]).read_bytes())
    assert document.faults == ()
    assert document.value is not None
    assert row["expect"] == ("reject" if row["stage"] in {"schema", "rule"} else "accept")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["name"]))
def test_what_is_told_is_short_and_inert(row: dict[str, Any]) -> None:
    for fault in read((FOLDER / "files" / row["name"]).read_bytes()).faults:
        assert fault.rule in RULES
        assert len(fault.message) < 300
        assert fault.message.isprintable()
        assert fault.hint is not None
        assert fault.hint.isprintable()
