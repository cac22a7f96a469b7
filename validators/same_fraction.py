"""One fraction is printed one way.

Why. 5 of 40 is 12.5, which one habit prints 12 and another 13. Each may stand; both in one publication show that a
figure was copied or computed by somebody else.

How to fix. Compare both with the publication. Equal fractions count as equal, whatever their terms (1/2 and 20/40),
where they are printed with equally many decimals.

Limits. A percentage that its own counts do not give is told by the rule proportion, and not again here.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.pointers import pointer
from tallysheet.rows import rows_of
from tallysheet.rules import Also, Answer, At, Problem, answers

SCOPE = "publication"
SEVERITY = "warning"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("results",)


def passes(record: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept fractions that all differ, or are printed with the same digits."""
    return 0 if at.once(rows_of).alike else None


def check(record: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare each fraction with the first that equals it."""
    from fractions import Fraction  # most fractions are accepted at once

    from tallysheet.figures import Printed, judge_proportion
    from tallysheet.figures.columns import judge_same_fraction

    first: dict[tuple[Fraction, int], tuple[str, tuple[int, int, str]]] = {}
    for index, result in enumerate(record.get("results", ())):
        proportion = result.get("proportion", {})
        events, total, percent = (proportion.get(name) for name in ("events", "total", "percent"))
        printed = at.read(percent)
        if events is None or not total or not isinstance(printed, Printed) or not printed.is_plain:
            continue
        if judge_proportion(events, total, printed).verdict not in ("consistent", "tie"):
            continue
        place = pointer("results", index, "proportion", "percent")
        key = (Fraction(events, total), printed.decimals)
        earlier, (other_events, other_total, other) = first.setdefault(key, (place, (events, total, percent)))
        if earlier == place:
            continue
        checked = judge_same_fraction([(other_events, other_total, at.read(other)), (events, total, printed)])
        figures = [events, total, percent, other_events, other_total, other]
        also = (Also(earlier, f"{other_events}/{other_total} printed {other}"),)
        for answer in answers([checked], place, figures, also):
            # Two figures that agree are no third figure that holds: only what differs is of interest here.
            if isinstance(answer, Problem):
                yield answer._replace(severity="warning")
