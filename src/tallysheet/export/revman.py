"""Comparisons of two groups by a count, as a table to fill RevMan's analyses from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tallysheet.index.tables import Row

HEADER = (
    *("Study", "Record", "Outcome", "Label", "Time", "Experimental", "Experimental events", "Experimental total"),
    *("Control", "Control events", "Control total"),
)
SAME = ("outcome", "label", "time")


def comparisons(records: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield a row for each count that a record gives for a group and for the one that it compares it with.

    Printed counts alone are taken: a percentage or a survival estimate is none. Where a record gives the same outcome,
    label and time several times over, it can't be told which belong together, and none is taken.
    """
    for record in records:
        groups = {group["id"]: group["label"] for group in record.get("groups", ())}
        counts: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
        for result in record.get("results", ()):
            if "events" in (found := result.get("proportion", {})) and "method" not in found:
                counts.setdefault((result["group"], *what(result)), []).append(found)
        pairs = {
            (result["group"], result["compared_with"], *what(result)): None
            for result in record.get("results", ())
            if "compared_with" in result
        }
        for one, other, *same in pairs:
            mine, theirs = counts.get((one, *same), ()), counts.get((other, *same), ())
            if len(mine) == len(theirs) == 1:
                study = record.get("study", {}).get("id", record["id"])
                yield (
                    *(study, record["id"], *same),
                    *(groups.get(one, one), mine[0]["events"], mine[0]["total"]),
                    *(groups.get(other, other), theirs[0]["events"], theirs[0]["total"]),
                )


def what(result: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a result counts."""
    return tuple(result.get(name) for name in SAME)
