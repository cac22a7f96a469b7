"""The pages of the records, made by as many processes as there are processors: the same bytes by any number of them.

A process starts as a copy of this one (fork), so that it has the collection without being sent it. Where the platform
has no fork, or few records would not pay for it, this process makes them all.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import NamedTuple

from tallysheet.site.checks import check
from tallysheet.site.gathered import Gathered
from tallysheet.site.index_page import Facts, facts_of, row
from tallysheet.site.markup import Html
from tallysheet.site.record_page import write_record

FEWEST = 400
"""Of fewer records, one process makes the pages in the time that others take to start."""
AT_ONCE = 25
"""Records that a process makes before it hands them back."""
AHEAD = 3
"""How many times that a process may be ahead: pages that wait to be written take memory."""
_inherited: list[Gathered] = []
"""What the processes work from: filled before they start, since it comes with the copy."""


class Made(NamedTuple):
    """What is made of one record."""

    identity: str
    page: bytes
    row: Html
    facts: Facts


def make_records(gathered: Gathered, processes: int | None = None) -> Iterator[Made]:
    """Yield what is made of each record, in the order of the collection.

    Raises BrokenProcessPool where a process dies: nothing is left out in silence.
    """
    names = list(gathered.collection.records)
    count = processes or (processors() if len(names) >= FEWEST else 1)
    if count == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (make(gathered, name) for name in names)
        return
    _inherited[:] = [prepared(gathered)]
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            running: deque[Future[list[Made]]] = deque()
            for first in range(0, len(names), AT_ONCE):
                running.append(pool.submit(make_several, names[first : first + AT_ONCE]))
                if len(running) >= AHEAD * count:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
    finally:
        _inherited.clear()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepared(gathered: Gathered) -> Gathered:
    """Return the same with all worked out that its properties keep, once for all processes."""
    _ = gathered.engine, gathered.labels, gathered.referring, gathered.studies
    return gathered


def make_several(names: Sequence[str]) -> list[Made]:
    """Return what is made of some records, in a process that inherited the collection."""
    return [make(_inherited[0], name) for name in names]


def make(gathered: Gathered, name: str) -> Made:
    """Return what is made of one record."""
    record = gathered.collection.records[name]
    checks = check(gathered.engine, record)
    facts = facts_of(gathered, record)
    page = write_record(gathered, record, checks).encode()
    return Made(record.id, page, row(record, checks, facts), facts)
