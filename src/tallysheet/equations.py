"""All equations of a record: its sums, its proportions, its groups, its flow and its composite outcomes.

Figures go by their pointers. An equation that is broken by itself is left out here: the rule of its own block tells it,
and what is left can only fail together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tallysheet.figures import Printed, judge_proportion
from tallysheet.figures.equations import Equation, Row, printed_count, printed_share, printed_sum
from tallysheet.figures.sums import judge_sum
from tallysheet.figures.windows import Habit
from tallysheet.groups import Group, counts_of, groups_of
from tallysheet.pointers import pointer, resolve
from tallysheet.rules import At
from tallysheet.settled import COMPLEMENTS, PARTS_OF_A_RESPONSE

HABITS: dict[str, Habit] = {"truncation": "truncation", "rounding_up": "rounding_up", "rounded_twice": "rounded_twice"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One equation, where it stands in the record, and how people read it."""

    equation: Equation
    pointer: str
    said: str


def statements(record: Mapping[str, Any], at: At) -> list[Statement]:
    """Return the equations of a record."""
    groups = at.once(groups_of)
    return [
        *of_groups(record, groups),
        *of_results(record, groups, at),
        *of_strata(record, at),
        *of_composites(record),
    ]


def of_groups(record: Mapping[str, Any], groups: Mapping[str, Group]) -> Iterator[Statement]:
    """Yield the size of each group, and how groups divide groups."""
    for name, group in groups.items():
        yield Statement(printed_count(group.pointer, group.n), group.pointer, f"{name}: n = {group.n}")
    for index, breakdown in enumerate(record.get("breakdowns", ())):
        names = [breakdown["of"], *breakdown["parts"]]
        if any(name not in groups for name in names):
            continue
        whole, *parts = [groups[name] for name in names]
        missing, relation = breakdown.get("missing", 0), breakdown["relation"]
        if judge_sum([part.n for part in parts], whole.n, relation, missing).verdict == "consistent":
            equation = printed_sum(whole.pointer, [part.pointer for part in parts], relation, missing)
            said = f"{relation} of {names[0]}: {', '.join(names[1:])}"
            yield Statement(equation, pointer("breakdowns", index), said)


def of_results(record: Mapping[str, Any], groups: Mapping[str, Group], at: At) -> Iterator[Statement]:
    """Yield counts, totals and percentages of each proportion, and how its total belongs to its group."""
    for index, result in enumerate(record.get("results", ())):
        proportion = result.get("proportion", {})
        if "method" in proportion or "total" not in proportion:
            continue
        place = pointer("results", index, "proportion")
        events, total, percent = (proportion.get(name) for name in ("events", "total", "percent"))
        name = named(result)
        yield Statement(printed_count(f"{place}/total", total), f"{place}/total", f"{name}: total {total}")
        if events is not None:
            yield Statement(printed_count(f"{place}/events", events), f"{place}/events", f"{name}: {events}/{total}")
        group = groups.get(result["group"])
        if group and "basis" not in proportion and total == group.n:
            rows = (Row(((f"{place}/total", 1), (group.pointer, -1)), 0, 0),)
            said = f"{name}: of all {result['group']}"
            yield Statement(Equation(said, rows), f"{place}/total", said)
        printed = at.read(percent)
        verdict = judge_proportion(events, total, printed)
        # A percentage that fits several counts whatever it is tells nothing by itself, yet bounds the count.
        usable = verdict.verdict in ("consistent", "tie", "explained") or verdict.reason == "no_power"
        if isinstance(printed, Printed) and usable:
            habit = HABITS.get(verdict.explanation, "nearest")
            equation = printed_share(f"{place}/events", f"{place}/total", printed, habit)
            yield Statement(equation, f"{place}/percent", f"{name}: {percent}% of {total}")


def of_strata(record: Mapping[str, Any], at: At) -> Iterator[Statement]:
    """Yield, for each row of a table, that the events of a partition's parts add up to those of the whole."""
    results = record.get("results", ())
    rows: dict[tuple[Any, ...], str] = {}
    for index, result in enumerate(results):
        if "total" in result.get("proportion", {}) and "method" not in result["proportion"]:
            place = pointer("results", index, "proportion", "events")
            rows.setdefault((result["group"], *kind(result)), place)
    for breakdown in record.get("breakdowns", ()):
        adds_up = breakdown["relation"] == "partition" and not breakdown.get("missing")
        for (group, *what), whole in rows.items():
            parts = [rows[part, *what] for part in breakdown["parts"] if (part, *what) in rows]
            if group != breakdown["of"] or not parts:
                continue
            if not adds_up or len(parts) < len(breakdown["parts"]):
                yield from (inside(whole, part, f"{what[0]}: a part of {group}") for part in parts)
            elif not is_broken(record, whole, parts, at):
                said = f"{what[0]}: {' + '.join(breakdown['parts'])} = {group}"
                yield Statement(printed_sum(whole, parts), whole, said)


def inside(whole: str, part: str, said: str) -> Statement:
    """Return that who has it in a part has it in the whole, and that who has it not has it not in the whole either."""
    totals = [f"{place.rpartition('/')[0]}/total" for place in (whole, part)]
    without = ((totals[0], 1), (whole, -1), (totals[1], -1), (part, 1))
    rows = (Row(((whole, 1), (part, -1)), 0, None), Row(without, 0, None))
    return Statement(Equation(f"{said} {part}", rows), part, said)


def is_broken(record: Mapping[str, Any], whole: str, parts: list[str], at: At) -> bool:
    """Tell whether the counts of a row are all known and do not add up: the rule row-additivity says so."""
    counts = [counts_of(resolve(record, place.rpartition("/")[0]), at) for place in (whole, *parts)]
    known = [pair[0] for pair in counts if pair]
    return len(known) == len(counts) and known[0] != sum(known[1:])


def of_composites(record: Mapping[str, Any]) -> Iterator[Statement]:
    """Yield that parts of a response are no more than it, and that survivors and deaths are no more than all."""
    by_place: dict[tuple[Any, ...], dict[str, str]] = {}
    for index, result in enumerate(record.get("results", ())):
        if "total" in result.get("proportion", {}) and "method" not in result["proportion"]:
            same = (result["group"], result.get("label"), result.get("time"), result["proportion"]["total"])
            place = pointer("results", index, "proportion")
            by_place.setdefault(same, {}).setdefault(result["outcome"], place)
    for (group, *_), found in by_place.items():
        parts = [f"{found[name]}/events" for name in PARTS_OF_A_RESPONSE if name in found]
        if parts and "clinical-response" in found:
            equation = printed_sum(f"{found['clinical-response']}/events", parts, "exclusive")
            yield Statement(equation, found["clinical-response"], f"parts of the response in {group}")
        for names in COMPLEMENTS:
            if all(name in found for name in names):
                places = [f"{found[name]}/events" for name in names]
                equation = printed_sum(f"{found[names[0]]}/total", places, "exclusive")
                yield Statement(equation, found[names[0]], f"{' and '.join(names)} in {group}")


def kind(result: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a result counts: results of one kind in several groups make a row."""
    return result["outcome"], result.get("label"), result.get("time"), result["proportion"].get("basis")


def named(result: Mapping[str, Any]) -> str:
    """Return how people call a result."""
    label = result.get("label") or result["outcome"]
    return f"{label[:40]} in {result['group']}"
