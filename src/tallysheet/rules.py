"""What a rule is made of: the names that its module has, what it sees, and what it answers.

A rule is a module, not a class. Its docstring is its documentation page; `SCOPE` says what it judges: the name of a
building block (the stem of a schema file), `record` (every record as a whole) or `repository` (all records
together). `check` is a pure generator over values: it opens no file, asks no clock and keeps nothing between calls.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from tallysheet.pointers import Place, follow, pointer, resolve, written

if TYPE_CHECKING:
    from tallysheet.figures import Missing, Printed
    from tallysheet.figures.check import Check
    from tallysheet.gathered import Gathered

T = TypeVar("T")
Facts: TypeAlias = Any
"""What a rule on the repository keeps of one block: JSON values only, so that they can be stored."""


NO_OPTIONS: Mapping[str, Any] = MappingProxyType({})
PRINTED_SO = "if it is printed so, acknowledge it under discrepancies"
"""How a hint ends where the publication itself may contradict."""


class At:
    """Where a block stands: `at / "percent"` is the pointer of a field in it.

    `record` is the whole record, `stem` its file name without `.yaml`, `options` the rule's options as the project file
    sets them, or their defaults. `comma` tells whether the publication prints decimal commas.
    """

    __slots__ = ("comma", "kept", "options", "place", "record", "stem")

    def __init__(
        self,
        place: str | Place,
        record: Mapping[str, Any],
        stem: str,
        options: Mapping[str, Any] = NO_OPTIONS,
        kept: dict[Any, Any] | None = None,
    ) -> None:
        self.place = place
        self.record = record
        self.stem = stem
        self.options = options
        self.comma: bool = record.get("decimal_mark") == "comma"
        self.kept: dict[Any, Any] = {} if kept is None else kept

    @property
    def pointer(self) -> str:
        """The pointer of the block."""
        if not isinstance(self.place, str):
            self.place = written(self.place)
        return self.place

    def __truediv__(self, step: str | int) -> str:
        return self.pointer + pointer(step)

    @property
    def around(self) -> Any:
        """What the block stands in; raises LookupError where that is nothing."""
        if isinstance(self.place, str):
            return resolve(self.record, self.place.rpartition("/")[0])
        return None if self.place is None else follow(self.record, self.place[0])

    def once(self, work: "Callable[[Mapping[str, Any]], T]") -> "T":
        """Return what `work` makes of the record: worked out once, for all rules that ask for it."""
        if work not in self.kept:
            self.kept[work] = work(self.record)
        found: T = self.kept[work]
        return found

    def read(self, text: str | None) -> "Printed | Missing | None":
        """Return a printed figure as the record's decimal mark wants it read; None for none, and for what is none.

        The rule printed says of a text that it is no figure, so that no other rule has to.
        """
        if text is None:
            return None
        from tallysheet.figures import NotAFigure, read_printed

        try:
            return read_printed(text, decimal_comma=self.comma)
        except NotAFigure:
            return None

    def read_percent(self, text: str | None, scale: str | None) -> "Printed | None":
        """Return a limit in per cent, to the precision that it is printed to; None where a fraction is too coarse."""
        from tallysheet.figures import Printed

        printed = self.read(text)
        shift = 2 if scale == "fraction" else 0
        if not isinstance(printed, Printed) or printed.decimals < shift:
            return None
        return printed._replace(decimals=printed.decimals - shift)


class Also(NamedTuple):
    """A second place that a problem speaks of; `path` only where it stands in another record."""

    pointer: str
    message: str
    path: str | None = None


class Problem(NamedTuple):
    """Something that does not hold, at one place.

    `figures` are the printed figures that contradict each other: a discrepancy that the record acknowledges must name
    each of them, so that it holds for these figures only. `severity` overrides the rule's own.
    """

    pointer: str
    message: str
    hint: str | None = None
    also: tuple[Also, ...] = ()
    figures: tuple[str, ...] = ()
    severity: Literal["error", "warning"] | None = None
    path: str | None = None


class Consistent(NamedTuple):
    """A figure that was checked and holds."""

    pointer: str


class NotCheckable(NamedTuple):
    """A figure that nothing can be said of, with the reason: never a pass."""

    pointer: str
    reason: str


Answer: TypeAlias = Problem | Consistent | NotCheckable
DIGITS = r"[0-9]+(?:[.,·\u2009\u202f][0-9]+)*|[.·][0-9]+"
THOUSANDS = r"[0-9]{1,3}(?:[,\u2009\u202f][0-9]{3})+"


def numbers(text: object) -> list[str]:
    """Return the numbers of a text as their digits, those with thousands marks without them."""
    found = re.findall(DIGITS, str(text))
    return [re.sub("[^0-9]", "", number) if re.fullmatch(THOUSANDS, number) else number for number in found]


def answers(
    checks: "Iterable[Check]", place: str, figures: Iterable[object] = (), also: tuple[Also, ...] = ()
) -> Iterator[Answer]:
    """Yield what several checks of one figure come to: each problem; else that it holds, or that none could say."""
    found = list(checks)
    wrong = [check for check in found if check.verdict in ("inconsistent", "explained")]
    printed = tuple(str(figure) for figure in figures if figure is not None) if wrong else ()
    for check in wrong:
        severity: Literal["error", "warning"] = "error" if check.verdict == "inconsistent" else "warning"
        yield Problem(place, check.message, f"read the publication again; {PRINTED_SO}", also, printed, severity)
    if wrong:
        return
    if any(check.holds for check in found):
        yield Consistent(place)
    elif found:
        yield NotCheckable(place, (found[0].reason or found[0].verdict).replace("_", " "))


class Entry(NamedTuple):
    """The facts of one block of one record, for a rule on the repository."""

    path: str
    pointer: str
    facts: Facts


class Judge(Protocol):
    """Judges one block: `value` is the block, of the shape that its schema demands."""

    def __call__(self, value: Any, at: At) -> Iterator[Answer]:
        """Yield what holds, what does not, and what nothing can be said of."""


class Passes(Protocol):
    """Accepts one block in no time."""

    def __call__(self, value: Any, at: At) -> int | str | None:
        """Return how many figures hold, or why the block's one can't be checked, where the rule says nothing else.

        None means that `check` is asked. `at` has no options, and is led on to the next block.
        """


class Gather(Protocol):
    """Takes from one block what a rule on the repository needs, or None."""

    def __call__(self, value: Any, at: At) -> Facts | None:
        """Return the facts of one block."""


class Compare(Protocol):
    """Judges all records together."""

    def __call__(self, entries: Sequence[Entry]) -> Iterator[Problem]:
        """Yield what does not hold between records."""


class Suspects(Protocol):
    """Tells at sight what has to be compared, from columns of facts."""

    def __call__(self, facts: "Gathered") -> Sequence[int]:
        """Return the places of some facts: the rule says of them alone what it says of all."""


class Rule(NamedTuple):
    """A rule as the engine uses it: its module's constants under the names that reports show."""

    name: str
    scope: str
    block: str
    """The block that it reads: its scope, or, for a rule on the repository, the block that it gathers from."""
    severity: Literal["error", "warning"]
    own: bool
    """Whether it is the repository's own, not one that comes with the tool."""
    waivable: bool
    defers: bool
    """Whether it keeps to a remark where another rule speaks of the very place: one cause, one finding."""
    acknowledgeable: bool
    """Whether a publication can itself print what breaks this rule."""
    page: str
    options: Mapping[str, Any]
    """The form that its options have, as cerberus reads it."""
    reads: tuple[str, ...]
    """Fields of the record that it relies on, `..` for what its block stands in: it runs if all are well formed."""
    judge: Judge | None
    gather: Gather | None
    compare: Compare | None
    passes: Passes | None = None
    """Rules that come with the tool may accept at once what plainly holds."""
    suspects: Suspects | None = None
    """And those on the repository may be spared the records that they have surely nothing to say of."""


