"""The proportions of a record's results, laid out as the rows and columns that they are compared in."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from tallysheet.figures.agreeing import agrees, plain

__all__ = ["Rows", "Told", "What", "lay_out", "lay_out_in_python", "rows_of"]

What: TypeAlias = tuple[Any, Any, Any, Any]
"""What a result counts: outcome, label, time and basis. Results of one kind in several groups make a row."""

Told: TypeAlias = tuple[str, What, int, Any, str | None]
"""A group, what is counted in it, and the total, the events (None without) and the percentage printed for it."""


class Rows(NamedTuple):
    """The proportions with a total that are counts of it, in the order of the record."""

    told: list[Told]
    first: dict[str, dict[What, Told]]
    """The first one of each group and kind."""
    counted: bool
    """Whether all print a count, and no percentage but one that agrees with it."""
    agreeing: dict[int, tuple[tuple[float, int], int]]
    """The proportions, by their `id`, whose count, total and percentage plainly agree; those with a `method` too.

    With the share and the unit that it is printed in, and its digits: equal fractions are equal as floats, too."""


def rows_of(record: Mapping[str, Any]) -> Rows:
    """Return the proportions of a record."""
    return Rows(*lay_out(record.get("results", []), record.get("decimal_mark") == "comma"))


def lay_out_in_python(
    results: list[Any],
    comma: bool,  # noqa: FBT001 - by place, for speed
) -> tuple[list[Told], dict[str, dict[What, Told]], bool, dict[int, tuple[tuple[float, int], int]]]:
    """Return the four parts of Rows."""
    told: list[Told] = []
    first: dict[str, dict[What, Told]] = {}
    counted = True
    agreeing: dict[int, tuple[tuple[float, int], int]] = {}
    for result in results:
        proportion = result.get("proportion")
        if proportion is None:
            continue
        get = proportion.get
        total, events, percent = get("total"), get("events"), get("percent")
        agreed = percent is not None and agrees(events, total, percent, comma)
        if agreed:
            digits, unit = plain(percent, comma) or (0, 0)
            agreeing[id(proportion)] = (events / total, unit), digits
        if total is None or "method" in proportion:
            continue
        if not agreed and (events is None or percent is not None or events > total):
            counted = False
        group, told_of = result["group"], result.get
        what = (result["outcome"], told_of("label"), told_of("time"), get("basis"))
        row = (group, what, total, events, percent)
        told.append(row)
        if group not in first:
            first[group] = {what: row}
        elif what not in first[group]:
            first[group][what] = row
    return told, first, counted, agreeing


try:
    from tallysheet._plainly import lay_out
except ImportError:  # installed without a compiler
    lay_out = lay_out_in_python
