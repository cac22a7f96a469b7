"""Collections to put questions to: records that are given by what differs from a plain one."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallysheet.collection import Collection, open_collection
from tallysheet.repository import open_repository

PLAIN = {
    "status": "active",
    "kind": "observational",
    "citation": {"title": "A title"},
    "curation": {"extracted": {"by": "A. Reader", "on": "2026-01-15"}},
}


def record(given: Mapping[str, Any]) -> str:
    """Return the text of a plain record with what is given in place of, or beside, what it has."""
    return yaml.safe_dump({"id": given["id"], **PLAIN, **given}, sort_keys=False, allow_unicode=True, width=1000)


@pytest.fixture
def collect(tmp_path: Path) -> Callable[..., Collection]:
    """Return what makes a collection of records, and of other files if they are given."""

    def make(records: Sequence[Mapping[str, Any]], files: Mapping[str, Any] | None = None) -> Collection:
        folder = tmp_path / "records"
        folder.mkdir()
        for given in records:
            (folder / f"{given['id']}.yaml").write_text(record(given), encoding="utf-8")
        for path, value in (files or {}).items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return open_collection(open_repository(tmp_path))

    return make
