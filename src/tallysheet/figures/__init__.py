"""The exact core: whether the figures that a publication prints can hold together.

Integers and fractions decide everything; nothing outside the standard library is needed, and nothing else of
tallysheet. Each subject is a module of its own; the most used names are here.
"""

from typing import TYPE_CHECKING, Any

from tallysheet.figures.printed import Missing, NotAFigure, Printed, read_printed

if TYPE_CHECKING:
    from tallysheet.figures.judgement import Judgement
    from tallysheet.figures.proportion import describe, hint, judge_proportion

__all__ = [
    "Judgement",
    "Missing",
    "NotAFigure",
    "Printed",
    "describe",
    "hint",
    "judge_proportion",
    "read_printed",
]


def __getattr__(name: str) -> Any:
    """Return what is offered here of the judgement of proportions, imported when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tallysheet.figures import proportion

    found = globals()[name] = getattr(proportion, name)
    return found
