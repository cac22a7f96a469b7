"""`tallysheet export --to DIR`: the collection for other programs, written whole or not at all."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="the folder: a new one, or that of an earlier export"
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the export; returns 0, also where records took no part: that is said."""
    from tallysheet.commands.index import bar, opened, tell_left_out
    from tallysheet.export.contents import write_contents
    from tallysheet.export.whole import new_folder, why_not
    from tallysheet.repository import root_of
    from tallysheet.unusable import Unusable
    from tallysheet.words import counted

    collection = opened(root_of(arguments.root))
    repository = collection.repository
    if why := why_not(arguments.to, repository.root / repository.settings.records):
        raise Unusable(f"--to: {arguments.to}: {why}")
    with new_folder(arguments.to) as folder:
        write_contents(folder, collection, bar())
        files = sum(path.is_file() for path in folder.rglob("*"))
    sys.stdout.write(f"wrote {arguments.to}: {counted(len(collection.records), 'record')}, {counted(files, 'file')}\n")
    tell_left_out(collection)
    return 0
