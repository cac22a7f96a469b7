"""`tallysheet fmt`: put the keys of records in order and mend their layout, and nothing that a value says."""

import argparse

from tallysheet.commands.fix import add_arguments, rewrite_all

__all__ = ["add_arguments", "run"]


def run(arguments: argparse.Namespace) -> int:
    """Put records in form; returns 1 if one is left alone or, with --check, would change."""
    from tallysheet.fixes.records import format_records

    return rewrite_all(arguments, format_records)
