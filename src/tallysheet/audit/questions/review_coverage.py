"""A review agrees with the primary reports that it includes.

Why. A review counts the patients of others. Pooled beside the reports that it includes, they count twice; compared
with them, its figures can be checked as no figure within it can.

What is asked. How many of the publications and patients that a review claims are in the collection, by its links
(`as: includes`). Whether the collection holds more of them than it claims, in all or of a condition. Whether, where
all publications that it includes are here, patients and events add up to its own. Whether it includes what was
published after its search.

How to fix. Enter the links, and the reports that are missing. Figures that differ are looked up in both publications:
the review may have left out patients who were not evaluable, or counted two reports of one study as two.

Limits. Patients are counted once per study: of several reports, those of the largest group of the condition. Which
groups a review made of them only the review knows.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import GONE, groups, in_order, patients
from tallysheet.collection import Collection, Record
from tallysheet.dates import is_before
from tallysheet.groups import counts_of
from tallysheet.pointers import pointer
from tallysheet.rules import At
from tallysheet.words import counted

REVIEWS = frozenset({"systematic-review", "scoping-review"})
REPORTS = frozenset({"trial", "observational", "case-series", "case-report", "meeting-abstract"})
"""Kinds of publication that a review takes its patients from."""


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield, for each review, what of it is covered, what is missing, and what differs."""
    for record in in_order(collection):
        places = included(record)
        if record.value["status"] in GONE or not (places or record.value["kind"] in REVIEWS):
            continue
        held = [collection.records[to] for to in places if to in collection.records]
        yield from publications(record, held, collection)
        if held:
            yield from too_late(record, held, places)
            yield from people(record, held)
            yield from events(record, held)


def included(record: Record) -> dict[str, str]:
    """Return the records that a review includes, with the places that say so."""
    links = enumerate(record.value.get("links", ()))
    return {link["to"]: pointer("links", index, "to") for index, link in links if link["as"] == "includes"}


def claimed(record: Record) -> tuple[int, str] | None:
    """Return how many publications a review includes, and where it says so."""
    flow = record.value.get("flow", {})
    name = next((name for name in ("included_reports", "included") if name in flow), None)
    return (flow[name], f"/flow/{name}") if name else None


def publications(record: Record, held: list[Record], collection: Collection) -> Iterator[Answer]:
    """Yield how many of the publications of a review are here."""
    claim = claimed(record)
    if claim is None:
        if not held:
            message = f"{record.id} is a review, but neither says how many publications it includes nor names any"
            hint = "enter flow: {included: ...}, and links: [{to: ..., as: includes}]"
            yield Answer("gap", (Place(record.path),), message, hint, 3, patients(record))
        return
    number, place = claim
    sizes = f"{counted(number, 'publication')} and {counted(patients(record), 'patient')}"
    here = (Place(record.path, place, f"included: {number}"), *(Place(one.path) for one in held))
    if not held:
        some = counted(len(list(candidates(record, collection))), "report")
        message = f"{record.id} claims {sizes}, and names none; {some} of the collection may be among them"
        hint = f"add links: [{{to: ..., as: includes}}] to {record.id}: until then its patients may be counted twice"
        yield Answer("gap", here, message, hint, 5, patients(record))
    elif len(held) > number:
        message = f"{record.id} claims {counted(number, 'publication')}, but links to {len(held)} that it includes"
        yield Answer("conflict", here, message, "read its list of references again", 5, patients(record))
    elif len(held) < number:
        are = f"{len(held)} of these publications are in the collection, {number - len(held)} are not"
        message = f"{record.id} claims {sizes}: {are}"
        hint = "enter the reports that are missing, each with a link from the review"
        yield Answer("gap", here, message, hint, 2, patients(record))
    else:
        yield Answer("fact", here, f"{record.id} claims {sizes}: all are in the collection", None, 0, patients(record))


def candidates(record: Record, collection: Collection) -> Iterator[Record]:
    """Yield reports that a review may have included: of patients, and not published after its search."""
    through = record.value.get("search", {}).get("through")
    for one in in_order(collection):
        if (
            one.value["kind"] in REPORTS
            and one.value["status"] not in GONE
            and one.id != record.id
            and not (through and is_before(through, appeared(one) or through))
        ):
            yield one


def appeared(record: Record) -> str | None:
    """Return when a publication appeared first, as exactly as it is known."""
    citation = record.value["citation"]
    found = [str(citation[name]) for name in ("online", "published", "year") if name in citation]
    return min(found) if found else None


