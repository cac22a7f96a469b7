"""Whether what goes into a box of a flow chart comes out of it (PRISMA 2020, CONSORT).

Every equation is exact. Records, reports and studies are different units: an equation never crosses
from one to another.
"""

from collections.abc import Sequence

from tallysheet.figures.check import Check, untestable


def judge_flow(enters: Sequence[int | None], leaves: Sequence[int | None], stays: int | None) -> Check:
    """Return whether the sum of `enters` less the sum of `leaves` is `stays`; None is a box that is not reported.

    With a box not reported the equation gives its content: negative content is a contradiction.
    """
    boxes = (*enters, *leaves, stays)
    if any(box is not None and box < 0 for box in boxes):
        return Check("inconsistent", "negative_count", "a box of a flow never holds less than 0")
    known_in = sum(box for box in enters if box is not None)
    known_out = sum(box for box in leaves if box is not None) + (stays or 0)
    unknown_in, unknown_out = enters.count(None), leaves.count(None) + (stays is None)
    said = f"{_joined(enters)} enter, {_joined((*leaves, stays))} come out"
    rest = known_in - known_out
    if not unknown_in and not unknown_out:
        if rest:
            return Check(
                "inconsistent", "flow_broken", f"{said}: {known_in} against {known_out}, {abs(rest)} unaccounted"
            )
        return Check("consistent", "", said)
    if (rest < 0 and not unknown_in) or (rest > 0 and not unknown_out):
        return Check("inconsistent", "flow_broken", f"{said}: {known_in} against {known_out}, {abs(rest)} unaccounted")
    if unknown_in + unknown_out == 1:
        return untestable("box_not_reported", f"{said}: the box that is not reported holds {abs(rest)}")
    return untestable("box_not_reported", f"{said}: {unknown_in + unknown_out} boxes are not reported")


def _joined(boxes: Sequence[int | None]) -> str:
    return " + ".join("?" if box is None else str(box) for box in boxes) or "nothing"
