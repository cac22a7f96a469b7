"""What can be wrong with one text: its first character, its quotes, its escapes, a colon too many."""

import re

from tallysheet.reader.complaint import Complaint, in_quotes, indent
from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert

KEY_CHARACTERS = 1024
"""How long a key may be that is not marked by `?` (YAML 1.2.2, section 7.4)."""


def second_colon(complaint: Complaint) -> Flaw:
    """Return what to say of a colon where a value goes on: a text without quotes, or a key at a wrong indentation."""
    at, line = complaint.at, complaint.line
    number, column = complaint.lines.place(at)
    before = line[: column - 1]
    if column > KEY_CHARACTERS:
        return long_key(complaint._replace(begun=complaint.lines.start(number)))
    if re.fullmatch(r"\s*[^\s:#]+(?: [^:]*)?", before) and number > 1:
        above = complaint.lines.line(number - 1)
        start = complaint.lines.start(number) + len(before) - len(before.lstrip())
        if above.strip() and not re.search(r":(?:[ \t]|$)", above):
            return no_colon(complaint._replace(begun=complaint.lines.start(number - 1) + indent(above)))
        if indent(line) > indent(above):
            message = f"{inert(before.strip())} is indented deeper than the line above, which has its value already"
            return Flaw("syntax", start, at, message, "indent the keys of one mapping alike")
    message = "a second colon with a space after it, in a value without quotes"
    return Flaw("syntax", at, at + 1, message, in_quotes(line, "put the value in quotes"))


def no_colon(complaint: Complaint) -> Flaw:
    """Return what to say of a line that should be a key and has no colon."""
    start = complaint.begun
    line = complaint.lines.line(complaint.lines.place(start)[0])
    if len(line) > KEY_CHARACTERS:
        return long_key(complaint)
    message = f"{inert(line.strip())} has no colon with a space after it"
    return Flaw("syntax", start, start + len(line.strip()), message, "write key: value, or indent what goes on a text")


def long_key(complaint: Complaint) -> Flaw:
    """Return what to say of a key so long that the parser gave up on its colon."""
    start = complaint.begun
    message = f"a key of more than {KEY_CHARACTERS:,} characters, or a long line without a colon"
    return Flaw("syntax", start, start + 1, message, "keys are short words; put a long text in quotes after its key")


_RESERVED = {"@": "is reserved", "`": "is reserved", "%": "begins a directive"}


def bad_start(complaint: Complaint) -> Flaw:
    """Return what to say of a character that no text without quotes begins with."""
    at, character = complaint.at, complaint.character
    if character == "\t":
        message = "a tab stands where only spaces may indent"
        return Flaw("syntax", at, at + 1, message, "replace it by spaces")
    why = _RESERVED.get(character, "cannot begin a value")
    message = f"{inert(character)} {why} in YAML, and cannot begin a text without quotes"
    return Flaw("syntax", at, at + 1, message, in_quotes(complaint.line, "put the text in quotes"))


def touching_colon(complaint: Complaint) -> Flaw:
    """Return what to say of a colon that touches a bracket or comma."""
    colon = re.compile(r":[,?\[\]{}]").search(complaint.text, complaint.begun)
    at = colon.start() if colon else complaint.at
    message = "a colon touches a bracket, comma or question mark, in a text without quotes"
    return Flaw("syntax", at, at + 1, message, "put the text in quotes, or a space after the colon")


def open_quote(complaint: Complaint) -> Flaw:
    """Return what to say of quotes that are never closed."""
    start = complaint.begun
    quote = complaint.text[start : start + 1] or '"'
    message = f"the text that begins with {quote} here never ends"
    return Flaw("syntax", start, start + 1, message, f"close it with {quote}")


def unknown_escape(complaint: Complaint) -> Flaw:
    """Return what to say of a backslash before a character that makes no escape."""
    at = complaint.text.find("\\", max(complaint.at - 1, 0))
    shown = inert(complaint.text[at : at + 2])
    hint = f"write \\{shown} for a backslash, or put the text in single quotes"
    return Flaw("syntax", at, at + 2, f"{shown} is no escape", hint)


def escape_digits(complaint: Complaint) -> Flaw:
    """Return what to say of an escape with too few digits."""
    at = complaint.text.rfind("\\", 0, complaint.at)
    letter = complaint.text[at + 1 : at + 2]
    digits = {"x": 2, "u": 4, "U": 8}.get(letter, 2)
    hint = f"write them, or \\\\{letter} for a backslash"
    return Flaw("syntax", at, at + 2, f"\\{letter} is not followed by {digits} hexadecimal digits", hint)


_HEX = "[0-9a-fA-F]"
_HALF = rf"(?:U0000|u)[dD][89a-fA-F]{_HEX}{{2}}"
_SURROGATE = re.compile(rf"\\{_HALF}")
BEYOND = re.compile(rf"\\(?:{_HALF}|U(?!000{_HEX}|0010){_HEX}{{8}})")
"""An escape for half a character, or for more than there are."""
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def escape_range(complaint: Complaint) -> Flaw:
    """Return what to say of an escape for something that is no character."""
    start = complaint.text.rfind("\\", 0, complaint.at)
    end = start + (6 if complaint.text[start + 1 : start + 2] == "u" else 10)
    shown = inert(complaint.text[start:end])
    if _SURROGATE.match(complaint.text, start):
        hint = "write the whole character"
        if pair := _PAIR.match(complaint.text, start):
            high, low = (int(half, 16) for half in pair.groups())
            point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
            hint += f" itself, or \\U{point:08X}"
        return Flaw("forbidden-character", start, end, f"{shown} is half a character (a surrogate)", hint)
    return Flaw("syntax", start, end, f"{shown} is beyond the last character there is", "write the character itself")


def block_text(complaint: Complaint) -> Flaw:
    """Return what to say of `>` or `|` with text beside it."""
    at = complaint.begun
    line = complaint.lines.line(complaint.lines.place(at)[0])
    shown = inert(complaint.text[at : at + 1])
    if re.search("equal to 0|range 1-9", complaint.said):
        return Flaw("syntax", at, at + 2, f"{shown}0 begins no text", f"write {shown} alone")
    message = f"{shown} begins a text on the following lines, but more stands beside it"
    return Flaw("syntax", at, at + 1, message, in_quotes(line, f"put the value in quotes if it begins with {shown}"))


def block_tab(complaint: Complaint) -> Flaw:
    """Return what to say of a tab in the indentation of a text."""
    at = complaint.at
    return Flaw("syntax", at, at + 1, "a tab stands where only spaces may indent", "replace it by spaces")
