"""The forest plot of an outcome: a section for each condition and label, a row a study, the pooled estimate below.

Squares are in area as the patients are, lines are Wilson intervals, the diamond is the pooled estimate with its
interval, and the thin line through it the prediction interval. Counts stand beside every square, so that small
numbers are seen.
"""

from collections.abc import Sequence
from math import sqrt

from tallysheet.evidence.drawing import Drawing, cut
from tallysheet.evidence.figures import heterogeneity_line, percent, pooled_line, reach
from tallysheet.evidence.intervals import clopper_pearson, wilson
from tallysheet.evidence.measures import Row, Section
from tallysheet.evidence.pooling import Pooled
from tallysheet.evidence.summary import Evidence
from tallysheet.words import counted

WIDTH = 960.0
LINE = 22.0
MOST_ROWS = 100
"""Rows that are drawn of a section; all are in its table and in what is pooled."""
READ_OUT = 10
"""Rows that the description names of a section."""
_NAMES, _COUNTS, _LEFT, _RIGHT, _FIGURES = 12.0, 396.0, 430.0, 750.0, 948.0
HEADER = (
    "study",
    "patients",
    "events",
    "total",
    "percent",
    "Wilson 95 %",
    "Clopper-Pearson 95 %",
    "derived",
    "counted",
)


def forest(evidence: Evidence, outcome: str, condition: str | None = None, *, style: bool = True) -> str:
    """Return the forest plot of an outcome, of one condition or of all, as an SVG document."""
    sections = [one for one in evidence.sections(outcome, condition) if one.rows or one.reviews]
    sheet = Drawing(WIDTH)
    title = f"{evidence.outcomes.get(outcome, outcome)}: proportions by condition"
    sheet.text(_NAMES, 26, cut(title, WIDTH - 24, 16), size=16, weight="bold")
    sheet.text(_COUNTS, 50, "events/total", fill="soft", anchor="end")
    sheet.text(_FIGURES, 50, "% (95 % interval)", fill="soft", anchor="end")
    draw_scale(sheet, 50)
    y = 58.0
    for section in sections:
        y = draw_section(sheet, evidence, section, y + 8)
    sheet.line(_LEFT, y + 4, _RIGHT, y + 4)
    draw_scale(sheet, y + 20)
    y += 40
    for note in notes_of(sections):
        sheet.text(_NAMES, y, note, fill="soft", size=12)
        y += 18
    name = f"forest-{outcome}" + (f"-{condition}" if condition else "")
    return sheet.render(y, name, title, description_of(evidence, sections), style=style)


def draw_scale(sheet: Drawing, y: float) -> None:
    """Write the scale in per cent."""
    for share in range(0, 101, 20):
        sheet.text(at(share / 100), y, f"{share}%", fill="soft", anchor="middle", size=12)


def draw_grid(sheet: Drawing, top: float, bottom: float) -> None:
    """Draw a line for each figure of the scale, behind rows only, so that none crosses a text."""
    for share in range(0, 101, 20):
        sheet.line(at(share / 100), top, at(share / 100), bottom, stroke="faint")


def at(share: float) -> float:
    """Return where a proportion stands on the scale."""
    return _LEFT + (_RIGHT - _LEFT) * share


def draw_section(sheet: Drawing, evidence: Evidence, section: Section, y: float) -> float:
    """Draw the rows of a section with what is pooled of them; return where it ends."""
    y += LINE
    sheet.text(_NAMES, y - 6, cut(evidence.heading(section, outcome=False), WIDTH - 24), weight="bold")
    sharing = {record for pair in section.overlaps for record in pair}
    shown = [*section.rows[:MOST_ROWS], *section.reviews[:MOST_ROWS]]
    rests = sum(len(rows) > MOST_ROWS for rows in (section.rows, section.reviews))
    pools = isinstance(evidence.pooled(section), Pooled)
    draw_grid(sheet, y, y + LINE * (len(shown) + rests + pools))
    most = max(row.total for row in shown)
    for row in section.rows[:MOST_ROWS]:
        y = draw_row(sheet, row, most, y, "†" if row.record in sharing else "")
    y = draw_rest(sheet, len(section.rows) - MOST_ROWS, "more studies: in the table, and in what is pooled", y)
    for row in section.reviews[:MOST_ROWS]:
        y = draw_row(sheet, row, most, y, "‡", hollow=True)
    y = draw_rest(sheet, len(section.reviews) - MOST_ROWS, "more reviews: in the table", y)
    return draw_pooled(sheet, evidence, section, y)


