"""The one place that drives PyYAML: a stream of parser events, from libyaml where it is there, else from Python.

No constructor and no resolver is ever made, so no tag can do anything.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

PARSE_ERRORS: Final = (
    yaml.YAMLError,  # what libyaml's scanner, parser and reader find wrong
    ValueError,  # UnicodeDecodeError: a tag's %-escapes are no UTF-8; ValueError: chr() of a number beyond Unicode
    OverflowError,  # chr() of a number beyond 32 bits
)
"""What the parsers raise on text that holds no forbidden character; anything else is a bug here, and not hidden."""


_HALF = re.compile("[\ud800-\udfff]")


class PurePython(Reader, Scanner, Parser):
    """PyYAML's own parser, for where libyaml is missing: slower, with the same answers."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        """Return the next event; refuse half characters (surrogates), as libyaml does."""
        event: Any = Parser.get_event(self)  # type: ignore[no-untyped-call]  # its stub has no types
        if type(event) is yaml.ScalarEvent and _HALF.search(event.value):
            raise ValueError("half a character")
        return event

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments and line breaks; also tabs where libyaml skips them, which the original refuses."""
        while True:
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]  # the same
                return
            if not self.flow_level:
                self.allow_simple_key = True


try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # PyYAML was built without libyaml
    _Parser = PurePython  # type: ignore[assignment,misc]  # it has the one method that is called


def events(text: str | bytes) -> Iterator[Any]:
    """Return the parser events of a text, ended by the end of the stream."""
    parser = _Parser(text)
    return iter(parser.get_event, None)
