"""What the site offers to take along: the records as they are, and everything in one file of JSON."""

from collections.abc import Iterator

from tallysheet.report.json import finding_as_json, write_json
from tallysheet.report.sinks import json_text
from tallysheet.report.totals import totals
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered
from tallysheet.site.gathered import beside as lying_beside
from tallysheet.site.links import within
from tallysheet.site.markup import Html, tag
from tallysheet.site.tables import section, table

FORMAT_VERSION = 1
BESIDE = ("LICENSE", "README.md")
"""Files among the records that say what they are and what may be done with them."""
EVERYTHING, REPORT = "data/collection.json", "data/findings.json"


def everything(gathered: Gathered) -> Iterator[bytes]:
    """Yield all records with what was found about each, as one JSON document in pieces, one line a record."""
    collection = gathered.collection
    head = {"format_version": FORMAT_VERSION, "title": gathered.title, "summary": totals(collection.report)}
    head["left_out"] = dict(sorted(collection.left_out.items()))
    yield json_text(head)[:-1].encode() + b', "records": ['
    between = b"\n"
    for record in collection.records.values():
        found = [finding_as_json(one) for one in record.findings]
        yield between + json_text({"path": record.path, "record": record.value, "findings": found}).encode()
        between = b",\n"
    yield b"\n]}\n"


def report(gathered: Gathered) -> bytes:
    """Return the report of the check, as `tallysheet check --format json` writes it."""
    return write_json(gathered.collection.report).encode()


def beside(gathered: Gathered) -> Iterator[tuple[str, bytes]]:
    """Yield the files that come with the records, by their names."""
    for name in BESIDE:
        if (data := lying_beside(gathered.collection, name)) is not None:
            yield name, data


def write_downloads(gathered: Gathered, names: list[str]) -> Html:
    """Return the page that leads to the files; `names` are those that come with the records."""
    rows = [
        (file(EVERYTHING), "Every record with what the checker found about it, in one JSON document"),
        (file(REPORT), "The report of the check, as tallysheet check --format json writes it"),
        *((file(f"data/records/{name}"), "Comes with the records") for name in names),
    ]
    records = [tag("li", file(f"data/records/{one}.yaml")) for one in gathered.collection.records]
    return page(
        gathered.frame,
        "downloads.html",
        "Downloads",
        tag("h1", "Downloads"),
        table("Files of the whole collection", ("File", "What it is"), rows),
        section("yaml", "The records themselves", tag("ul", *records, class_="columns")),
    )


def file(path: str) -> Html:
    """Return a link to a file of the site."""
    return tag("a", path, href=within(path), download=True)
