"""Evidence as text for a terminal, as JSON and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from tallysheet.evidence.counts import Sum
from tallysheet.evidence.figures import heterogeneity_line, percent, pooled_line
from tallysheet.evidence.intervals import clopper_pearson, wilson
from tallysheet.evidence.measures import LeftOut, Row, Section
from tallysheet.evidence.pooling import Pooled, Refused
from tallysheet.evidence.summary import Evidence
from tallysheet.reader.inert import inert
from tallysheet.report.sinks import csv_cell, json_text, log_line
from tallysheet.words import counted

WIDTH = 100
FORMAT_VERSION = 1
_NAME, _COUNT = 42, 12
CSV_HEADER = (
    *("outcome", "condition", "label", "basis", "use", "study", "record", "place", "kind", "group", "time"),
    *("events", "total", "derived", "percent", "wilson_lower", "wilson_upper", "exact_lower", "exact_upper"),
    *("pooled_lower", "pooled_upper", "prediction_lower", "prediction_upper", "tau2", "i2", "why"),
)


def as_text(evidence: Evidence, sections: Sequence[Section], said: Iterable[str] = ()) -> str:
    """Return sections as text of at most 100 columns, each with its rows, what is pooled, and what was left out."""
    lines = list(said)
    for section in sections:
        lines += ["", *lines_of(evidence, section)]
    rows = [row for section in sections for row in section.rows]
    studies = len({evidence.selection.studies.name(row.study) for row in rows})
    lines += [
        "",
        f"{counted(len(sections), 'measure')}, {counted(len(rows), 'row')} of {counted(studies, 'study', 'studies')}",
    ]
    return "\n".join(lines).lstrip("\n") + "\n"


def lines_of(evidence: Evidence, section: Section) -> Iterator[str]:
    """Yield the lines of a section."""
    yield from wrapped(evidence.heading(section), "")
    shown = [*section.rows, *section.reviews]
    if shown:
        yield f"  {'':{_NAME}}{'events':>{_COUNT}}   {'%':>5}  {'Wilson 95 %':<14}  Clopper-Pearson"
    sharing = {record for pair in section.overlaps for record in pair}
    for row in shown:
        yield row_line(row, "[review] " if row in section.reviews else "", "+" if row.record in sharing else "")
        if about := ", ".join(part for part in (row.time, row.basis and f"basis: {row.basis}") if part):
            yield f"      {inert(about, WIDTH - 6)}"
    if any(row.derived for row in shown):
        yield "  * derived: the only count that the percentage fits, or a sum of groups"
    if section.overlaps:
        yield "  + may share patients with another study here"
    if section.reviews:
        yield "  [review] is not counted: its patients come from other publications"
    if section.rows:
        found = evidence.pooled(section)
        yield from wrapped(pooled_line(found))
        if isinstance(found, Pooled):
            yield from wrapped(heterogeneity_line(found), "    ")
            yield from (f"    {note}" for note in found.notes if found.prediction)
        yield from wrapped(sum_line(evidence.sum(section)))
    for other in left_out_of(evidence, section):
        yield from wrapped(f"left out: {inert(other.record)}: {inert(other.figures, 40)}: {other.why}")


def row_line(row: Row, before: str, after: str) -> str:
    """Return one row: events over total as counted, with both intervals."""
    share = row.events / row.total
    low, high = (
        (percent(one), percent(other))
        for one, other in (wilson(row.events, row.total), clopper_pearson(row.events, row.total))
    )
    name = inert(before + row.record, _NAME - 3) + after
    counts = row.counts + ("*" if row.derived else " ")
    return f"  {name:{_NAME}}{counts:>{_COUNT}}  {percent(share):>6}  {'-'.join(low):<14}  {'-'.join(high)}"


def sum_line(found: Sum) -> str:
    """Return what is added up over studies that can't share patients."""
    derived = f", {found.derived} derived" if found.derived else ""
    said = f"added: {found.events:,}/{found.total:,} of {counted(len(found.rows), 'study', 'studies')}{derived}"
    return said + "; each study once, no cohorts that may overlap"


def left_out_of(evidence: Evidence, section: Section) -> tuple[LeftOut, ...]:
    """Return all that is not in the sum of a section."""
    return evidence.sum(section).left_out


def wrapped(text: str, before: str = "  ") -> list[str]:
    """Return a text on lines of at most 100 columns, set in."""
    import textwrap

    return textwrap.wrap(log_line(text), WIDTH, initial_indent=before, subsequent_indent=before + "  ")


