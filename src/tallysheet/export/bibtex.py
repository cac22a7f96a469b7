"""References as BibTeX in UTF-8, as biber and bibtexparser read it."""

from collections.abc import Iterable, Iterator

from tallysheet.export.references import Reference

TYPES = {"meeting-abstract": "inproceedings", "label": "misc", "registry-entry": "misc"}
ARTICLE = "article"
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
VERBATIM = {"{": "%7B", "}": "%7D", "\\": "%5C"}
"""In a DOI or an address TeX reads nothing, yet the braces around it must match."""


def write_bibtex(references: Iterable[Reference]) -> str:
    """Return all references as BibTeX text."""
    return "\n".join(entry(one) for one in references)


def entry(one: Reference) -> str:
    """Return one entry; its key is the record's id."""
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields(one))
    return f"@{TYPES.get(one.kind, ARTICLE)}{{{one.id},\n{body}}}\n"


def fields(one: Reference) -> Iterator[tuple[str, str]]:
    """Yield names and values of one entry, escaped."""
    names = [
        f"{escaped(author.family)}, {author.spaced}" if author.initials else f"{{{escaped(author.family)}}}"
        for author in one.authors
    ]
    if one.citation.get("et_al"):
        names.append("others")
    first, last = one.pages
    where = "booktitle" if TYPES.get(one.kind) == "inproceedings" else "journal"
    optional = (
        *(("title", f"{{{escaped(one.text('title'))}}}"), ("author", " and ".join(names))),
        *((where, escaped(one.text("journal"))), ("year", one.text("year")), ("volume", escaped(one.text("volume")))),
        *(("number", escaped(one.text("issue"))), ("pages", f"{first}--{last}" if last else first)),
        *(("doi", verbatim(one.doi)), ("pmid", str(one.identifiers.get("pmid", "")))),
        ("pmcid", str(one.identifiers.get("pmcid", ""))),
    )
    yield from ((name, value) for name, value in optional if value)


def escaped(text: str) -> str:
    """Return a text in which nothing is a command to TeX."""
    return "".join(SPECIAL.get(character, character) for character in text)


def verbatim(text: str) -> str:
    """Return a DOI with what would unbalance the entry percent-encoded."""
    return "".join(VERBATIM.get(character, character) for character in text)
