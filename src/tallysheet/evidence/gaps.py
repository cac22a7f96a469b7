"""The evidence map: outcomes by conditions, with the patients that each cell counts; an empty cell is a gap."""

from math import cos, radians, sin, sqrt

from tallysheet.evidence.drawing import Drawing, cut
from tallysheet.evidence.summary import Evidence

_NAMES, _CELL, _LINE, _TURN, _LONGEST = 276.0, 82.0, 40.0, 38.0, 420.0


def map_table(evidence: Evidence) -> list[tuple[str, ...]]:
    """Return the map as a table, its header first: `25` are counted, `(86)` are a review's, nothing is a gap."""
    cells = evidence.patients()
    conditions = [word for word in evidence.conditions if any(cell[1] == word for cell in cells)]
    outcomes = [word for word in evidence.outcomes if any(cell[0] == word for cell in cells)]
    rows = [("outcome", *(evidence.conditions[word] for word in conditions))]
    for outcome in outcomes:
        found = (shown(*cells.get((outcome, condition), (0, 0))) for condition in conditions)
        rows.append((evidence.outcomes[outcome], *found))
    return rows


def shown(patients: int, reviewed: int) -> str:
    """Return the number of a cell."""
    return f"{patients:,}" if patients else f"({reviewed:,})" if reviewed else ""


def evidence_map(evidence: Evidence, *, style: bool = True) -> str:
    """Return the map as an SVG document: discs in area as the patients are, rings where only a review speaks of any."""
    header, *rows = map_table(evidence)
    title = "Evidence map: patients by outcome and condition"
    longest = max((len(name) for name in header[1:]), default=0)
    rise = min(longest * 12 * 0.56, _LONGEST)
    top = 60 + rise * sin(radians(_TURN)) + 12
    width = max(_NAMES + _CELL * len(header[1:]) + rise * cos(radians(_TURN)), 620.0)
    sheet = Drawing(width)
    sheet.text(12, 26, title, size=16, weight="bold")
    for place, name in enumerate(header[1:]):
        sheet.text(_NAMES + _CELL * (place + 0.5), top - 10, cut(name, _LONGEST, 12), size=12, turn=-_TURN)
    most = max((int(cell.strip("()").replace(",", "")) for row in rows for cell in row[1:] if cell), default=1)
    for line, row in enumerate(rows):
        y = top + _LINE * line
        sheet.line(12, y, _NAMES + _CELL * len(header[1:]), y, stroke="faint")
        sheet.text(12, y + 25, cut(row[0], _NAMES - 20))
        for place, cell in enumerate(row[1:]):
            x = _NAMES + _CELL * (place + 0.5)
            if cell:
                patients = int(cell.strip("()").replace(",", ""))
                sheet.circle(x - 18, y + 20, max(2.0, 17 * sqrt(patients / most)), hollow=cell.startswith("("))
                sheet.text(x + 4, y + 25, cell)
    bottom = top + _LINE * len(rows)
    sheet.line(12, bottom, _NAMES + _CELL * len(header[1:]), bottom, stroke="faint")
    notes = (
        "Each study once, no overlapping cohorts; area: patients. A patient may be in several cells: never add them.",
        "Rings and brackets: a review only, whose patients come from other publications. Empty: nothing is counted.",
    )
    for place, note in enumerate(notes):
        sheet.text(12, bottom + 24 + 18 * place, cut(note, width - 24, 12), fill="soft", size=12)
    said = [f"{row[0]}: {', '.join(found)}" for row in rows if (found := cells_of(row, header))]
    return sheet.render(bottom + 56, "evidence-map", title, ". ".join([*said, *notes]), style=style)


def cells_of(row: tuple[str, ...], header: tuple[str, ...]) -> list[str]:
    """Return the cells of a row that are no gap, in words."""
    return [f"{name} {cell}" for name, cell in zip(header[1:], row[1:], strict=True) if cell]
