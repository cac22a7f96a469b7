"""Every figure can be checked against something.

Why. A figure that was not checked is not one that holds: how many there are, and why, says how far the green of the
check reaches.

What is asked. How many figures of the whole collection nothing could be said of, by reason.

How to fix. Where a part is missing (a count, a total), look whether the publication gives it. Many publications do
not: then it stays.

Limits. The reasons are those of the rules; which figures they are, `tallysheet figures RECORD` shows.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer
from tallysheet.collection import Collection
from tallysheet.words import counted


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield the reasons for which figures were not checked, the most frequent first."""
    report = collection.report
    for reason, number in sorted(report.reasons.items(), key=lambda one: (-one[1], one[0])):
        yield Answer("fact", (), f"{counted(number, 'figure')} not checkable: {reason}")
    if report.figures["not_run"]:
        message = f"{counted(report.figures['not_run'], 'check')} not run, since what they rely on is not well formed"
        yield Answer("gap", (), message, "tallysheet check says what is not well formed", 4)
