"""`tallysheet verify`: one count, total and percentage, or a table of them, without any record."""

import argparse
import sys
from contextlib import ExitStack

FAILING = ("inconsistent", "malformed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("counts", nargs="?", metavar="EVENTS/TOTAL", help="11/12, or the total alone")
    parser.add_argument("percent", nargs="?", metavar="PERCENT", help="the percentage as printed, such as 91.7%%")
    parser.add_argument(
        "--csv", metavar="FILE", help="a table with the columns n, count and percent; - is standard input"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print verdict, computation and what fits; returns 1 if anything is inconsistent or can't be read."""
    from tallysheet.unusable import Unusable

    if (arguments.csv is None) == (arguments.counts is None):
        raise Unusable("verify: give events/total and a percentage, such as 11/12 91.7%, or --csv FILE")
    if arguments.csv is not None:
        return verify_table(arguments.csv)
    from tallysheet.figures import describe, hint
    from tallysheet.figures.verify import judge_expression

    try:
        judgement = judge_expression(arguments.counts, arguments.percent)
    except ValueError as reason:
        raise Unusable(f"verify: {reason}") from reason
    why = f" ({judgement.explanation or judgement.reason})" if judgement.explanation or judgement.reason else ""
    sys.stdout.write(f"{judgement.verdict}{why.replace('_', ' ')}: {describe(judgement)}\n")
    if edit := hint(judgement):
        sys.stdout.write(f"hint: {edit}\n")
    return 1 if judgement.verdict in FAILING else 0


def verify_table(path: str) -> int:
    """Judge every row of a table, write it with its verdict to standard output and the sums to standard error."""
    from tallysheet.figures.verify import TableError, verify_csv
    from tallysheet.unusable import Unusable

    def tell(line: int, reason: str) -> None:
        sys.stderr.write(f"tallysheet: {path}:{line}: {reason}\n")

    with ExitStack() as stack:
        try:
            if path == "-":
                lines = stack.enter_context(open(sys.stdin.fileno(), encoding="utf-8", newline="", closefd=False))
            else:
                lines = stack.enter_context(open(path, encoding="utf-8", newline=""))  # noqa: PTH123 - beside it
            verdicts = verify_csv(lines, sys.stdout.write, tell)
        except TableError as reason:
            raise Unusable(f"verify: {path}: {reason}") from reason
        except UnicodeDecodeError as reason:
            raise Unusable(f"verify: {path}: is not UTF-8: {reason.reason} at byte {reason.start}") from reason
        except OSError as reason:
            if reason.filename is None:  # what can't be written is not the table's fault
                raise
            raise Unusable(f"verify: {path}: {reason.strerror}") from reason
    sums = ", ".join(f"{number:,} {verdict.replace('_', ' ')}" for verdict, number in sorted(verdicts.items()))
    sys.stderr.write(f"{sum(verdicts.values()):,} rows: {sums or 'nothing to judge'}\n")
    return 1 if any(verdicts[verdict] for verdict in FAILING) else 0
