"""Which pages a site has: those of the records, and the parts in `PARTS`, each a title, a page and who writes it."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from typing import NamedTuple

from tallysheet.evidence import STYLE as OF_DRAWINGS
from tallysheet.run import Progress
from tallysheet.site import downloads
from tallysheet.site.evidence_part import write_evidence
from tallysheet.site.files import File
from tallysheet.site.frame import SCRIPT, STYLE, Entry
from tallysheet.site.gathered import Gathered
from tallysheet.site.index_page import Index, write_index
from tallysheet.site.making import make_records
from tallysheet.site.rules_page import write_rules


class Part(NamedTuple):
    """Pages that belong together: the one that all others lead to, and all files that they need."""

    title: str
    path: str
    write: Callable[[Gathered], Iterator[File]]
    needs: str = ""
    """A module of an extra, without which the part is left out and said to be."""


def write_rules_part(gathered: Gathered) -> Iterator[File]:
    """Yield the page of rules."""
    yield "rules.html", [write_rules(gathered).encode()]


def write_downloads_part(gathered: Gathered) -> Iterator[File]:
    """Yield the page of downloads with its files."""
    names = []
    for name, data in downloads.beside(gathered):
        names.append(name)
        yield f"data/records/{name}", [data]
    yield downloads.EVERYTHING, downloads.everything(gathered)
    yield downloads.REPORT, [downloads.report(gathered)]
    yield "downloads.html", [downloads.write_downloads(gathered, names).encode()]


def write_audit_part(gathered: Gathered) -> Iterator[File]:
    """Yield the page of the audit, which needs an extra."""
    from tallysheet.site.audit_part import write_audit

    yield from write_audit(gathered)


PARTS: tuple[Part, ...] = (
    Part("Evidence", "evidence.html", write_evidence),
    Part("Audit", "audit.html", write_audit_part, needs="rapidfuzz"),
    Part("Rules", "rules.html", write_rules_part),
    Part("Downloads", "downloads.html", write_downloads_part),
)
"""The parts beside the records themselves, in the order in which pages lead to them."""


def parts() -> list[Part]:
    """Return the parts whose modules are installed."""
    return [part for part in PARTS if not part.needs or find_spec(part.needs)]


def entries() -> list[Entry]:
    """Return the pages that every page leads to."""
    return [Entry("Records", "index.html"), *(Entry(part.title, part.path) for part in parts())]


def write_files(gathered: Gathered, progress: Progress | None = None) -> Iterator[File]:
    """Yield every file of the site, one at a time, so that no more than one page is held."""
    assets = files("tallysheet.site")
    yield STYLE, [assets.joinpath(STYLE).read_bytes(), f"/* Drawings. */\n{OF_DRAWINGS}\n".encode()]
    yield SCRIPT, [assets.joinpath(SCRIPT).read_bytes()]
    index = Index()
    total = len(gathered.collection.records)
    for done, made in enumerate(make_records(gathered)):
        if progress:
            progress(done, total)
        index.add(made.row, made.facts)
        yield f"records/{made.identity}.html", [made.page]
        yield f"data/records/{made.identity}.yaml", [gathered.collection.records[made.identity].data]
    yield "index.html", [write_index(gathered, index).encode()]
    for part in parts():
        yield from part.write(gathered)
