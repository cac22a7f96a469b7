"""Dates that may lack their day, or their month too, and times after a start."""

import re
from functools import lru_cache

TIME = r"([0-9]+(?:\.[0-9]+)?)[ -](d|w|mo|y)[a-z]*|(d|w|mo|y)[a-z]* \+?([0-9]+)"
DAYS = {"d": 1.0, "w": 7.0, "mo": 30.4, "y": 365.0}


def is_before(one: str, other: str) -> bool:
    """Tell whether a date is surely before another: both as `2025`, `2025-09` or `2025-09-30`."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


@lru_cache(maxsize=4096)
def days_of(time: str) -> float | None:
    """Return a time such as `12 months` in days, about: only for the order of times."""
    match = re.fullmatch(TIME, time)
    return float(match[1] or match[4]) * DAYS[match[2] or match[3]] if match else None
