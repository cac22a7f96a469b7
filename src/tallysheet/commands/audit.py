"""`tallysheet audit`: what the whole collection says, and where it disagrees with itself."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallysheet.repository import Repository


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    from tallysheet.commands.check import day

    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the audit is printed")
    parser.add_argument("--since", metavar="TAG", help="compare with the audit of the collection at a tag or commit")
    parser.add_argument("--only", action="append", metavar="QUESTION", help="ask this question only; repeatable")
    parser.add_argument("--all", action="store_true", help="show every answer, not the first five to each question")
    parser.add_argument("--today", type=day, metavar="DAY", help="the day that is taken for today")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the audit; returns 0 whatever it says: it is no gate. Raises Unusable where there is nothing to read."""
    from tallysheet.repository import open_repository, root_of
    from tallysheet.unusable import Unusable

    try:
        import rapidfuzz  # noqa: F401 - said before the work, not in the midst of it
    except ImportError:
        raise Unusable("audit: compares titles by rapidfuzz: pip install 'tallysheet[audit]'") from None
    from tallysheet.audit.json import write_json
    from tallysheet.audit.text import write_text
    from tallysheet.audit.whole import Watch, audit
    from tallysheet.commands.check import progress_on, wants_colour
    from tallysheet.report.text import Style

    repository = open_repository(root_of(arguments.root))
    refuse(repository, arguments.only)
    today = arguments.today or datetime.now(UTC).date()
    watch = Watch(lambda: progress_on(sys.stderr), lambda: progress_on(sys.stderr, "questions"))
    found = audit(repository, today, arguments.only, arguments.since, watch)
    if not found.collection.records:
        lines = [f"{path}: {reason}" for path, reason in sorted(found.collection.left_out.items())[:20]]
        raise Unusable(f"there is no record to audit in {repository.settings.records}/", *lines)
    if arguments.format == "json":
        sys.stdout.write(write_json(found))
    else:
        style = Style(colour=wants_colour(sys.stdout))
        sys.stdout.write(write_text(found, style, all_of_them=arguments.all))
    return 0


def refuse(repository: "Repository", only: list[str] | None) -> None:
    """Raise Unusable for records that are not there, and for a name that no question has."""
    from tallysheet.audit.asking import questions
    from tallysheet.audit.whole import HISTORY
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean, listed

    folder = repository.settings.records
    if not repository.tree.holds(folder):
        raise Unusable(f"there is nothing to audit: there is no folder {folder}/ in {repository.root}")
    known = [*(question.name for question in questions()), HISTORY]
    for name in only or ():
        if name not in known:
            hint = did_you_mean(name, known) or f"questions: {listed(known)}"
            raise Unusable(f'--only: "{name}" is no question; {hint}')
