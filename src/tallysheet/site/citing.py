"""The head of a record's page: what is cited, where it is found, and whether it still stands."""

from typing import Any

from tallysheet.collection import Record
from tallysheet.site.gathered import Gathered
from tallysheet.site.links import outward, register
from tallysheet.site.markup import Html, joined, said, tag
from tallysheet.site.tables import facts
from tallysheet.site.wording import listing, period

NAMES = {"doi": "DOI", "pmid": "PubMed", "pmcid": "PubMed Central", "isbn": "ISBN", "issn": "ISSN"}
BANNERS = {
    "retracted": "This publication has been retracted. Its figures are kept for the record and must not be relied on.",
    "corrected": "This publication has been corrected since it appeared.",
    "withdrawn": "This record has been withdrawn from the collection.",
}
UP = "../"


def heading(gathered: Gathered, record: Record) -> Html:
    """Return title, authors and place of publication, with a banner where the publication no longer stands."""
    citation: dict[str, Any] = record.value["citation"]
    authors = list(citation.get("authors", ()))
    if citation.get("et_al"):
        authors.append("et al.")
    kind = gathered.label("kinds", record.value["kind"])
    return joined(
        tag("p", kind, class_="kind"),
        tag("h1", said(citation["title"])),
        tag("p", said(", ".join(authors)), class_="authors") if authors else "",
        tag("p", said(place_of(citation)), class_="journal"),
        banner(gathered, record.value),
        identifiers(record.value.get("identifiers", {})),
    )


def place_of(citation: dict[str, Any]) -> str:
    """Return journal, year, volume, issue and pages in one line."""
    volume = citation.get("volume", "")
    issue = f"({citation['issue']})" if "issue" in citation else ""
    pages = f":{citation['pages']}" if "pages" in citation else ""
    day = citation.get("published") or citation.get("year")
    online = f"online {citation['online']}" if "online" in citation else ""
    return listing(
        citation.get("journal", ""),
        str(day or ""),
        f"{volume}{issue}{pages}" if volume or issue or pages else "",
        online,
    )


def banner(gathered: Gathered, value: dict[str, Any]) -> Html | None:
    """Return what is to be known before a figure is read; None for a publication that stands as it was."""
    status = value["status"]
    if status == "active":
        return None
    instead = (
        joined(" Another record takes its place: ", gathered.record_link(value["replaced_by"], UP), ".")
        if "replaced_by" in value
        else ""
    )
    known = BANNERS.get(status, f"Status: {status}.")
    return tag("p", tag("strong", status.capitalize()), " ", known, instead, class_=f"banner {status}", role="note")


def identifiers(found: dict[str, Any]) -> Html:
    """Return the identifiers, each with a link where it has a page."""
    pairs: list[tuple[str, Html]] = [
        (name, outward(register(kind, found[kind]), found[kind])) for kind, name in NAMES.items() if kind in found
    ]
    for kind, name in (("registry", "Registry"), ("prospero", "PROSPERO")):
        values = found.get(kind, ())
        listed = [values] if isinstance(values, str) else values
        pairs += [(name, outward(register(kind, value), value)) for value in listed]
    return facts(pairs)


def study(gathered: Gathered, record: Record) -> list[tuple[str, Html | str]]:
    """Return what the record says of its study, its search and other reports, as names and values."""
    value, found = record.value, record.value.get("study", {})
    others = [one for one in gathered.studies.get(record.study, ()) if one != record.id]
    kin = [
        (name, key) for name, key in (("Subset of", "subset_of"), ("May overlap", "overlaps"), ("Same as", "same_as"))
    ]
    search = value.get("search", {})
    return [
        ("Study", found.get("id", "")),
        ("Design", found.get("design", "").replace("-", " ")),
        ("Setting", said(found.get("setting"))),
        ("Period", period(found.get("period"))),
        ("Follow-up", said(found.get("follow_up"))),
        *((name, studies(gathered, found[key])) for name, key in kin if key in found),
        ("Other reports of it", joined(*(gathered.record_link(one, UP) for one in others), by=", ")),
        ("Databases", said(listing(*search.get("databases", ())))),
        ("Searched through", search.get("through", "")),
        *(
            (link["as"].replace("-", " ").capitalize(), gathered.record_link(link["to"], UP))
            for link in value.get("links", ())
        ),
        (
            "Referred to by",
            joined(*(referrer(gathered, *one) for one in gathered.referring.get(record.id, ())), by=", "),
        ),
    ]


def studies(gathered: Gathered, names: list[str]) -> Html:
    """Return names of studies with links to their records."""
    found = []
    for name in names:
        records = joined(*(gathered.record_link(one, UP) for one in gathered.studies.get(name, ())), by=", ")
        found.append(joined(name, " (", records, ")") if records else joined(name, " (no record here)"))
    return joined(*found, by="; ")


def referrer(gathered: Gathered, identity: str, what: str) -> Html:
    """Return a record that refers to this one, and as what."""
    return joined(gathered.record_link(identity, UP), f" ({what.replace('-', ' ')})")
