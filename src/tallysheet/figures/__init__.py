"""The exact core: whether the figures that a publication prints can hold together.

Integers and fractions decide everything; nothing outside the standard library is needed, and nothing else of
tallysheet. Each subject is a module of its own; the most used names are here.
"""

from tallysheet.figures.judgement import Judgement
from tallysheet.figures.printed import Missing, NotAFigure, Printed, read_printed
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
