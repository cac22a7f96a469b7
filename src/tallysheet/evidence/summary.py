"""What a collection says so far: its sections, what is pooled of each, and the words of its vocabularies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tallysheet.evidence.counts import Sum, patients_in, sum_of
from tallysheet.evidence.measures import Measure, Section
from tallysheet.evidence.pooling import Pooled, Refused, pool
from tallysheet.evidence.selection import Selection, select

if TYPE_CHECKING:
    from tallysheet.collection import Collection

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Evidence:
    """A selection with the labels of outcomes and conditions, in the order of their vocabularies."""

    selection: Selection
    outcomes: Labels
    conditions: Labels
    flows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """PRISMA flows by the record that reports them."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of the publications with a flow."""
    pools: dict[Measure, Pooled | Refused] = field(default_factory=dict, repr=False)

    def sections(self, outcome: str | None = None, condition: str | None = None) -> list[Section]:
        """Return sections as the vocabularies order outcomes and conditions, then by label."""
        first, second = (
            {word: place for place, word in enumerate(words)} for words in (self.outcomes, self.conditions)
        )

        def order(section: Section) -> tuple[int, str, int, Measure]:
            measure = section.measure
            places = first.get(measure.outcome, len(first)), second.get(measure.condition, len(second))
            return places[0], measure.outcome, places[1], measure

        return sorted(self.selection.of(outcome, condition), key=order)

    def pooled(self, section: Section) -> Pooled | Refused:
        """Return what a section's studies say together, or why that is not computed."""
        if section.measure not in self.pools:
            counts = [(row.events, row.total) for row in section.rows]
            self.pools[section.measure] = pool(counts, section.overlaps)
        return self.pools[section.measure]

    def sum(self, section: Section) -> Sum:
        """Return events and patients added over the studies that can't share any."""
        return sum_of(section)

    def heading(self, section: Section, *, outcome: bool = True) -> str:
        """Return what a section counts, in words."""
        measure = section.measure
        parts = [self.outcomes.get(measure.outcome, measure.outcome)] if outcome else []
        parts.append(self.conditions.get(measure.condition, measure.condition))
        if measure.label:
            parts.append(section.label)
        if measure.among:
            parts.append(f"basis: {measure.among}")
        return " – ".join(parts)

    def patients(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Return for each outcome and condition how many patients are counted, and how many reviews speak of."""
        cells: dict[tuple[str, str], list[Section]] = {}
        for section in self.sections():
            if section.rows or section.reviews:
                cells.setdefault((section.measure.outcome, section.measure.condition), []).append(section)
        return {
            cell: (
                patients_in(self.selection, sections),
                max((row.total for section in sections for row in section.reviews), default=0),
            )
            for cell, sections in cells.items()
        }


def summarise(
    records: Iterable[Mapping[str, Any]], outcomes: Labels, conditions: Labels, without: Iterable[str] = ()
) -> Evidence:
    """Return what `records` say; studies in `without` are left out, and named among what is."""
    every = list(records)
    flows = {
        record["id"]: {name: count for name, count in record["flow"].items() if isinstance(count, int)}
        for record in sorted(every, key=lambda record: str(record["id"]))
        if "flow" in record
    }
    titles = {record["id"]: record["citation"]["title"] for record in every if record["id"] in flows}
    return Evidence(select(every, outcomes, without), outcomes, conditions, flows, titles)


def evidence_of(collection: "Collection", without: Iterable[str] = ()) -> Evidence:
    """Return what a collection says, in the words of its own schema."""
    files = collection.repository.schema.files
    return summarise(
        (record.value for record in collection.records.values()),
        terms(files, "outcomes"),
        terms(files, "conditions"),
        without,
    )


def terms(files: Mapping[str, Mapping[str, Any]], vocabulary: str) -> dict[str, str]:
    """Return the words of a vocabulary of a schema with their labels, in its order; empty where it has none."""
    schema = files.get(f"{vocabulary}.schema.json", {})
    labels = schema.get("x-terms", {})
    return {word: str(labels.get(word, {}).get("label", word)) for word in schema.get("enum", ())}
