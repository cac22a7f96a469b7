"""The PRISMA 2020 flow diagram of a review, drawn from the counts that it reports (Page et al. 2021, BMJ 372:n71).

A box without a count is dashed and says "not reported": absent is never zero.
"""

from collections.abc import Mapping

from tallysheet.evidence.drawing import Drawing, cut

WIDTH = 760.0
STATIONS = (
    (
        "identified",
        "Records identified from databases and registers",
        (("duplicates", "Duplicates removed"), ("removed", "Removed for other reasons")),
    ),
    ("screened", "Records screened", (("excluded", "Records excluded"),)),
    ("sought", "Reports sought for retrieval", (("not_retrieved", "Reports not retrieved"),)),
    ("assessed", "Reports assessed for eligibility", (("ineligible", "Reports excluded"),)),
)
_LEFT, _BOX, _RIGHT, _SIDE, _HIGH, _GAP = 60.0, 330.0, 460.0, 280.0, 72.0, 26.0


def boxes_of(flow: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return every box of the diagram with its count, as a table: `not reported` where the review gives none."""
    rows = []
    for name, label, leaving in STATIONS:
        rows.append((label, count_of(flow, name)))
        rows += [(said, count_of(flow, side)) for side, said in leaving]
    if "other_sources" in flow:
        rows.append(("Included from other sources", count_of(flow, "other_sources")))
    studies = "included_reports" in flow
    rows.append(("Studies included" if studies else "Included in review", count_of(flow, "included")))
    if studies:
        rows.append(("Reports of included studies", count_of(flow, "included_reports")))
    return rows


def count_of(flow: Mapping[str, int], name: str) -> str:
    """Return a count as PRISMA writes it."""
    return f"n = {flow[name]:,}" if name in flow else "not reported"


def prisma(flow: Mapping[str, int], record: str, title: str, *, style: bool = True) -> str:
    """Return the flow diagram of a record as an SVG document."""
    sheet = Drawing(WIDTH)
    heading = f"PRISMA 2020 flow: {title}"
    sheet.text(12, 26, cut(heading, WIDTH - 24, 15), size=15, weight="bold")
    y = 46.0
    starts = []
    for name, label, leaving in STATIONS:
        starts.append(y)
        draw_box(sheet, _LEFT, y, _BOX, [(label, count_of(flow, name))])
        draw_box(sheet, _RIGHT, y, _SIDE, [(said, count_of(flow, side)) for side, said in leaving])
        sheet.arrow(_LEFT + _BOX, y + _HIGH / 2, _RIGHT, y + _HIGH / 2)
        sheet.arrow(_LEFT + _BOX / 2, y + _HIGH, _LEFT + _BOX / 2, y + _HIGH + _GAP)
        y += _HIGH + _GAP
    rows = boxes_of(flow)
    included = [row for row in rows[-2:] if row[0] != "Included from other sources" and "ncluded" in row[0]]
    draw_box(sheet, _LEFT, y, _BOX, included)
    if "other_sources" in flow:
        draw_box(sheet, _RIGHT, y, _SIDE, [("Included from other sources", count_of(flow, "other_sources"))])
        sheet.arrow(_RIGHT, y + _HIGH / 2, _LEFT + _BOX, y + _HIGH / 2)
    draw_phase(sheet, "Identification", starts[0], starts[0] + _HIGH)
    draw_phase(sheet, "Screening", starts[1], starts[3] + _HIGH)
    draw_phase(sheet, "Included", y, y + _HIGH)
    said = ". ".join(f"{label}: {count}" for label, count in rows) + "."
    return sheet.render(y + _HIGH + 16, f"flow-{record}", heading, said, style=style)


def draw_box(sheet: Drawing, x: float, y: float, width: float, lines: list[tuple[str, str]]) -> None:
    """Draw a box with its counts, dashed where none of them is reported."""
    known = any(count != "not reported" for _, count in lines)
    sheet.box(x, y, width, _HIGH, dash="" if known else "5 4")
    if len(lines) == 1:
        label, count = lines[0]
        sheet.text(x + width / 2, y + 31, label, anchor="middle")
        sheet.text(x + width / 2, y + 51, count, anchor="middle", fill="ink" if known else "soft")
        return
    for place, (label, count) in enumerate(lines):
        sheet.text(x + width / 2, y + 31 + 20 * place, f"{label}: {count}", anchor="middle")


def draw_phase(sheet: Drawing, name: str, top: float, bottom: float) -> None:
    """Draw the band that names a phase, its text running upwards."""
    sheet.band(16, top, 28, bottom - top)
    middle = (top + bottom) / 2
    size = 10 if bottom - top <= _HIGH else 13  # a band of one box is short
    half = len(name) * size * 0.28
    sheet.text(34, middle + half, name, size=size, turn=-90)
