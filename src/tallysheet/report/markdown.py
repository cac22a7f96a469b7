"""The report as a Markdown table, for the summary of a job or a comment.

All that comes from a record stands in code spans: there nothing is markup, mention, image, link or HTML. The one
link of a row leads from the name of a rule to its page.
"""

from tallysheet.findings import Finding
from tallysheet.pages import address_of
from tallysheet.report.sinks import code_cell, log_path
from tallysheet.report.text import Style, advice, last_lines
from tallysheet.run import Report
from tallysheet.words import counted

LARGEST = 1 << 20
"""Bytes that GitHub takes of a step's summary; it drops a larger one whole."""
TAIL = 1000
"""Bytes kept free for what is said below the table."""
HEAD = "| severity | place | rule | message |\n| --- | --- | --- | --- |\n"
LONGEST = 400
RANK = {"error": 0, "warning": 1, "acknowledged": 2}


def write_markdown(report: Report, room: int = LARGEST) -> str:
    """Return the verdict and a table of the findings in at most `room` bytes: changed files first, then errors."""
    *sums, verdict = last_lines(report, Style())
    parts = [f"### tallysheet\n\n**{verdict}**\n\n", *(f"{code_cell(line, 4 * LONGEST)}\n\n" for line in sums)]

    def rank(finding: Finding) -> tuple[bool, int]:
        return finding.path not in report.changed, RANK[finding.severity]

    rows = [as_row(finding) for finding in sorted(report.findings, key=rank)]
    left = room - TAIL - sum(len(part.encode()) for part in (*parts, HEAD))
    shown = 0
    while shown < len(rows) and (left := left - len(rows[shown].encode())) >= 0:
        shown += 1
    if shown:
        parts += [HEAD, *rows[:shown]]
    if hidden := len(rows) - shown:
        parts.append(f"\n{counted(hidden, 'finding')} not shown: the table ends where GitHub would drop it (1 MiB)\n")
    return "".join(parts)


def as_row(finding: Finding) -> str:
    """Return the row of one finding."""
    span = finding.span
    where = code_cell(f"{log_path(finding.path)}:{span.line}:{span.column}")
    message = code_cell(finding.message, LONGEST)
    hint = f" hint: {code_cell(advised, LONGEST)}" if (advised := advice(finding)) else ""
    rule = code_cell(finding.rule)
    address = address_of(finding.rule)
    name = f"[{rule}]({address})" if address else rule
    return f"| {finding.severity} | {where} | {name} | {message}{hint} |\n"
