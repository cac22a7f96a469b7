"""The page of all rules: what each holds to, why, how a record is mended. Every rule's name on the site leads here."""

import re

from tallysheet.pages import reader_and_engine_pages
from tallysheet.reader import RulePage
from tallysheet.rules import Rule
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered
from tallysheet.site.links import within
from tallysheet.site.markup import Html, Link, joined, tag
from tallysheet.site.tables import table

PAGES = "https://github.com/tallysheet/tallysheet/blob/main/docs/rules/"
"""Where the documentation has each rule of the tool with a record that fails and one that passes."""
CODE = re.compile("`([^`]+)`")


def write_rules(gathered: Gathered) -> Html:
    """Return the page of all rules, those of the repository's own among them."""
    repository = gathered.collection.repository
    rules = sorted(repository.rules.items())
    before = reader_and_engine_pages()
    rows = [
        (gathered.rule_link(name), rule.scope, repository.severities.get(name, "off"), prose(first(rule.page)))
        for name, rule in rules
    ]
    rows += [(gathered.rule_link(one.name), "file", "error", prose(one.summary)) for one in before]
    return page(
        gathered.frame,
        "rules.html",
        "Rules",
        tag("h1", "Rules"),
        tag("p", "What every record is judged by. A finding on any page leads to its rule here."),
        table("All rules", ("Rule", "Judges", "Severity", "What holds"), sorted(rows), kind="cards"),
        *(described(name, rule) for name, rule in rules),
        *(described_page(one) for one in before),
        kind="rules",
    )


def first(text: str) -> str:
    """Return the first paragraph of a page."""
    return text.partition("\n\n")[0]


def described(name: str, rule: Rule) -> Html:
    """Return what a rule's own page says."""
    whole, *paragraphs = re.split(r"\n\n+", rule.page)
    return entry(name, prose(whole), *(tag("p", prose(one)) for one in paragraphs), own=rule.own)


def described_page(found: RulePage) -> Html:
    """Return what is said of what the reader or the engine finds."""
    return entry(
        found.name,
        prose(found.summary),
        tag("p", prose(f"Why. {found.why}")),
        tag("p", prose(f"How to fix. {found.mend}")),
        own=False,
    )


def entry(name: str, summary: Html, *paragraphs: Html, own: bool) -> Html:
    """Return the section of one rule, with a link to its page in the documentation where it comes with the tool."""
    more = tag("p", tag("a", "With examples, in the documentation", href=Link(f"{PAGES}{name}.md"), rel="noreferrer"))
    origin = tag("p", "A rule of this repository's own.", class_="quiet")
    heading = tag("h2", name, id=name)
    up = tag("p", tag("a", "All rules", href=within("#content")), class_="quiet")
    shown = tag("p", summary, class_="lead")
    return tag("section", heading, shown, *paragraphs, origin if own else more, up, aria_labelledby=name)


def prose(text: str) -> Html:
    """Return a paragraph of a rule's page: its lines joined, what stands in back quotes as code."""
    parts = CODE.split(" ".join(text.split()))
    return joined(*(tag("code", part) if odd % 2 else part for odd, part in enumerate(parts)))
