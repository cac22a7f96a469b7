"""The parts of a breakdown and its whole agree as their relation says.

Why. Subgroups are where patients get lost: in a cohort of 86, one patient left out of a subgroup changes every
percentage of it. The parts of a partition, with those of unknown part (`missing`), sum to the whole; exclusive parts
sum to the whole at most; overlapping parts are each at most the whole; nested parts are each at most the one before.

How to fix. Look at each part's n and at the whole's. If a patient may be in two parts, the relation is `overlapping`;
if some patients are in no part, it is `exclusive`, or their number is `missing`. If the publication's own numbers do
not add up, acknowledge it under `discrepancies`.

Limits. Whether parts really exclude each other is for the reader of the publication to say: no arithmetic can.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tallysheet.groups import groups_of
from tallysheet.rows import rows_of
from tallysheet.rules import PRINTED_SO, Also, Answer, At, Consistent, NotCheckable, Problem

if TYPE_CHECKING:
    from tallysheet.figures.sums import SumJudgement

SCOPE = "breakdown"
SEVERITY = "error"
WAIVABLE = False
ACKNOWLEDGEABLE = True
READS = ("groups",)


def passes(breakdown: dict[str, Any], at: At) -> int | None:
    """Accept a partition that adds up."""
    sizes, names = at.once(rows_of).sizes, breakdown["parts"]
    if breakdown["relation"] != "partition" or not names or breakdown["of"] in names:
        return None
    try:
        added = sum([sizes[name] for name in names])
        return 1 if added + breakdown.get("missing", 0) == sizes[breakdown["of"]] else None
    except KeyError:
        return None


def check(breakdown: dict[str, Any], at: At) -> Iterator[Answer]:
    """Judge one breakdown; parts that name no group are left to the rule references."""
    from tallysheet.figures.sums import judge_sum  # most sums are accepted at once

    groups = at.once(groups_of)
    names = [breakdown["of"], *breakdown["parts"]]
    if any(name not in groups for name in names):
        yield NotCheckable(at.pointer, "a part or the whole is no group of the record")
        return
    if names[0] in names[1:]:
        yield Problem(
            at / "parts", f"the group {names[0]} is a part of itself", "name the groups that it is divided into"
        )
        return
    whole, parts = groups[names[0]], [groups[name] for name in names[1:]]
    judged = judge_sum([part.n for part in parts], whole.n, breakdown["relation"], breakdown.get("missing", 0))
    if judged.verdict == "consistent":
        yield Consistent(at.pointer)
        return
    also = [Also(whole.pointer, f"the whole, {names[0]}: {whole.n}")]
    also += [Also(part.pointer, f"{name}: {part.n}") for name, part in zip(names[1:], parts, strict=True)]
    figures = [str(group.n) for group in (whole, *parts)]
    if "missing" in breakdown:
        also.append(Also(at / "missing", f"missing: {breakdown['missing']}"))
        figures.append(str(breakdown["missing"]))
    yield Problem(at.pointer, said(judged, names), edit(judged, names), tuple(also), tuple(figures))


def said(judged: "SumJudgement", names: list[str]) -> str:
    """Return what does not hold, with the computation."""
    parts = [part for part in judged.parts if part is not None]
    if judged.relation in ("overlapping", "nested"):
        above = "the one before" if judged.relation == "nested" else f"the whole, {judged.total}"
        broken = " and ".join(f"{names[index + 1]} ({judged.parts[index]})" for index in judged.culprits)
        return f"{judged.relation} parts: {broken} is more than {above}"
    addition = "+".join(map(str, [*parts, judged.missing] if judged.missing else parts))
    if judged.relation == "exclusive":
        return f"{addition} = {judged.known}, more than {judged.total} ({names[0]}), though no patient is in two parts"
    return f"{addition} = {judged.known}, not {judged.total} ({names[0]})"


def edit(judged: "SumJudgement", names: list[str]) -> str:
    """Return the single changes that would settle it and look like a slip, and what to do if there is none."""
    likely = [one for one in judged.candidates if one.slip][:3]
    changes = [f"{names[0 if one.place is None else one.place + 1]}: {one.value} ({one.slip})" for one in likely]
    start = f"read the publication again; what fits is {', or '.join(changes)}" if changes else "read the parts again"
    if judged.relation == "partition" and judged.difference is not None and judged.difference < 0:
        start += f"; if {-judged.difference} belong to no part, add missing: {judged.missing - judged.difference}"
    return f"{start}; {PRINTED_SO}"
