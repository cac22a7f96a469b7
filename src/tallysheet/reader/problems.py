"""A parser's complaint, in words that help the author: what is wrong, where, and what to write instead."""

import re
from typing import Any

from tallysheet.reader import problems_of_layout as layout
from tallysheet.reader import problems_of_text as text
from tallysheet.reader.complaint import Complaint, in_quotes
from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert
from tallysheet.reader.places import Lines
from tallysheet.reader.properties import told

_TOKEN = re.compile(r"!<[^>\n]*>?|![^\s,\[\]{}]*|[&*]\S*")
_ESCAPED_TAG = re.compile(r"![^\s,\[\]{}]*%")


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
    if isinstance(error, UnicodeDecodeError) and (tag := _ESCAPED_TAG.search(lines.text, last)):
        return _property(complaint._replace(begun=tag.start()))
    if isinstance(error, ValueError | OverflowError) and (escape := text.BEYOND.search(lines.text, last)):
        return text.escape_range(complaint._replace(at=escape.start() + 2))
    return Flaw("syntax", at, at + 1, "the file cannot be read from here on", "compare with a record that passes")


def _token(complaint: Complaint) -> str:
    """Return the anchor, alias or tag that the parser could not take in."""
    match = _TOKEN.match(complaint.text, complaint.begun)
    return match.group() if match else complaint.character


def _property(complaint: Complaint) -> Flaw:
    return told(_token(complaint), complaint.begun)


def _alias(complaint: Complaint) -> Flaw:
    start, token = complaint.begun, _token(complaint)
    message = f"{inert(token)} begins like an alias, which stands for a value written elsewhere"
    return Flaw("alias", start, start + len(token), message, in_quotes(complaint.line, "put the text in quotes"))


def _directive(complaint: Complaint) -> Flaw:
    start = complaint.begun
    hint = "remove the line, or indent and quote the text it belongs to"
    return Flaw("directive", start, start + 1, "a line that begins with % is a directive", hint)


# Libyaml's words, and PyYAML's own where they differ.
_TELLERS = tuple(
    (re.compile(pattern), tell)
    for pattern, tell in (
        (r"(scanning|parsing) an? (\S+ )?tag|undefined tag handle", _property),
        (r"scanning an anchor", _property),
        (r"scanning an alias", _alias),
        (r"scanning a directive|%\w+ directive|incompatible YAML", _directive),
        (r"mapping values are not allowed", text.second_colon),
        (r"mapping keys are not allowed", layout.question),
        (r"sequence entries are not allowed", layout.dash),
        (r"cannot start any token", text.bad_start),
        (r"found unexpected ':'", text.touching_colon),
        (r"could not find expected ':'", text.no_colon),
        (r"unknown escape", text.unknown_escape),
        (r"invalid Unicode character escape", text.escape_range),
        (r"hexa?dec", text.escape_digits),
        (r"quoted scalar: found unexpected (end|document)", text.open_quote),
        (r"block scalar: found a tab|plain scalar: found a tab", text.block_tab),
        (r"scanning a block scalar", text.block_text),
        (r"parsing a flow (sequence|mapping)", layout.flow),
        (r"parsing a flow node", layout.flow),
        (r"node", layout.node),
        (r"parsing a block", layout.block),
    )
)
