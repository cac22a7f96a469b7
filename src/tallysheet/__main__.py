"""Runs the command line."""


def run() -> int:
    """Run the command and return its exit code."""
    return 2
