"""The close examination of a string that is no plain DOI."""

from .doi import WELL_FORMED
from .doi_doubts import doubt_body, doubt_prefix, doubt_suffix
from .doi_faults import explain_no_prefix, explain_prefix, explain_unreadable, is_template
from .doi_reading import Reading
from .doi_several import explain_white_space, find_second
from .doi_tail import cut_tails
from .doi_wrapping import unwrap_doi
from .surface import MAX_LENGTH, WHITE, lower_ascii, show
from .verdict import Verdict, conclude, refuse


def examine_closely(raw: str) -> Verdict:
    """Return what a string is worth as a DOI, whatever is around it and inside."""
    if len(raw) > MAX_LENGTH:
        return refuse(f"is {len(raw)} characters long, and no DOI is longer than {MAX_LENGTH}")
    unreadable = explain_unreadable(raw)
    if unreadable is not None:
        reason, repaired = unreadable
        return refuse(reason, None if repaired is None else examine_closely(repaired).canonical)
    reading = Reading(raw)
    unwrap_doi(reading)
    if reading.fault is not None:
        return refuse(reading.fault)
    return _refuse(reading) or _judge(reading)


def _refuse(reading: Reading) -> Verdict | None:
    unreadable = explain_unreadable(reading.text)
    if unreadable is not None:
        return refuse(unreadable[0])
    if not reading.text:
        return refuse("is empty")
    if not reading.text.startswith("10."):
        return _decline(*explain_no_prefix(reading.text))
    two = find_second(reading)
    if two is not None:
        return refuse(two)
    fault = _find_fault(reading.text)
    return None if fault is None else _decline(*fault)


def _decline(reason: str, suggestion: str | None) -> Verdict:
    return refuse(reason, None if suggestion is None else lower_ascii(suggestion))


def _find_fault(text: str) -> tuple[str, str | None] | None:
    if any(character in WHITE for character in text):
        return explain_white_space(text)
    if is_template(text):
        return f"{show(text)} is a template that was not filled in", None
    return explain_prefix(text)


def _judge(reading: Reading) -> Verdict:
    lower = lower_ascii(reading.text)
    if lower != reading.text:
        reading.mend(lower, "has upper-case letters")
    before = ""
    # What is cut or mended may bring to light the next thing: `.pdf.`, `..\\_1`.
    for _ in range(4):
        if reading.text == before:
            break
        before = reading.text
        cut_tails(reading)
        doubt_body(reading)
    prefix, _, suffix = reading.text.partition("/")
    if not suffix:
        return refuse(f"{show(prefix)} has nothing but punctuation after the slash")
    doubt_prefix(reading, prefix)
    doubt_suffix(reading, prefix, suffix)
    return conclude(reading.text, reading.mends, reading.doubts, WELL_FORMED)
