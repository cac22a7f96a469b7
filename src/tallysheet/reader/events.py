"""The one place that drives PyYAML: a stream of parser events, from libyaml where it is there, else from Python.

No constructor and no resolver is ever made, so no tag can do anything.
"""

from collections.abc import Iterator
from typing import Any, Final

import yaml

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml
    from tallysheet.reader.pure import PurePython as Parser  # type: ignore[assignment]  # all that is called is there

PARSE_ERRORS: Final = (
    yaml.YAMLError,  # what libyaml's scanner, parser and reader find wrong
    ValueError,  # UnicodeDecodeError: a tag's %-escapes are no UTF-8; ValueError: chr() of a number beyond Unicode
    OverflowError,  # chr() of a number beyond 32 bits
)
"""What the parsers raise on text that holds no forbidden character; anything else is a bug here, and not hidden."""


def events(text: str | bytes) -> Iterator[Any]:
    """Return the parser events of a text, ended by the end of the stream."""
    return iter(Parser(text).get_event, None)
