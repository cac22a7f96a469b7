"""`tallysheet schema check`: say what would make the schema check less than its author means."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("action", choices=["check"], help="what to do with the schema")
    parser.add_argument("path", nargs="?", metavar="FILE", help="a schema file; the repository's own if none is named")


def run(arguments: argparse.Namespace) -> int:
    """Print every fault of the schema; returns 0 if there is none, 1 if there are."""
    from tallysheet.repository import BUNDLED, MAIN, load_settings, opener
    from tallysheet.root import root_of
    from tallysheet.shape import SchemaFault, load_schema
    from tallysheet.shape.lint import lint
    from tallysheet.trees import Folder
    from tallysheet.words import counted

    root = root_of(None)
    named = load_settings(Folder(root)).schema
    shown = arguments.path or named or MAIN
    folder, _, main = shown.rpartition("/")
    if arguments.path:
        open_file = opener(Folder(Path(folder or ".")), "")
    else:
        open_file = opener(Folder(root), folder) if named else opener(Folder(BUNDLED), "")
    try:
        schema = load_schema(folder, main, open_file)
        faults, files = list(lint(schema)), len(schema.files)
    except SchemaFault as first:
        faults, files = [first], 1
    for fault in faults:
        sys.stdout.write(f"{fault}\n" + (f"  hint: {fault.hint}\n" if fault.hint else ""))
    sys.stdout.write(f"{counted(files, 'schema file')}: {counted(len(faults), 'fault') if faults else 'all holds'}\n")
    return 1 if faults else 0
