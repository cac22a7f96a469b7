"""PyYAML's own parser, for where it was built without libyaml: slower, and brought to say what libyaml says.

What it accepts has the same value. It is stricter in two things, which are errors of syntax to it: a tab beside `|` or
`>`, and a question mark in a text without quotes within brackets.
"""

import re
from typing import Any

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

_HALF = re.compile("[\ud800-\udfff]")
_TOUCHING = re.compile(r":[,?\[\]{}]")


class PurePython(Reader, Scanner, Parser):
    """A parser with the one method that is called, `get_event`."""

    def __init__(self, text: str | bytes) -> None:
        Reader.__init__(self, text.decode() if isinstance(text, bytes) else text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        """Return the next event; refuse half characters (surrogates)."""
        event: Any = Parser.get_event(self)  # type: ignore[no-untyped-call]  # its stub has no types
        if type(event) is yaml.ScalarEvent and _HALF.search(event.value):
            raise ValueError("half a character")
        return event

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments and line breaks; also tabs that do not indent."""
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

    def scan_plain(self) -> Any:
        """Return a text without quotes; refuse a colon that touches a bracket within brackets."""
        token: Any = Scanner.scan_plain(self)
        start, end = token.start_mark.index, token.end_mark.index
        if self.flow_level and (colon := _TOUCHING.search(self.buffer, start, end + 2)) and colon.start() <= end:
            raise ScannerError(
                "while scanning a plain scalar", token.start_mark, "found unexpected ':'", token.end_mark
            )
        return token

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:
        """Return the blanks within a text without quotes, folded; they may be tabs, but for those that indent."""
        blanks = self._blanks()
        if self.peek() not in "\r\n":
            return [blanks] if blanks else []
        breaks = []
        while self.peek() in " \t\r\n":
            if self.peek() in "\r\n":
                breaks.append(self.scan_line_break())  # type: ignore[no-untyped-call]  # the same
                self.allow_simple_key = True
                if self.prefix(3) in {"---", "..."} and self.peek(3) in "\0 \t\r\n":
                    return None
            elif self.peek() == "\t" and self.column < indent:
                problem = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start_mark, problem, self.get_mark())
            else:
                self.forward()
        return breaks[1:] or [" "]

    def scan_block_scalar_indentation(self) -> Any:
        """Return the blank lines at the start of a block text, and its indentation; refuse a tab in it."""
        found: Any = Scanner.scan_block_scalar_indentation(self)
        self._refuse_tab()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> Any:
        """Return the blank lines within a block text; refuse a tab that indents."""
        found: Any = Scanner.scan_block_scalar_breaks(self, indent)
        if self.column < indent:
            self._refuse_tab()
        return found

    def _refuse_tab(self) -> None:
        if self.peek() == "\t":
            mark, problem = self.get_mark(), "found a tab character where an indentation space is expected"
            raise ScannerError("while scanning a block scalar", mark, problem, mark)

    def _blanks(self) -> str:
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks: str = self.prefix(length)
        self.forward(length)
        return blanks
