"""Counts added over studies: never twice the same patients, and what was left out is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallysheet.evidence.candidates import leave
from tallysheet.evidence.measures import LeftOut, Row, Section
from tallysheet.evidence.selection import Selection, one_a_study, overlaps_of, preferred


@dataclass(frozen=True, slots=True)
class Sum:
    """Events and patients added over the studies whose cohorts can't share a patient, as far as the records say."""

    events: int
    total: int
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def derived(self) -> int:
        """How many of the added counts are derived."""
        return sum(bool(row.derived) for row in self.rows)


def add_up(rows: Iterable[Row], overlaps: Iterable[tuple[str, str]]) -> Sum:
    """Return the sum over rows of different studies; of records in `overlaps` the one with the most patients stays.

    Of equally many patients, the one preferred among reports of a study: a full report before an abstract.
    """
    near: dict[str, set[str]] = {}
    for one, other in overlaps:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    kept: dict[str, Row] = {}
    left_out = []
    for row in sorted(preferred(rows), key=lambda row: -row.total):
        sharing = sorted(near.get(row.record, set()) & kept.keys())
        if sharing:
            left_out.append(leave(row, f"may share patients with {', '.join(sharing)}, which is counted"))
        else:
            kept[row.record] = row
    added = sorted(kept.values(), key=lambda row: row.record)
    return Sum(sum(row.events for row in added), sum(row.total for row in added), tuple(added), tuple(left_out))


def sum_of(section: Section) -> Sum:
    """Return the sum over a section, with all that was left out on the way."""
    found = add_up(section.rows, section.overlaps)
    return Sum(found.events, found.total, found.rows, (*section.left_out, *found.left_out))


def patients_in(selection: Selection, sections: Sequence[Section]) -> int:
    """Return how many patients sections count together, each study once, by the row of the most patients."""
    most: dict[str, Row] = {}
    for row in (row for section in sections for row in section.rows):
        name = selection.studies.name(row.study)
        if name not in most or row.total > most[name].total:
            most[name] = row
    kept, _ = one_a_study(most.values(), selection.studies)
    return add_up(kept, overlaps_of(kept, selection.studies)).total
