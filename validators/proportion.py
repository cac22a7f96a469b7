"""A printed percentage is what its count and its total give, or what some count of the total gives.

Why. One wrong digit in a numerator, a denominator or a percentage is the commonest slip, of publications and of those
who copy from them. With the percentage printed to d decimals, read as the whole number R, a count k of a total n
agrees if 2 * |100 * 10^d * k - R * n| <= n: that accepts every usual way of rounding, and nothing else. Where no
count is printed, some whole number of patients must give the percentage.

How to fix. Read the three figures again in the publication. If it prints exactly these, leave them as they are and
acknowledge the contradiction under `discrepancies`. A percentage that only cutting off digits, rounding up or
rounding twice gives is a warning: it is most often the publication's own. If the total is another than the group's,
because some patients could not be evaluated, enter the total that was used, with its `basis`.

Limits. With 100 patients or more and no decimals, nearly every percentage fits some count: that is said to be not
checkable. A survival estimate, a cumulative incidence or the output of a model is no count over a total: give its
`method`, and it is not judged here.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures.agreeing import agrees, counts_of, plain
from tallysheet.groups import result_around
from tallysheet.rules import PRINTED_SO, Answer, At, Consistent, NotCheckable, Problem

SCOPE = "proportion"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True

ALL = 100
TIME_TO_EVENT = ("survival", "event-free-survival", "intervention-free-survival", "death")
METHODS = {"kaplan-meier": "a survival estimate", "cumulative-incidence": "a cumulative incidence", "model": "a model"}


def passes(proportion: dict[str, Any], at: At) -> int | str | None:
    """Accept a count of a total with a percentage that agrees, or one of them alone."""
    events, total, percent = proportion.get("events"), proportion.get("total"), proportion.get("percent")
    if "method" in proportion or total is None:
        return None
    if percent is None:
        return "no percent" if events is not None and events <= total else None
    if events is None:
        return fits_alone(total, percent, comma=at.comma)
    return 1 if agrees(events, total, percent, at.comma) else None


def fits_alone(total: int, percent: str, *, comma: bool) -> int | str | None:
    """Accept a percentage that some count of the total has, or say that any percentage would be that of one."""
    found = plain(percent, comma)
    if found is None or found[0] > ALL * found[1]:
        return None
    if total >= ALL * found[1]:
        return "no power"
    return 1 if counts_of(total, percent, comma) is not None else None


def check(proportion: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge events, total and percent together."""
    events, total, percent = (proportion.get(name) for name in ("events", "total", "percent"))
    place = at / ("percent" if percent is not None else "events")
    if (method := proportion.get("method")) is not None:
        if events is not None and total is not None and percent is not None:
            message = f"{METHODS[method]} is no count over a total, yet {events} of {total} is given"
            way_out = "enter a time-to-event estimate under survival, or leave method out"
            yield Problem(at / "method", message, way_out)
            return
        yield NotCheckable(place, f"{METHODS[method]} is no count over a total")
        return
    printed = at.read(percent)
    if percent is not None and printed is None:
        yield NotCheckable(place, "no figure")
        return
    from tallysheet.figures import describe, hint, judge_proportion  # most proportions agree at sight

    judgement = judge_proportion(events, total, printed)
    if judgement.verdict in ("consistent", "tie"):
        yield Consistent(place)
    elif judgement.verdict in ("not_testable", "not_applicable"):
        yield NotCheckable(place, judgement.reason.replace("_", " "))
    else:
        figures = tuple(str(figure) for figure in (events, total, percent) if figure is not None)
        explained = judgement.verdict == "explained"
        edit = hint(judgement) or "read the publication again"
        if result_around(at).get("outcome") in TIME_TO_EVENT:
            edit = f"a time-to-event estimate stands under survival; else {edit}"
        yield Problem(
            place,
            describe(judgement),
            f"{edit}; {PRINTED_SO}",
            figures=figures,
            severity="warning" if explained else "error",
        )
