"""What goes wrong in records: each fault takes the text of one that is fine and returns one that must be refused."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

from publication import doi

PERCENT = re.compile(r'percent: "([0-9]+)\.([0-9])"')


def swapped(old: str, new: str) -> Callable[[str], str]:
    """Return a fault that puts `new` for the first `old`."""

    def fault(text: str) -> str:
        if old not in text:
            raise ValueError(f"no {old!r} in the record")
        return text.replace(old, new, 1)

    return fault


def wrong_percent(text: str) -> str:
    """Add seven to a percentage."""
    return PERCENT.sub(lambda found: f'percent: "{(int(found[1]) + 7) % 100}.{found[2]}"', text, count=1)


def wrong_sum(text: str) -> str:
    """Count one patient more in all than in the parts."""
    return re.sub(r"\n    n: ([0-9]+)\n", lambda found: f"\n    n: {int(found[1]) + 1}\n", text, count=1)


def number_for_text(text: str) -> str:
    """Write a percentage without its quotes."""
    return PERCENT.sub(r"percent: \1.\2", text, count=1)


def decomposed(text: str) -> str:
    """Write a letter and its accent apart."""
    title, rest = text.split("  journal:", 1)
    return unicodedata.normalize("NFD", title.replace("citation:", "citation: # é", 1)) + "  journal:" + rest


def cut_off(text: str) -> str:
    """Lose the end of the file within a quoted text."""
    return text[: text.rindex('"')]


FAULTS: tuple[Callable[[str], str], ...] = (
    wrong_percent,
    wrong_sum,
    number_for_text,
    decomposed,
    cut_off,
    swapped('doi: "', 'doi: "https://doi.org/'),
    swapped('doi: "10.', 'doi: "1O.'),
    swapped("label:", "lable:"),
    swapped("group: all", "group: al"),
    swapped("kind: observational", "kind: observationl"),
    swapped("kind: observational", "kind: no"),
    swapped("status: active", "status: active\nstatus: active"),
    swapped("  year: ", "  year: 0"),
    swapped("parts: [", "parts: [["),
    swapped("results:\n", "results:\n\t\n\t- x\n"),
    swapped("extracted:", "extracted: &me"),
    swapped("  journal: ", "  journal: \u200b"),
    swapped("relation: partition", "relation: nested, relation: partition"),
    swapped("by: A. Reader, ", ""),
    swapped("id: ", "id: not-"),
)


def faulty(chance: Random, text: str, seed: int, number: int, is_twin: bool) -> str:  # noqa: FBT001 - called once
    """Return the text of a record with one fault; a twin takes the DOI of the record before."""
    if is_twin:
        return text.replace(doi(seed, number), doi(seed, number - 1))
    return chance.choice(FAULTS)(text)
