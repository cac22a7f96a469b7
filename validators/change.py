"""A percent change is the change between the two values beside it.

Why. A change is easily measured on the wrong baseline, printed with its sign lost, or as the ratio of the two values.

How to fix. Compare both values and the percentage with the publication; `direction` says whether it is an increase or a
decrease, and the percentage itself stands without a sign.

Limits. Both values are taken over their rounding windows. The mean of each patient's change is another number than the
change of the means; where the publication reports the former, leave `from` and `to` out.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures.changes import judge_change
from tallysheet.figures.check import Check
from tallysheet.rules import Answer, At, answers

SCOPE = "change"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True


def check(change: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the percentage, with its direction, against the two values."""
    start, end, percent = (change.get(name) for name in ("from", "to", "percent"))
    figures = [start, end, percent]
    if percent is None or start is None or end is None:
        missing = "no percentage" if percent is None else "no values to compare"
        yield from answers([Check("not_testable", missing)], at / ("from" if percent is None else "percent"), figures)
        return
    printed = at.read(percent)
    direction = change.get("direction")
    said = f"{percent}% {direction}" if direction else printed
    yield from answers([judge_change(at.read(start), at.read(end), said)], at / "percent", figures)
