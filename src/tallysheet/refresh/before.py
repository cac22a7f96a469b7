"""What is looked up, and what was said before: the small questions of a refresh."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tallysheet.refresh import retraction_watch
from tallysheet.refresh.facts import Update
from tallysheet.refresh.snapshots import Said, Snapshot, Source

LIST: Source = "retraction_watch"


def listed(snapshot: Snapshot, keys: list[str]) -> Said | None:
    """Return what the list said of the same identifiers before."""
    said = snapshot.said.get(LIST)
    return said if said and said.identifier == "; ".join(keys) else None


def before_of(due: Mapping[str, list[str]], now: Mapping[str, Snapshot]) -> Iterator[Said | None]:
    """Yield what the list said of each record before."""
    yield from (listed(now[name], keys) for name, keys in due.items())


def keys_of(record: Mapping[str, Any]) -> list[str]:
    """Return the identifiers that the list of retractions knows."""
    given = record.get("identifiers", {})
    return [given[name] for name in ("doi", "pmid") if name in given]


def conditions(known: Said | None) -> dict[str, str]:
    """Return headers that ask for an answer only if it has changed."""
    if known is None:
        return {}
    found = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in found.items() if value}


def look_up(body: bytes, keys: list[str]) -> dict[str, list[Update]]:
    """Return what the list says of identifiers; it is read from a file, row by row."""
    with tempfile.TemporaryDirectory(prefix="tallysheet-") as folder:
        path = Path(folder, "list.csv")
        path.write_bytes(body)
        dois = [key for key in keys if key.startswith("10.")]
        return retraction_watch.matches(path, dois, [key for key in keys if not key.startswith("10.")])
