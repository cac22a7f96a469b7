"""What is doubtful about a DOI that can be read: its prefix, and what stands inside its suffix."""

import re
from typing import TYPE_CHECKING

from .doi_forms import find_breach
from .look_alikes import describe
from .surface import show

if TYPE_CHECKING:
    from .doi_reading import Reading

_TEST_PREFIXES = frozenset({"10.5555", "10.1234", "10.12345", "10.0000", "10.9999", "10.55555"})
_FUNDERS = "10.13039"
_SHORTEST, _LONGEST = 4, 9

_DOUBLED = re.compile(r"([._,;!?/*~'\"|=&])\1+", re.ASCII)
# The last character of a SICI is a check character, which may be "#" (ANSI/NISO Z39.56).
_MARK = re.compile(r"\?|#(?<!;[0-9]-#)|#(?!$)", re.ASCII)
_PLACEHOLDER = re.compile(r"x{3,}|(?<![0-9])0{8,}(?![0-9])", re.ASCII)
_ESCAPED = re.compile(r"\\(?:[nrt](?![a-z0-9])|-)?", re.ASCII)
_QUOTES = '"`'
_PAIRS = ("()", "[]", "{}", "<>")


def doubt_prefix(reading: "Reading", prefix: str) -> None:
    """Add what is doubtful about a well-formed prefix."""
    registrant = prefix.split(".")[1]
    if prefix in _TEST_PREFIXES:
        reading.doubts.append(f"{prefix} is a prefix for tests and examples, no publisher's")
    elif prefix == _FUNDERS:
        reading.doubts.append("10.13039 names funders, not publications")
    elif prefix.startswith(("10.978.", "10.979.")):
        # An ISBN-A: the ISBN's prefix element stands for the registrant.
        return
    elif len(registrant) < _SHORTEST:
        reading.doubts.append(f"the registrant {registrant} has fewer than {_SHORTEST} digits, so one may be lost")
    elif any(len(part) > _LONGEST for part in prefix.split(".")):
        reading.doubts.append(f"the prefix {show(prefix)} has a number of more than {_LONGEST} digits")
    elif registrant[0] == "0":
        reading.doubts.append(f"the registrant {registrant} begins with 0, which none does")


def doubt_body(reading: "Reading") -> None:
    """Mend, as a doubt, what is rarely meant inside a suffix."""
    if "\\" in reading.text:
        reading.doubt(_ESCAPED.sub("", reading.text), "holds a backslash, as escaped for TeX or Markdown")
    doubled = _DOUBLED.search(reading.text)
    if doubled is not None:
        reading.doubt(_DOUBLED.sub(r"\1", reading.text), f"holds {show(doubled[0])}, doubled punctuation")


def doubt_suffix(reading: "Reading", prefix: str, suffix: str) -> None:
    """Add what is doubtful about a suffix and can't be mended: the name is left as it is."""
    if "::" in suffix and not ("<" in suffix or "[" in suffix):
        reading.doubts.append('holds "::", which only a SICI has')
    for pair in _PAIRS:
        if suffix.count(pair[0]) != suffix.count(pair[1]):
            reading.doubts.append(f'has "{pair[0]}" and "{pair[1]}" that do not pair')
    mark = _MARK.search(suffix)
    if mark is not None:
        where = "may be a part of the name or a place in a web page" if mark[0] == "#" else "may begin a query"
        reading.doubts.append(f"holds {show(mark[0])}: {show(suffix[mark.start() :])} {where}")
    quote = next((character for character in suffix if character in _QUOTES), None)
    if quote is not None:
        reading.doubts.append(f"holds a quotation mark ({quote}), left over from a text or a page")
    foreign = next((character for character in suffix if character > "~"), None)
    if foreign is not None:
        reading.doubts.append(f"holds {describe(foreign)}, which is no ASCII character")
    placeholder = _PLACEHOLDER.search(suffix)
    if placeholder is not None:
        reading.doubts.append(f"{show(placeholder[0])} looks like a placeholder")
    breach = find_breach(prefix, suffix)
    if breach is not None:
        reading.doubts.append(breach)
