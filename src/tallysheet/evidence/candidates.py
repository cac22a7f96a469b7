"""The counts that one record offers: one row for each measure, and the reasons why its other results are none."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from tallysheet.evidence.measures import SELECTIVE, LeftOut, Measure, Row
from tallysheet.groups import counts_of
from tallysheet.pointers import pointer
from tallysheet.rules import At

Wholes = Mapping[str, set[str]]
"""The groups that hold all patients of a group, by its id."""
FROM_PERCENT = "the only count that its percentage fits"
DISJOINT = ("partition", "exclusive")


def label_of(result: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return what a result counts beyond its outcome, in small letters; nothing where the label repeats the outcome."""
    label = " ".join(result.get("label", "").casefold().split())
    outcome = result["outcome"]
    return "" if label in (labels.get(outcome, "").casefold(), outcome.replace("-", " ")) else label


def wholes_of(record: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return for each group the groups that hold it, as the breakdowns say, however many steps away."""
    above: dict[str, set[str]] = {}
    for breakdown in record.get("breakdowns", ()):
        chain = [breakdown["of"], *breakdown["parts"]]
        steps = pairwise(chain) if breakdown["relation"] == "nested" else ((chain[0], part) for part in chain[1:])
        for whole, part in steps:
            above.setdefault(part, set()).add(whole)
    found: dict[str, set[str]] = {}
    for group, nearest in above.items():
        seen: set[str] = set()
        ahead = list(nearest)
        while ahead:
            if (whole := ahead.pop()) not in seen:
                seen.add(whole)
                ahead.extend(above.get(whole, ()))
        found[group] = seen - {group}
    return found


def comparators_of(record: Mapping[str, Any], wholes: Wholes) -> set[str]:
    """Return the groups that others are compared with, unless they hold them: controls, not patients under study."""
    found, comparing = set(), set()
    for result in record.get("results", ()):
        other, group = result.get("compared_with"), result["group"]
        if other is not None and other not in wholes.get(group, ()) and other != group:
            found.add(other)
            comparing.add(group)
    return found - comparing


def offered(
    record: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[list[Row], list[LeftOut], dict[Measure, str]]:
    """Return a row for each measure that a record counts, what it leaves out, and the measures' labels as printed."""
    wholes = wholes_of(record)
    controls = comparators_of(record, wholes)
    groups = {group["id"]: group for group in reversed(record.get("groups", ()))}
    found: dict[Measure, list[tuple[str, Row]]] = {}
    left_out: list[LeftOut] = []
    printed: dict[Measure, str] = {}
    for index, result in enumerate(record.get("results", ())):
        group = groups.get(result["group"])
        if group is None or "condition" not in group or not ({"proportion", "survival"} & result.keys()):
            continue
        row, why = read_result(record, index, group, labels)
        printed.setdefault(row.measure, result.get("label", "") if row.measure.label else "")
        why = why or ("a comparison group" if group["id"] in controls else "")
        if why:
            left_out.append(leave(row, why, figures_of(result)))
        else:
            found.setdefault(row.measure, []).append((group["id"], row))
    rows = []
    for candidates in found.values():
        row, others = choose(record, candidates, wholes)
        rows.append(row)
        left_out += others
    return rows, left_out, printed


def read_result(
    record: Mapping[str, Any], index: int, group: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[Row, str]:
    """Return a result as a row, and why it is none: empty where it is one."""
    result = record["results"][index]
    proportion = result.get("proportion", {})
    basis = proportion.get("basis", "")
    among = basis if basis in SELECTIVE else ""
    measure = Measure(result["outcome"], group["condition"], label_of(result, labels), among)
    counts = counts_of(proportion, At("", record, record["id"]))
    events, total = counts or (0, 0)
    citation = record.get("citation", {})
    row = Row(
        measure,
        str(record.get("study", {}).get("id", record["id"])),
        record["id"],
        record["kind"],
        group["label"],
        events,
        total,
        "" if "events" in proportion else FROM_PERCENT,
        result.get("time", ""),
        basis,
        str(citation.get("published") or citation.get("online") or citation.get("year", "")),
        pointer("results", index),
    )
    return row, why_uncounted(record, result, counts)


def why_uncounted(record: Mapping[str, Any], result: Mapping[str, Any], counts: tuple[int, int] | None) -> str:
    """Return why a result is no count of patients, empty where it is one."""
    if record["status"] in ("retracted", "withdrawn"):
        return f"the publication is {record['status']}"
    proportion = result.get("proportion")
    if proportion is None:
        return "a survival estimate is no count"
    whys = {
        f"an estimate ({proportion.get('method')}) is no count": "method" in proportion,
        "its denominator is a larger cohort": proportion.get("basis") == "larger-cohort",
        "no denominator is printed": "total" not in proportion,
        "events above the total": counts is None and "events" in proportion,
        "not one single count fits the percentage": counts is None,
        "a share of nobody": counts is not None and not counts[1],
    }
    return next((why for why, holds in whys.items() if holds), "")


def figures_of(result: Mapping[str, Any]) -> str:
    """Return the figures of a result as printed."""
    block = result.get("proportion") or result.get("survival") or {}
    percent = f"{block['percent']}%" if "percent" in block else ""
    counts = "/".join(str(block[name]) for name in ("events", "total") if name in block)
    counts = f"?/{counts}" if counts and "events" not in block else counts
    return " ".join(part for part in (counts, percent, result.get("time", "") or block.get("at", "")) if part)


def leave(row: Row, why: str, figures: str | None = None) -> LeftOut:
    """Return a row as one that is left out."""
    shown = " ".join(part for part in (row.counts, row.time) if part) if figures is None else figures
    return LeftOut(row.measure, row.study, row.record, row.place, shown, why)


def choose(record: Mapping[str, Any], found: list[tuple[str, Row]], wholes: Wholes) -> tuple[Row, list[LeftOut]]:
    """Return the one row of a record for a measure: of the whole before its parts, of the most patients, the last.

    Parts that exclude each other are added up where no whole has a count, unless the report compares them.
    """
    left_out = []
    best: dict[str, Row] = {}
    for group, row in found:
        held = best.get(group)
        if held is not None:
            worse = row if held.total > row.total else held
            left_out.append(leave(worse, "the same patients at another time, or fewer of them"))
        if held is None or row.total >= held.total:
            best[group] = row
    inside = {group for group in best if wholes.get(group, set()) & best.keys()}
    left_out += [leave(best[group], "a part of a group that is counted whole") for group in inside]
    tops = {group: row for group, row in best.items() if group not in inside}
    chosen, parts = largest(record, tops)
    left_out += [
        leave(row, "may share patients with a group that is counted")
        for group, row in tops.items()
        if group not in parts
    ]
    return chosen, sorted(left_out, key=lambda one: one.place)


def largest(record: Mapping[str, Any], tops: Mapping[str, Row]) -> tuple[Row, set[str]]:
    """Return the row of the most patients: of one group, or of several that exclude each other; and which they are."""
    name, chosen = max(tops.items(), key=lambda item: item[1].total)
    parts = {name}
    compared = {result["compared_with"] for result in record["results"] if "compared_with" in result}
    for breakdown in record.get("breakdowns", ()):
        members = [part for part in breakdown["parts"] if part in tops]
        if breakdown["relation"] not in DISJOINT or not members[1:] or compared & set(members):
            continue
        total = added(tops[part] for part in members)
        if total.total > chosen.total:
            chosen, parts = total, set(members)
    return chosen, parts


def added(rows: Iterable[Row]) -> Row:
    """Return the sum of rows of groups that exclude each other, marked as derived."""
    first, *rest = rows
    every = (first, *rest)
    how = f"the sum of {len(every)} groups" + (", some from percentages" if any(row.derived for row in every) else "")
    return Row(
        first.measure,
        first.study,
        first.record,
        first.kind,
        " + ".join(row.group for row in every),
        sum(row.events for row in every),
        sum(row.total for row in every),
        how,
        common(row.time for row in every),
        common(row.basis for row in every),
        first.date,
        first.place,
    )


def common(texts: Iterator[str]) -> str:
    """Return what all texts say, all of them where they differ."""
    return ", ".join(dict.fromkeys(text for text in texts if text))
