"""What a record must look like for the audit to read it: less than the bundled schema demands.

A repository with a schema of its own may add to it, or describe records of another kind. These take no part, and are
named.
"""

from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from tallysheet.collection import Collection

REASON = "is no record of a publication as the audit knows it"
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
TEXTS = {"type": "array", "items": TEXT}


def entry(required: str = "", /, **properties: Any) -> dict[str, Any]:
    """Return the schema of a mapping with these fields, those that are `required` among them; others may be there."""
    return {"type": "object", "required": required.split(), "properties": properties}


def entries(item: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": item}


SOURCE = entry("section", section=TEXT, table=TEXT, quote=TEXT)
FORM = entry(
    "id status kind citation curation",
    id=TEXT,
    status=TEXT,
    kind=TEXT,
    replaced_by=TEXT,
    citation=entry(
        "title",
        title=TEXT,
        authors=TEXTS,
        year=NUMBER,
        **dict.fromkeys(("journal", "volume", "pages", "published", "online"), TEXT),
    ),
    identifiers=entry(doi=TEXT, pmid=TEXT, pmcid=TEXT, registry=TEXTS),
    study=entry(
        "id design",
        **dict.fromkeys(("id", "design", "setting"), TEXT),
        period=entry(**{"from": TEXT, "to": TEXT}),
        **dict.fromkeys(("overlaps", "subset_of", "same_as"), TEXTS),
    ),
    search=entry(through=TEXT),
    flow=entry(included=NUMBER, included_reports=NUMBER, source=SOURCE),
    groups=entries(entry("id label n", id=TEXT, label=TEXT, n=NUMBER, condition=TEXT, source=SOURCE)),
    results=entries(
        entry(
            "outcome group source",
            **dict.fromkeys(("outcome", "group", "label", "time", "compared_with"), TEXT),
            source=SOURCE,
            proportion=entry(events=NUMBER, total=NUMBER, percent=TEXT, basis=TEXT, method=TEXT),
            estimate=entry(statistic=TEXT, value=TEXT, unit=TEXT),
            survival=entry("percent", at=TEXT, percent=TEXT),
            ratio=entry("measure value", measure=TEXT, value=TEXT),
            test=entry("p", p=TEXT, test=TEXT),
        )
    ),
    links=entries(entry("to as", **{"to": TEXT, "as": TEXT})),
    curation=entry("extracted", extracted=entry("by on", by=TEXT, on=TEXT)),
    discrepancies=entries(
        entry("rule printed why by on", **dict.fromkeys(("rule", "printed", "why", "by", "on"), TEXT))
    ),
)


@cache
def validator() -> Draft202012Validator:
    """Return what tells whether a value is of the form."""
    return Draft202012Validator(FORM)


def leave_out_others(collection: Collection) -> None:
    """Move the records that the audit can't read to those that are left out."""
    for name, record in list(collection.records.items()):
        if not validator().is_valid(record.value):
            del collection.records[name]
            collection.left_out[record.path] = REASON
