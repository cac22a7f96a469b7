"""Every record and every study that a record refers to is in the collection.

Why. A link that leads nowhere is a patient group that may be counted twice without anybody noticing.

How to fix. Write the other record's id, or the other study's, exactly as it stands there; or leave the link out until
that record is entered.

Limits. Links inside the collection only; what publications cite is not followed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from tallysheet.gathered import Gathered
from tallysheet.pointers import pointer
from tallysheet.rules import At, Entry, Problem
from tallysheet.words import did_you_mean

SCOPE = "repository"
BLOCK = "publication"
SEVERITY = "error"
WAIVABLE = True


def facts(record: dict[str, Any], at: At) -> dict[str, Any]:  # noqa: ARG001 - as for every rule
    """Return the ids that the record has and the ones that it refers to, with their places."""
    study = record.get("study") or {}
    records = [["/replaced_by", record["replaced_by"]]] if "replaced_by" in record else []
    records += [[pointer("links", index, "to"), link["to"]] for index, link in enumerate(record.get("links", ()))]
    studies = [
        [pointer("study", link, index), name]
        for link in ("subset_of", "overlaps", "same_as")
        for index, name in enumerate(study.get(link, ()))
    ]
    return {"id": record.get("id"), "study": study.get("id"), "records": records, "studies": studies}


def suspects(facts: Gathered) -> Sequence[int]:
    """Return no place where every link leads to another record or to a study, else all of them."""
    ids, studies = facts.field("id"), facts.field("study")
    records, studied = set(filter(None, ids)), set(filter(None, studies))
    for own, links in zip(ids, facts.field("records"), strict=True):
        for _, name in links:
            if name == own or name not in records:
                return range(len(facts))
    for links in facts.field("studies"):
        for _, name in links:
            if name not in studied:
                return range(len(facts))
    return ()


def check(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Look up every link."""
    ids = {entry.facts["id"] for entry in entries if entry.facts["id"]}
    studies = {entry.facts["study"] for entry in entries if entry.facts["study"]}
    for entry in entries:
        for place, name in entry.facts["records"]:
            if name == entry.facts["id"]:
                yield Problem(place, "the record refers to itself", path=entry.path)
            elif name not in ids:
                yield Problem(place, f'there is no record "{name}"', did_you_mean(name, ids), path=entry.path)
        for place, name in entry.facts["studies"]:
            if name not in studies:
                message = f'no record reports a study "{name}"'
                yield Problem(place, message, did_you_mean(name, studies), path=entry.path)
