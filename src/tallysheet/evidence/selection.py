"""One row a study for every outcome and condition, and what was left out for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tallysheet.evidence.candidates import leave, offered
from tallysheet.evidence.measures import LeftOut, Measure, Row, Section
from tallysheet.evidence.studies import Studies, read_studies

REVIEWS = frozenset({"systematic-review", "scoping-review", "review", "consensus", "drug-profile"})
"""Kinds of publications whose patients come from others."""
ORDER = (
    frozenset({"trial", "observational", "case-series", "case-report", "pharmacokinetic"}),
    frozenset({"label", "registry-entry"}),
    frozenset({"meeting-abstract"}),
)
"""Which report of a study is counted: full ones, then official ones, then abstracts, then all others."""


@dataclass(frozen=True)
class Selection:
    """What is counted of a collection: its sections, and how its studies stand to each other."""

    sections: Mapping[Measure, Section]
    studies: Studies

    def of(self, outcome: str | None = None, condition: str | None = None) -> list[Section]:
        """Return the sections of an outcome, a condition, both or all, in the order of their measures."""
        return [
            section
            for measure, section in self.sections.items()
            if outcome in (None, measure.outcome) and condition in (None, measure.condition)
        ]


def select(
    records: Iterable[Mapping[str, Any]], labels: Mapping[str, str] | None = None, without: Iterable[str] = ()
) -> Selection:
    """Return what is counted of `records`, values as the bundled schema describes them, in whatever order.

    `labels` are those of the outcomes: a result labelled so has no label of its own. Studies in `without` are left out.
    """
    every = sorted(records, key=lambda record: str(record["id"]))
    studies = read_studies(every)
    dropped = {studies.name(study) for study in without}
    rows: dict[Measure, list[Row]] = {}
    reviews: dict[Measure, list[Row]] = {}
    left_out: dict[Measure, list[LeftOut]] = {}
    printed: dict[Measure, str] = {}
    for record in every:
        found, others, names = offered(record, labels or {})
        printed = {**names, **printed} if names.keys() - printed.keys() else printed
        is_review = record["kind"] in REVIEWS or record.get("study", {}).get("design") == "review"
        for row in found:
            if studies.name(row.study) in dropped:
                left_out.setdefault(row.measure, []).append(leave(row, "left out on request"))
            else:
                (reviews if is_review else rows).setdefault(row.measure, []).append(row)
        for other in others:
            left_out.setdefault(other.measure, []).append(other)
    sections = {}
    for measure in sorted(printed):
        kept, more = one_a_study(rows.get(measure, []), studies)
        said = [*left_out.get(measure, []), *more]
        sections[measure] = Section(
            measure,
            printed[measure],
            tuple(kept),
            tuple(reviews.get(measure, ())),
            tuple(sorted(said, key=lambda one: (one.record, one.place))),
            tuple(overlaps_of(kept, studies)),
        )
    return Selection(sections, studies)


def rank(row: Row) -> tuple[int, int, bool]:
    """Return what decides between reports of one study: their kind, the patients, printed before derived."""
    kind = next((place for place, kinds in enumerate(ORDER) if row.kind in kinds), len(ORDER))
    return kind, -row.total, bool(row.derived)


def preferred(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order in which they are preferred: by rank, then the latest, then by record."""
    by_record = sorted(rows, key=lambda row: row.record)
    return sorted(sorted(by_record, key=lambda row: row.date, reverse=True), key=rank)


def one_a_study(rows: Iterable[Row], studies: Studies) -> tuple[list[Row], list[LeftOut]]:
    """Return the preferred row of each study, none of a study that another one holds whole, and what was left out."""
    chosen: dict[str, Row] = {}
    left_out = []
    for row in preferred(rows):
        held = chosen.setdefault(studies.name(row.study), row)
        if held is not row:
            size = f", although of fewer patients ({held.counts})" if held.total < row.total else ""
            left_out.append(leave(row, f"another report of the study is counted: {held.record}{size}"))
    for name in list(chosen):
        # Of studies that are said to hold each other, the first stays.
        holders = sorted(
            holder
            for holder in (studies.around(name) - {name}) & chosen.keys()
            if holder < name or name not in studies.around(holder)
        )
        if holders:
            row = chosen.pop(name)
            left_out.append(leave(row, f"its patients are in a study that is counted: {holders[0]}"))
    return sorted(chosen.values(), key=lambda row: row.record), left_out


def overlaps_of(rows: Iterable[Row], studies: Studies) -> list[tuple[str, str]]:
    """Return the pairs of records among rows whose studies may share patients."""
    record = {studies.name(row.study): row.record for row in rows}
    pairs = ((record[one], record[other]) for one, other in studies.pairs(record))
    return sorted((min(pair), max(pair)) for pair in pairs)
