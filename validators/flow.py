"""What goes into a box of a PRISMA flow comes out of it.

Why. The flow of a review is where records get lost: identified, less those removed, are screened; screened, less those
excluded, are sought; and so on to the publications included.

How to fix. Compare the boxes with the flow chart. A box that the chart does not have is left out: then the boxes around
it bound it, and nothing more is claimed.

Limits. Records, reports and studies are different units; enter the chart's boxes of one unit. Reasons for exclusion may
overlap and are not added up.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tallysheet.rules import Also, Answer, At, answers

SCOPE = "flow"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True

STATIONS = ("identified", "screened", "sought", "assessed")
LEAVING = {
    "identified": ("duplicates", "removed"),
    "screened": ("excluded",),
    "sought": ("not_retrieved",),
    "assessed": ("ineligible",),
}


def passes(flow: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept stations of which each holds what leaves it and the next one, every box between them being reported."""
    stations = (*STATIONS, "included_reports" if "included_reports" in flow else "included")
    known = [index for index, station in enumerate(stations) if station in flow]
    for start, end in pairwise(known):
        leaves = [name for station in stations[start:end] for name in LEAVING[station]]
        if not flow.keys() >= set(leaves):
            return None
        if flow[stations[start]] != sum([flow[name] for name in leaves]) + flow[stations[end]]:
            return None
    return max(len(known) - 1, 0)


def check(flow: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare each station that is reported with the next one that is."""
    from tallysheet.figures.flows import judge_flow  # few records have it

    last = "included_reports" if "included_reports" in flow else "included"
    stations = (*STATIONS, last)
    known = [station for station in stations if station in flow]
    for start, end in pairwise(known):
        between = stations[stations.index(start) : stations.index(end)]
        leaves = [name for station in between for name in LEAVING[station]]
        boxes = [name for name in (start, *leaves, end) if name in flow]
        checked = judge_flow([flow[start]], [flow.get(name) for name in leaves], flow[end])
        if checked.verdict == "inconsistent" and "other_sources" in flow and end in ("screened", last):
            # PRISMA 2009 lets other sources in before screening, PRISMA 2020 at the end.
            boxes.insert(1, "other_sources")
            enters = [flow[start], flow["other_sources"]]
            checked = judge_flow(enters, [flow.get(name) for name in leaves], flow[end])
        also = tuple(Also(at / name, f"{name}: {flow[name]}") for name in boxes if name != end)
        yield from answers([checked], at / end, [flow[name] for name in boxes], also)
