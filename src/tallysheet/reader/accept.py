"""The short ways through a record that is fine: its value, or None where the long way (`build`) has to look.

Most of what is read passes, so that this is what reading costs. They make no positions and no messages, and give up at
the first thing that is not plainly in order; what they accept, `build` accepts with the same value. The shorter one is
compiled (`plain/`), takes what all records share, and declines all else; where it was not built, nothing changes but
the time.
"""

from typing import Any

from tallysheet.reader.scalars import REFUSED, resolve

try:
    from tallysheet.reader._plain import read_marks, read_plain
except ImportError:  # installed without a compiler
    read_plain = read_marks = None  # type: ignore[assignment]  # whoever calls one looks first

__all__ = ["accept", "accept_events", "read_marks", "read_plain"]


def accept(data: bytes, text: str) -> dict[str, Any] | None:
    """Return the value of a record in which nothing is wrong, or None: then something may be."""
    if read_plain is not None:
        # Beside CR LF no CR is plain; to every parser a line end is the same in both ways of writing it.
        value = read_plain(data.replace(b"\r\n", b"\n") if b"\r" in data else data, resolve, REFUSED)
        if value is not None:
            return value
    return accept_events(data, text)


def accept_events(data: bytes, text: str) -> dict[str, Any] | None:
    """Return the same from the events of a parser: what the compiled way has to agree with."""
    from tallysheet.reader.from_events import value_of  # with a parser that the compiled way does without

    return value_of(data, text)
