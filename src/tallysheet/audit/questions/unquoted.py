"""Every figure stands beside the fragment of the publication that carries it.

Why. A figure without its quote can be checked against nothing but the publication itself, by somebody who has it.

What is asked. Which groups, results and flows have no `source.quote`, one answer a record.

How to fix. Copy the fragment that carries the figure, letter by letter, into `source.quote`.

Limits. The one patient of a case report is seldom counted in words: a group of a case report needs no quote.
"""

from collections.abc import Iterator

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.studies import GONE, in_order, patients
from tallysheet.collection import Collection, Record
from tallysheet.pointers import pointer
from tallysheet.words import counted

TOGETHER = "add the missing quotes of {count} records, beginning with {first}"


def ask(collection: Collection) -> Iterator[Answer]:
    """Yield the records that have figures without a quote."""
    for record in in_order(collection):
        places = () if record.value["status"] in GONE else tuple(Place(record.path, place) for place in bare(record))
        if places:
            message = f"{record.id} has {counted(len(places), 'figure')} without a quote"
            hint = 'add quote: "..." to the source of each, letter by letter as it is printed'
            yield Answer("gap", places, message, hint, 2, patients(record))


def bare(record: Record) -> Iterator[str]:
    """Yield the places of groups, results and flows without a quote."""
    value = record.value
    for name in ("groups", "results"):
        for index, entry in enumerate(value.get(name, ())):
            if "quote" not in entry.get("source", {}) and not (name == "groups" and value["kind"] == "case-report"):
                yield pointer(name, index)
    if "flow" in value and "quote" not in value["flow"].get("source", {}):
        yield "/flow"
