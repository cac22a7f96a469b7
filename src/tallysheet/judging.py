"""Judges records one by one, here or in a worker: opens, judges, and enters what comes of it into a batch."""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence

from tallysheet.batch import ODD, Batch, read_batch, rest_of, same_as_stored
from tallysheet.engine import Engine, crash
from tallysheet.findings import TOP, Fault, Finding
from tallysheet.judged import Judged
from tallysheet.reader import read
from tallysheet.reader.inert import inert
from tallysheet.sight import Sight
from tallysheet.stamps import SETTLED, stamp_of
from tallysheet.trees.series import Series

RULE = "unjudged"


AT_ONCE = 64
"""Records that are judged before anybody is told."""
FEW = 500
"""So few records take one process no longer than two, which have to be started first."""


def judge_records(engine: Engine, records: Sequence[tuple[str, bool]], jobs: int | None) -> Iterator[Batch]:
    """Yield what comes of records: judged here, or in at most `jobs` processes; where None, in as many as it pays.

    Each path comes with whether all is asked of it, or only its facts. A repository's own rules always get a process
    of their own, since they may end it.
    """
    own = any(rule.own for rule in engine.rules.values())
    if jobs is None:
        jobs = 1 if len(records) < FEW else cores()
    if jobs > 1 or own:
        from tallysheet.workers import judge_apart, starter

        start = starter(engine)
        if start is not None or can_fork():
            yield from judge_apart(engine, start, records, jobs)
            return
    for first in range(0, len(records), AT_ONCE):
        yield read_batch(judge_all(engine, records[first : first + AT_ONCE]).write())


def cores() -> int:
    """Return how many processes can be at work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Tell whether a process can be copied as it is: nobody else is at work in it who might hold a lock."""
    import threading  # a run that judges few records does without

    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


def judge_all(engine: Engine, paths: Iterable[tuple[str, bool]]) -> Batch:
    """Return what came of records; each path comes with whether all is asked of it, or only its facts."""
    batch = Batch()
    with Series(engine.repository.tree) as files:
        for path, whole in paths:
            judge_into(batch, engine, files, path, whole=whole)
    return batch


def judge_into(batch: Batch, engine: Engine, files: Series, path: str, *, whole: bool) -> None:
    """Enter what comes of one record."""
    try:
        settled = time.time_ns() - SETTLED if engine.keeps else 0
        data = files.open(path)
        stamp = stamp_of(files.seen, settled) if files.seen and settled else ""
        if isinstance(data, Fault):
            shown = inert(path, 200)  # a name that is no record's may hold anything
            judged = Judged(path, [Sight(shown, read(b"")).fault(data)], readable=False)
            batch.add(judged, whole=whole)
            return
        judged = engine.judge(path, data) if whole else engine.gather(path, data)
        store(judged, engine.own)
        day = engine.day.today.isoformat() if engine.day.today else ""
        hashed = digest(data) if settled and files.seen else ""
        batch.add(judged, stamp, hashed, day, whole=whole)
    except MemoryError:
        batch.add(unjudged(path, "it needs more memory than there is for one"), whole=whole)
    except Exception as error:  # noqa: BLE001 - a bug of ours costs one record, is told as such, and never lost
        judged = Judged(path, crashes=[crash("(the engine)", path, error)])
        batch.add(judged, whole=whole)


def digest(data: bytes) -> str:
    """Return the digest of a record that is to be kept."""
    from hashlib import sha256  # OpenSSL takes milliseconds to load

    return sha256(data).hexdigest()


def store(judged: Judged, own: frozenset[str]) -> None:
    """See that the facts of the repository's `own` rules can be stored; a rule that keeps others has failed."""
    for rule, entries in [(rule, entries) for rule, entries in judged.facts.items() if rule in own]:
        try:
            same_as_stored([entry.facts for entry in entries])
        except (*ODD, OverflowError) as error:
            judged.crashes.append(crash(rule, judged.path, error))
            del judged.facts[rule]
    if not (rest := rest_of(judged)):
        return
    try:
        same_as_stored(rest)
    except (*ODD, OverflowError) as error:
        judged.crashes.append(crash("(the engine)", judged.path, error))
        judged.findings.clear()


def unjudged(path: str, reason: str) -> Judged:
    """Return what is said of a record that could not be judged: it is in error, and no other record is."""
    message = f"the record was not judged: {reason}"
    hint = "make it as small and plain as the others are; if other records are told of too, run fewer --jobs"
    return Judged(path, [Finding(RULE, "error", path, "", TOP, message, hint)], readable=False)
