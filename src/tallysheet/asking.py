"""Asks rules about the blocks of a record: first whether all plainly holds, which it nearly always does."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from tallysheet.pointers import Place
from tallysheet.rules import At, Passes, Rule
from tallysheet.shape import Blocks
from tallysheet.shape.ways import Found, follow

__all__ = ["Asked", "Asking", "Left", "accept_all", "unasked"]

Asked: TypeAlias = tuple[Rule, Mapping[str, Any], Passes | None]
"""A rule, its options, and how it accepts at once."""

Left: TypeAlias = tuple[str, bool, Asked, Any, Place, BaseException | None]
"""A block that a rule has to look at: the block's name, whether it is sure to be one, the rule, what stands there and
where, and what the rule raised when it was asked whether all plainly holds."""


class Asking:
    """Which of the rules are asked about which blocks, and the way to these."""

    def __init__(self, blocks: Blocks, rules: Iterable[Rule], options: Mapping[str, Any]) -> None:
        by_block: dict[str, list[Asked]] = {}
        for rule in rules:
            by_block.setdefault(rule.block, []).append((rule, options[rule.name], rule.passes))
        self.blocks = len(by_block)
        wanted = {name: (name, tuple(asked), [(one[2], one) for one in asked]) for name, asked in by_block.items()}
        self.way = blocks.way(wanted)
        self.whole = ((wanted["record"], True),) if "record" in wanted else ()

    def find(self, value: Any) -> tuple[list[Found], list[Place]]:
        """Return what is asked about in a record, and where 13.0 stands in the place of a whole number."""
        found, floats = follow(self.way, value)
        if self.whole:
            found.insert(0, (self.whole, value, None))
        return found, floats


def accept_all(found: Sequence[Found], at: At) -> tuple[int, list[str], list[Left]]:
    """Return how many figures plainly hold, why others can't be checked, and what rules have to look at.

    `at` is led from block to block. What a rule raises is left for whoever looks at it.
    """
    consistent = 0
    reasons: list[str] = []
    left: list[Left] = []
    for every, block, place in found:
        at.place = place
        for (name, rules, quick), sure in every:
            if not sure:
                left += [(name, sure, asked, block, place, None) for asked in rules]
                continue
            for passes, asked in quick:
                raised: BaseException | None = None
                try:
                    answer = passes(block, at) if passes else None
                except (Exception, SystemExit) as error:  # noqa: BLE001 - told by who looks at what is left
                    answer, raised = None, error
                if type(answer) is int:
                    consistent += answer
                elif answer is None:
                    left.append((name, sure, asked, block, place, raised))
                else:
                    reasons.append(answer)
    return consistent, reasons, left


def unasked(found: Iterable[Found]) -> list[Left]:
    """Return all that was found as something that rules have to look at."""
    return [
        (name, sure, asked, block, place, None)
        for every, block, place in found
        for (name, rules, _), sure in every
        for asked in rules
    ]
