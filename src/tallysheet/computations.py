"""The figures of a record, each as printed, exactly, with its verdict and its count, and what they come to together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tallysheet.equations import statements
from tallysheet.figures import Judgement, describe, judge_proportion
from tallysheet.figures.joint import solve
from tallysheet.pointers import pointer
from tallysheet.rules import At

BLOCKS = ("survival", "estimate", "ratio", "test", "change")
"""Blocks of a result beside a proportion: their rules say whether they hold."""


@dataclass(frozen=True, slots=True)
class Computed:
    """One figure of a record, as it is printed, and what follows from it and the others."""

    pointer: str
    """Of the group or the block that it is."""
    name: str
    printed: str
    exact: str = ""
    """The exact percentage of the printed counts."""
    verdict: str = ""
    count: str = ""
    """The count: printed, derived where only one fits all equations, or its bounds."""
    stands_in: tuple[str, ...] = ()
    """The other equations that it is part of."""
    said: str = ""
    """The computation in a line."""


@dataclass(frozen=True, slots=True)
class Computation:
    """All figures of a record, and what their equations come to together."""

    figures: tuple[Computed, ...]
    conflict: tuple[str, ...] = ()
    """Equations that can't hold together."""
    undecided: bool = False
    """Whether the equations together can't be decided within bounds."""


def compute(record: Mapping[str, Any], at: At) -> Computation:
    """Return the figures of a record, which must be well formed, with what follows from them."""
    found = statements(record, at)
    solution = solve([one.equation for one in found])
    uses: dict[str, list[str]] = {}
    for one in found:
        for row in one.equation.rows:
            for name, _ in row.terms:
                uses.setdefault(name, []).append(one.said)
    conflict = tuple(one.said for one in found if one.equation in solution.conflict) if solution.conflict else ()
    figures = (*of_groups(record, uses), *of_results(record, at, solution.bounds, uses))
    return Computation(figures, conflict, undecided=not conflict and solution.verdict == "not_testable")


def of_groups(record: Mapping[str, Any], uses: Mapping[str, list[str]]) -> Iterator[Computed]:
    """Yield the size of each group."""
    for index, group in enumerate(record.get("groups", ())):
        place = pointer("groups", index)
        others = tuple(dict.fromkeys(said for said in uses.get(f"{place}/n", ()) if " of " in said))
        yield Computed(place, f"n of {group['id']}", str(group["n"]), count=str(group["n"]), stands_in=others)


def of_results(
    record: Mapping[str, Any], at: At, bounds: Mapping[str, tuple[int, int]], uses: Mapping[str, list[str]]
) -> Iterator[Computed]:
    """Yield each figure of each result."""
    for index, result in enumerate(record.get("results", ())):
        name = f"{result.get('label') or result['outcome']} in {result['group']}"
        place = pointer("results", index)
        if proportion := result.get("proportion"):
            yield of_proportion(f"{place}/proportion", name, proportion, at, bounds, uses)
        for block in BLOCKS:
            if block in result:
                texts = [v for k, v in result[block].items() if isinstance(v, str) and k not in ("method", "statistic")]
                yield Computed(f"{place}/{block}", f"{name}: {block}", " ".join(texts))


def of_proportion(
    place: str,
    name: str,
    proportion: Mapping[str, Any],
    at: At,
    bounds: Mapping[str, tuple[int, int]],
    uses: Mapping[str, list[str]],
) -> Computed:
    """Return a proportion with what follows for it."""
    judgement = judge_proportion(proportion.get("events"), proportion.get("total"), at.read(proportion.get("percent")))
    verdict = "not applicable" if "method" in proportion else verdict_of(judgement)
    others = [said for said in uses.get(f"{place}/events", ()) if "%" not in said and "/" not in said]
    count = count_of(proportion, bounds.get(f"{place}/events"))
    if judgement.explanation and "derived" in count:
        count = count.replace("derived", f"derived, if {judgement.explanation.replace('_', ' ')}")
    said = "" if "method" in proportion else describe(judgement)
    return Computed(place, name, *shown(proportion, judgement), verdict, count, tuple(others), said)


def shown(proportion: Mapping[str, Any], judgement: Judgement) -> tuple[str, str]:
    """Return a proportion as printed, and its exact percentage."""
    events, total, percent = (proportion.get(name) for name in ("events", "total", "percent"))
    counts = f"{'?' if events is None else events}/{'?' if total is None else total}"
    exact = judgement.exact
    exactly = "" if exact is None else str(exact) if exact.denominator == 1 else f"{exact} = {float(exact):.4f}"
    return (f"{counts} {percent}%" if percent is not None else counts), exactly


def verdict_of(judgement: Judgement) -> str:
    """Return the verdict in words, with its explanation."""
    more = judgement.explanation or (judgement.reason if judgement.verdict == "not_testable" else "")
    return (f"{judgement.verdict} ({more})" if more else judgement.verdict).replace("_", " ")


def count_of(proportion: Mapping[str, Any], bounds: tuple[int, int] | None) -> str:
    """Return the count: as printed, derived where only one fits all equations, else its bounds."""
    if "events" in proportion:
        return str(proportion["events"])
    if bounds is None:
        return ""
    return f"{bounds[0]} (derived)" if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"
