"""The report as text, for people: place, rule, message, the source line with the value underlined, the hint."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tallysheet.findings import Finding, Span
from tallysheet.reader.inert import inert
from tallysheet.report.sinks import log_path
from tallysheet.report.totals import totals
from tallysheet.run import Report
from tallysheet.words import counted, listed

WIDTH = 120
"""Longer source lines are cut around the value that is underlined."""


class Style(NamedTuple):
    """Terminal colours; without colour every one is empty, so that a report can be piped."""

    colour: bool = False

    def paint(self, text: str, code: str) -> str:
        """Return `text` in the colour of an SGR code."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


COLOURS = {"error": "1;31", "warning": "1;33", "acknowledged": "36"}


def write_text(report: Report, lines_of: Callable[[str], list[str]], style: Style) -> str:
    """Return the report as text; `lines_of` gives the source lines of a path."""
    sources: dict[str, list[str]] = {}
    parts: list[str] = []
    for finding in report.findings:
        if finding.severity == "acknowledged":
            continue
        if finding.path not in sources:
            sources = {finding.path: lines_of(finding.path)}
        parts.append("\n".join(block(finding, sources[finding.path], style)) + "\n")
    if acknowledged := [finding for finding in report.findings if finding.severity == "acknowledged"]:
        parts.append("\n".join(acknowledged_lines(acknowledged, style)) + "\n")
    parts.append("\n".join([*last_lines(report, style), *way_on(report)]) + "\n")
    return "\n".join(parts)


def place(path: str, span: Span) -> str:
    """Return a place as `path:line:column`, so that terminals and editors can open it."""
    return f"{log_path(path)}:{span.line}:{span.column}"


def block(finding: Finding, source: list[str], style: Style) -> Iterator[str]:
    """Yield the lines of one finding."""
    word = style.paint(finding.severity, COLOURS[finding.severity])
    yield f"{style.paint(place(finding.path, finding.span), '1')}: {word} {finding.rule}: {inert(finding.message, 400)}"
    yield from frame(finding.span, source, style)
    for also in finding.related[:8]:
        where = place(also.path, also.span) if also.path != finding.path else f"line {also.span.line}"
        yield f"  also: {where}: {inert(also.message, 200)}"
    if len(finding.related) > 8:  # noqa: PLR2004 - as many as fit the eye
        yield f"  also: {len(finding.related) - 8} more places"
    if finding.figures and finding.severity != "acknowledged":
        yield f"  pointer: {inert(finding.pointer, 200)}"
    if finding.hint:
        yield f"  {style.paint('hint:', '1;32')} {inert(finding.hint, 400)}"


def advice(finding: Finding) -> str | None:
    """Return the hint of a finding; what is acknowledged needs none."""
    return None if finding.severity == "acknowledged" else finding.hint


def frame(span: Span, source: list[str], style: Style) -> Iterator[str]:
    """Yield the source line of a span with its value underlined, cut to the width of a screen."""
    if not 1 <= span.line <= len(source):
        return
    text = source[span.line - 1].replace("\t", " ")
    start = min(span.column - 1, len(text))
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    end = max(start + 1, min(end, len(text)))
    cut = max(0, start - WIDTH // 2) if len(text) > WIDTH else 0
    shown = text[cut : cut + WIDTH]
    before, value = inert(shown[: start - cut], 10_000), inert(shown[start - cut : end - cut], 10_000)
    after = inert(shown[end - cut :], 10_000)
    lead, trail = ("..." if cut else ""), ("..." if cut + WIDTH < len(text) else "")
    number = str(span.line)
    body = f"{before}{value}{after}".replace("##[", "##\\u{5B}")  # what was cut apart may be a command together
    yield f"  {style.paint(f'{number} |', '2')} {lead}{body}{trail}"
    marks = "^" * max(1, min(columns(value), WIDTH))
    margin, indent = f"  {' ' * len(number)} {style.paint('|', '2')} ", " " * (len(lead) + columns(before))
    yield f"{margin}{indent}{style.paint(marks, '1;31')}"


def columns(text: str) -> int:
    """Return how many terminal columns a text takes: two for wide characters, none for combining ones."""
    import unicodedata  # where all holds, nothing is underlined

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def acknowledged_lines(findings: list[Finding], style: Style) -> Iterator[str]:
    """Yield a line for each contradiction that a record acknowledges, and for each finding that it waives."""
    excused = [(finding, seen) for finding in findings if (seen := finding.acknowledged) and seen.until]
    own = [finding for finding in findings if not (finding.acknowledged and finding.acknowledged.until)]
    if own:
        title = f"{counted(len(own), 'discrepancy', 'discrepancies')} of the publications, acknowledged:"
        yield style.paint(title, "1")
        for finding in own:
            yield f"  {place(finding.path, finding.span)}: {finding.rule}: {inert(finding.message, 200)}"
    if excused:
        yield style.paint(f"{counted(len(excused), 'finding')} waived:", "1")
        for finding, seen in excused:
            until = f"until {inert(seen.until or '')} by {inert(seen.by)}"
            yield f"  {place(finding.path, finding.span)}: {finding.rule}: {inert(finding.message, 200)} ({until})"


def way_on(report: Report) -> Iterator[str]:
    """Yield the command that shows why a rule is there and how to mend what it finds, where anything is found."""
    rules = list(dict.fromkeys(finding.rule for finding in report.findings if finding.severity != "acknowledged"))
    if len(rules) == 1:
        yield f"why, and how to mend it: tallysheet explain {rules[0]}"
    elif rules:
        yield f"why, and how to mend it: tallysheet explain RULE, such as {rules[0]}"


def last_lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the totals and, last, the verdict in one line."""
    sums = totals(report)
    figures = sums["figures"]
    words = [counted(figures["consistent"], "figure") + " consistent", f"{figures['wrong']:,} wrong"]
    if figures["acknowledged"]:
        words.append(f"{figures['acknowledged']:,} acknowledged")
    words += [f"{figures['not_checkable']:,} not checkable", f"{figures['not_run']:,} not run"]
    yield ", ".join(words)
    for note in report.notes:
        yield style.paint(f"note: {inert(note, 400)}", "33")
    if report.rules_off:
        names = listed(report.rules_off) if len(report.rules_off) <= 6 else f"{len(report.rules_off)}"  # noqa: PLR2004 - a line
        yield style.paint(f"rules that did not run: {names}", "33")
    errors, warnings = sums["findings"]["error"], sums["findings"]["warning"]
    records = counted(report.records, "record")
    if report.unchanged:
        records += f" judged, {report.unchanged:,} unchanged"
    if report.crashes:
        yield style.paint(f"{records}: {counted(len(report.crashes), 'rule')} failed to run (internal error)", "1;31")
    elif errors or warnings:
        bad = sums["records"]["with_findings"]
        found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')} in {counted(bad, 'record')}"
        yield style.paint(f"{records}: {found}", "1;31")
    elif report.records or report.unchanged:
        yield style.paint(f"{records}: all holds", "1;32")
    else:
        yield style.paint("no record was checked", "1;31")
