"""`tallysheet waivers`: what records excuse, since when, until when, and whether it still holds."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallysheet.repository import Repository

HEADER = ("record", "rule", "pointer", "by", "age", "until", "state")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    from tallysheet.commands.check import day

    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the list is printed")
    parser.add_argument("--today", type=day, metavar="DAY", help="the day that is taken for today")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the list, the oldest first; returns 0, also where an entry is at fault: `tallysheet check` says so."""
    from tallysheet.report.sinks import json_text
    from tallysheet.report.table import table
    from tallysheet.repository import open_repository
    from tallysheet.root import root_of
    from tallysheet.words import counted

    today = arguments.today or datetime.now(UTC).date()
    repository = open_repository(root_of(arguments.root))
    found = sorted(entries(repository, today), key=lambda one: (one["on"] or "", one["place"]))
    if arguments.format == "json":
        sys.stdout.write(json_text({"today": today.isoformat(), "waivers": found}, indent=2) + "\n")
        return 0
    rows = [HEADER, *(as_row(one, today) for one in found)]
    held = sum(one["state"] == "in force" for one in found)
    sys.stdout.write(table(rows) if found else "")
    sys.stdout.write(f"{counted(len(found), 'waiver')}: {held:,} in force, {len(found) - held:,} at fault\n")
    return 0


def entries(repository: "Repository", today: date) -> Iterator[dict[str, Any]]:
    """Yield the waivers of all records that can be read, each with what `tallysheet check` says of it."""
    from tallysheet.findings import Fault
    from tallysheet.judged import Day
    from tallysheet.reader import read
    from tallysheet.run import run as run_over
    from tallysheet.sight import Sight
    from tallysheet.waivers import RULE, waivers_of

    values = {}
    for path in repository.tree.records(repository.settings.records)[0]:
        data = repository.tree.open(path)
        if not isinstance(data, Fault) and b"waivers" in data and (document := read(data)).value is not None:
            values[path] = document
    report = run_over(repository, sorted(values), day=Day(today))
    for path, document in values.items():
        sight = Sight(path, document)
        for waiver in waivers_of(document.value):
            faults = [f for f in report.findings if f.rule == RULE and f.path == path]
            here = [f.message for f in faults if (f.pointer + "/").startswith(waiver.place + "/")]
            line = sight.span(waiver.place).line
            yield {
                "place": f"{path}:{line}",
                "rule": waiver.rule,
                "pointer": waiver.pointer,
                "reason": waiver.reason,
                "by": waiver.by,
                "on": waiver.on or since(repository, path, line),
                "until": waiver.until,
                "state": here[0] if here else "in force",
            }


def since(repository: "Repository", path: str, line: int) -> str | None:
    """Return the day on which git first had a line as it stands, None where git does not know it."""
    from tallysheet.trees.git import Git
    from tallysheet.unusable import Unusable

    try:
        return Git(repository.root).day_of_line(path, line)
    except Unusable:
        return None


def as_row(entry: dict[str, Any], today: date) -> tuple[str, ...]:
    """Return the row of one waiver."""
    from tallysheet.reader.inert import inert
    from tallysheet.waivers import day_of
    from tallysheet.words import counted

    on = day_of(entry["on"] or "")
    age = counted((today - on).days, "day") if on else "unknown"
    texts = (entry["place"], entry["rule"], entry["pointer"], entry["by"], age, entry["until"], entry["state"])
    return tuple(inert(text) for text in texts)
