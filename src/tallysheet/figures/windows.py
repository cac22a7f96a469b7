"""Which true values a printed number may stand for, under each habit of rounding.

Everything is a `Fraction` or an `int`. A number printed as the digits R with d decimals has the unit u = 10**-d and
the face value r = R*u. For numbers below zero each window is mirrored (as SAS and `decimal` round, away from zero).
"""

from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Habit: TypeAlias = Literal[
    "nearest", "half_up", "half_even", "half_down", "truncation", "rounding_up", "rounded_twice", "exact"
]

HABITS: tuple[Habit, ...] = (
    "nearest",
    "half_up",
    "half_even",
    "half_down",
    "truncation",
    "rounding_up",
    "rounded_twice",
    "exact",
)


class Interval(NamedTuple):
    """An interval of rational numbers; a limit that is None is infinite, and then open."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def contains(self, value: Fraction | int) -> bool:
        """Say whether `value` lies inside."""
        if self.low is not None and (value < self.low or (value == self.low and not self.low_closed)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)

    @property
    def is_empty(self) -> bool:
        """Say whether no number lies inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def meet(self, other: "Interval") -> "Interval":
        """Return what both intervals hold."""
        low, low_closed = self.low, self.low_closed
        if other.low is not None and (low is None or other.low >= low):
            low_closed = other.low_closed and (low_closed or low is None or other.low > low)
            low = other.low
        high, high_closed = self.high, self.high_closed
        if other.high is not None and (high is None or other.high <= high):
            high_closed = other.high_closed and (high_closed or high is None or other.high < high)
            high = other.high
        return Interval(low, high, low_closed, high_closed)

    def meets(self, other: "Interval") -> bool:
        """Say whether the two intervals have a number in common."""
        return not self.meet(other).is_empty

    def integers(self, least: int, most: int) -> range:
        """Return the integers inside, from `least` to `most`."""
        if self.low is not None:
            first = -((-self.low.numerator) // self.low.denominator)
            if first == self.low and not self.low_closed:
                first += 1
            least = max(least, first)
        if self.high is not None:
            last = self.high.numerator // self.high.denominator
            if last == self.high and not self.high_closed:
                last -= 1
            most = min(most, last)
        return range(least, max(least, most + 1))

    def scaled(self, factor: Fraction | int) -> "Interval":
        """Return the interval with both limits multiplied by a positive `factor`."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_closed, self.high_closed)

    def mirrored(self) -> "Interval":
        """Return the interval of the numbers' opposites."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_closed, self.low_closed)

    def shifted(self, distance: Fraction | int) -> "Interval":
        """Return the interval with `distance` added to both limits."""
        low = None if self.low is None else self.low + distance
        high = None if self.high is None else self.high + distance
        return Interval(low, high, self.low_closed, self.high_closed)


def window(digits: int, decimals: int, habit: Habit = "nearest", *, negative: bool = False) -> Interval:
    """Return the true values that print as `digits` with `decimals` decimals under one habit.

    `nearest` is the closed half unit: half up, half even and half down together. `rounded_twice` rounds half up, first
    to one more decimal. Zero may stand for values on both sides of it, so its windows reach below zero as well.
    """
    twentieths = {
        "nearest": (-10, 10, True, True),
        "half_up": (-10, 10, True, False),
        "half_even": (-10, 10, digits % 2 == 0, digits % 2 == 0),
        "half_down": (-10, 10, False, True),
        "truncation": (0, 20, True, False),
        "rounding_up": (-20, 0, False, True),
        "rounded_twice": (-11, 9, True, False),
        "exact": (0, 0, True, True),
    }
    below, above, low_closed, high_closed = twentieths[habit]
    twentieth = 20 * 10**decimals
    if digits == 0:
        if habit == "rounding_up":
            below, low_closed = 0, True
        else:
            below, low_closed = -above, high_closed
    found = Interval(
        Fraction(20 * digits + below, twentieth), Fraction(20 * digits + above, twentieth), low_closed, high_closed
    )
    return found.mirrored() if negative else found
