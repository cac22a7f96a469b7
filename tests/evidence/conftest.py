"""Records as plain values, as short as the selection needs them, for the tests of this folder."""

from types import SimpleNamespace
from typing import Any

import pytest

OUTCOMES = {
    "clinical-response": "Overall response",
    "survival": "Alive",
    "sex": "Sex",
    "membership": "Share of a cohort",
}
CONDITIONS = {"hlh": "HLH", "primary-hlh": "Primary HLH", "mas": "Macrophage activation syndrome"}


def group(identity: str, n: int, condition: str | None = "mas") -> dict[str, Any]:
    """Return a group."""
    return {"id": identity, "label": identity.capitalize(), "n": n, **({"condition": condition} if condition else {})}


def result(events: int | None, total: int, percent: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a result of a proportion in the group `all`, unless said otherwise; `basis` and `method` go inside."""
    inside: dict[str, Any] = {name: more.pop(name) for name in ("basis", "method") if name in more}
    printed: dict[str, Any] = {"events": events, "total": total, "percent": percent, **inside}
    proportion = {name: value for name, value in printed.items() if value is not None}
    return {"outcome": "clinical-response", "group": "all", "proportion": proportion, **more}


def record(identity: str, *results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a record; `study` holds what its study block has beside the id, which is the record's unless given."""
    study = {"id": identity, "design": "cohort", **more.pop("study", {})}
    totals = [one["proportion"]["total"] for one in results if "total" in one.get("proportion", {})]
    made: dict[str, Any] = {
        "id": identity,
        "status": "active",
        "kind": "observational",
        "citation": {"title": "A title", "year": 2020},
        "study": study,
        "groups": [group("all", max(totals, default=1))],
        "results": list(results),
    }
    return made | more


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Return what makes records, and the words of their vocabularies."""
    return SimpleNamespace(record=record, result=result, group=group, outcomes=OUTCOMES, conditions=CONDITIONS)
