"""`tallysheet lsp`: the language server, over standard input and output, for editors."""

import argparse
import os
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--stdio", action="store_true", help="the only way, and the default: many editors name it")
    parser.add_argument("--no-repository-rules", action="store_true", help="run no code of the repository")
    parser.add_argument("--root", type=Path, metavar="DIR", help="the repository, if not the one that the editor opens")


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor ends it; returns 1 if it does so without having asked for it before."""
    from tallysheet.repository import root_of
    from tallysheet.unusable import Unusable

    if arguments.root is not None:
        root_of(arguments.root)
    try:
        from tallysheet.editor.features import make_server
        from tallysheet.editor.log import start_log
    except ModuleNotFoundError as missing:
        name = (missing.name or "").partition(".")[0]
        if name not in ("pygls", "lsprotocol"):
            raise
        install = "install it with: python -m pip install 'tallysheet[lsp]'"
        raise Unusable(f"the language server needs {name}, which is not installed; {install}") from None

    start_log()
    server = make_server(arguments.root, own=not arguments.no_repository_rules)
    # A rule that prints would break into the protocol: from here on, standard output is standard error.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        server.start_io(sys.stdin.buffer, answers)
    return 1 if server.ended and not server.asked_to_end else 0
