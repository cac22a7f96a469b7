"""Every printed figure can be read as a number, as a bound, or as a word that says why there is none.

Why. A figure that nobody can compute with is checked by nobody. NR (not reported), NA (not applicable) and NE (not
estimable, not reached) are three things, and none of them is zero.

How to fix. Enter the number with its digits as printed, with `<`, `>` or `about` where the publication has it, without
unit or percent sign. A publication that prints decimal commas has `decimal_mark: comma` in its record.

Limits. A thousands comma is left out of the figure: 37,950 is entered as 37950.
"""

from collections.abc import Iterator

from tallysheet.figures import NotAFigure, read_printed
from tallysheet.figures.agreeing import is_read
from tallysheet.rules import Answer, At, Problem

SCOPE = "printed"
SEVERITY = "error"
WAIVABLE = False


def passes(text: str, at: At) -> int | None:
    """Accept what can be read."""
    return 0 if is_read(text, at.comma) else None


def check(text: str, at: At) -> Iterator[Answer]:
    """Read one figure."""
    try:
        read_printed(text, decimal_comma=at.comma)
    except NotAFigure as reason:
        hint = "enter the number as it is printed"
        if "," in text:
            hint = "if the publication prints decimal commas, add decimal_mark: comma; leave a thousands comma out"
        yield Problem(at.pointer, f'"{text}" is no figure: {reason}', hint)
