"""The groups and results of a record as rules follow references between them."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from tallysheet.rules import At


class Group(NamedTuple):
    """A group as rules need it: how many patients it has, and where that stands."""

    n: int
    pointer: str


def groups_of(record: Mapping[str, Any]) -> dict[str, Group]:
    """Return the groups of a record by id; of two with one id the first."""
    found: dict[str, Group] = {}
    for index, group in enumerate(record.get("groups", ())):
        if group["id"] not in found:
            found[group["id"]] = Group(group["n"], f"/groups/{index}/n")
    return found


def result_around(at: At) -> Mapping[str, Any]:
    """Return the result that a block stands in, empty if it stands in none."""
    try:
        result = at.around
    except LookupError:
        return {}
    return result if isinstance(result, dict) and isinstance(result.get("group"), str) else {}


def size_around(at: At) -> int | None:
    """Return the size of the group that a block's result speaks of."""
    group = at.once(groups_of).get(result_around(at).get("group", ""))
    return group.n if group else None


def counts_of(proportion: Mapping[str, Any] | None, at: At) -> tuple[int, int] | None:
    """Return events and total of a proportion: as printed, or the only count that its percentage fits."""
    if not proportion or "method" in proportion or (total := proportion.get("total")) is None:
        return None
    if (events := proportion.get("events")) is not None:
        return (events, total) if events <= total else None
    from tallysheet.figures import judge_proportion  # most counts are printed

    fitting = judge_proportion(None, total, at.read(proportion.get("percent"))).fitting_counts
    return (fitting[0], total) if len(fitting) == 1 else None


def same_of(record: Mapping[str, Any], result: Mapping[str, Any], group: str) -> Mapping[str, Any] | None:
    """Return the proportion of another group for what `result` counts: the same outcome, label, time and basis."""
    basis = result.get("proportion", {}).get("basis")
    for other in record.get("results", ()):
        alike = all(other.get(name) == result.get(name) for name in ("outcome", "label", "time"))
        if alike and other.get("group") == group and other.get("proportion", {"basis": ""}).get("basis") == basis:
            proportion: Mapping[str, Any] = other["proportion"]
            return proportion
    return None


Same: TypeAlias = tuple[Any, ...]
"""A group, with what is counted of it."""


def same_as(result: Mapping[str, Any], group: str) -> Same:
    """Return under which name `proportions_of` has the proportion of another group for what `result` counts."""
    basis = result.get("proportion", {}).get("basis")
    return group, result.get("outcome"), result.get("label"), result.get("time"), basis


def proportions_of(record: Mapping[str, Any]) -> dict[Same, Mapping[str, Any]]:
    """Return the proportions of a record that fits its schema, as `same_of` finds them: `passes` may ask."""
    found: dict[Same, Mapping[str, Any]] = {}
    for result in record.get("results", ()):
        if "proportion" in result:
            found.setdefault(same_as(result, result.get("group")), result["proportion"])
    return found
