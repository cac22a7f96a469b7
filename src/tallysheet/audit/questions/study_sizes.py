"""Reports of one study give its groups one size.

Why. 14 or 15 patients of one kind, 51 of 98 or 51 of 105: two reports of one study were made from two data cuts, or
by two definitions, or one of them is wrong. Whoever takes the larger count from one and the events from another makes
a figure that was never observed.

What is asked. Of two reports of one study: whether the largest group of a condition has another size; whether a group
of the same label has; whether a part of the cohort (outcome `membership`) is taken of another whole. A group that is
called by the same words is a conflict, one that only has the same condition a hint.

How to fix. Compare both publications. An earlier report of fewer patients says so: `links: {as: earlier-report-of}`;
the answer is then a fact. Figures of both are never mixed: take numerator and denominator from one report.

Limits. Reports that name each other as earlier and later are expected to grow. A study is what `study.id` says.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import Study, groups, studies_of
from tallysheet.audit.titles import WORD, spelling
from tallysheet.collection import Collection, Record
from tallysheet.pointers import pointer
from tallysheet.reader.inert import inert

SAME_WORDS = 90
"""Per cent of likeness from which two labels call a group the same, whatever one of them adds."""
EVERYBODY = frozenset(
    [
        "all",
        "patient",
        "total",
        "cohort",
        "participant",
        "person",
        "people",
        "case",
        "study",
        "trial",
        "set",
        "analysi",
        "who",
        "received",
    ]
)
"""Words of a label that tell nothing of a group."""


class Sized(NamedTuple):
    """A group of one report."""

    record: Record
    pointer: str
    label: str
    n: int


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield groups of one study that have two sizes."""
    for study in studies_of(collection).values():
        if len(study.records) > 1:
            yield from by_condition(study)
            yield from by_whole(study)


def by_condition(study: Study) -> Iterator[Answer]:
    """Yield conditions whose largest group has another size in another report of the study."""
    largest: dict[str, dict[str, Sized]] = {}
    for record in study.records:
        for index, group in enumerate(groups(record)):
            found = Sized(record, pointer("groups", index, "n"), group["label"], group["n"])
            here = largest.setdefault(group.get("condition", ""), {})
            if record.id not in here or here[record.id].n < found.n:
                here[record.id] = found
    for condition, reports in sorted(largest.items()):
        sizes: dict[int, list[Sized]] = {}
        for found in reports.values():
            sizes.setdefault(found.n, []).append(found)
        for one, other in pairwise(sorted(sizes)):
            if answer := apart(study, condition, sizes[one], sizes[other]):
                yield answer


def apart(study: Study, condition: str, fewer: list[Sized], more: list[Sized]) -> Answer | None:
    """Return the answer to a condition, or a label where it is none, that has two sizes in a study."""
    pairs = [(one, other) for one in fewer for other in more]
    named = [pair for pair in pairs if called_the_same(pair[0].label, pair[1].label)]
    if not condition and not named:
        return None
    small, large = (named or pairs)[0]
    places = [small, large, *(one for one in [*fewer, *more] if one not in (small, large))]
    shown = tuple(Place(one.record.path, one.pointer, f"{inert(one.label)}: {one.n}") for one in places)
    what = condition or f'"{inert(small.label)}"'
    message = (
        f"study {study.id} has {small.n} or {large.n} patients with {what}"
        if condition
        else f"study {study.id} has {small.n} or {large.n} in {what}"
    )
    if all(said_apart(one.record, other.record) for one, other in pairs):
        return Answer("fact", shown, f"{message}: the reports say that one is the earlier", None, 0, large.n)
    hint = "compare both publications; take events and total from one report; if one is the earlier, link it so"
    return Answer("conflict" if named else "hint", shown, message, hint, 7 if named else 3, large.n)


def by_whole(study: Study) -> Iterator[Answer]:
    """Yield parts of a cohort that one report takes of another whole than another does."""
    parts: dict[tuple[str, int], list[tuple[Record, str, int]]] = {}
    for record in study.records:
        for index, result in enumerate(record.value.get("results", ())):
            proportion: dict[str, Any] = result.get("proportion", {})
            if result["outcome"] == "membership" and "label" in result and {"events", "total"} <= proportion.keys():
                key = (result["label"].casefold(), proportion["events"])
                place = pointer("results", index, "proportion", "total")
                parts.setdefault(key, []).append((record, place, proportion["total"]))
    for (label, events), found in sorted(parts.items()):
        totals = sorted({total for _, _, total in found})
        if len(totals) > 1 and len({record.id for record, _, _ in found}) > 1:
            said = " or ".join(f"{events}/{total}" for total in totals)
            places = tuple(Place(record.path, place, f"{events}/{total}") for record, place, total in found)
            message = f"study {study.id} has {said} with {inert(label)}: the same patients of another whole"
            hint = "look up why the wholes differ; take events and total from one report, and say from which"
            yield Answer("conflict", places, message, hint, 6, max(totals))


def called_the_same(one: str, other: str) -> bool:
    """Tell whether two labels call a group by the same words, whatever one of them adds to it."""
    mine, theirs = words(one), words(other)
    if not mine or not theirs:
        return mine == theirs
    return fuzz.token_set_ratio(" ".join(mine), " ".join(theirs)) >= SAME_WORDS


def words(label: str) -> list[str]:
    """Return the words of a label that tell something of the group, in alphabetical order."""
    return sorted({spelling(word) for word in WORD.findall(label.casefold())} - EVERYBODY)


def said_apart(one: Record, other: Record) -> bool:
    """Tell whether two reports say that one of them is the earlier."""
    links = [
        (a, link) for a, b in ((one, other), (other, one)) for link in a.value.get("links", ()) if link["to"] == b.id
    ]
    return any(link["as"] in ("earlier-report-of", "later-report-of") for _, link in links)
