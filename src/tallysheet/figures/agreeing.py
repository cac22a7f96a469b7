"""Accepts at once what plainly holds; whatever is not plain is left to the judgements, which say why."""

from functools import lru_cache

from tallysheet.figures.fits import HUNDRED
from tallysheet.figures.printed import NotAFigure, Printed, read_printed

__all__ = ["agrees", "counts_of", "in_order", "is_read", "plain"]


@lru_cache(maxsize=4096)
def plain(text: str, comma: bool) -> tuple[int, int] | None:  # noqa: FBT001 - by place, for speed
    """Return the digits of a plain figure as one number, and what a whole is in the same unit; None for any other."""
    try:
        printed = read_printed(text, decimal_comma=comma)
    except NotAFigure:
        return None
    if not isinstance(printed, Printed) or not printed.is_plain:
        return None
    return printed.digits, 10**printed.decimals


def agrees_in_python(events: int | None, total: int | None, percent: str, comma: bool) -> bool:  # noqa: FBT001 - the same
    """Tell whether count, total and percentage plainly agree: `judge_proportion` then says so, or that they tie."""
    if events is None or not total or not 0 <= events <= total:
        return False
    found = plain(percent, comma)
    return found is not None and 2 * abs(HUNDRED * found[1] * events - found[0] * total) <= total


try:
    from tallysheet._plainly import agrees
except ImportError:  # installed without a compiler
    agrees = agrees_in_python


def counts_of(total: int, percent: str, comma: bool) -> tuple[int, int] | None:  # noqa: FBT001 - the same
    """Return the least and the most of a total that a plain percentage is printed for, None where there is none."""
    found = plain(percent, comma)
    if found is None or total < 1:
        return None
    digits, unit = found
    scale = 2 * HUNDRED * unit
    least, most = max(0, -((1 - 2 * digits) * total // scale)), min(total, (2 * digits + 1) * total // scale)
    return (least, most) if least <= most else None


def in_order(figures: list[str], comma: bool) -> bool:  # noqa: FBT001 - the same
    """Tell whether figures are plain and none is above the next: `judge_order` then has nothing to say."""
    before, unit = 0, 1
    for text in figures:
        found = plain(text, comma)
        if found is None or found[0] * unit < before * found[1]:
            return False
        before, unit = found
    return True


@lru_cache(maxsize=4096)
def is_read(text: str, comma: bool) -> bool:  # noqa: FBT001 - the same
    """Tell whether a text is a figure, or a word that says why there is none."""
    try:
        read_printed(text, decimal_comma=comma)
    except NotAFigure:
        return False
    return True
