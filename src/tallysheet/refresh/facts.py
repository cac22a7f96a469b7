"""What is kept of an answer: the facts that a record can be compared with, and what has become of the publication."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from tallysheet.refresh.strict_json import texts

KINDS = {
    "retraction": "retracted",
    "removal": "retracted",
    "withdrawal": "retracted",
    "partial_retraction": "retracted",
    "retracted": "retracted",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "addendum": "corrected",
    "clarification": "corrected",
    "new_version": "superseded preprint",
    "expression_of_concern": "expression of concern",
    "reinstatement": "reinstated",
}
"""What the sources call an update, by what it makes of the publication."""


def kind_of(said: str) -> str:
    """Return what an update makes of the publication; its own word where that is none we know."""
    plain = said.strip().casefold().replace(" ", "_").replace("-", "_")
    return KINDS.get(plain, plain)


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that has become of a publication: what, by which notice, when, and who says so."""

    kind: str
    notice: str | None = None
    on: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source says of one publication."""

    title: str | None = None
    years: tuple[str, ...] = ()
    """Of the issue and of publication online: a record may have either."""
    journals: tuple[str, ...] = ()
    """In full and abbreviated."""
    volume: str | None = None
    pages: str | None = None
    authors: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    notice_of: tuple[str, ...] = ()
    """DOIs of the publications that this one corrects or retracts."""
    preprint_of: tuple[str, ...] = ()


def as_json(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON value, without what is absent."""
    found = asdict(facts)
    found["updates"] = [
        {key: value for key, value in update.items() if value is not None} for update in found["updates"]
    ]
    return {key: value for key, value in found.items() if value not in (None, (), [])}


def from_json(value: Any) -> Facts:
    """Return facts from JSON value, whatever a stranger has put there: only texts are taken."""
    given = value if isinstance(value, Mapping) else {}
    several = {"years", "journals", "authors", "notice_of", "preprint_of"}
    found: dict[str, Any] = {}
    for name in (field.name for field in fields(Facts)):
        if name == "updates":
            listed = given.get(name)
            found[name] = (
                tuple(update(one) for one in listed if isinstance(one, Mapping)) if isinstance(listed, list) else ()
            )
        elif name in several:
            found[name] = tuple(texts(given.get(name, [])))
        else:
            found[name] = next(iter(texts(given.get(name))), None)
    return Facts(**found)


def update(value: Mapping[str, Any]) -> Update:
    """Return one update from JSON value."""
    kind, *others = (next(iter(texts(value.get(name))), None) for name in ("kind", "notice", "on", "by"))
    return Update(kind or "unknown", *others)
