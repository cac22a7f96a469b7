"""The interval of a proportion is one that a usual method gives for its counts.

Why. An interval that none of the usual methods gives was computed for other counts, at another level, or by a method
that the reader should know of. Wald, Wilson, Clopper-Pearson, Agresti-Coull, Jeffreys and mid-P intervals are
computed, with and without continuity correction, and the ones that print as the limits are accepted.

How to fix. Compare limits, level and counts with the publication. Limits that are printed as fractions of one have
`scale: fraction`; a level other than 95 is given as `level`; a method that the publication names as `method`.

Limits. That no usual method gives the limits is a warning: bootstrap, clustered and one-sided intervals are none of
them, and with `method: bootstrap`, `profile` or `other` only the order is judged. Fractions of one decimal are too
coarse.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures.agreeing import in_order, plain
from tallysheet.figures.check import Check
from tallysheet.groups import counts_of
from tallysheet.pointers import resolve
from tallysheet.rules import Answer, At, answers

SCOPE = "interval"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("..",)

WHOLE = 100
"""What a whole is in per cent: a fraction of fewer decimals is too coarse to be one."""
OTHER_METHODS = frozenset({"bootstrap", "profile", "other"})


def passes(interval: dict[str, Any], at: At) -> int | None:
    """Accept 95% limits that a usual method surely gives; what is no interval of a proportion other rules judge."""
    if not is_of_proportion(at):
        return 0
    if interval.get("method") in OTHER_METHODS or interval.get("level", "95") != "95":
        return None
    counts, scale = counts_of(at.around, at), 100 if interval.get("scale") != "fraction" else 1
    lower, upper = plain(interval["lower"], at.comma), plain(interval["upper"], at.comma)
    if counts is None or lower is None or upper is None or min(lower[1], upper[1]) * scale < WHOLE:
        return None
    if not in_order([interval["lower"], interval["upper"]], at.comma):
        return None
    from tallysheet.figures.by_floats import interval_fits  # few records have it

    return 1 if interval_fits(*counts, (lower[0], lower[1] * scale), (upper[0], upper[1] * scale)) else None


def check(interval: dict[str, Any], at: At) -> Iterator[Answer]:
    """Recompute the interval of a proportion; those of other figures are judged by the rules of their blocks."""
    from tallysheet.figures.intervals import judge_interval  # few records have it
    from tallysheet.figures.order import judge_order

    if not is_of_proportion(at):
        return
    proportion = resolve(at.record, at.pointer.rpartition("/")[0])
    counts = counts_of(proportion, at)
    limits = [at.read_percent(interval[name], interval.get("scale")) for name in ("lower", "upper")]
    figures = [interval["lower"], interval["upper"], *(counts or ())]
    if None in limits:
        yield from answers([Check("not_testable", "too coarse")], at / "lower", figures)
    elif interval.get("method") in OTHER_METHODS or counts is None:
        percent = at.read(proportion.get("percent"))
        order = [("lower limit", limits[0]), ("percentage", percent), ("upper limit", limits[1])]
        yield from answers([judge_order(order)], at / "lower", figures)
    else:
        checked = judge_interval(*counts, limits[0], limits[1], interval.get("level", "95"), None)
        yield from answers([checked], at / "lower", figures)


def is_of_proportion(at: At) -> bool:
    """Tell whether it is a proportion's `interval` that stands here."""
    place = at.place
    return (
        place.endswith("/proportion/interval")
        if isinstance(place, str)
        else place is not None and place[1] == "interval" and place[0] is not None and place[0][1] == "proportion"
    )
