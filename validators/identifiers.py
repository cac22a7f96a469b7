"""Every identifier is well formed and written in its one canonical form.

Why. An identifier is how a record finds its publication, and how two records of one publication are found out. DOIs
are damaged in real reference lists in dozens of ways: a full stop at the end, a page of the publisher's site, a
letter for a digit. Check digits are computed where a registry has them.

How to fix. Take the canonical form that the hint gives, if it is the publication's. Where the hint says "perhaps",
look the identifier up first: nothing is repaired on looks alone.

Limits. That an identifier is well formed does not say that it is registered, or that it is this publication's: a
digit that is wrong in a DOI can't be seen without the registry.
"""

from collections.abc import Iterator
from typing import Any

from tallysheet.identifiers import examine, registry_of
from tallysheet.placeholders import is_placeholder
from tallysheet.pointers import pointer
from tallysheet.rules import Answer, At, Problem

SCOPE = "identifiers"
SEVERITY = "error"
WAIVABLE = True


def passes(identifiers: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept identifiers that are all canonical."""
    for field, value in identifiers.items():
        if field == "registry":
            if any(examine(registry_of(number), number).status != "canonical" for number in value):
                return None
        elif examine(field, value).status != "canonical":
            return None
    return 0


def check(identifiers: dict[str, Any], at: At) -> Iterator[Answer]:
    """Examine each identifier by its field."""
    for field, value in identifiers.items():
        if field == "registry":
            for index, number in enumerate(value):
                yield from judge(registry_of(number), number, at.pointer + pointer(field, index))
        else:
            yield from judge(field, value, at / field)


def judge(kind: str, raw: str, place: str) -> Iterator[Problem]:
    """Yield a problem unless `raw` is the canonical form of an identifier of its kind, or still to be filled in."""
    if is_placeholder(raw):
        return
    verdict = examine(kind, raw)
    name = kind.upper() if len(kind) <= 6 else kind  # noqa: PLR2004 - abbreviations are short
    if verdict.status == "fixable":
        yield Problem(place, f"{name} is not in its canonical form: {verdict.reason}", f'write "{verdict.canonical}"')
    elif verdict.status == "suspect":
        another = verdict.canonical is not None and verdict.canonical != raw
        edit = f'perhaps "{verdict.canonical}"; look it up first' if another else "look it up"
        yield Problem(place, f"{name} looks damaged: {verdict.reason}", edit)
    elif verdict.status == "malformed":
        hint = f'perhaps "{verdict.suggestion}"; look it up first' if verdict.suggestion else None
        yield Problem(place, f"{name} is malformed: {verdict.reason}", hint)
