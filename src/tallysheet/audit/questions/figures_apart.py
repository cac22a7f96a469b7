"""One figure is the same wherever it is reported.

Why. 23 or 24 of 34 alive: the abstract and the table, the paper and the label, the article and its summary report one
observation, and where they differ one of them is wrong, or of another data cut. Nothing within either shows it.

What is asked. Of two results of one record, or of two reports of one study: the same outcome, of the same words, in
the same group, at the same time. Whether some count fits both, if both are of one total; whether some value fits
both, as each was rounded. Deaths are compared with survivors. Groups of two reports are the same if both condition
and size are, or label and size. Where only one of them gives a time, or they are p values, it is a hint, else a
conflict.

How to fix. Look in both publications. If both print what the records say, the contradiction is theirs: say so in the
notes of both records, and choose one of the two when pooling. If not, correct the record.

Limits. What is called by other words, or is of another denominator, is not compared; a share that many counts fit
seldom contradicts anything. Percentages rounded other than to the nearest can be taken for others.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.readings import Reading, disagree, readings_of
from tallysheet.audit.studies import Study, groups, studies_of
from tallysheet.collection import Collection
from tallysheet.words import listed

CROWDED = 40
"""Of more figures of one kind in one study only those that stand next to each other are compared."""


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield figures of one observation that can't both be right."""
    for study in studies_of(collection).values():
        yield from apart(study)


def apart(study: Study) -> Iterator[Answer]:
    """Yield the figures of one study that differ, one answer for each pair of values."""
    names = {record.id: group_names(study, record.id) for record in study.records}
    alike: dict[tuple[object, ...], list[Reading]] = {}
    for record in study.records:
        for reading in readings_of(record):
            alike.setdefault((names[record.id][reading.group], *reading.of), []).append(reading)
    for found in alike.values():
        said: set[frozenset[str]] = set()
        for one, other in near(found):
            pair = frozenset((f"{one.record.id} {one.said}", f"{other.record.id} {other.said}"))
            if disagree(one, other) and comparable(one, other) and pair not in said:
                said.add(pair)
                yield answer(one, other)


def group_names(study: Study, identity: str) -> dict[str, tuple[str, int, str]]:
    """Return the names by which the groups of a record can be known in other reports of its study, by their ids.

    That is condition and size; where the condition is not given, or two groups of the record have both in common, the
    label too.
    """
    record = next(record for record in study.records if record.id == identity)
    own = groups(record)
    met = [(group.get("condition", ""), group["n"]) for group in own]
    return {
        group["id"]: (*key, "" if key[0] and met.count(key) == 1 else group["label"].casefold())
        for group, key in zip(own, met, strict=True)
    }


def near(found: list[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Yield the pairs of figures that are compared."""
    if len(found) <= CROWDED:
        yield from combinations(found, 2)
    else:
        yield from pairwise(found)


def comparable(one: Reading, other: Reading) -> bool:
    """Tell whether two figures are of one time and of one basis."""
    if one.basis != other.basis:
        return False
    if one.record is other.record:
        return one.time == other.time
    return one.time == other.time or not one.time or not other.time


def answer(one: Reading, other: Reading) -> Answer:
    """Return the answer to two figures of one observation."""
    time = one.time or other.time
    outcome = f"{one.of[0]} ({one.of[1]})" if one.of[1] else one.of[0]
    what = ", ".join(filter(None, (f"{outcome} in {one.group}", time)))
    sections = f" ({one.section} and {other.section})" if one.section != other.section else ""
    where = (
        f"in {one.record.id}{sections}" if one.record is other.record else f"in {one.record.id} and {other.record.id}"
    )
    message = f"{what}: {listed((one.said, other.said), 'against')} {where}"
    places = (Place(one.record.path, one.pointer, one.said), Place(other.record.path, other.pointer, other.said))
    sure = one.time == other.time and one.of[2] != "test"  # another test of the same data gives another p
    hint = "look in both; if both print it so, say it in the notes, and pool one of them only"
    concerned = one.total or next(group["n"] for group in groups(one.record) if group["id"] == one.group)
    return Answer("conflict" if sure else "hint", places, message, hint, 7 if sure else 5, concerned)
