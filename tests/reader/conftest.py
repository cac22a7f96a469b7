"""What a table of cases compares: the faults of a source, as far as a table tells them."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from tallysheet.reader import read

Told: TypeAlias = tuple[str, int, int, str, str | None]


@pytest.fixture(name="told")
def fixture_told() -> Callable[[str | bytes], list[Told]]:
    """Return a function from a source to what is told of it: rule, line, column, message, hint."""

    def told(source: str | bytes) -> list[Told]:
        data = source.encode() if isinstance(source, str) else source
        return [(f.rule, f.span.line, f.span.column, f.message, f.hint) for f in read(data).faults]

    return told
