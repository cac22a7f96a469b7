"""Checks on means and their spread, gathered from where each is worked out: `grim` (whole numbers), `spread` (any)."""

from tallysheet.figures.grim import judge_mean, judge_mean_and_sd, judge_share_and_sd
from tallysheet.figures.spread import (
    judge_mean_and_median,
    judge_sd_in_range,
    judge_standard_error,
    judge_total_mean,
)

__all__ = [
    "judge_mean",
    "judge_mean_and_median",
    "judge_mean_and_sd",
    "judge_sd_in_range",
    "judge_share_and_sd",
    "judge_standard_error",
    "judge_total_mean",
]
