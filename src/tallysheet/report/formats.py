"""The formats of a report by name, and what they may ask beside the findings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tallysheet.findings import Finding
from tallysheet.report.text import Style
from tallysheet.run import Report

if TYPE_CHECKING:
    from tallysheet.fixes.offers import Offer


def no_offer(_: Finding) -> None:
    """Return nothing: the surroundings of a report that know no mends."""


class Surroundings(NamedTuple):
    """What a report shows beside the findings, asked only by the formats that show it."""

    lines_of: Callable[[str], list[str]]
    """The source lines of a path."""
    page_of: Callable[[str], str | None]
    """The page of a rule."""
    records: Callable[[], list[str]]
    """The paths that were judged."""
    offer: "Callable[[Finding], Offer | None]" = no_offer
    """What `tallysheet fix` would write in the place of a finding."""


def write_report(form: str, report: Report, around: Surroundings, style: Style) -> str:
    """Return the report in one of the formats; `style` is of use where a terminal shows it as text."""
    import importlib

    write = getattr(importlib.import_module(f"tallysheet.report.{form}"), f"write_{form}")
    beside: dict[str, tuple[object, ...]] = {
        "text": (around.lines_of, style),
        "sarif": (around.page_of, around.offer),
        "junit": (around.records() if form == "junit" else (),),
    }
    return str(write(report, *beside.get(form, ())))
