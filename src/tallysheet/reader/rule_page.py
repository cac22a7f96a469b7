"""The page of one rule of the reader."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a rule refuses, why, how to mend it, and an example.

    `failing` and `mended` are whole files; where no text can show it, each is a sentence in brackets.
    """

    name: str
    summary: str
    why: str
    mend: str
    failing: str
    mended: str
