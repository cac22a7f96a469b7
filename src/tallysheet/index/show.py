"""An answer of the index as a table for people, as CSV or as JSON."""

import csv
import io
import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tallysheet.index.ask import Answer
from tallysheet.reader.inert import inert
from tallysheet.report.sinks import csv_cell, json_text, log_line
from tallysheet.report.table import table
from tallysheet.unusable import Unusable
from tallysheet.words import counted

WIDEST = 60
"""Characters of a cell for people."""


def as_text(answer: Answer) -> str:
    """Return rows in columns, and how many they are."""
    cells = [[inert("" if cell is None else str(plain(cell)), WIDEST) for cell in row] for row in answer.rows]
    rows = [[inert(name, WIDEST) for name in answer.columns], *cells]
    lines = table(rows).splitlines() if answer.columns else []
    return "".join(f"{log_line(line)}\n" for line in [*lines, counted(len(answer.rows), "row")])


def as_csv(answer: Answer) -> str:
    """Return the rows as CSV that a spreadsheet takes for text; absent is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in [answer.columns, *answer.rows]:
        writer.writerow(["" if cell is None else csv_cell(str(plain(cell))) for cell in row])
    return written.getvalue()


def as_json(answer: Answer) -> str:
    """Return the rows as JSON objects; raises Unusable where two columns have one name."""
    names = answer.columns
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Unusable(f"query: several columns are called {inert(twice[0])}: name them with AS")
    return json_text([dict(zip(names, map(plain, row), strict=True)) for row in answer.rows], indent=2) + "\n"


def plain(cell: Any) -> Any:
    """Return a value of the index as JSON has it: days and what JSON does not know as text, exact numbers exactly."""
    if isinstance(cell, Decimal):
        return int(cell) if cell.is_finite() and cell == cell.to_integral_value() else str(cell)
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    if isinstance(cell, list | tuple):
        return [plain(one) for one in cell]
    if isinstance(cell, dict):
        return {str(key): plain(one) for key, one in cell.items()}
    return cell if cell is None or isinstance(cell, str | int) else str(cell)
