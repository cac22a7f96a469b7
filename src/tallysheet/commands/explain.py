"""`tallysheet explain RULE`: the page of a rule: what holds, why, how to mend it, its limits."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("rule", metavar="RULE", help="the name that a finding shows")
    parser.add_argument(
        "--root", type=Path, default=None, metavar="DIR", help="the repository that the rule belongs to"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the page of a rule; returns 0, raises Unusable for a name that no rule has."""
    from tallysheet.pages import page_of, reader_and_engine_pages
    from tallysheet.repository import open_repository
    from tallysheet.root import root_of
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean

    repository = open_repository(root_of(arguments.root))
    text = page_of(arguments.rule, repository.rules)
    if text is None:
        known = [*repository.rules, *(page.name for page in reader_and_engine_pages())]
        hint = did_you_mean(arguments.rule, known) or "tallysheet rules lists them"
        raise Unusable(f'"{arguments.rule}" is no rule; {hint}')
    sys.stdout.write(text + "\n")
    return 0
