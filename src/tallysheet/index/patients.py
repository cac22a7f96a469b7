"""Tables of patients and of what was found in them: groups, breakdowns, flows, results and every printed figure."""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures import NotAFigure, Printed
from tallysheet.index.judged import FIGURES, JudgedRecord
from tallysheet.index.tables import Column, Row, Table, columns, fields
from tallysheet.pointers import steps
from tallysheet.shape import Block

PLACE = Column("place", "The place in the record's list, from 1.", "integer")
BLOCKS = ("proportion", "estimate", "survival", "ratio", "test", "change")
SOURCE = ("section", "table", "page", "quote")


def groups(one: JudgedRecord) -> Iterator[Row]:
    """Yield the groups of a record."""
    for place, group in enumerate(one.record.value.get("groups", ()), 1):
        source = group.get("source", {})
        named = (group["id"], group["label"], group["n"], group.get("condition"))
        yield one.record.id, place, *named, *(source.get(name) for name in SOURCE)


def breakdowns(one: JudgedRecord) -> Iterator[Row]:
    """Yield each part of each breakdown."""
    for place, breakdown in enumerate(one.record.value.get("breakdowns", ()), 1):
        for index, part in enumerate(breakdown["parts"], 1):
            how = (breakdown["of"], breakdown["by"], breakdown["relation"], breakdown.get("missing"))
            yield one.record.id, place, *how, index, part


def flow(one: JudgedRecord) -> Iterator[Row]:
    """Yield the boxes of a review's flow."""
    for box, count in one.record.value.get("flow", {}).items():
        if box != "source":
            yield one.record.id, box, count


def dispositions(one: JudgedRecord) -> Iterator[Row]:
    """Yield what became of the patients of each group."""
    for group in one.record.value.get("groups", ()):
        for box, count in group.get("disposition", {}).items():
            yield one.record.id, group["id"], box, count


def results(one: JudgedRecord) -> Iterator[Row]:
    """Yield the results of a record, proportions with their counts."""
    for place, result in enumerate(one.record.value.get("results", ()), 1):
        proportion, source = result.get("proportion", {}), result["source"]
        yield (
            *(one.record.id, place, result["outcome"], result["group"], result.get("compared_with")),
            *(result.get("label"), result.get("time"), ", ".join(name for name in BLOCKS if name in result)),
            *(proportion.get(name) for name in ("events", "total", "percent", "basis", "method")),
            *(source.get(name) for name in SOURCE),
        )


def figures(one: JudgedRecord) -> Iterator[Row]:
    """Yield every printed figure of a record, in the record's order."""
    for block in one.blocks:
        if block.name in FIGURES:
            yield figure(one, block)


def figure(one: JudgedRecord, block: Block) -> Row:
    """Return the row of one figure."""
    where, value = steps(block.pointer), one.record.value
    owner: dict[str, Any] = {}
    inner = where[2:]
    if where[0] in ("groups", "results", "breakdowns"):
        owner = value[where[0]][int(where[1])]
    else:
        inner = where[1:]
    group = {"groups": owner.get("id"), "results": owner.get("group"), "breakdowns": owner.get("of")}.get(where[0])
    name = one.owners.get(one.owner(block.pointer), "")
    around = (*(step for step in inner if not step.isdigit()),)
    of = owner if where[0] == "results" else {}
    return (
        *(one.record.id, block.pointer, ".".join(around if where[0] == "results" else (where[0], *around))),
        *(name, group, of.get("outcome"), of.get("compared_with"), of.get("label"), of.get("time")),
        *exact(one, block.value),
        *one.verdict(block.pointer),
        *((owner or value.get("flow", {})).get("source", {}).get(part) for part in ("section", "quote")),
    )


def exact(one: JudgedRecord, value: str | int) -> Row:
    """Return a figure as printed, its qualifier, what stands for a missing one, and its exact value as two integers."""
    if isinstance(value, int):
        return str(value), None, None, value, 1, None, None, 0
    try:
        read = one.at.read(value)
    except NotAFigure:
        read = None  # the rule `printed` tells it
    if not isinstance(read, Printed):
        return value, None, read.kind.replace("_", " ") if read else "no figure", *(None,) * 5
    upper = read.upper.value if read.upper else None
    return (
        *(value, read.qualifier or None, None, read.value.numerator, read.value.denominator),
        *((upper.numerator, upper.denominator) if upper is not None else (None, None)),
        read.decimals,
    )


SAID = (
    *fields("source", "section"),
    Column("source_table", "source#/properties/table"),
    *fields("source", "page", "quote"),
)
TABLES = (
    Table(
        "groups",
        "One row a set of patients that a publication gives a size for.",
        columns(
            PLACE,
            Column("group_id", "The group's id."),
            *fields("group", "label"),
            *fields("group", "n", kind="integer"),
            *fields("group", "condition"),
            *SAID,
        ),
        ("record", "place"),
        groups,
    ),
    Table(
        "breakdowns",
        "One row a part of a breakdown.",
        columns(
            PLACE,
            Column("whole", "breakdown#/properties/of"),
            Column("criterion", "breakdown#/properties/by"),
            *fields("breakdown", "relation"),
            *fields("breakdown", "missing", kind="integer"),
            Column("number", "The place of the part in its breakdown, from 1.", "integer"),
            Column("part", "The id of the group that is the part."),
        ),
        ("record", "place", "number"),
        breakdowns,
    ),
    Table(
        "flow",
        "One row a box of a review's flow (PRISMA).",
        columns(Column("box", "The box, such as included."), Column("count", "As printed.", "integer")),
        ("record", "box"),
        flow,
    ),
    Table(
        "dispositions",
        "One row a box of what became of the patients of a group (CONSORT).",
        columns(
            Column("group_id", "The group's id."),
            Column("box", "The box, such as completed."),
            Column("count", "As printed.", "integer"),
        ),
        ("record", "group_id", "box"),
        dispositions,
    ),
    Table(
        "results",
        "One row a result.",
        columns(
            PLACE,
            *fields("result", "outcome"),
            Column("group_id", "result#/properties/group"),
            *fields("result", "compared_with", "label", "time"),
            Column("blocks", "Which blocks hold its figures."),
            *fields("proportion", "events", "total", kind="integer"),
            *fields("proportion", "percent", "basis", "method"),
            *SAID,
        ),
        ("record", "place"),
        results,
    ),
    Table(
        "figures",
        "One row a printed figure, wherever it stands.",
        columns(
            Column("pointer", "Where in the record, as JSON pointer."),
            Column("field", "What kind of figure: proportion.percent, groups.n, estimate.range.from, ..."),
            Column("block", "The building block that it stands in."),
            Column("group_id", "The group that it was found in or that it counts."),
            *fields("result", "outcome", "compared_with", "label", "time"),
            Column("text", "As printed."),
            Column("qualifier", "<, <=, >, >= or ~ where the publication has it."),
            Column("missing", "Why there is no number: not reported, not applicable, not estimable, ..."),
            Column("numerator", "The exact value, as a fraction in lowest terms: above the line.", "integer"),
            Column("denominator", "Below the line.", "integer"),
            Column("upper_numerator", "Of a range, the exact upper number: above the line.", "integer"),
            Column("upper_denominator", "Below the line.", "integer"),
            Column("decimals", "How many digits are printed after the point.", "integer"),
            Column("verdict", "wrong, acknowledged, consistent, not checkable, or not judged: no rule speaks of it."),
            Column("reason", "What is wrong, or why it could not be tested."),
            *fields("source", "section", "quote"),
        ),
        ("record", "pointer"),
        figures,
    ),
)
