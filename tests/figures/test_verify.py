"""An expression, or a table row by row, is verified."""

import csv
import io
from collections.abc import Iterable

import pytest

from tallysheet.figures.verify import TableError, judge_expression, parse_expression, verify_csv

EXPRESSIONS = [
    (("11/12", "91.7%"), (11, 12, "91.7%")),
    (("12", "91.7%"), (None, 12, "91.7%")),
    (("11/12", None), (11, 12, None)),
    ((" 3 / 17 ", "17.7"), (3, 17, "17.7")),
]


# Events, total and percentage are read from what is typed.
@pytest.mark.parametrize(("typed", "read"), EXPRESSIONS)
def test_an_expression_is_read(typed: tuple[str, str | None], read: tuple[int | None, int, str | None]) -> None:
    assert read == parse_expression(*typed)


# What is no expression is refused with what to type.
@pytest.mark.parametrize("typed", ["", "a/b", "11/", "1.5/12", "-1/12", "11/12/13", "1" * 16, "１１/12"])
def test_what_is_no_expression_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="give events/total"):
        parse_expression(typed)


# An expression gets its verdict.
def test_an_expression_gets_its_verdict() -> None:
    assert judge_expression("3/17", "17.7").explanation == "rounded_twice"
    assert judge_expression("12", "91.7%").fitting_counts == range(11, 12)


def verified(lines: Iterable[str]) -> tuple[list[dict[str, str]], dict[str, int], list[tuple[int, str]]]:
    out = io.StringIO()
    told: list[tuple[int, str]] = []
    counts = verify_csv(lines, out.write, lambda row, reason: told.append((row, reason)))
    return list(csv.DictReader(io.StringIO(out.getvalue()))), dict(counts), told


# Each row comes back with its verdict, its explanation and the counts that fit.
def test_each_row_comes_back_with_its_verdict() -> None:
    rows, counts, told = verified(["n,count,percent\n", "12,11,91.7\n", "17,3,17.7\n", "12,,91.7\n", "25,6,42\n"])
    assert [(row["verdict"], row["explanation"], row["count_min"], row["count_max"]) for row in rows] == [
        ("consistent", "", "11", "11"),
        ("explained", "rounded_twice", "", ""),
        ("consistent", "", "11", "11"),
        ("inconsistent", "", "", ""),
    ]
    assert counts == {"consistent": 2, "explained": 1, "inconsistent": 1}
    assert told == []


# A byte order mark, carriage returns, further columns, another order and quotes change nothing.
def test_the_form_of_the_table_changes_nothing() -> None:
    rows, counts, _ = verified(["\ufeffPercent,note,Count, N \r\n", '"91.7%","a, ""b""",11,12\r\n', "\r\n"])
    assert counts == {"consistent": 1}
    assert rows[0]["note"] == 'a, "b"'
    assert rows[0]["count_max"] == "11"


MALFORMED = [
    ("12,11\n", "2 fields where the header has 3"),
    ("12,11,91.7,x\n", "4 fields where the header has 3"),
    ("12,eleven,91.7\n", "count 'eleven' is no whole number"),
    ("12.5,11,91.7\n", "n '12.5' is no whole number"),
    ("-12,11,91.7\n", "n '-12' is no whole number"),
    ("9999999999999999,11,91.7\n", "n '9999999999999999' is no whole number"),
    ('12,11,"91,7"\n', "a comma: decimal or thousands?"),
    ("12,11,60-50%\n", "a range whose limits are swapped: the lower one stands first"),
]


# A row that can't be read is malformed, told with its line, and the others are judged all the same.
@pytest.mark.parametrize(("row", "reason"), MALFORMED)
def test_a_row_that_cannot_be_read_is_told(row: str, reason: str) -> None:
    rows, counts, told = verified(["n,count,percent\n", row, "12,11,91.7\n"])
    assert [one["verdict"] for one in rows] == ["malformed", "consistent"]
    assert counts == {"malformed": 1, "consistent": 1}
    assert [(2, reason)] == told


# Nothing to test with is not a pass.
def test_nothing_to_test_with_is_not_a_pass() -> None:
    _, counts, _ = verified(
        ["n,count,percent\n", ",,\n", "12,,\n", "12,11,\n", ",11,91.7\n", "200,,50\n", "12,11,NR\n"]
    )
    assert counts == {"not_testable": 6}


# A field too large for a table is malformed, and what follows is judged.
def test_a_huge_field_is_malformed() -> None:
    _, counts, _ = verified(["n,count,percent\n", f"12,11,{'9' * 200_000}\n", "12,11,91.7\n"])
    assert counts == {"malformed": 1, "consistent": 1}


# A table whose header lacks a column, or has it twice, or that is empty, is refused.
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "the table is empty"),
        (["n,percent\n"], "the column 'count' is missing"),
        (["n,count,count,percent\n"], "the column 'count' stands twice"),
    ],
)
def test_a_table_without_its_columns_is_refused(lines: list[str], reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        verify_csv(lines, io.StringIO().write)


# Rows are written as they are read, so that a table of any length can pass through.
def test_rows_are_written_as_they_are_read() -> None:
    written: list[str] = []
    read: list[int] = []

    def lines() -> Iterable[str]:
        yield "n,count,percent\n"
        for place in range(3):
            read.append(len(written))
            yield f"12,{place},0\n"

    verify_csv(lines(), written.append)
    assert read == [1, 2, 3]
