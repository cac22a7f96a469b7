"""Crossref: what it says of a DOI. https://api.crossref.org/works/{doi}.

On the retracted work stands `updated-by`, with the notice's DOI; on the notice stands `update-to`, with the work's.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from tallysheet.refresh.facts import Facts, Update, kind_of
from tallysheet.refresh.strict_json import NotJson, read_json, text_of, texts

HOST = "https://api.crossref.org"
KIND = "application/json"
LAST_YEAR = 9999


def address(host: str, doi: str, contact: str) -> str:
    """Return where to ask for a DOI; the contact address gets one into the polite pool."""
    return f"{host}/works/{quote(doi, safe='')}?mailto={quote(contact, safe='@')}"


def read(data: bytes, doi: str) -> Facts:
    """Return the facts of an answer; raises NotJson for one that is none, or is of another DOI."""
    value = read_json(data)
    message = value.get("message") if isinstance(value, dict) else None
    if not isinstance(message, dict):
        raise NotJson("no work in the answer")
    found = text_of(message.get("DOI")) or ""
    if found.casefold() != doi.casefold():
        raise NotJson(f"the answer is of another DOI: {found[:80] or 'none'}")
    years = [
        year
        for name in ("published-print", "issued", "published-online", "published")
        for year in year_of(message.get(name))
    ]
    return Facts(
        title=" ".join([*texts(message.get("title", []))[:1], *texts(message.get("subtitle", []))[:1]]) or None,
        years=tuple(dict.fromkeys(years)),
        journals=(*texts(message.get("container-title", [])), *texts(message.get("short-container-title", []))),
        volume=text_of(message.get("volume")),
        pages=text_of(message.get("page")) or text_of(message.get("article-number")),
        authors=tuple(names(message.get("author"))),
        updates=tuple(updates(message.get("updated-by"))),
        notice_of=tuple(dois(message.get("update-to"), "DOI")),
        preprint_of=tuple(dois(relation(message, "is-preprint-of"), "id")),
    )


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a list; nothing of what is something else."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def day(value: Any) -> str | None:
    """Return a date of Crossref's as text, as far as it is known."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    texts = []
    for part, (most, width) in zip(first, ((LAST_YEAR, 4), (12, 2), (31, 2)), strict=False):
        if type(part) is not int or not 0 < part <= most:
            break
        texts.append(f"{part:0{width}d}")
    return "-".join(texts) or None


def year_of(value: Any) -> Iterator[str]:
    """Yield the year of a date, if there is one."""
    if found := day(value):
        yield found[:4]


def names(value: Any) -> Iterator[str]:
    """Yield the authors as a record has them: family name and initials."""
    for one in mappings(value):
        family, given = text_of(one.get("family")), text_of(one.get("given"))
        if family:
            initials = "".join(part[0] for part in (given or "").replace(".", " ").replace("-", " ").split())
            yield f"{family} {initials}".strip()
        elif body := text_of(one.get("name")):
            yield body


def updates(value: Any) -> Iterator[Update]:
    """Yield what has become of the work."""
    for one in mappings(value):
        kind = text_of(one.get("type")) or text_of(one.get("label")) or "unknown"
        yield Update(kind_of(kind), text_of(one.get("DOI")), day(one.get("updated")), text_of(one.get("source")))


def relation(message: Mapping[str, Any], name: str) -> Any:
    """Return the works that this one is related to in one way."""
    found = message.get("relation")
    return found.get(name) if isinstance(found, Mapping) else None


def dois(value: Any, key: str) -> Iterator[str]:
    """Yield the DOIs in a list of works."""
    for one in mappings(value):
        if (found := text_of(one.get(key))) and found.startswith("10."):
            yield found.casefold()
