"""What the tool says about one place: the one type that every stage makes and every report reads."""

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "acknowledged"]


class Span(NamedTuple):
    """Where something stands in a file: 1-based, columns in characters, the end one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


TOP = Span(1, 1, 1, 1)
"""The place of what concerns a file as a whole."""


class Fault(NamedTuple):
    """What is wrong at one place of one file, as the stage that sees it says so: the engine adds file and severity.

    `pointer` is a JSON pointer (RFC 6901) to the value concerned, empty for the file as a whole.
    """

    rule: str
    span: Span
    message: str
    hint: str | None = None
    pointer: str = ""


class Related(NamedTuple):
    """A second place that a finding speaks of."""

    path: str
    pointer: str
    span: Span
    message: str


class Acknowledgement(NamedTuple):
    """Who saw a contradiction of the publication's own, when, and why it is believed to be the source's.

    Or, where `until` is given, who excused a finding until that day, and why; `on` is then not always known.
    """

    why: str
    by: str
    on: str | None
    severity: Literal["error", "warning"]
    until: str | None = None


class Finding(NamedTuple):
    """One thing that the tool says about one place."""

    rule: str
    severity: Severity
    path: str
    pointer: str
    span: Span
    message: str
    hint: str | None = None
    related: tuple[Related, ...] = ()
    acknowledged: Acknowledgement | None = None
    figures: tuple[str, ...] = ()
    """The printed figures that contradict each other, which a discrepancy must name to acknowledge the finding."""

    @property
    def sort_key(self) -> tuple[str, Span, str, str, str]:
        """Order of a report: by file, then place, then rule, so that it never depends on the order of work."""
        return (self.path, self.span, self.rule, self.pointer, self.message)
