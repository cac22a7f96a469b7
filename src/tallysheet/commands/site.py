"""`tallysheet site --to DIR`: the collection as pages that open from disk and from any static host."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.repository import Repository

BLOCKS = {"citation.schema.json", "group.schema.json", "result.schema.json", "curation.schema.json"}
"""Files of a schema whose records the pages can show."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="a new folder, or a site that this command has written"
    )
    parser.add_argument("--title", metavar="TEXT", help="the name of the collection, if not the heading of its README")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the site; returns 0, or 1 where records had to be left out, raises Unusable where it can't be written."""
    from tallysheet.collection import open_collection
    from tallysheet.commands.check import progress_on
    from tallysheet.reader.inert import inert
    from tallysheet.repository import open_repository, root_of
    from tallysheet.site.folder import refuse, write_whole
    from tallysheet.site.gathered import Gathered, showable, title_of
    from tallysheet.site.history import read_history
    from tallysheet.site.parts import PARTS, entries, parts, write_files
    from tallysheet.unusable import Unusable
    from tallysheet.words import counted

    repository = open_repository(root_of(arguments.root))
    target = Path(os.path.abspath(arguments.to))  # noqa: PTH100 - resolve() would follow links
    refuse(target, repository)
    refuse_schema(repository)
    progress = progress_on(sys.stderr)
    collection = showable(open_collection(repository, progress))
    if collection.report.crashes:
        crash = collection.report.crashes[0]
        raise RuntimeError(f"rule {crash.rule} failed on {crash.path}: tallysheet check shows where")
    if not collection.records:
        raise Unusable(f"there is no record to show in {repository.settings.records}/")
    title = arguments.title or title_of(collection)
    gathered = Gathered(collection, title, read_history(repository), entries())
    files = write_whole(target, write_files(gathered, progress))
    told = f"{counted(len(collection.records), 'record')} in {counted(files, 'file')}"
    sys.stdout.write(f"{told}: {inert(str(target / 'index.html'), None)}\n")
    for part in PARTS:
        if part not in parts():
            sys.stdout.write(f"left out: {part.path}, which needs {part.needs}: pip install 'tallysheet[audit]'\n")
    for path, why in sorted(collection.left_out.items()):
        sys.stdout.write(f"left out: {inert(path, 200)}: {inert(why, 200)}\n")
    return 1 if collection.left_out else 0


def refuse_schema(repository: "Repository") -> None:
    """Raise Unusable for a schema of the repository's own whose records the pages can't show."""
    from tallysheet.unusable import Unusable
    from tallysheet.words import listed

    names = {name.rpartition("/")[2] for name in repository.schema.files}
    if missing := sorted(BLOCKS - names):
        raise Unusable(f"site: shows records of the bundled schema; this one has no {listed(missing)}")
