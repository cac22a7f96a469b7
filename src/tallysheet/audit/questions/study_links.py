"""What records say of their study, and studies of each other, agrees.

Why. Patients are counted per study. Who pools by conditions has nothing but `study.id`, `overlaps`, `subset_of` and
`same_as` to know which patients not to count twice.

What is asked. Whether all reports of a study give it one design, and one period; whether a study lies within itself
by way of others, or within one that is smaller; whether a link that holds both ways stands on both sides.

How to fix. Correct the record that is wrong. A link that is missing on one side is entered there, so that whoever
reads that record learns of it.

Limits. A link on one side is understood by every count: its absence on the other side costs a reader, not a patient.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import Study, links_of, studies_of
from tallysheet.collection import Collection
from tallysheet.dates import is_before
from tallysheet.words import listed

TOGETHER = "enter {count} links between studies on their other side, first {first}"


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield what records say of studies that can't all hold, or stands on one side only."""
    studies = studies_of(collection)
    for study in studies.values():
        yield from facts_apart(study)
        yield from too_small(study, studies)
        yield from one_sided(study, studies)
    yield from circles(studies)


def facts_apart(study: Study) -> Iterator[Answer]:
    """Yield designs and periods of one study that differ between its reports."""
    designs = [(record, record.value["study"]["design"]) for record in study.records if "study" in record.value]
    # Reviews, comments and analyses of the drug in the blood are reports of another kind, not another design.
    primary = [(record, design) for record, design in designs if design not in ("review", "pharmacokinetic")]
    if len({design for _, design in primary}) > 1:
        places = tuple(Place(record.path, "/study/design", design) for record, design in primary)
        said = listed(sorted({design for _, design in primary}))
        message = f"the reports of study {study.id} give it different designs: {said}"
        yield Answer("conflict", places, message, "compare the methods of the reports", 4, study.patients)
    for end in ("from", "to"):
        periods = [(record, record.value.get("study", {}).get("period", {}).get(end)) for record in study.records]
        given = [(record, day) for record, day in periods if day]
        days = sorted({day for _, day in given})
        if any(is_before(one, other) for one in days for other in days):
            places = tuple(Place(record.path, f"/study/period/{end}", day) for record, day in given)
            message = f"the reports of study {study.id} give its period different ends ({end}): {listed(days)}"
            hint = "compare the reports; another period is another data cut, or another study"
            yield Answer("conflict", places, message, hint, 4, study.patients)


def too_small(study: Study, studies: dict[str, Study]) -> Iterator[Answer]:
    """Yield studies that are larger than one that is said to hold all their patients."""
    for record in study.records:
        for name, other, place in links_of(record):
            if name == "subset_of" and other in studies and 0 < studies[other].patients < study.patients:
                whole = studies[other]
                sizes = f"{study.patients} patients, and {other}, which is said to hold them all, {whole.patients}"
                message = f"study {study.id} has {sizes}"
                hint = "read both sizes again, or say overlaps in place of subset_of"
                places = (Place(record.path, place), Place(whole.records[0].path, "/groups"))
                yield Answer("conflict", places, message, hint, 6, study.patients)


def one_sided(study: Study, studies: dict[str, Study]) -> Iterator[Answer]:
    """Yield links that hold both ways and stand on one side."""
    seen: set[tuple[str, str]] = set()
    for record in study.records:
        for name, other, place in links_of(record):
            if name == "subset_of" or other not in studies or other == study.id or (name, other) in seen:
                continue
            seen.add((name, other))
            back = {(field, to) for there in studies[other].records for field, to, _ in links_of(there)}
            if (name, study.id) not in back and ("subset_of", study.id) not in back:
                there = studies[other].records[0]
                message = f"study {study.id} has {name}: {other}, which does not say so of {study.id}"
                hint = f"add {name}: [{study.id}] to the study of {there.path}"
                yield Answer("gap", (Place(record.path, place), Place(there.path, "/study")), message, hint, 1)


def circles(studies: dict[str, Study]) -> Iterator[Answer]:
    """Yield each circle of studies that lie within each other, once."""
    inside: dict[str, dict[str, Place]] = {}
    for study in studies.values():
        links = [
            (name, other, Place(record.path, place))
            for record in study.records
            for name, other, place in links_of(record)
        ]
        inside[study.id] = {other: place for name, other, place in links if name == "subset_of" and other in studies}
    done: set[str] = set()
    for start in inside:
        path = [start]
        while path[-1] not in done:
            following = next((other for other in inside[path[-1]] if other not in done), None)
            if following is None:
                done.add(path.pop())
                if not path:
                    break
            elif following in path:
                circle = path[path.index(following) :]
                places = tuple(inside[one][two] for one, two in zip(circle, [*circle[1:], following], strict=True))
                message = f"studies lie within each other in a circle: {' in '.join([*circle, following])}"
                hint = "remove the wrong subset_of; two studies of the same patients are same_as"
                yield Answer("conflict", places, message, hint, 6, studies[start].patients)
                done.update(circle)
                break
            else:
                path.append(following)
