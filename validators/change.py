"""A percent change is the change between the two values beside it.

Why. A change is easily measured on the wrong baseline, printed with its sign lost, or as the ratio of the two values.

How to fix. Compare both values and the percentage with the publication; `direction` says whether it is an increase or a
decrease, and the percentage itself stands without a sign.

Limits. Both values are taken over their rounding windows. The mean of each patient's change is another number than the
change of the means: with `statistic: mean` or `median` a difference is a warning.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures import Printed
from tallysheet.figures.agreeing import is_change, plain
from tallysheet.figures.check import Check
from tallysheet.rules import Answer, At, answers

SCOPE = "change"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True


def passes(change: dict[str, Any], at: At) -> int | str | None:
    """Accept a percentage that plainly is the change; without figures to compare, nothing tests it."""
    if (percent := change.get("percent")) is None:
        return "no percentage"
    if "from" not in change or "to" not in change:
        return "no values to compare"
    before, after, found = (plain(text, at.comma) for text in (change["from"], change["to"], percent))
    if before is None or after is None or found is None:
        return None
    return 1 if is_change(before, after, found, decrease=change.get("direction") == "decrease") else None


def check(change: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge the percentage, with its direction, against the two values."""
    from tallysheet.figures.changes import judge_change  # few records have it

    start, end, percent = (change.get(name) for name in ("from", "to", "percent"))
    figures = [start, end, percent]
    if percent is None or start is None or end is None:
        missing = "no percentage" if percent is None else "no values to compare"
        yield from answers([Check("not_testable", missing)], at / ("from" if percent is None else "percent"), figures)
        return
    printed, direction = at.read(percent), change.get("direction")
    if not isinstance(printed, Printed):
        yield from answers([Check("not_testable", "no figure")], at / "percent", figures)
        return
    if direction:  # a sign beside the word says the same once more
        said = f"{percent.lstrip('-−')}% {direction}"
        printed = printed._replace(kind=direction, negative=False, text=said)
    checked = judge_change(at.read(start), at.read(end), printed)
    if checked.verdict == "inconsistent" and (printed.qualifier or change.get("statistic") in ("mean", "median")):
        # "about" is no error by itself; the mean of the changes is not the change of the means.
        checked = checked._replace(verdict="explained")
    yield from answers([checked], at / "percent", figures)
