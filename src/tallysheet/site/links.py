"""Every address that a page may hold: pages of the site, relative, and registers of publications under fixed hosts."""

import re
from urllib.parse import quote

from tallysheet.site.markup import Html, Link, tag

REGISTERS = {
    "pmid": (re.compile(r"[0-9]{1,9}"), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "pmcid": (re.compile(r"PMC[0-9]{1,9}"), "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    "registry": (re.compile(r"NCT[0-9]{8}"), "https://clinicaltrials.gov/study/{}"),
    "prospero": (re.compile(r"CRD[0-9]{6,14}"), "https://www.crd.york.ac.uk/PROSPERO/view/{}"),
}
"""Identifiers with a page of their own: the whole form that is linked, and where."""
DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+")


def within(path: str, up: str = "") -> Link:
    """Return the address of a file of the site, from a page from which `up` (`../` or nothing) leads to the top."""
    file, mark, place = path.partition("#")
    steps = [quote(step, safe="") for step in file.split("/")]
    if file and any(step in ("", ".", "..") for step in steps):
        raise ValueError(f"{path!a} is no file of the site")
    return Link(f"{up}{'/'.join(steps)}{mark}{quote(place, safe='')}" if file else f"{mark}{quote(place, safe='')}")


def register(kind: str, value: str) -> Link | None:
    """Return where an identifier leads; None for what is not of its form, or has no page."""
    if kind == "doi":
        return Link(f"https://doi.org/{quote(value, safe='/')}") if DOI.fullmatch(value) else None
    form, address = REGISTERS.get(kind, (None, ""))
    return Link(address.format(value)) if form is not None and form.fullmatch(value) else None


def outward(address: Link | None, content: str) -> Html:
    """Return a link that leads out of the site, or the content alone where it leads nowhere."""
    return tag("a", content, href=address, rel="noreferrer") if address else tag("span", content)
