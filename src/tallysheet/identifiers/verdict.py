"""The answer about one identifier."""

from typing import Literal, NamedTuple, TypeAlias

Status: TypeAlias = Literal["canonical", "fixable", "suspect", "malformed"]


class Verdict(NamedTuple):
    """What an identifier is worth as it is written, and why.

    `canonical` holds the canonical form of what is `canonical` or `fixable` (mended without loss), the likely name of
    what is `suspect` (a look-up or a person must say), and None of what is `malformed`. `suggestion` is a guess that
    nothing but a reader of the source may take over. `reason` says what is there and why that is wrong: lower case,
    no full stop.
    """

    status: Status
    canonical: str | None
    suggestion: str | None
    reason: str


def conclude(name: str, mends: list[str], doubts: list[str], well_formed: str) -> Verdict:
    """Return the verdict on a `name` that could be read: suspect with any doubt, else fixable with any mend."""
    if doubts:
        return Verdict("suspect", name, None, join_reasons(doubts))
    if mends:
        return Verdict("fixable", name, None, join_reasons(mends))
    return Verdict("canonical", name, None, well_formed)


def refuse(reason: str, suggestion: str | None = None) -> Verdict:
    """Return the verdict on what is no identifier of its kind."""
    return Verdict("malformed", None, suggestion, reason)


def join_reasons(reasons: list[str]) -> str:
    """Return the reasons as one line, each once, the first three of them: a fourth tells nobody more."""
    return "; ".join(list(dict.fromkeys(reasons))[:3])
