"""Text of a stranger on its way out: one function for each place that shows it, and nothing is shown but through one.

What each must hold is said in docs/reports.md. All build on `inert`, which leaves one line of visible characters.
"""

import json
import re
from typing import Any

from tallysheet.reader.inert import inert

LONGEST = 120
"""Characters of a text in an annotation."""
LONGEST_FENCE = 40
"""Backticks around code: cmark, which GitHub uses, knows no fence of more than 80."""

_NUMBER = r"[-+]?[0-9]+(?:[.,][0-9]+)?%?"
_FORMULA = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, in its wide forms too."""
_PLACEHOLDER = r"\{([0-9]+)\}"
_BACKTICKS = "`+"


def log_line(text: str, limit: int | None = None) -> str:
    """Return `text` as (the beginning of) a line of a log, where a viewer takes a leading `::` for a command."""
    shown = inert(text, limit)
    start = len(shown) - len(shown.lstrip())
    return f"{shown[:start]}:\\u{{3A}}{shown[start + 2 :]}" if shown.startswith("::", start) else shown


def log_path(path: str) -> str:
    """Return a path as the beginning of `path:line:column`: without a colon of its own, which could forge a place."""
    return inert(path, None).replace(":", "\\u{3A}")


def command_data(text: str, limit: int = LONGEST) -> str:
    """Return `text` as the message of a workflow command, escaped as @actions/core does."""
    return inert(text, limit).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str, limit: int | None = LONGEST) -> str:
    """Return `text` as a property of a workflow command, escaped as @actions/core does."""
    escaped = inert(text, limit).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C")


def json_text(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON in ASCII, on one line unless `indent` is given, with no command to a viewer of logs."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, indent=indent)
    return text.replace("##[", "##\\u005b")


def sarif_message(text: str) -> str:
    """Return `text` as a SARIF message: with no placeholder (2.1.0, 3.11.5) and no embedded link (3.11.6)."""
    return re.sub(_PLACEHOLDER, r"{ \1 }", inert(text, None)).replace("](", "] (")


def is_inert(text: str) -> bool:
    """Tell whether `text` may stand as it is, letter by letter, where it is to be written into a file."""
    return inert(text, None) == text


def relative_uri(path: str) -> str:
    """Return a path relative to the repository as relative reference (RFC 3986): no scheme, no host, no step up."""
    from urllib.parse import quote  # no text for people has an address

    steps = [quote(step, safe="") for step in inert(path, None).split("/")]
    return "/".join(step for step in steps if step not in ("", ".", ".."))


def xml_text(text: str, limit: int | None = None) -> str:
    """Return `text` as XML 1.0 can hold it; markup is escaped by what writes the tree."""
    return log_line(text, limit)


def code_cell(text: str, limit: int | None = None) -> str:
    """Return `text` as code in a cell of a Markdown table: within, nothing is markup, mention, image or HTML."""
    shown = inert(text, limit).replace("|", "\\|")
    if not shown.strip():
        return ""
    longest = max((len(run) for run in re.findall(_BACKTICKS, shown)), default=0)
    if longest >= LONGEST_FENCE:
        shown, longest = shown.replace("`", "\\u{60}"), 0
    fence = "`" * (longest + 1)
    edge = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{edge}{shown}{edge}{fence}"


def csv_cell(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula: before one stands an apostrophe (OWASP).

    A number is left as it is: what it comes to is itself.
    """
    shown = inert(text, None)
    return f"'{shown}" if shown.lstrip(" '\"").startswith(_FORMULA) and not re.fullmatch(_NUMBER, shown) else shown


def svg_text(text: str) -> str:
    """Return `text` as character data or attribute value of an SVG document, which may stand in a page of HTML."""
    escaped = inert(text, None).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;").replace("'", "&#39;")
