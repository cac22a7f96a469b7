"""A number as a publication prints it: read from its text, with its precision, and never as a float.

The digits carry the precision: "24" stands for anything from 23.5 to 24.5, "24.0" for 23.95 to 24.05.
"""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from tallysheet.figures.windows import Habit, Interval, window

Qualifier: TypeAlias = Literal["", "<", "<=", ">", ">=", "~"]
FigureKind: TypeAlias = Literal["", "survival", "incidence", "model", "decrease", "increase", "points"]
MissingKind: TypeAlias = Literal["not_reported", "not_applicable", "not_estimable", "ambiguous", "blank"]

LONGEST = 30
"""Most digits of a figure: more are refused, so that no text costs time."""


class NotAFigure(ValueError):  # noqa: N818 - it says what the text is not, and reads so where it is raised
    """The text is no printed figure; its message is the reason."""


class Missing(NamedTuple):
    """A mark that stands where a figure would: it is not zero, and each kind differs from the others."""

    text: str
    kind: MissingKind


class Printed(NamedTuple):
    """A printed number: `digits` read as one integer, of which the last `decimals` stand after the point.

    `upper` is the second number of a range. `kind` is set where the text says that it is no count over a total, such as
    "73.1% (KM)" or "57% decrease".
    """

    text: str
    digits: int
    decimals: int = 0
    negative: bool = False
    qualifier: Qualifier = ""
    percent_sign: bool = False
    kind: FigureKind = ""
    upper: "Printed | None" = None

    @property
    def is_plain(self) -> bool:
        """Say whether it is one number, not below zero, without qualifier, range or remark."""
        return not (self.negative or self.qualifier or self.kind or self.upper)

    @property
    def value(self) -> Fraction:
        """The number at face value; of a range its lower limit."""
        found = Fraction(self.digits, 10**self.decimals)
        return -found if self.negative else found

    def window(self, habit: Habit = "nearest") -> Interval:
        """Return the true values that it may stand for, as printed: qualifiers bound one side, exactly.

        "<1" is everything below 1, ">=90" everything from 90 on. The limits of a range are rounded numbers, so each
        brings its own window. An approximate number has the window of the number: how far "about" reaches is a
        judgement (`proportion.BAND`).
        """
        if self.qualifier in ("<", "<="):
            return Interval(None, self.value, high_closed=self.qualifier == "<=")
        if self.qualifier in (">", ">="):
            return Interval(self.value, None, low_closed=self.qualifier == ">=")
        own = window(self.digits, self.decimals, habit, negative=self.negative)
        if self.upper is None:
            return own
        high = self.upper.window(habit)
        return Interval(own.low, high.high, own.low_closed, high.high_closed)


_PLAIN = re.compile(r"(0|[1-9][0-9]*)(?:(\.)([0-9]+))? ?(%?)")


@lru_cache(maxsize=4096)
def read_printed(text: str, *, decimal_comma: bool = False, thousands_comma: bool = False) -> Printed | Missing:
    """Return the figure that `text` prints, or the mark that stands in its place.

    A comma is read only where the record declares what it means. Raises `NotAFigure` with the reason.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and len(text) <= LONGEST and not (decimal_comma and plain[2]):
        whole, _, fraction, sign = plain.groups()
        return Printed(text, int(whole + (fraction or "")), len(fraction or ""), percent_sign=bool(sign))
    return _read_unusual(text, decimal_comma=decimal_comma, thousands_comma=thousands_comma)


def _read_unusual(text: str, *, decimal_comma: bool, thousands_comma: bool) -> Printed | Missing:
    from tallysheet.figures import notation  # plain figures need none of it

    if len(text) > notation.LONGEST_TEXT:
        raise NotAFigure(f"{len(text)} characters: too long for a figure")
    body = notation.normalise(text)
    mark = notation.MISSING.get(body)
    if mark is not None:
        return Missing(text, mark)
    refused = notation.separate(body, decimal_comma=decimal_comma, thousands_comma=thousands_comma)
    if isinstance(refused, notation.Refusal):
        raise NotAFigure(refused.reason)
    body, kind = notation.take_kind(refused)
    body, qualifier = notation.take_qualifier(body)
    found = notation.ONE.fullmatch(body)
    if found and found[2]:
        one = _number(text, found[1], found[2], found[3])
        return Printed(text, one.digits, one.decimals, one.negative, qualifier, one.percent_sign, kind)
    found = notation.RANGE.fullmatch(body)
    if found and found[2] and found[5] and qualifier in ("", "~"):
        low, high = _number(text, *found.group(1, 2, 3)), _number(text, *found.group(4, 5, 6))
        if low.value > high.value:
            raise NotAFigure("a range whose limits are swapped: the lower one stands first")
        signed = low.percent_sign or high.percent_sign
        return Printed(text, low.digits, low.decimals, low.negative, qualifier, signed, kind, high)
    raise NotAFigure(notation.diagnose(body))


def _number(text: str, sign: str, number: str, percent: str | None) -> Printed:
    whole, _, fraction = number.partition(".")
    if len(whole) + len(fraction) > LONGEST:
        raise NotAFigure(f"more than {LONGEST} digits: too long for a figure")
    if len(whole) > 1 and whole[0] == "0":
        raise NotAFigure("a leading zero: a label or a code, not a figure")
    return Printed(text, int(whole + fraction), len(fraction), sign == "-", percent_sign=bool(percent))
