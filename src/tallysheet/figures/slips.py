"""How people err when they copy a number: the slips that turn one printed text into another, most frequent first."""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal, TypeAlias

Slip: TypeAlias = Literal[
    "two digits swapped", "one digit", "one off", "a point lost or moved", "a minus lost", "a digit left out or added"
]

SLIPS: tuple[Slip, ...] = (
    "two digits swapped",
    "one digit",
    "one off",
    "a point lost or moved",
    "a minus lost",
    "a digit left out or added",
)
"""In the order in which they are believed."""


def slip(written: str, meant: str) -> Slip | None:
    """Name the single slip that turns `meant` into `written`, if one does: both are texts of one number."""
    if written == meant:
        return None
    return next((name for name, happened in _TESTS if happened(written, meant)), None)


def _minus_lost(written: str, meant: str) -> bool:
    return written.lstrip("-") == meant.lstrip("-")


def _swapped(written: str, meant: str) -> bool:
    """Say whether two neighbouring digits changed places; a point between them stays where it is."""
    places = [place for place, sign in enumerate(written) if sign.isdigit()]
    if len(written) != len(meant):
        return False
    for first, second in pairwise(places):
        signs = list(written)
        signs[first], signs[second] = signs[second], signs[first]
        if "".join(signs) == meant:
            return True
    return False


def _one_off(written: str, meant: str) -> bool:
    """Say whether the last digits differ by one unit, at the same precision."""
    if written.find(".") - len(written) != meant.find(".") - len(meant) and "." in written + meant:
        return False
    return abs(int(written.replace(".", "")) - int(meant.replace(".", ""))) == 1


def _one_digit(written: str, meant: str) -> bool:
    return len(written) == len(meant) and sum(a != b for a, b in zip(written, meant, strict=True)) == 1


def _point_moved(written: str, meant: str) -> bool:
    return written.replace(".", "") == meant.replace(".", "")


def _digit_more_or_less(written: str, meant: str) -> bool:
    shorter, longer = sorted((written, meant), key=len)
    if len(longer) - len(shorter) != 1:
        return False
    return any(
        longer[:place] + longer[place + 1 :] == shorter and longer[place].isdigit() for place in range(len(longer))
    )


_TESTS: tuple[tuple[Slip, Callable[[str, str], bool]], ...] = (
    ("a minus lost", _minus_lost),
    ("two digits swapped", _swapped),
    ("one off", _one_off),
    ("one digit", _one_digit),
    ("a point lost or moved", _point_moved),
    ("a digit left out or added", _digit_more_or_less),
)
