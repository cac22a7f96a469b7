"""Time, handed in from outside: waiting is part of being polite, and no test should wait."""

import time
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """What asking needs of time."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that only grow."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Real:
    """The clock on the wall."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def day_of(clock: Clock) -> date:
    """Return the day that it is, in UTC."""
    return clock.now().date()
