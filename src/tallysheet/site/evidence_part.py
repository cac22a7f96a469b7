"""What the collection says so far: the map, a page for each outcome with its forest plot, and the flows of reviews.

Every drawing stands in the page itself, so that it follows the light and is read out, and beside it a table that says
the same.
"""

import re
from collections.abc import Iterator
from functools import partial

from tallysheet.evidence import (
    Evidence,
    Pooled,
    Section,
    boxes_of,
    evidence_map,
    evidence_of,
    forest,
    map_table,
    prisma,
    table_of,
)
from tallysheet.evidence.figures import heterogeneity_line, pooled_line
from tallysheet.evidence.listing import left_out_of, sum_line
from tallysheet.site.files import File
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered
from tallysheet.site.links import within
from tallysheet.site.markup import Html, joined, said, tag
from tallysheet.site.tables import section, table

UP = "../"
NAMED = ("Events", "Total", "Percent")
"""Columns of figures in the table of a section."""
MOST_LEFT_OUT = 100
MOST_FLOWS = 20
"""Flows that are drawn: of more, the records' own pages have the counts."""


def write_evidence(gathered: Gathered) -> Iterator[File]:
    """Yield the page of the map, and a page for each outcome that is counted."""
    evidence = evidence_of(gathered.collection)
    outcomes = list(dict.fromkeys(one.measure.outcome for one in evidence.sections() if one.rows or one.reviews))
    for outcome in outcomes:
        yield f"evidence/{file_name(outcome)}.html", [outcome_page(gathered, evidence, outcome).encode()]
    yield "evidence.html", [map_page(gathered, evidence, outcomes).encode()]


def file_name(word: str) -> str:
    """Return the name of an outcome's file: of a word of a repository's own schema only what names a file anywhere."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", word)[:100]


def drawing(svg: str, caption: str) -> Html:
    """Return a drawing in a figure that can be scrolled where the window is narrower than it."""
    shown = tag("div", Html(svg), class_="wide drawing", tabindex="0", role="region", aria_label=caption)
    return tag("figure", shown, tag("figcaption", caption))


def map_page(gathered: Gathered, evidence: Evidence, outcomes: list[str]) -> Html:
    """Return the page of the map, which leads to the outcomes."""
    header, *rows = map_table(evidence)
    pages = {evidence.outcomes.get(one, one): one for one in outcomes}
    linked = [(outcome_link(pages[first], first) if first in pages else first, *rest) for first, *rest in rows]
    names = [headed(header[0]), *header[1:]]
    shown = table("Patients counted, by outcome and condition", names, linked, numbers=names[1:])
    flows = [flow(gathered, evidence, record) for record in list(evidence.flows)[:MOST_FLOWS]]
    return page(
        gathered.frame,
        "evidence.html",
        "Evidence",
        tag("h1", "Evidence so far"),
        tag(
            "p",
            "Patients are counted once a study. A number in brackets is what a review speaks of: its patients come from"
            " other publications. An empty cell is a gap. An outcome leads to its figures.",
        ),
        section("map", "Map", drawing(evidence_map(evidence, style=False), "Evidence map"), shown)
        if rows
        else Html(""),
        section("flows", "Flows of reviews", *flows),
    )


def outcome_link(outcome: str, label: str) -> Html:
    """Return a link to the page of an outcome."""
    return tag("a", label, href=within(f"evidence/{file_name(outcome)}.html"))


def flow(gathered: Gathered, evidence: Evidence, record: str) -> Html:
    """Return the flow diagram of a review, with its counts as a list."""
    counts = evidence.flows[record]
    drawn = prisma(counts, record, evidence.titles[record], style=False)
    items = [tag("li", f"{name}: {count}") for name, count in boxes_of(counts)]
    told = tag("details", tag("summary", "As a list"), tag("ul", *items))
    return joined(tag("h3", gathered.record_link(record)), drawing(drawn, f"PRISMA flow of {record}"), told)


def outcome_page(gathered: Gathered, evidence: Evidence, outcome: str) -> Html:
    """Return the page of an outcome: its forest plot, and each section with its table and what it leaves out."""
    label = evidence.outcomes.get(outcome, outcome)
    sections = evidence.sections(outcome)
    counted = [one for one in sections if one.rows or one.reviews]
    return page(
        gathered.frame,
        f"evidence/{file_name(outcome)}.html",
        label,
        tag("p", tag("a", "Evidence so far", href=within("evidence.html", UP)), class_="kind"),
        tag("h1", label),
        drawing(forest(evidence, outcome, style=False), f"Forest plot: {label}"),
        *map(partial(described, gathered, evidence), range(len(counted)), counted),
        *(uncounted(gathered, evidence, place, one) for place, one in enumerate(sections) if one not in counted),
    )


def described(gathered: Gathered, evidence: Evidence, place: int, found: Section) -> Html:
    """Return a section: what is pooled, added and left out, and a row a study."""
    heading = evidence.heading(found, outcome=False)
    pooled = evidence.pooled(found)
    header, *rows = table_of(found)
    linked = [(gathered.record_link(first, UP), *rest) for first, *rest in rows]
    return section(
        f"section-{place}",
        heading,
        tag("p", pooled_line(pooled), class_="lead sum"),
        tag("p", heterogeneity_line(pooled), class_="sum") if isinstance(pooled, Pooled) else Html(""),
        tag("p", sum_line(evidence.sum(found)), class_="sum") if found.rows else Html(""),
        table(f"Studies: {heading}", [headed(one) for one in header], linked, numbers=NAMED, kind="cards"),
        left_out(gathered, evidence, found),
    )


def headed(name: str) -> str:
    """Return the head of a column: names of persons in it keep their capitals."""
    return name[:1].upper() + name[1:]


def uncounted(gathered: Gathered, evidence: Evidence, place: int, found: Section) -> Html:
    """Return a section that counts nobody, with why."""
    heading = evidence.heading(found, outcome=False)
    return section(f"uncounted-{place}", heading, tag("p", "Nothing is counted."), left_out(gathered, evidence, found))


def left_out(gathered: Gathered, evidence: Evidence, found: Section) -> Html:
    """Return what a section does not count, and why."""
    every = left_out_of(evidence, found)
    items = [
        tag("li", gathered.record_link(one.record, UP), " ", said(one.figures), ": ", said(one.why))
        for one in every[:MOST_LEFT_OUT]
    ]
    if len(every) > MOST_LEFT_OUT:
        items.append(tag("li", f"and {len(every) - MOST_LEFT_OUT:,} more: tallysheet evidence"))
    return tag("details", tag("summary", f"Left out: {len(every):,}"), tag("ul", *items)) if items else Html("")
