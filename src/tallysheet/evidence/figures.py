"""Proportions as they are shown: in per cent, to one decimal, never 0 or 100 for what is neither."""

from tallysheet.evidence.intervals import Interval
from tallysheet.evidence.pooling import Pooled, Refused


def percent(share: float) -> str:
    """Return a proportion in per cent; what only rounds to 0.0 or 100.0 is shown as beyond the last figure."""
    shown = f"{100 * share:.1f}"
    if shown == "0.0" and share > 0:
        return "<0.1"
    if shown == "100.0" and share < 1:
        return ">99.9"
    return shown


def reach(interval: Interval) -> str:
    """Return both limits of an interval in per cent."""
    return f"{percent(interval[0])} to {percent(interval[1])}"


def p_value(p: float) -> str:
    """Return a p value with its sign: to three decimals, and below 0.001 as that."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"  # noqa: PLR2004 - as written


def pooled_line(found: Pooled | Refused) -> str:
    """Return what was pooled on one line, or why nothing was."""
    if isinstance(found, Refused):
        return f"not pooled: {found.why}"
    share = f"{percent(found.estimate)}% ({reach(found.interval)})"
    return f"pooled: {share}, {found.events}/{found.total} of {found.k} studies"


def heterogeneity_line(found: Pooled) -> str:
    """Return prediction and heterogeneity on one line."""
    if found.tau2 is None or found.i2 is None:
        return found.notes[0]
    ahead = f"a new study: {reach(found.prediction)}%; " if found.prediction else ""
    tests = f"G = {found.g:.2f} on {found.k - 1} df, {p_value(found.g_p)}; tau2 = 0: {p_value(found.tau_p)}"
    return f"{ahead}tau2 {found.tau2:.3f}, I2 {100 * found.i2:.0f}%, {tests}"
