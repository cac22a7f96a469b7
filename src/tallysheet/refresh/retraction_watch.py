"""The Retraction Watch list, which Crossref keeps as one table of all retractions, corrections and concerns."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tallysheet.refresh.facts import Update, kind_of
from tallysheet.refresh.strict_json import NotJson, clean

LIST = "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
KINDS = ("text/csv", "text/plain", "application/octet-stream", "application/csv")
COLUMNS = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionDOI", "RetractionDate", "RetractionNature")
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
LONGEST_CELL = 1_000_000


def matches(path: Path, dois: Iterable[str], pmids: Iterable[str]) -> dict[str, list[Update]]:
    """Return what the list says, by DOI and by PMID, of those asked for; raises NotJson for what is no such list."""
    wanted_dois, wanted_pmids = {doi.casefold() for doi in dois}, set(pmids)
    found: dict[str, list[Update]] = {}
    for row in rows(path):
        doi, pmid = row["OriginalPaperDOI"].strip().casefold(), row["OriginalPaperPubMedID"].strip()
        for key in {doi} & wanted_dois | {pmid} & wanted_pmids:
            notice = clean(row["RetractionDOI"]) or None
            found.setdefault(key, []).append(
                Update(kind_of(clean(row["RetractionNature"])), notice, day(row["RetractionDate"]), "retraction-watch")
            )
    return found


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the list, only the columns that are needed."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="") as text:
        reader = csv.DictReader(text)
        try:
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise NotJson(f"no list of Retraction Watch: it has no column {missing[0]}")
            for row in reader:
                yield {name: row[name] or "" for name in COLUMNS}
        except csv.Error as error:
            raise NotJson(f"no list of Retraction Watch: {error}") from error


def day(said: str) -> str | None:
    """Return a date of the list, month first as it has them, year first."""
    found = DAY.match(said.strip())
    return f"{found[3]}-{int(found[1]):02d}-{int(found[2]):02d}" if found else None
