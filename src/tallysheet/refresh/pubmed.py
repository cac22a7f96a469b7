"""PubMed: what it says of a PMID. E-utilities, esummary, in JSON."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from tallysheet.refresh.crossref import mappings
from tallysheet.refresh.facts import Facts, Update
from tallysheet.refresh.strict_json import NotJson, read_json, text_of, texts

HOST = "https://eutils.ncbi.nlm.nih.gov"
KIND = "application/json"
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
TYPES = {"retracted publication": "retracted"}
REFERENCES = {
    "retraction in": "retracted",
    "erratum in": "corrected",
    "corrected and republished in": "corrected",
    "expression of concern in": "expression of concern",
    "update in": "superseded preprint",
}
"""What a reference to another publication makes of this one; `Update in` stands on preprints."""


class UnknownNumber(LookupError):  # noqa: N818 - it says what the number is
    """PubMed has no such number: it says so in an answer that is otherwise good."""


def address(host: str, pmid: str, contact: str) -> str:
    """Return where to ask for a PMID."""
    who = f"tool=tallysheet&email={quote(contact, safe='@')}"
    return f"{host}/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&id={quote(pmid, safe='')}&{who}"


def read(data: bytes, pmid: str) -> Facts:
    """Return the facts of an answer; raises NotJson for one that is none, UnknownNumber for a number without entry."""
    value = read_json(data)
    result = value.get("result") if isinstance(value, dict) else None
    if not isinstance(result, dict):
        raise NotJson("no result in the answer")
    entry = result.get(pmid)
    if not isinstance(entry, dict):
        raise NotJson("the answer is of another PMID")
    if "error" in entry:
        raise UnknownNumber(pmid)
    if text_of(entry.get("uid")) != pmid:
        raise NotJson("the answer is of another PMID")
    dates = [text_of(entry.get(name)) or "" for name in ("pubdate", "epubdate", "sortpubdate")]
    years = [found.group() for said in dates if (found := YEAR.match(said))]
    return Facts(
        title=text_of(entry.get("title")),
        years=tuple(dict.fromkeys(years)),
        journals=(*texts(entry.get("fulljournalname")), *texts(entry.get("source"))),
        volume=text_of(entry.get("volume")),
        pages=text_of(entry.get("pages")),
        authors=tuple(name for one in mappings(entry.get("authors")) for name in texts(one.get("name"))),
        updates=tuple(updates(entry)),
    )


def updates(entry: Mapping[str, Any]) -> Iterator[Update]:
    """Yield what has become of the publication: by its notices, else by its type."""
    noticed = set()
    for one in mappings(entry.get("references")):
        if kind := REFERENCES.get((text_of(one.get("reftype")) or "").casefold()):
            noticed.add(kind)
            yield Update(kind, text_of(one.get("refsource")), None, "pubmed")
    for said in texts(entry.get("pubtype")):
        if (kind := TYPES.get(said.casefold())) and kind not in noticed:
            yield Update(kind, None, None, "pubmed")
