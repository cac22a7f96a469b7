"""What the server and pygls log: on standard error, where editors keep it, each line fit to be shown."""

import logging
import sys

from tallysheet.editor.diagnostics import in_lines


class Inert(logging.Formatter):
    """Writes what is logged without what a record could do to a terminal: pygls quotes messages."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record of the log as lines."""
        return in_lines(f"tallysheet: {super().format(record)}")


def start_log() -> None:
    """Log warnings and errors on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Inert())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