def as_json(evidence: Evidence, sections: Sequence[Section], left_out: dict[str, str]) -> str:
    """Return sections, the evidence map and flows as JSON."""
    document = {
        "format_version": FORMAT_VERSION,
        "sections": [section_as_json(evidence, section) for section in sections],
        "map": [
            {"outcome": outcome, "condition": condition, "patients": patients, "reviewed": reviewed}
            for (outcome, condition), (patients, reviewed) in evidence.patients().items()
        ],
        "flows": {record: dict(flow) for record, flow in evidence.flows.items()},
        "records_left_out": left_out,
    }
    return json_text(document, indent=2) + "\n"


def section_as_json(evidence: Evidence, section: Section) -> dict[str, Any]:
    """Return one section as JSON value."""
    added = evidence.sum(section)
    return {
        **section.measure._asdict(),
        "heading": evidence.heading(section),
        "rows": [row_as_json(row) for row in section.rows],
        "reviews": [row_as_json(row) for row in section.reviews],
        "pooled": pooled_as_json(evidence.pooled(section)) if section.rows else None,
        "sum": {"events": added.events, "total": added.total, "studies": len(added.rows), "derived": added.derived},
        "overlaps": [list(pair) for pair in section.overlaps],
        "left_out": [
            {name: getattr(other, name) for name in ("study", "record", "place", "figures", "why")}
            for other in added.left_out
        ],
    }


def row_as_json(row: Row) -> dict[str, Any]:
    """Return one row as JSON value, with its intervals as proportions."""
    fields = {name: value for name, value in asdict(row).items() if name != "measure"}
    return fields | {
        "proportion": row.events / row.total,
        "wilson": list(wilson(row.events, row.total)),
        "clopper_pearson": list(clopper_pearson(row.events, row.total)),
    }


def pooled_as_json(found: Pooled | Refused) -> dict[str, Any]:
    """Return what is pooled as JSON value; an infinite logit is null."""
    if isinstance(found, Refused):
        return {"refused": found.why}
    fields = asdict(found)
    return fields | {"mu": None if found.prediction is None else found.mu}


def as_csv(evidence: Evidence, sections: Sequence[Section]) -> str:
    """Return a line for each row that is counted, each of a review, each pooled estimate, and all that was left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    for section in sections:
        measure = section.measure
        first = {
            "outcome": measure.outcome,
            "condition": measure.condition,
            "label": section.label,
            "basis": measure.among,
        }
        for line in csv_lines(evidence, section):
            cells = first | line
            writer.writerow([cell_of(cells.get(name, "")) for name in CSV_HEADER])
    return out.getvalue()


def cell_of(value: Any) -> str:
    """Return a value as cell: figures as they are, texts so that none is a formula."""
    return csv_cell(value) if isinstance(value, str) else f"{value:.6f}" if isinstance(value, float) else str(value)


def csv_lines(evidence: Evidence, section: Section) -> Iterator[dict[str, Any]]:
    """Yield the lines of a section, each with the columns that it fills."""
    for use, rows in (("counted", section.rows), ("review", section.reviews)):
        for row in rows:
            names = ("study", "record", "place", "kind", "group", "time", "events", "total", "derived")
            low, high = wilson(row.events, row.total), clopper_pearson(row.events, row.total)
            limits = dict(zip(CSV_HEADER[15:19], (*low, *high), strict=True))
            share = 100 * row.events / row.total
            basis = {"basis": row.basis} if row.basis else {}
            yield {"use": use, "percent": share, **{name: getattr(row, name) for name in names}, **limits, **basis}
    if section.rows:
        yield pooled_cells(evidence.pooled(section))
    for other in left_out_of(evidence, section):
        yield {
            "use": "left out",
            "study": other.study,
            "record": other.record,
            "place": other.place,
            "why": f"{other.figures}: {other.why}",
        }


def pooled_cells(found: Pooled | Refused) -> dict[str, Any]:
    """Return the columns of a pooled estimate, or why there is none."""
    if isinstance(found, Refused):
        return {"use": "not pooled", "why": found.why}
    cells: dict[str, Any] = {
        "use": "pooled",
        "events": found.events,
        "total": found.total,
        "percent": 100 * found.estimate,
    }
    cells |= {"pooled_lower": found.interval[0], "pooled_upper": found.interval[1]}
    if found.tau2 is not None and found.i2 is not None:
        cells |= {"tau2": found.tau2, "i2": found.i2}
    if found.prediction:
        cells |= {"prediction_lower": found.prediction[0], "prediction_upper": found.prediction[1]}
    return cells | {"why": "; ".join(found.notes)}
