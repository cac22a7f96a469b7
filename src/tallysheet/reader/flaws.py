"""What is wrong, from the first words about it to the faults that are told of a file."""

from collections.abc import Iterable
from typing import NamedTuple

from tallysheet.findings import Fault
from tallysheet.reader.limits import FAULTS
from tallysheet.reader.places import Lines


class Flaw(NamedTuple):
    """What is wrong with the characters from `start` up to, and without, `end`: a fault without line and column."""

    rule: str
    start: int
    end: int
    message: str
    hint: str
    pointer: str = ""

    def fault(self, lines: Lines) -> Fault:
        """Return the fault, with its line and column."""
        return Fault(self.rule, lines.span(self.start, self.end), self.message, self.hint, self.pointer)


class Flaws:
    """The first flaws found, and how many there were: a file of nothing but flaws is not worth the memory."""

    def __init__(self) -> None:
        self.first: list[Flaw] = []
        self.count = 0

    @property
    def is_full(self) -> bool:
        """Whether a further flaw would only be counted, so that it need not be put into words."""
        return len(self.first) >= FAULTS

    def add(self, flaw: Flaw) -> None:
        """Keep a flaw, or only count it where enough are kept."""
        self.count += 1
        if len(self.first) < FAULTS:
            self.first.append(flaw)

    def forget_scalar(self, end: int) -> None:
        """Forget what was said of a scalar that ends here, since it goes on into an error of syntax."""
        kept = [flaw for flaw in self.first if flaw.end != end or flaw.rule not in {"ambiguous-scalar", "number"}]
        self.count -= len(self.first) - len(kept)
        self.first = kept


def told(flaws: Iterable[Flaw], count: int, lines: Lines) -> tuple[Fault, ...]:
    """Return the faults of a file in order of place; of too many, the last one says how many are left out."""
    ordered = sorted(flaws, key=lambda flaw: (flaw.start, flaw.rule, flaw.message))
    if count <= FAULTS:
        return tuple(flaw.fault(lines) for flaw in ordered)
    left_out = count - FAULTS + 1
    start = ordered[:FAULTS][-1].start
    message = f"{left_out:,} more faults from here on are left out"
    last = Flaw("too-many-faults", start, start + 1, message, "mend those above, then check again")
    return tuple(flaw.fault(lines) for flaw in [*ordered[: FAULTS - 1], last])
