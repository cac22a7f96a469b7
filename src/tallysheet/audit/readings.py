"""What a result says, so that two results of one study can be compared: exactly, by what each may stand for."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tallysheet.audit.studies import groups
from tallysheet.audit.titles import WORD, spelling
from tallysheet.collection import Record
from tallysheet.figures import Printed, judge_proportion
from tallysheet.figures.windows import Interval
from tallysheet.pointers import pointer
from tallysheet.reader.inert import inert
from tallysheet.rules import At

FILLERS = frozenset({"a", "an", "the", "and", "or", "of"})
"""Words of a label that tell nothing; before and after tell a lot."""
MOST_COUNTS = 100
"""A percentage that more counts fit says too little to contradict anything."""


class Reading(NamedTuple):
    """One figure: what it is of, what it may stand for, and where it stands."""

    of: tuple[str, ...]
    """Outcome, words of the label, kind of figure: what must be the same for two to be compared."""
    said: str
    record: Record
    group: str
    section: str
    pointer: str
    time: str
    total: int | None = None
    """The denominator of a count."""
    basis: str = ""
    """Why the denominator is not the whole group."""
    counts: tuple[int, ...] = ()
    """The counts that fit; empty where it is no count."""
    window: Interval | None = None
    """The values that it may stand for, where it is no count."""


def readings_of(record: Record) -> Iterator[Reading]:
    """Yield the figures of a record that can be compared with others."""
    at = At("", record.value, record.id)
    known = {group["id"] for group in groups(record)}
    for index, result in enumerate(record.value.get("results", ())):
        if result["group"] not in known:  # the check says so
            continue
        yield from counts(record, result, index, at)
        yield from values(record, result, index, at)


def counts(record: Record, result: dict[str, Any], index: int, at: At) -> Iterator[Reading]:
    """Yield the count of a result; a count of deaths also as one of those alive."""
    proportion = result.get("proportion", {})
    total, events, percent = (proportion.get(name) for name in ("total", "events", "percent"))
    if total is None or "method" in proportion:
        return
    if events is not None:
        fitting: tuple[int, ...] = (events,) if events <= total else ()
        said = f"{events}/{total}"
    else:
        judged = judge_proportion(None, total, at.read(percent))
        fitting = tuple(judged.fitting_counts)
        said = f"{percent}% of {total} ({fitting[0]})" if len(fitting) == 1 else f"{percent}% of {total}"
    if not 0 < len(fitting) <= MOST_COUNTS:
        return
    place = pointer("results", index, "proportion", "events" if events is not None else "percent")
    common = (record, result, place)
    if result["outcome"] == "death" and "label" not in result:
        alive = tuple(total - count for count in fitting)
        said = f"{said} died, so that {' or '.join(map(str, alive[:2]))} lived"
        found, fitting = reading(*common, ("survival", "", "count"), said), alive
    else:
        found = reading(*common, (result["outcome"], words(result), "count"), said)
    yield found._replace(total=total, basis=str(proportion.get("basis", "")), counts=fitting)


def values(record: Record, result: dict[str, Any], index: int, at: At) -> Iterator[Reading]:
    """Yield the figures of a result that are no counts, each with the window that its digits leave."""
    found: list[tuple[str, tuple[str, ...], dict[str, Any]]] = []
    if estimate := result.get("estimate"):
        found.append(("value", ("estimate", estimate.get("statistic", ""), estimate.get("unit", "")), estimate))
    if survival := result.get("survival"):
        found.append(("percent", ("survival", survival.get("at", "")), survival))
    if ratio := result.get("ratio"):
        found.append(("value", ("ratio", ratio["measure"], str(ratio.get("adjusted", ""))), ratio))
    if test := result.get("test"):
        found.append(("p", ("test", test.get("test", ""), str(test.get("sides", ""))), test))
    for field, of, block in found:
        printed = at.read(block.get(field))
        if isinstance(printed, Printed) and printed.qualifier == "" and printed.upper is None:
            place = pointer("results", index, of[0], field)
            said = said_as(field, block, of)
            kind = (result["outcome"], words(result), *of, str(result.get("compared_with", "")))
            yield reading(record, result, place, kind, said)._replace(window=printed.window())


def reading(record: Record, result: dict[str, Any], place: str, of: tuple[str, ...], said: str) -> Reading:
    """Return the reading of one figure of a result, but for what it may stand for."""
    source = result["source"]
    section = " ".join(filter(None, (source["section"], source.get("table", ""))))
    time = result.get("time", "").casefold()
    return Reading(of, inert(said), record, result["group"], section, place, time)


def said_as(field: str, block: dict[str, Any], of: tuple[str, ...]) -> str:
    """Return a figure as people write it: with its percent sign, its unit, its p."""
    if field == "value" and of[0] == "estimate":
        return f"{of[1]} {block[field]} {of[2]}".strip()
    return f"{block[field]}%" if field == "percent" else f"p {block[field]}" if field == "p" else str(block[field])


def words(result: dict[str, Any]) -> str:
    """Return the words of a result's label in alphabetical order, without those that tell nothing."""
    found = {spelling(word) for word in WORD.findall(result.get("label", "").casefold())} - FILLERS
    return " ".join(sorted(found))


def disagree(one: Reading, other: Reading) -> bool:
    """Tell whether no value fits both figures, whatever way each was rounded to the nearest."""
    if one.counts and other.counts:
        return one.total == other.total and not set(one.counts) & set(other.counts)
    if one.window is not None and other.window is not None:
        return one.window.meet(other.window).is_empty
    return False