def draw_rest(sheet: Drawing, number: int, said: str, y: float) -> float:
    """Say how many rows are not drawn, if any."""
    if number <= 0:
        return y
    sheet.text(_NAMES + 12, y + 15, f"and {number:,} {said}", fill="soft")
    return y + LINE


def draw_row(sheet: Drawing, row: Row, most: int, y: float, mark: str, *, hollow: bool = False) -> float:
    """Draw one row; return where it ends."""
    share, interval, middle = row.events / row.total, wilson(row.events, row.total), y + 11
    label = f"{cut(row.record, 280)}{mark and ' ' + mark}"
    sheet.text(_NAMES + 12, y + 15, label, fill="soft" if hollow else "ink")
    sheet.text(_COUNTS, y + 15, row.counts, anchor="end")
    if row.derived:
        sheet.text(_COUNTS + 2, y + 15, "*")
    sheet.line(at(interval[0]), middle, at(interval[1]), middle, stroke="rule", width=1.5)
    sheet.square(at(share), middle, 4 + 9 * sqrt(row.total / most), hollow=hollow)
    sheet.text(_FIGURES, y + 15, f"{percent(share)} ({reach(interval)})", anchor="end")
    return y + LINE


def draw_pooled(sheet: Drawing, evidence: Evidence, section: Section, y: float) -> float:
    """Draw the pooled estimate of a section, or say why there is none; return where it ends."""
    found = evidence.pooled(section)
    if not isinstance(found, Pooled):
        if section.rows:
            sheet.text(_NAMES + 12, y + 15, cut(pooled_line(found), WIDTH - 36, 12), fill="soft", size=12)
            return y + LINE
        return y
    middle = y + 11
    sheet.text(_NAMES + 12, y + 15, f"Pooled, {counted(found.k, 'study', 'studies')}", weight="bold")
    sheet.text(_COUNTS, y + 15, f"{found.events}/{found.total}", anchor="end", weight="bold")
    if found.prediction:
        sheet.line(at(found.prediction[0]), middle, at(found.prediction[1]), middle)
    sheet.diamond(at(found.interval[0]), at(found.estimate), at(found.interval[1]), middle)
    sheet.text(_FIGURES, y + 15, f"{percent(found.estimate)} ({reach(found.interval)})", anchor="end", weight="bold")
    sheet.text(_NAMES + 12, y + LINE + 13, cut(heterogeneity_line(found), WIDTH - 36, 12), fill="soft", size=12)
    return y + 2 * LINE


def notes_of(sections: Sequence[Section]) -> list[str]:
    """Return the signs that the drawing uses, each with its meaning."""
    rows = [row for section in sections for row in (*section.rows, *section.reviews)]
    notes = ["Squares: patients by area, with Wilson intervals. Diamond: pooled; the line through it: a new study."]
    if any(row.derived for row in rows):
        notes.append("* derived: the only count that the printed percentage fits, or the sum of groups.")
    if any(section.overlaps for section in sections):
        notes.append("† may share patients with another study of the section.")
    if any(section.reviews for section in sections):
        notes.append("‡ a review, never pooled: its patients come from other publications.")
    return notes


def description_of(evidence: Evidence, sections: Sequence[Section]) -> str:
    """Return in words what the plot shows, for those who do not see it."""
    if not sections:
        return "Nothing is counted."
    said = []
    for section in sections:
        heading = evidence.heading(section, outcome=False)
        reviews = f", {counted(len(section.reviews), 'review')} not counted" if section.reviews else ""
        rows = ", ".join(f"{row.record} {row.counts}" for row in section.rows[:READ_OUT])
        more = f" and {len(section.rows) - READ_OUT:,} more" if len(section.rows) > READ_OUT else ""
        studies = f"{counted(len(section.rows), 'study', 'studies')}{reviews}"
        listed = f" ({rows}{more})" if rows else ""
        said.append(f"{heading}: {studies}{listed}; {pooled_line(evidence.pooled(section))}")
    return ". ".join(said) + "."


def table_of(section: Section) -> list[tuple[str, ...]]:
    """Return the rows of a section as a table, its header first: what the plot shows, and the exact intervals."""
    uses = [*((row, "yes") for row in section.rows), *((row, "no: a review") for row in section.reviews)]
    return [
        HEADER,
        *(
            (
                row.record,
                row.group,
                str(row.events),
                str(row.total),
                percent(row.events / row.total),
                reach(wilson(row.events, row.total)),
                reach(clopper_pearson(row.events, row.total)),
                row.derived,
                use,
            )
            for row, use in uses
        ),
    ]
