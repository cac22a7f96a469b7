"""A parser's complaint, in words that help the author: what is wrong, where, and what to write instead."""

import re
from typing import Any, NamedTuple

from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert
from tallysheet.reader.places import Lines
from tallysheet.reader.properties import told

KEY_CHARACTERS = 1024
"""How long a key may be that is not marked by `?` (YAML 1.2.2, section 7.4)."""


class Complaint(NamedTuple):
    """What a parser says, with the source to look at: `at` is where it stopped, `begun` where the construct began."""

    said: str
    at: int
    begun: int
    opened: int | None
    lines: Lines

    @property
    def text(self) -> str:
        """The whole source."""
        return self.lines.text

    @property
    def line(self) -> str:
        """The line on which the parser stopped."""
        return self.lines.line(self.lines.place(self.at)[0])

    @property
    def character(self) -> str:
        """The character at which the parser stopped; empty at the end."""
        return self.text[self.at : self.at + 1]


def explain(error: Exception, lines: Lines, last: int, opened: int | None) -> Flaw:
    """Return what to tell the author of a parser's error.

    `last` is the end of the last event before it, `opened` the start of the innermost `[` or `{` that is still open.
    """
    known: Any = error
    problem, context = getattr(known, "problem", None) or "", getattr(known, "context", None) or ""
    at = known.problem_mark.index if getattr(known, "problem_mark", None) else last
    begun = known.context_mark.index if getattr(known, "context_mark", None) else at
    complaint = Complaint(f"{context}: {problem}", at, begun, opened, lines)
    for pattern, tell in _TELLERS:
        if pattern.search(complaint.said):
            return tell(complaint)
    if isinstance(error, UnicodeDecodeError) and (tag := re.compile(r"![^\s,\[\]{}]*%").search(lines.text, last)):
        return _tag(complaint._replace(begun=tag.start()))
    if isinstance(error, ValueError | OverflowError) and (escape := _BEYOND.search(lines.text, last)):
        return _escape_range(complaint._replace(at=escape.start() + 2))
    return Flaw("syntax", at, at + 1, "the file cannot be read from here on", "compare with a record that passes")


def _quoted(value: str) -> str:
    """Return a value as it would stand in quotes."""
    shown = inert(value)
    return f"'{shown}'" if '"' in shown and "'" not in shown else '"' + shown.replace('"', '\\"') + '"'


_FIELD = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#'\"\[\]{}][^:]*?)\s*:\s+(?P<value>.*?)\s*(?:\s#.*)?")


def _in_quotes(line: str, otherwise: str) -> str:
    """Return the hint to put the value of a line in quotes, with the edit where the line has a key."""
    field = _FIELD.fullmatch(line)
    if field and field["value"]:
        return f"put the value in quotes: {inert(field['key'])}: {_quoted(field['value'])}"
    return otherwise


def _second_colon(complaint: Complaint) -> Flaw:
    at, line = complaint.at, complaint.line
    number, column = complaint.lines.place(at)
    before = line[: column - 1]
    if column > KEY_CHARACTERS:
        return _long_key(complaint._replace(begun=complaint.lines.start(number)))
    if re.fullmatch(r"\s+[^\s:#]+(?: [^:]*)?", before):
        start = complaint.lines.start(number) + len(before) - len(before.lstrip())
        message = f"{inert(before.strip())} is indented deeper than the line above, which has its value already"
        return Flaw("syntax", start, at, message, "indent the keys of one mapping alike")
    message = "a second colon with a space after it, in a value without quotes"
    return Flaw("syntax", at, at + 1, message, _in_quotes(line, "put the value in quotes"))


def _no_colon(complaint: Complaint) -> Flaw:
    start = complaint.begun
    line = complaint.lines.line(complaint.lines.place(start)[0])
    if len(line) > KEY_CHARACTERS:
        return _long_key(complaint)
    message = f"{inert(line.strip())} has no colon with a space after it"
    return Flaw("syntax", start, start + len(line.strip()), message, "write key: value, or indent what goes on a text")


def _long_key(complaint: Complaint) -> Flaw:
    start = complaint.begun
    message = f"a key of more than {KEY_CHARACTERS:,} characters, or a long line without a colon"
    return Flaw("syntax", start, start + 1, message, "keys are short words; put a long text in quotes after its key")


