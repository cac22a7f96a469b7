"""`tallysheet refresh`: the only command with a network: what has changed in the literature since, as snapshots."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallysheet.refresh.snapshots import Snapshot, Source

CONTACT = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
ADDRESS = re.compile(r"https?://[!-~]+")
SOURCES: "tuple[Source, ...]" = ("crossref", "pubmed", "retraction_watch")
PROBLEMS = ("unknown", "busy", "timed out", "failed", "not asked")
INCOMPLETE = ("busy", "timed out", "failed", "not asked")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("records", nargs="*", metavar="ID", help="ids of records; all if none is named")
    parser.add_argument(
        "--mailto", metavar="ADDRESS", help="whom the registries may write to; contact: in the settings"
    )
    parser.add_argument(
        "--source", action="append", choices=SOURCES, help="ask only this source (may be repeated); all if left out"
    )
    parser.add_argument(
        "--max-age", type=int, default=7, metavar="DAYS", help="do not ask again what was asked since (7); 0 asks anew"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the answers are printed")
    parser.add_argument("--crossref", metavar="URL", help="another place for Crossref, such as a mirror")
    parser.add_argument("--pubmed", metavar="URL", help="another place for E-utilities")
    parser.add_argument("--retraction-watch", metavar="URL", help="another place for the Retraction Watch list")
    parser.add_argument(
        "--timeout", type=float, default=30.0, metavar="SECONDS", help="how long to wait for a host (30)"
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Ask, write snapshots, say what came of it; returns 0, or 1 if anything could not be asked to the end."""
    from tallysheet.refresh.clock import Real

    return refresh(arguments, Real())


def refresh(arguments: argparse.Namespace, clock: Any) -> int:
    """Do what `run` does, by the clock that is given."""
    from tallysheet.commands.index import bar, opened
    from tallysheet.refresh.snapshots import FOLDER, load_snapshots
    from tallysheet.refresh.work import Hosts, Refresh
    from tallysheet.repository import root_of
    from tallysheet.unusable import Unusable

    try:
        from tallysheet.refresh.asking import Asker, Limits
    except ImportError as error:
        raise Unusable("needs httpx: python -m pip install 'tallysheet[refresh]'") from error
    collection = opened(root_of(arguments.root))
    repository = collection.repository
    contact = arguments.mailto or repository.settings.contact
    if contact is None or not CONTACT.fullmatch(contact):
        raise Unusable(
            "give --mailto ADDRESS, or contact: in tallysheet.yaml: registries want to know whom to write to"
        )
    if unknown := [name for name in arguments.records if name not in collection.records]:
        raise Unusable(f"{unknown[0]}: there is no such record, or it is not well formed")
    given = {name: getattr(arguments, name) for name in SOURCES if getattr(arguments, name)}
    if wrong := [url for url in given.values() if not ADDRESS.fullmatch(url)]:
        raise Unusable(f"{wrong[0]}: is no web address")
    before = load_snapshots(repository.tree)
    asker = Asker(clock, contact, Limits(timeout=arguments.timeout))
    work = Refresh(asker, before, keeper(repository.root / FOLDER), Hosts(**given), arguments.max_age)
    asked: list[Source] = arguments.source or list(SOURCES)
    names = arguments.records or sorted(collection.records)
    progress, outcomes = bar(), []
    try:
        for outcome in work.run([collection.records[name].value for name in names], asked):
            outcomes.append(outcome)
            if progress:
                progress(len(outcomes), len(names) * len(asked))
    finally:
        asker.close()
    found = [{"record": o.record, "source": o.source, "answer": o.said, "reason": o.reason} for o in outcomes]
    tell(found, before.unreadable, as_json=arguments.format == "json")
    return 1 if any(one["answer"] in INCOMPLETE for one in found) else 0


def keeper(folder: Path) -> Any:
    """Return what writes a snapshot; raises Unusable where the folder is something else."""
    from tallysheet.refresh.snapshots import written
    from tallysheet.report.files import why_unwritable, write_whole
    from tallysheet.unusable import Unusable

    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Unusable(f"{folder.name} is there and no folder")

    def keep(snapshot: "Snapshot") -> None:
        folder.mkdir(exist_ok=True)
        path = folder / f"{snapshot.record}.json"
        if why := why_unwritable(path):
            raise Unusable(f"{folder.name}/{snapshot.record}.json: {why}")
        write_whole(path, written(snapshot).decode())

    return keep


def tell(found: list[dict[str, str]], unreadable: Mapping[str, str], *, as_json: bool) -> None:
    """Print what came of it: a line for each answer that needs a look, and how many there were of each."""
    from tallysheet.report.sinks import json_text, log_line

    counts = Counter((one["source"], one["answer"]) for one in found)
    if as_json:
        summary: dict[str, dict[str, int]] = {}
        for (source, answer), number in sorted(counts.items()):
            summary.setdefault(source, {})[answer] = number
        document = {"answers": found, "summary": summary, "unreadable": dict(sorted(unreadable.items()))}
        sys.stdout.write(json_text(document, indent=2) + "\n")
        return
    for one in found:
        if one["answer"] in PROBLEMS:
            sys.stdout.write(
                log_line(f"{one['record']}: {one['source']}: {one['answer']}: {one['reason']}", 300) + "\n"
            )
    for path, why in sorted(unreadable.items()):
        sys.stdout.write(log_line(f"{path}: is no snapshot: {why}", 300) + "\n")
    for source in SOURCES:
        said = [f"{number:,} {answer}" for (of, answer), number in sorted(counts.items()) if of == source]
        if said:
            sys.stdout.write(f"{source}: {', '.join(said)}\n")
