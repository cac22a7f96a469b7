"""Whether parts and their whole agree, in counts: nothing is rounded here, so nothing is tolerated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tallysheet.figures.judgement import Verdict
from tallysheet.figures.slips import SLIPS, Slip, slip

Relation: TypeAlias = Literal["partition", "exclusive", "overlapping", "nested"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A single change that settles a sum: `place` is the part's index, or None for the total."""

    place: int | None
    value: int
    slip: Slip | Literal["a part left out or counted twice", ""]


@dataclass(frozen=True, slots=True)
class SumJudgement:
    """What was found about parts and their whole.

    `difference` is the sum of what is known, `missing` included, less the total. `bounds` are the least and the most
    that the one part not reported, or the parts not reported together, may count; None where all are reported.
    `culprits` are the indices of the parts that break an overlapping or a nested relation.
    """

    verdict: Verdict
    reason: str = ""
    relation: Relation = "partition"
    parts: tuple[int | None, ...] = ()
    total: int | None = None
    missing: int = 0
    known: int = 0
    difference: int | None = None
    bounds: tuple[int, int] | None = None
    culprits: tuple[int, ...] = ()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The single changes that would settle it, the likeliest first: hints, never applied."""
        return _candidates(self) if self.verdict == "inconsistent" and self.difference else ()


def judge_sum(
    parts: Sequence[int | None], total: int | None, relation: Relation = "partition", missing: int = 0
) -> SumJudgement:
    """Return whether `parts` and `total` (counts; None where not reported) stand in `relation`.

    Parts of a partition add up to the whole, with `missing` of unknown part; exclusive ones to the whole at most;
    overlapping ones are each at most the whole, nested ones each at most the one before. With a part not reported a sum
    can be broken but not confirmed, so the verdict is `not_testable`, with bounds.
    """
    found = _Sum(tuple(parts), total, relation, missing)
    if any(count is not None and count < 0 for count in (*parts, total, missing)):
        return found.judge("inconsistent", "negative_count")
    if not [part for part in parts if part is not None]:
        return found.judge("not_testable", "no_parts" if not parts else "nothing_printed")
    if relation in ("overlapping", "nested"):
        return _judge_bounded(found)
    if total is None:
        return found.judge("not_testable", "no_total")
    return _judge_added(found, total)


@dataclass(frozen=True, slots=True)
class _Sum:
    parts: tuple[int | None, ...]
    total: int | None
    relation: Relation
    missing: int

    @property
    def known(self) -> int:
        return sum(part for part in self.parts if part is not None) + self.missing

    def judge(
        self,
        verdict: Verdict,
        reason: str = "",
        *,
        bounds: tuple[int, int] | None = None,
        culprits: tuple[int, ...] = (),
    ) -> SumJudgement:
        added = self.relation in ("partition", "exclusive")
        difference = self.known - self.total if added and self.total is not None else None
        return SumJudgement(
            verdict,
            reason,
            self.relation,
            self.parts,
            self.total,
            self.missing,
            self.known,
            difference,
            bounds,
            culprits,
        )


def _judge_added(found: _Sum, total: int) -> SumJudgement:
    unreported = found.parts.count(None)
    rest = total - found.known
    if rest < 0:
        return found.judge("inconsistent", "sum_above_total")
    if unreported:
        exactly = found.relation == "partition" and unreported == 1
        return found.judge("not_testable", "part_not_reported", bounds=(rest if exactly else 0, rest))
    if rest and found.relation == "partition":
        return found.judge("inconsistent", "sum_below_total")
    return found.judge("consistent")


def _judge_bounded(found: _Sum) -> SumJudgement:
    """Compare each part with the whole (overlapping), or with the nearest reported one before it (nested)."""
    culprits = []
    above = found.total
    least, most = 0, found.total
    compared = 0
    for place, part in enumerate(found.parts):
        if part is None:
            continue
        if above is not None:
            compared += 1
            if part > above:
                culprits.append(place)
        if found.relation == "nested":
            above = part
    if culprits:
        reason = "part_above_total" if found.relation == "overlapping" else "part_above_the_one_before"
        return found.judge("inconsistent", reason, culprits=tuple(culprits))
    if not compared:
        return found.judge("not_testable", "no_total")
    if None in found.parts:
        if found.relation == "nested" and found.parts.count(None) == 1:
            least, most = _nested_bounds(found)
        bounds = None if most is None else (least, most)
        return found.judge("not_testable", "part_not_reported", bounds=bounds)
    return found.judge("consistent")


def _nested_bounds(found: _Sum) -> tuple[int, int | None]:
    place = found.parts.index(None)
    before = [part for part in (found.total, *found.parts[:place]) if part is not None]
    after = [part for part in found.parts[place + 1 :] if part is not None]
    return (after[0] if after else 0), (before[-1] if before else None)


def _candidates(judged: SumJudgement) -> tuple[Candidate, ...]:
    assert judged.difference is not None  # noqa: S101 - the property asks first
    assert judged.total is not None  # noqa: S101 - where there is a difference there is a total
    found = [Candidate(None, judged.known, slip(str(judged.total), str(judged.known)) or "")]
    for place, part in enumerate(judged.parts):
        if part is None or part - judged.difference < 0:
            continue
        meant = part - judged.difference
        how = slip(str(part), str(meant))
        left_out = not how and meant in (0, 2 * part)
        found.append(Candidate(place, meant, how or ("a part left out or counted twice" if left_out else "")))
    order = {name: rank for rank, name in enumerate((*SLIPS, "a part left out or counted twice", ""))}
    return tuple(sorted(found, key=lambda one: order[one.slip]))
