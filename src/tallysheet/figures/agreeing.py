"""Accepts at once what plainly holds; whatever is not plain is left to the judgements, which say why."""

from functools import lru_cache
from typing import TypeAlias

from tallysheet.figures.fits import HUNDRED
from tallysheet.figures.printed import NotAFigure, Printed, read_printed

__all__ = [
    "Plain",
    "agrees",
    "counts_of",
    "in_order",
    "is_at_most",
    "is_change",
    "is_read",
    "is_share_left",
    "is_standard_error",
    "plain",
]

Plain: TypeAlias = tuple[int, int]
"""A plain figure: its digits as one number, and what a whole is in the same unit."""


@lru_cache(maxsize=4096)
def plain(text: str, comma: bool) -> Plain | None:  # noqa: FBT001 - by place, for speed
    """Return a plain figure; None for any other."""
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


def is_at_most(one: Plain, two: Plain) -> bool:
    """Tell whether a figure is at face value no more than another, so that no order of them is broken."""
    return one[0] * two[1] <= two[0] * one[1]


def is_share_left(percent: Plain, total: int, events: int, censored: int | None) -> bool:
    """Tell whether a survival estimate is within what events and censoring leave: as `judge_survival`."""
    digits, unit = percent
    left, whole = total - events, 2 * HUNDRED * unit
    if left < (censored or 0) or (2 * digits - 1) * total > whole * left:
        return False
    return censored is None or whole * (left - censored) <= (2 * digits + 1) * total


def is_change(before: Plain, after: Plain, percent: Plain, *, decrease: bool) -> bool:
    """Tell whether a percentage is the change between two figures above 0, over all windows: as `judge_change`."""
    (one, in_one), (two, in_two), (digits, unit) = before, after, percent
    if not one:
        return False
    # A figure that may be below 0 is furthest below as a share of the least.
    of_most, of_least = (2 * one + (1 if two else -1)) * in_two, (2 * one - 1) * in_two
    low, high = HUNDRED * ((2 * two - 1) * in_one - of_most), HUNDRED * ((2 * two + 1) * in_one - of_least)
    if decrease:
        low, high, of_most, of_least = -high, -low, of_least, of_most
    return (2 * digits - 1) * of_least <= 2 * unit * high and 2 * unit * low <= (2 * digits + 1) * of_most


def is_standard_error(sd: Plain, se: Plain, size: int) -> bool:
    """Tell whether SE = SD/sqrt(size), over the windows of both: as `judge_standard_error`."""
    (spread, in_spread), (error, in_error) = sd, se
    least, most = max(0, 2 * spread - 1) * in_error, (2 * spread + 1) * in_error
    low, high = max(0, 2 * error - 1) * in_spread, (2 * error + 1) * in_spread
    return low * low * size <= most * most and least * least <= high * high * size


@lru_cache(maxsize=4096)
def is_read(text: str, comma: bool) -> bool:  # noqa: FBT001 - the same
    """Tell whether a text is a figure, or a word that says why there is none."""
    try:
        read_printed(text, decimal_comma=comma)
    except NotAFigure:
        return False
    return True
