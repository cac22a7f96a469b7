"""`tallysheet evidence`: what the collection says so far, for each outcome and condition."""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.collection import Collection
    from tallysheet.evidence import Evidence, Section
    from tallysheet.evidence.summary import Labels

MOST_NAMED = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--outcome", metavar="OUTCOME", help="of this outcome only")
    parser.add_argument("--condition", metavar="CONDITION", help="in this condition only")
    parser.add_argument(
        "--without", action="append", default=[], metavar="STUDY", help="leave out a study, such as one that overlaps"
    )
    parser.add_argument("--format", choices=("text", "json", "csv", "svg"), default="text", help="what is written")
    parser.add_argument("--output", type=Path, metavar="DIR", help="the folder to write into, made if it is not there")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print or write the evidence; returns 0, also where nothing is counted."""
    from tallysheet.collection import open_collection
    from tallysheet.commands.progress import Bar
    from tallysheet.evidence import as_csv, as_json, as_text, evidence_of
    from tallysheet.repository import open_repository, root_of
    from tallysheet.unusable import Unusable

    if arguments.format == "svg" and arguments.output is None and arguments.outcome is None:
        raise Unusable("--format svg: draws several files; name a folder with --output, or one outcome with --outcome")
    repository = open_repository(root_of(arguments.root))
    collection = open_collection(repository, Bar(sys.stderr) if sys.stderr.isatty() else None)
    if not collection.records:
        raise Unusable("there is no record that is well formed: tallysheet check says why")
    evidence = evidence_of(collection, known_studies(collection, arguments.without))
    known(arguments.outcome, evidence.outcomes, "outcome")
    known(arguments.condition, evidence.conditions, "condition")
    sections = evidence.sections(arguments.outcome, arguments.condition)
    if arguments.format == "svg":
        texts = drawings_of(evidence, arguments.outcome, arguments.condition)
    elif arguments.format == "csv":
        texts = {"evidence.csv": as_csv(evidence, sections)}
    elif arguments.format == "json":
        texts = {"evidence.json": as_json(evidence, sections, collection.left_out)}
    else:
        texts = {"evidence.txt": as_text(evidence, sections, told(collection))}
    if arguments.output is None:
        sys.stdout.write(next(iter(texts.values())))
    else:
        write_all(arguments.output, texts)
    if arguments.format in ("csv", "svg"):
        sys.stderr.writelines(f"tallysheet: {line}\n" for line in told(collection))
    return 0


def known(word: str | None, words: "Labels", what: str) -> None:
    """Raise Unusable for a word that is not in its vocabulary."""
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean

    if word is not None and word not in words:
        hint = did_you_mean(word, words) or f"schema/{what}s.schema.json lists them"
        raise Unusable(f'--{what}: "{word}" is no {what}; {hint}')


def known_studies(collection: "Collection", names: list[str]) -> list[str]:
    """Return the studies that are asked for; raises Unusable for one that no record reports."""
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean

    studies = {record.study for record in collection.records.values()}
    for name in names:
        if name not in studies:
            raise Unusable(
                f'--without: no record reports a study "{name}"; {did_you_mean(name, studies) or "see study.id"}'
            )
    return names


def told(collection: "Collection") -> list[str]:
    """Return which records take no part, since they are not well formed."""
    from tallysheet.reader.inert import inert
    from tallysheet.words import counted

    if not collection.left_out:
        return []
    named = [f"  {inert(path)}: {inert(why)}" for path, why in sorted(collection.left_out.items())[:MOST_NAMED]]
    more = len(collection.left_out) - len(named)
    count = counted(len(collection.left_out), "record takes", "records take")
    return [f"{count} no part:", *named, *([f"  and {more:,} more"] if more else [])]


def drawings_of(evidence: "Evidence", outcome: str | None, condition: str | None) -> dict[str, str]:
    """Return the forest plots by file name; without an outcome the evidence map and the flow diagrams as well."""
    from tallysheet.evidence import evidence_map, forest, prisma

    sections: list[Section] = [one for one in evidence.sections(outcome, condition) if one.rows or one.reviews]
    outcomes = dict.fromkeys(section.measure.outcome for section in sections)
    if outcome is not None:
        outcomes.setdefault(outcome)
    drawings = {file_name("forest", word): forest(evidence, word, condition) for word in outcomes}
    if outcome is None:
        drawings["evidence-map.svg"] = evidence_map(evidence)
        for record, flow in evidence.flows.items():
            drawings[file_name("flow", record)] = prisma(flow, record, evidence.titles[record])
    return drawings


def file_name(kind: str, word: str) -> str:
    """Return the name of a drawing's file: of a word of the repository's own schema only what names a file anywhere."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9.-]+', '-', word)[:100]}.svg"


def write_all(folder: Path, texts: dict[str, str]) -> None:
    """Write files into a folder, and say which."""
    from tallysheet.report.files import why_unwritable, write_whole
    from tallysheet.unusable import Unusable

    try:
        folder.mkdir(exist_ok=True)
    except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:
        raise Unusable(f"--output: {folder}: {error.strerror}") from error
    for name in texts:
        if why := why_unwritable(folder / name):
            raise Unusable(f"--output: {folder / name}: {why}")
    for name, text in texts.items():
        write_whole(folder / name, text)
        sys.stdout.write(f"{folder / name}\n")
