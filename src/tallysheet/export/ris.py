"""References as RIS: a tag and its value a line, which every reference manager and RevMan reads."""

from collections.abc import Iterable, Iterator

from tallysheet.export.references import Reference

TYPES = {"meeting-abstract": "ABST", "label": "GOVDOC", "registry-entry": "DBASE", "protocol": "JOUR"}
JOURNAL = "JOUR"


def write_ris(references: Iterable[Reference]) -> str:
    """Return all references as RIS text, lines ended as the format has it."""
    lines = [f"{tag}  - {value}".rstrip(" ") for one in references for tag, value in fields(one)]
    return "".join(f"{line} \r\n" if line == "ER  -" else f"{line}\r\n" for line in lines)


def fields(one: Reference) -> Iterator[tuple[str, str]]:
    """Yield tags and values of one reference."""
    first, last = one.pages
    yield "TY", TYPES.get(one.kind, JOURNAL)
    yield "ID", one.id
    for author in one.authors:
        yield "AU", f"{author.family}, {author.spaced}" if author.initials else author.family
    optional = (
        *(("TI", one.text("title")), ("JO", one.text("journal")), ("PY", one.text("year"))),
        *(("DA", "/".join(one.date) if len(one.date) > 1 else ""), ("VL", one.text("volume"))),
        *(("IS", one.text("issue")), ("SP", first), ("EP", last), ("DO", one.doi)),
        *(("AN", str(one.identifiers.get("pmid", ""))), ("C2", str(one.identifiers.get("pmcid", "")))),
        ("SN", str(one.identifiers.get("issn") or one.identifiers.get("isbn") or "")),
        ("N1", "more authors follow" if one.citation.get("et_al") else ""),
    )
    yield from ((tag, value) for tag, value in optional if value)
    yield "ER", ""
