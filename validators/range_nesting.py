"""The range of a subgroup lies inside that of the whole, and the subgroups of a partition reach its ends.

Why. The youngest patient of all is the youngest of some subgroup: ages from 0.3 to 21.0 in the whole, 0.3 to 10 in the
children and 12.0 to 21.0 in the others hold together, and a range that was read one row too far does not.

How to fix. Compare the ranges with the publication, and see that all are of one quantity in one unit.

Limits. Ranges are compared where the results are of one outcome, label and time, and have one unit. The ends of the
whole are sought only where every part of a partition has a range.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import Also, Answer, At, answers

SCOPE = "publication"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("results", "breakdowns")


def passes(record: dict[str, Any], at: At) -> int | None:
    """Accept a record with one range at the most, unless a group is a part of itself."""
    ranges = at.once(rows_of).ranges
    if ranges > 1 or (ranges and any(one["of"] in one["parts"] for one in record.get("breakdowns", ()))):
        return None
    return 0


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare the range of each whole with those of its parts."""
    from tallysheet.figures.order import judge_nesting  # few records have it

    ranges: dict[tuple[Any, ...], int] = {}
    for index, result in enumerate(record.get("results", ())):
        if "range" in result.get("estimate", {}):
            ranges.setdefault((result["group"], *kind(result)), index)
    for breakdown in record.get("breakdowns", ()):
        for (group, *what), whole in ranges.items():
            parts = [ranges[part, *what] for part in breakdown["parts"] if (part, *what) in ranges]
            if group != breakdown["of"] or not parts:
                continue
            complete = breakdown["relation"] == "partition" and len(parts) == len(breakdown["parts"])
            spans = [record["results"][index]["estimate"]["range"] for index in (whole, *parts)]
            pairs = [(at.read(span["from"]), at.read(span["to"])) for span in spans]
            checked = judge_nesting(pairs[0], pairs[1:], partition=complete and not breakdown.get("missing"))
            also = tuple(
                Also(pointer("results", index, "estimate", "range"), f"{span['from']} to {span['to']}")
                for index, span in zip(parts, spans[1:], strict=True)
            )
            figures = [limit for span in spans for limit in span.values()]
            yield from answers([checked], pointer("results", whole, "estimate", "range"), figures, also)


def kind(result: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a range is of."""
    return result["outcome"], result.get("label"), result.get("time"), result["estimate"].get("unit")
