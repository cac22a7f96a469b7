"""Tables of what the check says: findings, answers of rules, discrepancies and waivers."""

from collections.abc import Iterator

from tallysheet.index.judged import JudgedRecord
from tallysheet.index.tables import Column, Row, Table, columns, fields

PLACE = Column("place", "The place in the list, from 1.", "integer")
POINTER = Column("pointer", "Where in the record, as JSON pointer.")


def findings(one: JudgedRecord) -> Iterator[Row]:
    """Yield what the check finds, in the order of the report."""
    for place, found in enumerate(one.record.findings, 1):
        seen = found.acknowledged
        yield (
            *(one.record.id, place, found.pointer, found.rule, found.severity),
            *(found.span.line, found.span.column, found.message, found.hint, ", ".join(found.figures) or None),
            *((seen.by, seen.on, seen.until, seen.why) if seen else (None,) * 4),
        )


def answers(one: JudgedRecord) -> Iterator[Row]:
    """Yield what holds, and what could not be tested and why."""
    passed = (answer for answer in one.answers if answer.verdict in ("consistent", "not checkable"))
    for place, answer in enumerate(passed, 1):
        yield one.record.id, place, *answer


def discrepancies(one: JudgedRecord) -> Iterator[Row]:
    """Yield the contradictions of the publication itself."""
    for place, entry in enumerate(one.record.value.get("discrepancies", ()), 1):
        yield one.record.id, place, *(entry[name] for name in ("pointer", "rule", "printed", "why", "by", "on"))


def waivers(one: JudgedRecord) -> Iterator[Row]:
    """Yield the findings that are excused for a time."""
    for place, entry in enumerate(one.record.value.get("waivers", ()), 1):
        yield one.record.id, place, *(entry.get(name) for name in ("pointer", "rule", "reason", "by", "on", "until"))


TABLES = (
    Table(
        "findings",
        "One row a finding of `tallysheet check`.",
        columns(
            PLACE,
            POINTER,
            Column("rule", "The rule that finds it."),
            Column("severity", "error, warning or acknowledged."),
            Column("line", "The line of the record's file.", "integer"),
            Column("position", "The column, in characters.", "integer"),
            Column("message", "What is found."),
            Column("hint", "What to do."),
            Column("figures", "The figures that contradict each other."),
            Column("seen_by", "Who acknowledged or excused it."),
            Column("seen_on", "When.", "day"),
            Column("until", "The last day on which it is excused.", "day"),
            Column("why", "Why it is acknowledged or excused."),
        ),
        ("record", "place"),
        findings,
    ),
    Table(
        "answers",
        "One row an answer of a rule that is no finding.",
        columns(
            PLACE,
            POINTER,
            Column("rule", "The rule that answers."),
            Column("verdict", "consistent or not checkable."),
            Column("reason", "Why it could not be tested."),
        ),
        ("record", "place"),
        answers,
    ),
    Table(
        "discrepancies",
        "One row a contradiction of a publication itself, as its record acknowledges it.",
        columns(
            PLACE,
            *fields("discrepancy", "pointer", "rule", "printed", "why"),
            Column("who", "discrepancy#/properties/by"),
            Column("day", "When it was seen.", "day"),
        ),
        ("record", "place"),
        discrepancies,
    ),
    Table(
        "waivers",
        "One row a finding that a record excuses for a time.",
        columns(
            PLACE,
            *fields("waiver", "pointer", "rule", "reason"),
            Column("who", "waiver#/properties/by"),
            Column("day", "waiver#/properties/on", "day"),
            *fields("waiver", "until", kind="day"),
        ),
        ("record", "place"),
        waivers,
    ),
)
