"""What goes into a box of a PRISMA flow comes out of it.

Why. The flow of a review is where records get lost: identified, less those removed, are screened; screened, less those
excluded, are sought; and so on to the publications included.

How to fix. Compare the boxes with the flow chart. A box that the chart does not have is left out: then the boxes around
it bound it, and nothing more is claimed.

Limits. Records, reports and studies are different units; enter the chart's boxes of one unit. Reasons for exclusion may
overlap and are not added up.
"""

import itertools
from collections.abc import Iterator
from typing import Any

from tallysheet.figures.flows import judge_flow
from tallysheet.rules import Also, Answer, At, answers

SCOPE = "flow"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True

STATIONS = ("identified", "screened", "sought", "assessed", "included")
LEAVING = {
    "identified": ("duplicates", "removed"),
    "screened": ("excluded",),
    "sought": ("not_retrieved",),
    "assessed": ("ineligible",),
}
ENTERING = {"included": ("other_sources",)}


def check(flow: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare each station that is reported with the next one that is."""
    known = [station for station in STATIONS if station in flow]
    for start, end in itertools.pairwise(known):
        between = STATIONS[STATIONS.index(start) : STATIONS.index(end)]
        leaves = [name for station in between for name in LEAVING[station]]
        enters = [start, *(name for name in ENTERING.get(end, ()) if name in flow)]
        boxes = [name for name in (*enters, *leaves, end) if name in flow]
        checked = judge_flow([flow[name] for name in enters], [flow.get(name) for name in leaves], flow[end])
        also = tuple(Also(at / name, f"{name}: {flow[name]}") for name in boxes if name != end)
        yield from answers([checked], at / end, [flow[name] for name in boxes], also)
