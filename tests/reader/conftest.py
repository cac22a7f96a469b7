"""What a table of cases compares: the faults of a source, as far as a table tells them."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest

from tallysheet.reader import accept, read

Told: TypeAlias = tuple[str, int, int, str, str | None]

COMPILED = accept.read_plain


# What holds of reading holds with the compiled part and without: a module says so with usefixtures("way").
@pytest.fixture(name="way", scope="module", params=["compiled", "python"])
def fixture_way(request: pytest.FixtureRequest) -> Iterator[str]:
    """Read with the compiled part, if it was built, or as if it had not been."""
    way: str = request.param
    if way == "compiled" and COMPILED is None:
        pytest.skip("the compiled part was not built: there was no compiler")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accept, "read_plain", COMPILED if way == "compiled" else None)
        yield way


@pytest.fixture(name="told")
def fixture_told() -> Callable[[str | bytes], list[Told]]:
    """Return a function from a source to what is told of it: rule, line, column, message, hint."""

    def told(source: str | bytes) -> list[Told]:
        data = source.encode() if isinstance(source, str) else source
        return [(f.rule, f.span.line, f.span.column, f.message, f.hint) for f in read(data).faults]

    return told
