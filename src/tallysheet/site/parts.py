"""Which pages a site has: those of the records, and the parts in `PARTS`, each a title, a page and who writes it."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple

from tallysheet.run import Progress
from tallysheet.site import downloads
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


PARTS: tuple[Part, ...] = (
    Part("Rules", "rules.html", write_rules_part),
    Part("Downloads", "downloads.html", write_downloads_part),
)
"""The parts beside the records themselves, in the order in which pages lead to them."""


def entries() -> list[Entry]:
    """Return the pages that every page leads to."""
    return [Entry("Records", "index.html"), *(Entry(part.title, part.path) for part in PARTS)]


def write_files(gathered: Gathered, progress: Progress | None = None) -> Iterator[File]:
    """Yield every file of the site, one at a time, so that no more than one page is held."""
    assets = files("tallysheet.site")
    for name in (STYLE, SCRIPT):
        yield name, [assets.joinpath(name).read_bytes()]
    index = Index()
    total = len(gathered.collection.records)
    for done, made in enumerate(make_records(gathered)):
        if progress:
            progress(done, total)
        index.add(made.row, made.facts)
        yield f"records/{made.identity}.html", [made.page]
        yield f"data/records/{made.identity}.yaml", [gathered.collection.records[made.identity].data]
    yield "index.html", [write_index(gathered, index).encode()]
    for part in PARTS:
        yield from part.write(gathered)
