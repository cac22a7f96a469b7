"""Every patient of a group who started has completed or not, and who is analysed has started (CONSORT).

Why. Patients who are lost between allocation and analysis are where bias enters; a flow that does not add up hides
them.

How to fix. Compare the boxes of the group with the flow diagram or the registry. `started` is left out where it is
the group's n. A box that is not reported is left out: then the others bound it.

Limits. Reasons for not completing are compared with their sum only where `not_completed` is given; a patient has one
reason.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.figures.check import Check
from tallysheet.pointers import resolve
from tallysheet.rules import Also, Answer, At, answers

SCOPE = "disposition"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("..",)

REASONS = ("lost_to_follow_up", "withdrawn", "died", "other_reasons")


def passes(disposition: dict[str, Any], at: At) -> int | None:
    """Accept those who completed and those who did not, who together are all who started, with no more reasons."""
    size = at.around.get("n")
    started = disposition.get("started", size)
    completed, not_completed = disposition.get("completed"), disposition.get("not_completed")
    if size is None or completed is None or not_completed is None or started > size:
        return None
    if started != completed + not_completed + disposition.get("ongoing", 0):
        return None
    reasons = sum([disposition.get(name, 0) for name in REASONS])
    return 1 if reasons <= not_completed and disposition.get("analysed", 0) <= size else None


def check(disposition: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare those who started with those who completed, those who did not, and those who are analysed."""
    from tallysheet.figures.flows import judge_flow  # few records have it

    group = resolve(at.record, at.pointer.rpartition("/")[0])
    size = group.get("n")
    started = disposition.get("started", size)
    completed, not_completed = disposition.get("completed"), disposition.get("not_completed")
    checks: list[Check] = []
    ongoing = [disposition["ongoing"]] if "ongoing" in disposition else []
    if completed is not None or not_completed is not None:
        checks.append(judge_flow([started], [not_completed, *ongoing], completed))
    reasons = [disposition[name] for name in REASONS if name in disposition]
    if reasons and not_completed is not None and sum(reasons) > not_completed:
        said = f"{'+'.join(map(str, reasons))} = {sum(reasons)} have a reason, {not_completed} did not complete"
        checks.append(Check("inconsistent", "more_reasons", said))
    analysed = disposition.get("analysed")
    if reasons and not_completed is None and started is not None and sum(reasons) + (completed or 0) > started:
        said = f"{completed or 0} completed and {sum(reasons)} have a reason, {started} started"
        checks.append(Check("inconsistent", "more_reasons", said))
    if analysed is not None and started is not None:
        most = max(started, size or 0)  # by intention to treat all are analysed who were to start
        said = f"{analysed} are analysed, {most} were to start"
        checks.append(Check("inconsistent" if analysed > most else "consistent", "", said))
    if size is not None and started is not None and started > size:
        checks.append(Check("inconsistent", "more_than_all", f"{started} started, of {size}"))
    also = tuple(Also(at / name, f"{name}: {count}") for name, count in disposition.items())
    figures = [started, *disposition.values()]
    yield from answers(checks, at.pointer, figures, also)
