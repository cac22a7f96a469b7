"""What `tallysheet verify` does: one expression, or a table of counts and percentages row by row."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tallysheet.figures.judgement import Judgement
from tallysheet.figures.printed import NotAFigure
from tallysheet.figures.proportion import judge_proportion

COLUMNS = ("n", "count", "percent")
"""The columns that are read, by the names in the header, whatever their case and order."""

ADDED = ("verdict", "explanation", "count_min", "count_max")
"""The columns that are written behind those of the table."""

MALFORMED = "malformed"
"""In the column `verdict`: the row can't be read, so it is not judged. Counted apart, never as a pass."""

LONGEST_COUNT = 15
"""Most digits of a count."""

_COUNTS = re.compile(r"(?:([0-9]{1,15}) ?/ ?)?([0-9]{1,15})")


class TableError(ValueError):
    """The table can't be read at all: its header lacks a column, or has one twice."""


def parse_expression(counts: str, percent: str | None = None) -> tuple[int | None, int, str | None]:
    """Return events, total and percentage of "11/12" or "12" with an optional "91.7%".

    Raises `ValueError` for what is no count; the percentage is read by `judge_proportion`.
    """
    found = _COUNTS.fullmatch(counts.strip())
    if not found:
        raise ValueError(f"{counts[:30]!r}: give events/total, such as 11/12, or the total alone")
    return (int(found[1]) if found[1] else None), int(found[2]), percent


def judge_expression(counts: str, percent: str | None = None) -> Judgement:
    """Return the judgement on an expression; raises as `parse_expression` and `read_printed` do."""
    return judge_proportion(*parse_expression(counts, percent))


def verify_csv(
    lines_in: Iterable[str], write_out: Callable[[str], object], tell: Callable[[int, str], object] | None = None
) -> Counter[str]:
    """Judge each row of a CSV table and write it with `ADDED` columns; return how often each verdict came.

    Reads line by line, keeps other columns as they are, and ends lines with a newline alone. Counts may be blank. The
    header may stand in any order, behind a byte order mark. A row that can't be read gets the verdict `malformed`, and
    `tell` gets its line number and the reason; one that has other than the header's number of fields is cut or filled
    up with blanks. Raises `TableError`.
    """
    reader = csv.reader(_without_mark(lines_in))
    header = _next(reader)
    if header is None:
        raise TableError("the table is empty: its first line names the columns n, count, percent")
    places = _places(header)
    writer = csv.writer(_Target(write_out), lineterminator="\n")
    writer.writerow([*header, *ADDED])
    verdicts: Counter[str] = Counter()
    width = len(header)
    while (row := _next(reader)) is not None:
        if not row:
            continue
        try:
            added = _judge_row(row, width, places)
        except (NotAFigure, _MalformedError) as error:
            added = MALFORMED, "", "", ""
            if tell:
                tell(reader.line_num, str(error))
        verdicts[added[0]] += 1
        writer.writerow([*row[:width], *[""] * (width - len(row)), *added])
    return verdicts


class _MalformedError(ValueError):
    """A row can't be read."""


class _Target:
    """What `csv.writer` writes to."""

    def __init__(self, write_out: Callable[[str], object]) -> None:
        self.write = write_out


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if place == 0 else line


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row; one that csv refuses (a huge field, a NUL) is a row that fits no header."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return [f"unreadable: {error}"]


def _places(header: list[str]) -> tuple[int, int, int]:
    names = [name.strip().casefold() for name in header]
    for column in COLUMNS:
        if names.count(column) != 1:
            problem = "is missing" if column not in names else "stands twice"
            raise TableError(f"the column {column!r} {problem}: the first line names n, count and percent")
    n, count, percent = (names.index(column) for column in COLUMNS)
    return n, count, percent


def _judge_row(row: list[str], width: int, places: tuple[int, int, int]) -> tuple[str, str, str, str]:
    if len(row) != width:
        raise _MalformedError(f"{len(row)} fields where the header has {width}")
    n, count, percent = row[places[0]].strip(), row[places[1]].strip(), row[places[2]]
    judged = judge_proportion(_whole("count", count), _whole("n", n), percent or None)
    fits = judged.fitting_counts
    least, most = (str(fits[0]), str(fits[-1])) if fits else ("", "")
    return judged.verdict, judged.explanation, least, most


def _whole(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT):
        raise _MalformedError(f"{name} {text[:30]!r} is no whole number")
    return int(text)
