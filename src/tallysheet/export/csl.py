"""References as CSL-JSON, which Zotero, Pandoc and citation processors read."""

from collections.abc import Iterable
from typing import Any

from tallysheet.export.references import Author, Reference
from tallysheet.report.sinks import json_text

TYPES = {"meeting-abstract": "paper-conference", "label": "document", "registry-entry": "document"}
ARTICLE = "article-journal"


def write_csl(references: Iterable[Reference]) -> str:
    """Return all references as CSL-JSON text."""
    return json_text([item(one) for one in references], indent=2) + "\n"


def item(one: Reference) -> dict[str, Any]:
    """Return one reference as the CSL schema has it."""
    first, last = one.pages
    found: dict[str, Any] = {
        "id": one.id,
        "type": TYPES.get(one.kind, ARTICLE),
        "title": one.text("title"),
        "author": [name(author) for author in one.authors],
        "container-title": one.text("journal"),
        "issued": {"date-parts": [[int(part) for part in one.date]]} if one.date else "",
        "volume": one.text("volume"),
        "issue": one.text("issue"),
        "page": f"{first}-{last}" if last else first,
        "DOI": one.doi,
        "PMID": str(one.identifiers.get("pmid", "")),
        "PMCID": str(one.identifiers.get("pmcid", "")),
        "ISSN": str(one.identifiers.get("issn", "")),
        "ISBN": str(one.identifiers.get("isbn", "")),
        "note": "more authors follow" if one.citation.get("et_al") else "",
    }
    return {key: value for key, value in found.items() if value}


def name(author: Author) -> dict[str, str]:
    """Return an author as CSL has names."""
    return {"family": author.family, "given": author.spaced} if author.initials else {"literal": author.family}