class RuleFault(Exception):  # noqa: N818 - a fault is what the project calls it
    """A module in a rules folder that is no rule, and why."""


def rule_of(module: ModuleType, *, own: bool) -> Rule:
    """Return the rule that a module holds; raises RuleFault for what is missing or of the wrong kind."""
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    scope = getattr(module, "SCOPE", None)
    severity = getattr(module, "SEVERITY", None)
    if not isinstance(scope, str):
        raise RuleFault(f'{name}: needs SCOPE: the name of a block, "record" or "repository"')
    if severity not in ("error", "warning"):
        raise RuleFault(f'{name}: needs SEVERITY: "error" or "warning"')
    if not isinstance(waivable := getattr(module, "WAIVABLE", None), bool):
        raise RuleFault(f"{name}: needs WAIVABLE: True or False")
    if not (module.__doc__ or "").strip():
        raise RuleFault(f"{name}: needs a docstring: it is the rule's documentation page")
    if not callable(check := getattr(module, "check", None)):
        raise RuleFault(f"{name}: needs a function check")
    repository = scope == "repository"
    block, facts = getattr(module, "BLOCK", None), getattr(module, "facts", None)
    if repository and not (isinstance(block, str) and callable(facts)):
        raise RuleFault(f"{name}: a rule on the repository needs BLOCK (a block's name) and a function facts")
    reads = getattr(module, "READS", ())
    if not isinstance(reads, tuple) or not all(isinstance(field, str) for field in reads):
        raise RuleFault(f'{name}: READS is a tuple of fields, such as ("groups",)')
    return Rule(
        name=name,
        scope=scope,
        block=block if repository and isinstance(block, str) else scope,
        severity=severity,
        own=own,
        waivable=waivable,
        defers=bool(getattr(module, "DEFERS", False)),
        acknowledgeable=bool(getattr(module, "ACKNOWLEDGEABLE", False)),
        page=(module.__doc__ or "").strip(),
        options=getattr(module, "OPTIONS", {}),
        reads=reads,
        judge=None if repository else check,
        gather=facts if repository else None,
        compare=check if repository else None,
        passes=None if repository or own else getattr(module, "passes", None),
        suspects=getattr(module, "suspects", None) if repository and not own else None,
    )
