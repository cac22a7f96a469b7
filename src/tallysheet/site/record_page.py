"""The page of one record."""

from tallysheet.collection import Record
from tallysheet.computations import compute
from tallysheet.rules import At
from tallysheet.site import citing, figures, judged
from tallysheet.site.checks import Checks
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered, byline
from tallysheet.site.links import within
from tallysheet.site.markup import Html, tag
from tallysheet.site.tables import facts, section

NAMES = (
    ("findings", "Findings"),
    ("study", "Study"),
    ("results", "Results"),
    ("groups", "Groups"),
    ("breakdowns", "Breakdowns"),
    ("flow", "Flow"),
    ("discrepancies", "Discrepancies"),
    ("waivers", "Waivers"),
    ("checker", "What the checker did"),
    ("curation", "How it was read"),
    ("history", "History"),
)
"""The sections of the page that may be there, and what leads to them."""


def write_record(gathered: Gathered, record: Record, checks: Checks) -> Html:
    """Return the page of a record that is well formed."""
    computation = compute(record.value, At("", record.value, record.path.rpartition("/")[2].removesuffix(".yaml")))
    year = record.value.get("citation", {}).get("year", "")
    sections = (
        judged.findings(gathered, record),
        section("study", "Study", facts(citing.study(gathered, record))),
        figures.results(gathered, record, computation, checks),
        figures.groups(gathered, record),
        figures.breakdowns(record),
        figures.flow(record),
        judged.discrepancies(gathered, record),
        judged.waivers(gathered, record),
        judged.checker(gathered, checks),
        judged.curation(record),
        judged.history(gathered, record),
    )
    title = " ".join(str(one) for one in (byline(record), year, f"({record.id})") if one)
    return page(
        gathered.frame,
        f"records/{record.id}.html",
        title,
        citing.heading(gathered, record),
        tag("p", *judged.summary(checks), class_="summary"),
        contents(record, [one for one in sections if one]),
        *sections,
        kind="record",
    )


def contents(record: Record, sections: list[Html]) -> Html:
    """Return the way to the sections that are there, with how much is in them."""
    items = []
    for name, title in NAMES:
        if any(one.startswith(f'<section aria-labelledby="{name}"') for one in sections):
            entries = record.value.get(name)
            count = f" ({len(entries)})" if isinstance(entries, list) else ""
            items.append(tag("li", tag("a", title, href=within(f"#{name}")), count))
    return tag("nav", tag("ul", *items), class_="contents", aria_label="On this page")
