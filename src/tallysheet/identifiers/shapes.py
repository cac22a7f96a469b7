"""Identifiers of a fixed shape: what may stand around one without a loss, and how to say what is wrong with it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .look_alikes import DASHES
from .other_kinds import recognise
from .surface import MAX_LENGTH, WHITE, drop_invisible, settle_soft_hyphens, show, strip_edges, unwrap
from .verdict import Verdict, conclude, refuse

_DASHES = dict.fromkeys(map(ord, DASHES), "-")
_SHORT = 4
_EDGES = ".,;:/|" + WHITE
_SCHEME = re.compile(r"(?:https?:)?//(?:www\.)?", re.ASCII | re.IGNORECASE)


class Fault(NamedTuple):
    """Why the text that matched a shape is no identifier after all, and a suggestion where one is at hand."""

    reason: str
    suggestion: str | None = None


class Doubt(NamedTuple):
    """The likely identifier that a text stands for, and why a person must say."""

    name: str
    reason: str


class Shape(NamedTuple):
    """One kind of identifier of a fixed shape.

    `pattern` matches what is left when `label`, `address` and `tail` are taken off, without regard to case; `build`
    makes the canonical form of the match, or says why it is none. `lone` matches what lacks the letters that would
    tell the kind, and `build` gets that match too, but its answer is a doubt.
    """

    title: str
    expected: str
    pattern: str
    build: Callable[[re.Match[str]], str | Fault | Doubt]
    label: str = ""
    address: str = ""
    tail: str = ""
    lone: str = ""
    digits: int | None = None


def examine_shape(shape: Shape, raw: str) -> Verdict:
    """Return what a string is worth as an identifier of this shape."""
    if len(raw) > MAX_LENGTH:
        return refuse(f"is {len(raw)} characters long, expected {shape.expected}")
    mends: list[str] = []
    text = _peel(shape, raw, mends)
    if not text:
        return refuse(f"is empty, expected {shape.expected}")
    match = _match(shape.pattern, text)
    doubts: list[str] = []
    if match is None and shape.lone:
        match = _match(shape.lone, text)
        doubts = [f"{show(text)} is a number that does not say it is {shape.title}"]
    if match is None:
        return refuse(*_explain(shape, text))
    built = shape.build(match)
    if isinstance(built, Fault):
        return refuse(built.reason, built.suggestion)
    if isinstance(built, Doubt):
        doubts.append(built.reason)
        built = built.name
    if built != text:
        mends.append(f"{show(text)} is written otherwise than {show(built)}")
    return conclude(built, mends, doubts, f"is {shape.title} in canonical form")


def _match(pattern: str, text: str) -> re.Match[str] | None:
    # The interpreter keeps compiled patterns, and a record asks for few kinds.
    return re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE)


def _peel(shape: Shape, raw: str, mends: list[str]) -> str:
    text = drop_invisible(settle_soft_hyphens(raw)[0])
    if text != raw:
        mends.append("holds invisible characters")
    for _ in range(6):
        before = text
        text = _note(strip_edges(text), text, mends, "white space at the ends")
        text = _note(unwrap(text) or text, text, mends, "is wrapped in quotes or brackets")
        text = _note(text.translate(_DASHES), text, mends, "has a dash that is no hyphen")
        text = _drop_address(shape, text, mends)
        if shape.tail:
            text = _note(
                re.sub(f"(?:{shape.tail})$", "", text, flags=re.ASCII | re.IGNORECASE),
                text,
                mends,
                "has a tag at the end",
            )
        text = _note(text.rstrip(_EDGES) or text, text, mends, "has punctuation at the end")
        if text == before:
            break
    return text


def _drop_address(shape: Shape, text: str, mends: list[str]) -> str:
    scheme = _SCHEME.match(text)
    bare = text[scheme.end() :] if scheme else text.removeprefix("www.")
    found = re.match(shape.address, bare, re.ASCII | re.IGNORECASE) if shape.address else None
    if found is not None and found.end() > 0:
        # What follows a ? or # chooses a view of the page.
        rest = re.split("[?#]", bare[found.end() :], maxsplit=1)[0]
        return _note(rest or text, text, mends, "is written as a web address")
    found = re.match(shape.label, bare, re.ASCII | re.IGNORECASE) if shape.label else None
    if found is not None and 0 < found.end() < len(bare):
        return _note(bare[found.end() :], text, mends, "has a label before it")
    return text


def _note(changed: str, text: str, mends: list[str], reason: str) -> str:
    if changed != text:
        mends.append(reason)
    return changed


def _explain(shape: Shape, text: str) -> tuple[str, str | None]:
    foreign = next((character for character in text if not character.isascii()), None)
    if foreign is not None:
        what = "digits that are no ASCII digits" if foreign.isdecimal() else show(foreign)
        return f"{show(text)} has {what}, expected {shape.expected}", None
    corrected = re.sub("(?<=[0-9])[oO]|[oO](?=[0-9])", "0", text)
    match = _match(shape.pattern, corrected)
    if corrected != text and match is not None:
        built = shape.build(match)
        likely = built if isinstance(built, str) else None
        return f"{show(text)} has the letter O for a zero, expected {shape.expected}", likely
    return _explain_count(shape, text), _find_inside(shape, text)


def _explain_count(shape: Shape, text: str) -> str:
    several = [part for part in re.split(r"[\s,;/|&+]+", text) if len(part) > _SHORT]
    if len(several) > 1 and sum(_match(shape.pattern, part) is not None for part in several) > 1:
        return f"{show(text)} holds {len(several)} values: write each in its own place"
    other = recognise(text)
    if other not in {None, shape.title}:
        return f"{show(text)} is {other}, not {shape.title}"
    count = sum(character.isdigit() for character in text)
    if shape.digits is not None and count != shape.digits and _match("[a-z]{2,8}[ :#-]?[0-9]+|[0-9-]+x?", text):
        return f"{show(text)} has {count} digits, {shape.title} has {shape.digits}"
    return f"{show(text)} is not {shape.title}, expected {shape.expected}"


def _find_inside(shape: Shape, text: str) -> str | None:
    # A number without letters of its own may be any number.
    if not shape.lone:
        return None
    pattern = rf"(?<![a-z0-9])(?:{shape.pattern})(?![a-z0-9])"
    found = list(re.finditer(pattern, text, re.ASCII | re.IGNORECASE))
    built = shape.build(found[0]) if len(found) == 1 else None
    return built if isinstance(built, str) else None
