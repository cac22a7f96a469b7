"""Whoever verified a record is not the one who extracted it, and did so afterwards.

Why. Nobody sees their own slips: a second person finds about a fifth more errors than the first finds alone.

How to fix. `verified` is entered by the second person, after comparing every figure with the publication. Leave it
out until then: a record that nobody has verified says so by its absence.

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
ORCID = re.compile(r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{3}[0-9Xx]/?")


def passes(curation: dict[str, Any], at: At) -> int | None:  # noqa: ARG001 - as for every rule
    """Accept two names that begin with different letters, or one, where neither holds the digits of an ORCID iD."""
    extracted, verified = curation["extracted"], curation.get("verified")
    if DIGIT.search(extracted["by"]):
        return None
    if verified is None:
        return 0
    one, other = extracted["by"][:1].lower(), verified["by"][:1].lower()
    differ = one != other and one.isascii() and other.isascii() and one.isalpha() and other.isalpha()
    return 0 if differ and extracted["on"] <= verified["on"] and not DIGIT.search(verified["by"]) else None


def check(curation: dict[str, Any], at: At) -> Iterator[Answer]:
    """Compare who extracted and who verified, and when."""
    extracted, verified = curation["extracted"], curation.get("verified")
    for step in ("extracted", "verified"):
        who = curation.get(step, {}).get("by", "")
        if ORCID.fullmatch(who.strip()) and (verdict := examine("orcid", who)).status != "canonical":
            hint = f'write "{verdict.canonical}"' if verdict.canonical else None
            yield Problem(f"{at.pointer}/{step}/by", f"ORCID iD: {verdict.reason}", hint)
    if verified is None:
        return
    by = f"{at.pointer}/verified/by"
    if same_person(extracted["by"], verified["by"]):
        also = (Also(f"{at.pointer}/extracted/by", f"extracted by {extracted['by']}"),)
        message = f"{verified['by']} both extracted and verified the record"
        yield Problem(by, message, "somebody else verifies; leave verified out until then", also)
    if verified["on"] < extracted["on"]:
        also = (Also(f"{at.pointer}/extracted/on", f"extracted on {extracted['on']}"),)
        message = f"verified on {verified['on']}, before it was extracted on {extracted['on']}"
        yield Problem(f"{at.pointer}/verified/on", message, None, also)


def same_person(one: str, other: str) -> bool:
    """Tell whether two entries name one person, whatever the case, spaces and stops."""

    def plain(name: str) -> str:
        return "".join(character for character in name.casefold() if character.isalnum())

    return plain(one) == plain(other)