_RESERVED = {"@": "is reserved", "`": "is reserved", "%": "begins a directive"}


def _bad_start(complaint: Complaint) -> Flaw:
    at, character = complaint.at, complaint.character
    if character == "\t":
        message = "a tab stands where only spaces may indent"
        return Flaw("syntax", at, at + 1, message, "replace it by spaces")
    why = _RESERVED.get(character, "cannot begin a value")
    message = f"{inert(character)} {why} in YAML, and cannot begin a text without quotes"
    return Flaw("syntax", at, at + 1, message, _in_quotes(complaint.line, "put the text in quotes"))


def _dash(complaint: Complaint) -> Flaw:
    at = complaint.at
    hint = "begin the list on the next line, or put the value in quotes if it is a text"
    return Flaw("syntax", at, at + 1, "a list cannot begin on the line of its key", hint)


def _question(complaint: Complaint) -> Flaw:
    at = complaint.at
    return Flaw("syntax", at, at + 1, "a key cannot begin here", "put the text in quotes if it begins with ?")


def _open_quote(complaint: Complaint) -> Flaw:
    start = complaint.begun
    quote = complaint.text[start : start + 1] or '"'
    message = f"the text that begins with {quote} here never ends"
    return Flaw("syntax", start, start + 1, message, f"close it with {quote}")


def _unknown_escape(complaint: Complaint) -> Flaw:
    at = complaint.text.find("\\", max(complaint.at - 1, 0))
    shown = inert(complaint.text[at : at + 2])
    hint = f"write \\{shown} for a backslash, or put the text in single quotes"
    return Flaw("syntax", at, at + 2, f"{shown} is no escape", hint)


def _escape_digits(complaint: Complaint) -> Flaw:
    at = complaint.text.rfind("\\", 0, complaint.at)
    letter = complaint.text[at + 1 : at + 2]
    digits = {"x": 2, "u": 4, "U": 8}.get(letter, 2)
    hint = f"write them, or \\\\{letter} for a backslash"
    return Flaw("syntax", at, at + 2, f"\\{letter} is not followed by {digits} hexadecimal digits", hint)


_BEYOND = re.compile(r"\\(?:U(?!000[0-9a-fA-F]|0010)[0-9a-fA-F]{8}|U0000[dD][89a-fA-F]..|u[dD][89a-fA-F]..)")
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_SURROGATES = range(0xD800, 0xE000)


def _escape_range(complaint: Complaint) -> Flaw:
    start = complaint.text.rfind("\\", 0, complaint.at)
    digits = re.compile(r"[0-9a-fA-F]+").match(complaint.text, start + 2, start + 10)
    end = start + (6 if complaint.text[start + 1 : start + 2] == "u" else 10)
    shown = complaint.text[start:end]
    if digits and int(complaint.text[start + 2 : end], 16) in _SURROGATES:
        hint = "write the whole character"
        if pair := _PAIR.match(complaint.text, start):
            high, low = (int(half, 16) for half in pair.groups())
            point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
            hint += f" itself, or \\U{point:08X}"
        return Flaw("forbidden-character", start, end, f"{shown} is half a character (a surrogate)", hint)
    return Flaw("syntax", start, end, f"{shown} is beyond the last character there is", "write the character itself")


def _flow(complaint: Complaint) -> Flaw:
    opened = complaint.begun if complaint.opened is None else complaint.opened
    bracket = complaint.text[opened : opened + 1]
    number, line = complaint.lines.place(opened)[0], complaint.lines.place(complaint.at)[0]
    ended = not complaint.text[complaint.at :].strip()
    if bracket in {"[", "{"}:
        closing = "]" if bracket == "[" else "}"
        if ended or (line > number and _indent(complaint.line) <= _indent(complaint.lines.line(number))):
            return Flaw("syntax", opened, opened + 1, f"{bracket} is never closed", f"close it with {closing}")
        shown = inert(complaint.text[complaint.at : complaint.at + 1])
        message = f"{shown} where a comma or {closing} would fit, since {bracket} is open"
        hint = "put a comma between the items, and quotes around a text that holds , [ ] { } or :"
        return Flaw("syntax", complaint.at, complaint.at + 1, message, hint)
    return _node(complaint)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(complaint: Complaint) -> Flaw:
    at = complaint.at
    number, column = complaint.lines.place(at)
    line = complaint.line
    before = line[: column - 1].rstrip()
    if complaint.character in {"]", "}"}:
        return _node(complaint)
    if before.endswith(("'", '"', "]", "}")):
        shown = inert(line[column - 1 :].strip())
        hint = 'close the quotes at the end of the value, and write a quote within it as \\"'
        return Flaw("syntax", at, at + 1, f"{shown} follows a value that has ended", hint)
    if complaint.character == "-":
        hint = "indent the items of one list alike, under their key"
        return Flaw("syntax", at, at + 1, "a list item stands where a key would fit", hint)
    start = complaint.lines.start(number) + _indent(line)
    message = f"the line is indented by {_indent(line)}, which fits no line above it"
    return Flaw("syntax", start, start + 1, message, "indent the keys of one mapping, and the items of one list, alike")


