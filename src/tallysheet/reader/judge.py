"""What is wrong with one scalar: its type, its escapes, its characters."""

from typing import Any

from tallysheet.reader import forbidden, normal
from tallysheet.reader.characters import CONTEXTUAL, nfc
from tallysheet.reader.escapes import unescape
from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert
from tallysheet.reader.limits import SCALAR_BYTES
from tallysheet.reader.scalars import REFUSED, is_key, refusal, resolve


def is_too_long(value: str) -> bool:
    """Return whether a scalar is longer than any may be."""
    return len(value) * 4 > SCALAR_BYTES and len(value.encode(errors="surrogatepass")) > SCALAR_BYTES


def judge(value: str, source: str, start: int, pointer: str) -> tuple[Any, list[Flaw]]:
    """Return what a value is, and what is wrong with it; `source` is how it is written, from index `start` on.

    A value with which something is wrong is its text, so that the rest of the record can be judged.
    """
    if source[:1] == '"':
        return nfc(value), _escapes(value, source, start, pointer)
    if source[:1] in {"'", "|", ">"}:
        return nfc(value), []
    resolved = resolve(value)
    if resolved is not REFUSED:
        return nfc(resolved) if isinstance(resolved, str) else resolved, []
    rule, message, hint = refusal(value)
    return value, [Flaw(rule, start, start + len(source), message, hint, pointer)]


def judge_key(value: str, source: str, start: int, pointer: str, first: int | None) -> list[Flaw]:
    """Return what is wrong with a key; `first` is the line on which the same key stands already."""
    end, key = start + len(source), nfc(value)
    is_quoted = source[:1] in {'"', "'", "|", ">"}
    if not is_quoted and not is_key(value):
        return [_odd_key(value, start, end, pointer)]
    if source[:1] == '"' and (flaws := _escapes(value, source, start, pointer)):
        return flaws
    odd = CONTEXTUAL.search(key)
    if odd and not any(forbidden.forbidden(source)):  # else it is told of already, as that of any text
        hits = iter((forbidden.Hit(*odd.span()),))
        return [forbidden.told(key, hits, pointer)._replace(start=start, end=end)]
    if first is not None:
        message = f'"{inert(key)}" is given twice: first on line {first}'
        return [Flaw("duplicate-key", start, end, message, "keep the one that is right", pointer)]
    return []


def _odd_key(text: str, start: int, end: int, pointer: str) -> Flaw:
    shown = inert(text)
    if text == "<<":
        message = "<< merges another mapping in for some tools, and is a plain key to others"
        return Flaw("merge-key", start, end, message, "write out the fields that are meant", pointer)
    if not text:
        return Flaw("key-type", start, end, "the key is empty", "write the key before the colon", pointer)
    message = f"the key {shown} is not text to every tool"
    return Flaw("key-type", start, end, message, f'write "{shown}": (in quotes)', pointer)


def _escapes(value: str, source: str, start: int, pointer: str) -> list[Flaw]:
    """Return what is forbidden in a double-quoted text by its escapes, which its source does not show."""
    if "\\" not in source:
        return []
    characters, origins = unescape(source)
    hits = [hit for hit in forbidden.forbidden_escaped(characters) if source[origins[hit.start]] == "\\"]
    if hits:
        first, last = origins[hits[0].start], origins[hits[0].end]
        return [
            forbidden.told(characters, iter(hits), pointer, escaped=True)._replace(
                start=start + first, end=start + last
            )
        ]
    if nfc(value) != value and nfc(source) == source:
        return [normal.told(value, (start, start + len(source)), pointer=pointer)]
    return []
