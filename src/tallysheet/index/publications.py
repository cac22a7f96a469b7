"""Tables of what a publication is: its citation, authors, identifiers, study, links and curation."""

from collections.abc import Iterator

from tallysheet.index.judged import JudgedRecord
from tallysheet.index.tables import RECORD, Column, Row, Table, columns, fields

CITATION = ("title", "journal", "year", "volume", "issue", "pages", "published", "online")


def records(one: JudgedRecord) -> Iterator[Row]:
    """Yield the one row of a record."""
    value = one.record.value
    citation, study = value["citation"], value.get("study", {})
    period, curation = study.get("period", {}), value["curation"]
    yield (
        *(one.record.id, one.record.path, value["status"], value.get("replaced_by"), value["kind"]),
        *(citation.get(name) for name in CITATION),
        citation.get("et_al", False),
        *(one.record.study, study.get("design"), study.get("setting"), study.get("follow_up")),
        *(period.get("from"), period.get("to"), value.get("decimal_mark")),
        *(curation["extracted"]["by"], curation["extracted"]["on"]),
        *(curation.get("verified", {}).get("by"), curation.get("verified", {}).get("on"), curation.get("notes")),
    )


def authors(one: JudgedRecord) -> Iterator[Row]:
    """Yield the authors in the order printed."""
    for place, name in enumerate(one.record.value["citation"].get("authors", ()), 1):
        yield one.record.id, place, name


def identifiers(one: JudgedRecord) -> Iterator[Row]:
    """Yield each identifier; a publication may have several registrations."""
    for scheme, value in one.record.value.get("identifiers", {}).items():
        for each in value if isinstance(value, list) else [value]:
            yield one.record.id, scheme, each


def study_links(one: JudgedRecord) -> Iterator[Row]:
    """Yield how the study stands to others."""
    study = one.record.value.get("study", {})
    for relation in ("subset_of", "overlaps", "same_as"):
        for other in study.get(relation, ()):
            yield one.record.id, one.record.study, relation, other


def links(one: JudgedRecord) -> Iterator[Row]:
    """Yield how the publication stands to others."""
    for place, link in enumerate(one.record.value.get("links", ()), 1):
        yield one.record.id, place, link["as"], link["to"]


def searches(one: JudgedRecord) -> Iterator[Row]:
    """Yield the databases that a review searched."""
    search = one.record.value.get("search", {})
    for place, database in enumerate(search.get("databases", ()), 1):
        yield one.record.id, place, database, search.get("through")


def not_reported(one: JudgedRecord) -> Iterator[Row]:
    """Yield the fields that were looked for in vain."""
    for name in one.record.value.get("not_reported", ()):
        yield one.record.id, name


def curation(one: JudgedRecord) -> Iterator[Row]:
    """Yield who did what to the record, and when."""
    for step, value in one.record.value["curation"].items():
        if isinstance(value, dict):
            yield one.record.id, step, value["by"], value["on"]


def read_on(one: JudgedRecord) -> Iterator[Row]:
    """Yield the pages that the publication was read on."""
    for place, address in enumerate(one.record.value["curation"]["extracted"].get("from", ()), 1):
        yield one.record.id, place, address


TABLES = (
    Table(
        "records",
        "One row a record, that is a publication.",
        (
            RECORD,
            Column("path", "The record's file, from the top of the repository."),
            *fields("publication", "status", "replaced_by", "kind"),
            *fields("citation", "title", "journal"),
            *fields("citation", "year", kind="integer"),
            *fields("citation", "volume", "issue", "pages", "published", "online"),
            *fields("citation", "et_al", kind="truth"),
            Column("study", "The study that it reports; the record's own id where it names none."),
            *fields("study", "design", "setting", "follow_up"),
            Column("period_from", "Since when patients were included."),
            Column("period_to", "Until when patients were included."),
            *fields("publication", "decimal_mark"),
            Column("extracted_by", "Who read the figures off the publication."),
            Column("extracted_on", "When.", "day"),
            Column("verified_by", "Who compared the record with the publication; absent where nobody has."),
            Column("verified_on", "When.", "day"),
            *fields("curation", "notes"),
        ),
        ("record",),
        records,
    ),
    Table(
        "authors",
        "One row an author of a record.",
        columns(Column("place", "The place in the order printed, from 1.", "integer"), Column("author", "The name.")),
        ("record", "place"),
        authors,
    ),
    Table(
        "identifiers",
        "One row an identifier of a record.",
        columns(Column("scheme", "doi, pmid, pmcid, isbn, issn, prospero or registry."), Column("value", "As kept.")),
        ("record", "scheme", "value"),
        identifiers,
    ),
    Table(
        "links",
        "One row a link from a record to another one.",
        columns(
            Column("place", "The place in the list, from 1.", "integer"),
            Column("relation", "link#/properties/as"),
            Column("other", "link#/properties/to"),
        ),
        ("record", "place"),
        links,
    ),
    Table(
        "study_links",
        "One row a relation between the studies of two records, by which patients would be counted twice.",
        columns(
            Column("study", "The record's study."),
            Column("relation", "subset_of, overlaps or same_as."),
            Column("other", "The other study."),
        ),
        ("record", "relation", "other"),
        study_links,
    ),
    Table(
        "searches",
        "One row a database that a review searched.",
        columns(
            Column("place", "The place in the list, from 1.", "integer"),
            Column("database", "As the publication names it."),
            *fields("search", "through"),
        ),
        ("record", "place"),
        searches,
    ),
    Table(
        "not_reported",
        "One row a field that was looked for in a publication and not found.",
        columns(Column("field", "The field's path, such as citation/volume.")),
        ("record", "field"),
        not_reported,
    ),
    Table(
        "curation",
        "One row a step of a record's curation.",
        columns(Column("step", "extracted, verified, ..."), Column("who", "Who."), Column("day", "When.", "day")),
        ("record", "step"),
        curation,
    ),
    Table(
        "read_on",
        "One row a page that the text of a publication was read on.",
        columns(Column("place", "The place in the list, from 1.", "integer"), Column("address", "The web address.")),
        ("record", "place"),
        read_on,
    ),
)
