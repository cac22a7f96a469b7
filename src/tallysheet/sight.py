"""Turns what stages say of a file into findings: knows where each pointer stands in it."""

from typing import TYPE_CHECKING, Literal

from tallysheet.findings import TOP, Fault, Finding, Related, Span
from tallysheet.pointers import resolve
from tallysheet.reader import Document
from tallysheet.rules import Also, Problem

if TYPE_CHECKING:
    from tallysheet.shape.explain import Misfit

SCHEMA_RULE = "schema"


class Sight:
    """One file as findings see it."""

    def __init__(self, path: str, document: Document) -> None:
        self.path = path
        self.document = document

    def span(self, place: str, *, on_key: bool = False) -> Span:
        """Return where a pointer stands: its value, or its key where the value is a whole mapping or list."""
        while (found := self.document.place(place)) is None:
            if not place:
                return TOP
            place = place.rpartition("/")[0]
        try:
            container = isinstance(resolve(self.document.value, place), (dict, list))
        except LookupError:
            container = False
        if found.key and (on_key or container):
            return found.key
        start: Span = found.value
        return Span(start.line, start.column, start.line, start.column) if container else start

    def fault(self, fault: Fault) -> Finding:
        """Return the finding of a fault that the reader saw."""
        return Finding(fault.rule, "error", self.path, fault.pointer, fault.span, fault.message, fault.hint)

    def misfit(self, misfit: "Misfit") -> Finding:
        """Return the finding of what does not fit the schema."""
        span = self.span(misfit.pointer, on_key=misfit.on_key)
        return Finding(SCHEMA_RULE, "error", self.path, misfit.pointer, span, misfit.message, misfit.hint)

    def related(self, also: Also) -> Related:
        """Return a second place of a finding."""
        return Related(self.path, also.pointer, self.span(also.pointer), also.message)

    def problem(
        self,
        rule: str,
        severity: Literal["error", "warning"],
        problem: Problem,
        related: tuple[Related, ...] | None = None,
    ) -> Finding:
        """Return the finding of a problem that a rule saw."""
        span = self.span(problem.pointer)
        if related is None:
            related = tuple(self.related(also) for also in problem.also)
        return Finding(
            rule,
            severity,
            self.path,
            problem.pointer,
            span,
            problem.message,
            problem.hint,
            related,
            None,
            problem.figures,
        )
