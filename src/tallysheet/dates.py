"""Dates that may lack their day, or their month too."""


def is_before(one: str, other: str) -> bool:
    """Tell whether a date is surely before another: both as `2025`, `2025-09` or `2025-09-30`."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]
