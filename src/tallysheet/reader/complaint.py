"""A parser's complaint with the source around it, and the edit that most complaints call for: quotes."""

import re
from typing import NamedTuple

from tallysheet.reader.inert import inert
from tallysheet.reader.places import Lines


class Complaint(NamedTuple):
    """What a parser says, with the source to look at: `at` is where it stopped, `begun` where the construct began."""

    said: str
    at: int
    begun: int
    opened: int | None
    lines: Lines

    @property
    def text(self) -> str:
        """The whole source."""
        return self.lines.text

    @property
    def line(self) -> str:
        """The line on which the parser stopped."""
        return self.lines.line(self.lines.place(self.at)[0])

    @property
    def character(self) -> str:
        """The character at which the parser stopped; empty at the end."""
        return self.text[self.at : self.at + 1]


_FIELD = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#'\"\[\]{}][^:]*?)\s*:\s+(?P<value>.*?)\s*(?:\s#.*)?")
_SHOWN = 1000
"""Longer lines are not taken apart: nothing of them could be shown."""


def _quoted(value: str) -> str:
    """Return a value as it would stand in quotes."""
    shown = inert(value)
    return f"'{shown}'" if '"' in shown and "'" not in shown else '"' + shown.replace('"', '\\"') + '"'


def in_quotes(line: str, otherwise: str) -> str:
    """Return the hint to put the value of a line in quotes, with the edit where the line has a key."""
    field = _FIELD.fullmatch(line) if len(line) < _SHOWN else None
    if field and field["value"]:
        return f"put the value in quotes: {inert(field['key'])}: {_quoted(field['value'])}"
    return otherwise


def indent(line: str) -> int:
    """Return by how many characters a line is indented."""
    return len(line) - len(line.lstrip())