def too_late(record: Record, held: list[Record], places: dict[str, str]) -> Iterator[Answer]:
    """Yield what a review includes that appeared after its search."""
    through = record.value.get("search", {}).get("through")
    for one in held if through else ():
        when = appeared(one)
        if when and is_before(through, when):
            message = f"{record.id} searched through {through}, but is said to include {one.id}, which appeared {when}"
            shown = (Place(record.path, places[one.id]), Place(one.path, "/citation"))
            yield Answer("conflict", shown, message, "remove the link, or correct one of the dates", 4, patients(one))


def people(record: Record, held: list[Record]) -> Iterator[Answer]:
    """Yield where the reports that are here hold more patients than the review, or others than all of its own."""
    complete = is_complete(record, held)
    own = [(index, group) for index, group in enumerate(groups(record))]
    if not own:
        return
    largest = max(own, key=lambda one: one[1]["n"])
    by_condition = {group["condition"]: (index, group) for index, group in reversed(own) if "condition" in group}
    checks: list[tuple[int, dict[str, Any], str | None]] = [(*largest, None)]
    checks += [(index, group, name) for name, (index, group) in sorted(by_condition.items()) if index != largest[0]]
    for index, group, condition in checks:
        found = once_per_study(held, condition)
        total = sum(size for size, _ in found)
        if not (total > group["n"] or (complete and total != group["n"] and (found or condition is None))):
            continue
        what = f"of {group['label']}" if condition else "in all"
        are = "all the reports that it includes" if complete else "the reports of it that are here"
        message = f"{record.id} has {counted(group['n'], 'patient')} {what}, {are} have {total}"
        shown = (
            Place(record.path, pointer("groups", index, "n"), f"{group['n']}"),
            *(Place(one.path, "/groups", f"{size}") for size, one in found),
        )
        hint = "look in both for patients who were left out, or reported twice; two reports of one study share study.id"
        yield Answer("conflict", shown, message, hint, 5, group["n"])


def once_per_study(held: list[Record], condition: str | None) -> list[tuple[int, Record]]:
    """Return how many patients (of a condition) each study has that is here, and the report that says so."""
    found: dict[str, tuple[int, Record]] = {}
    for one in held:
        sizes = [group["n"] for group in groups(one) if condition is None or group.get("condition") == condition]
        if sizes and (one.study not in found or found[one.study][0] < max(sizes)):
            found[one.study] = (max(sizes), one)
    return [found[name] for name in sorted(found)]


def events(record: Record, held: list[Record]) -> Iterator[Answer]:
    """Yield outcomes of a condition of which the reports here count more events than the review, or others than all."""
    complete = is_complete(record, held)
    conditions = {group["id"]: group.get("condition") for group in groups(record)}
    for index, result in enumerate(record.value.get("results", ())):
        condition = conditions.get(result["group"])
        mine = counts(record, result)
        if mine is None or condition is None or "time" in result:
            continue
        found: dict[str, tuple[int, Place]] = {}
        for one in held:
            for there, other in enumerate(one.value.get("results", ())):
                of = {group["id"]: group.get("condition") for group in groups(one)}.get(other["group"])
                theirs = counts(one, other)
                if (
                    of == condition
                    and other["outcome"] == result["outcome"]
                    and theirs
                    and other.get("label") == result.get("label")
                ):
                    place = Place(one.path, pointer("results", there, "proportion"), f"{theirs[0]}/{theirs[1]}")
                    found.setdefault(one.study, (theirs[0], place))
        total = sum(number for number, _ in found.values())
        studies = {one.study for one in held if any(g.get("condition") == condition for g in groups(one))}
        if total > mine[0] or (complete and found.keys() == studies and total != mine[0]):
            what = f"{mine[0]} of {mine[1]} with {result['outcome']} ({condition})"
            message = f"{record.id} counts {what}, the reports here {total}"
            shown = (
                Place(record.path, pointer("results", index, "proportion"), f"{mine[0]}/{mine[1]}"),
                *(place for _, place in found.values()),
            )
            yield Answer(
                "conflict", shown, message, "compare how both define the outcome, patient by patient", 5, mine[1]
            )


def is_complete(record: Record, held: list[Record]) -> bool:
    """Tell whether all publications that a review includes are in the collection."""
    claim = claimed(record)
    return claim is not None and claim[0] == len(held)


def counts(record: Record, result: dict[str, Any]) -> tuple[int, int] | None:
    """Return events and total of a result: as printed, or the only count that its percentage fits."""
    return counts_of(result.get("proportion"), At("", record.value, record.id))
