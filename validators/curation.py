"""Whoever verified a record, or extracted it once more, is not the one who extracted it, and dates follow each other.

Why. Nobody sees their own slips: a second person finds about a fifth more errors than the first finds alone.

How to fix. `verified` is entered by the second person, after comparing every figure with the publication. Leave it
out until then: a record that nobody has verified says so by its absence. `second` is who extracted the publication
independently; `adjudicated` is who decided between the two, afterwards, and may be either of them or a third.

Limits. Two names of one person can't be told apart, an ORCID iD beside a name neither; the review of the pull request
can.
"""

import re
from collections.abc import Iterator
from typing import Any

from tallysheet.identifiers import examine
from tallysheet.rules import Also, Answer, At, Problem

SCOPE = "curation"
SEVERITY = "error"
WAIVABLE = False

DIGIT = re.compile("[0-9]")
ORCID = r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{3}[0-9Xx]/?"


def passes(curation: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept two names that begin with different letters, or one, where neither holds the digits of an ORCID iD."""
    extracted, verified = curation["extracted"], curation.get("verified")
    if "second" in curation or "adjudicated" in curation or DIGIT.search(extracted["by"]):
        return None
    if verified is None:
        return 0
    one, other = extracted["by"][:1].lower(), verified["by"][:1].lower()
    differ = one != other and one.isascii() and other.isascii() and one.isalpha() and other.isalpha()
    return 0 if differ and extracted["on"] <= verified["on"] and not DIGIT.search(verified["by"]) else None


def check(curation: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare who extracted, who did so once more, who decided and who verified, and when."""
    extracted, verified = curation["extracted"], curation.get("verified")
    for step in ("extracted", "second", "adjudicated", "verified"):
        who = curation.get(step, {}).get("by", "")
        if re.fullmatch(ORCID, who.strip()) and (verdict := examine("orcid", who)).status != "canonical":
            hint = f'write "{verdict.canonical}"' if verdict.canonical else None
            yield Problem(f"{at.pointer}/{step}/by", f"ORCID iD: {verdict.reason}", hint)
    if (second := curation.get("second")) and same_person(extracted["by"], second["by"]):
        also = (Also(f"{at.pointer}/extracted/by", f"extracted by {extracted['by']}"),)
        message = f"{second['by']} extracted the record both times"
        yield Problem(f"{at.pointer}/second/by", message, "a second extraction is somebody else's", also)
    if adjudicated := curation.get("adjudicated"):
        for step in ("extracted", "second"):
            yield from afterwards(curation, "adjudicated", adjudicated["on"], step, at)
    if verified is None:
        return
    if same_person(extracted["by"], verified["by"]):
        also = (Also(f"{at.pointer}/extracted/by", f"extracted by {extracted['by']}"),)
        message = f"{verified['by']} both extracted and verified the record"
        yield Problem(
            f"{at.pointer}/verified/by", message, "somebody else verifies; leave verified out until then", also
        )
    yield from afterwards(curation, "verified", verified["on"], "extracted", at)


def afterwards(curation: dict[str, Any], later: str, on: str, step: str, at: At) -> Iterator[Answer]:
    """Yield a problem where a step that comes later was done before another."""
    before = curation.get(step, {}).get("on", "")
    if on < before:
        done = "extracted once more" if step == "second" else step
        also = (Also(f"{at.pointer}/{step}/on", f"{done} on {before}"),)
        yield Problem(f"{at.pointer}/{later}/on", f"{later} on {on}, before it was {done} on {before}", None, also)


def same_person(one: str, other: str) -> bool:
    """Tell whether two entries name one person, whatever the case, spaces and stops."""

    def plain(name: str) -> str:
        return "".join(character for character in name.casefold() if character.isalnum())

    return plain(one) == plain(other)
