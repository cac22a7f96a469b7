"""What each rule of the reader refuses, why, and how to mend it: `tallysheet explain RULE` prints it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RulePage:
    """The page of one rule; `failing` and `mended` are whole files, or say in words what no text can show."""

    name: str
    summary: str
    why: str
    mend: str
    failing: str
    mended: str


RULES: Mapping[str, RulePage] = {}