def _node(complaint: Complaint) -> Flaw:
    at, shown = complaint.at, inert(complaint.character)
    if not shown.strip():
        return Flaw("syntax", at, at + 1, "a value is missing here", "write the value")
    if complaint.character in {"]", "}"}:
        return Flaw("syntax", at, at + 1, f"{shown} closes nothing", "remove it, or put the text in quotes")
    message = f"{shown} stands where a value would fit"
    return Flaw("syntax", at, at + 1, message, _in_quotes(complaint.line, "put the text in quotes"))


def _block_text(complaint: Complaint) -> Flaw:
    at = complaint.begun
    line = complaint.lines.line(complaint.lines.place(at)[0])
    shown = inert(complaint.text[at : at + 1])
    message = f"{shown} begins a text on the following lines, but more stands beside it"
    return Flaw("syntax", at, at + 1, message, _in_quotes(line, f"put the value in quotes if it begins with {shown}"))


def _block_tab(complaint: Complaint) -> Flaw:
    at = complaint.at
    return Flaw("syntax", at, at + 1, "a tab stands where only spaces may indent", "replace it by spaces")


def _tag(complaint: Complaint) -> Flaw:
    source = re.compile(r"!<[^>\n]*>?|![^\s,\[\]{}]*").match(complaint.text, complaint.begun)
    return told(source.group() if source else "!", complaint.begun)


def _anchor(complaint: Complaint) -> Flaw:
    source = re.compile(r"&\S*").match(complaint.text, complaint.begun)
    return told(source.group() if source else "&", complaint.begun)


def _alias(complaint: Complaint) -> Flaw:
    start = complaint.begun
    source = re.compile(r"\*\S*").match(complaint.text, start)
    shown = inert(source.group() if source else "*")
    message = f"{shown} begins like an alias, which stands for a value written elsewhere"
    hint = _in_quotes(complaint.line, "put the text in quotes")
    return Flaw("alias", start, start + len(source.group() if source else "*"), message, hint)


def _directive(complaint: Complaint) -> Flaw:
    start = complaint.begun
    hint = "remove the line, or indent and quote the text it belongs to"
    return Flaw("directive", start, start + 1, "a line that begins with % is a directive", hint)


# Libyaml's words, and PyYAML's own where they differ.
_TELLERS = tuple(
    (re.compile(pattern), tell)
    for pattern, tell in (
        (r"(scanning|parsing) an? (\S+ )?tag|undefined tag handle", _tag),
        (r"scanning an anchor", _anchor),
        (r"scanning an alias", _alias),
        (r"scanning a directive|%\w+ directive|incompatible YAML", _directive),
        (r"mapping values are not allowed", _second_colon),
        (r"mapping keys are not allowed", _question),
        (r"sequence entries are not allowed", _dash),
        (r"cannot start any token", _bad_start),
        (r"could not find expected ':'", _no_colon),
        (r"unknown escape", _unknown_escape),
        (r"invalid Unicode character escape", _escape_range),
        (r"hexa?dec", _escape_digits),
        (r"quoted scalar: found unexpected (end|document)", _open_quote),
        (r"block scalar: found a tab|plain scalar: found a tab", _block_tab),
        (r"scanning a block scalar", _block_text),
        (r"parsing a flow (sequence|mapping)", _flow),
        (r"parsing a flow node", _flow),
        (r"node", _node),
        (r"parsing a block", _block),
    )
)
