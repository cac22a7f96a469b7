"""What rules ask of the groups and results of a record as a whole, worked out in one walk for all of them."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from tallysheet.figures.agreeing import agrees, counts_of, plain
from tallysheet.settled import Table, Told, What, figures_added, hold_by_counts

__all__ = ["Parts", "Rows", "lay_out", "lay_out_in_python", "rows_of"]

NOTHING: Mapping[str, Any] = {}
SHORT = 128
"""Results that the compiled part compares each with each; of more, Python makes dictionaries."""


class Rows(NamedTuple):
    """What is known of a record's groups, results and breakdowns."""

    sizes: dict[str, int]
    """How many patients each group has; of two with one id the first."""
    named: bool
    """Whether results name groups that are there, each of them once."""
    whole: bool
    """Whether all results of such a group count all of it, and no curve or estimate speaks of more."""
    alike: bool
    """Whether equal fractions whose count and percentage agree are printed with the same digits."""
    ranges: int
    """How many estimates have a range."""
    curves: int
    """How many results are survival estimates."""
    added: int | None
    """How many figures of partitions are counts that add up; None where that is not plain."""
    settled: bool
    """Whether there are counts, all that are printed among them, for which every equation holds."""


Parts: TypeAlias = tuple[dict[str, int], bool, bool, bool, int, int, int | None, bool]


def rows_of(record: Mapping[str, Any]) -> Rows:
    """Return what is known of a record that fits its schema: `passes` may ask, `check` may not."""
    lists = record.get("groups", []), record.get("results", []), record.get("breakdowns", [])
    lay = lay_out if len(lists[1]) <= SHORT else lay_out_in_python
    return Rows(*lay(*lists, record.get("decimal_mark") == "comma"))


def lay_out_in_python(
    groups: list[Any],
    results: list[Any],
    breakdowns: list[Any],
    comma: bool,  # noqa: FBT001 - by place, for speed
) -> Parts:
    """Return the parts of Rows."""
    sizes = {group["id"]: group["n"] for group in reversed(groups)}
    named = {one[name] for one in results for name in ("group", "compared_with") if name in one}
    whole = all(counts_all(result, sizes[result["group"]]) for result in results if result["group"] in sizes)
    ranges = sum("range" in result.get("estimate", ()) for result in results)
    curves = sum("survival" in result for result in results)
    table, alike = table_of(results, comma=comma)
    added, settled = figures_added(table, breakdowns), hold_by_counts(table, breakdowns)
    return sizes, len(sizes) == len(groups) and named <= sizes.keys(), whole, alike, ranges, curves, added, settled


def counts_all(result: Mapping[str, Any], size: int) -> bool:
    """Tell whether a proportion counts all of its group, and a curve or an estimate no more than all."""
    if "proportion" in result:
        proportion = result["proportion"]
        if proportion.get("total", size) != size or "basis" in proportion:
            return False
    survival, estimate = result.get("survival", NOTHING), result.get("estimate", NOTHING)
    return bool(survival.get("total", 0) <= size and estimate.get("n", 0) <= size)


def table_of(results: list[Any], *, comma: bool) -> tuple[Table, bool]:
    """Return the proportions that have a total, and whether equal fractions are printed alike."""
    told: list[Told] = []
    first: dict[str, dict[What, int]] = {}
    counted = alike = True
    printed: dict[tuple[float, int], int] = {}
    for result in results:
        if (proportion := result.get("proportion")) is None:
            continue
        total, events, percent = (proportion.get(name) for name in ("total", "events", "percent"))
        agreed = percent is not None and agrees(events, total, percent, comma)
        if agreed:
            digits, unit = plain(percent, comma) or (0, 0)
            # Equal fractions are equal as floats, too.
            alike = printed.setdefault((events / total, unit), digits) == digits and alike
        if total is None or "method" in proportion:
            continue
        admitted = counts_of(total, percent, comma) if percent is not None and events is None else None
        if events is None:
            counted = admitted is not None and counted
        elif not agreed and (percent is not None or events > total):
            counted = False
        least, most = admitted or (events or 0, events or 0)
        what = (result["outcome"], result.get("label"), result.get("time"), proportion.get("basis"))
        first.setdefault(result["group"], {}).setdefault(what, len(told))
        told.append((result["group"], what, total, least, most))
    return Table(told, first, counted), alike


try:
    from tallysheet._plainly import lay_out
except ImportError:  # installed without a compiler
    lay_out = lay_out_in_python
