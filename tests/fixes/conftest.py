"""The engine of this project's own collection, and what becomes of a text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tallysheet.engine import Engine
from tallysheet.fixes import mend
from tallysheet.repository import open_repository

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Return the engine of this project's own collection."""
    return Engine(open_repository(PROJECT))


@pytest.fixture
def fixed(engine: Engine) -> Callable[[str | bytes], str]:
    """Return what becomes of a text, which must be mended or in order."""

    def fix(text: str | bytes) -> str:
        data = text.encode() if isinstance(text, str) else text
        mended = mend(engine, "records/good.yaml", data)
        assert mended.why is None
        return (mended.data or data).decode()

    return fix
