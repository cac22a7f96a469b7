"""Judges records in processes of their own, on as many cores as there are, each record under limits of its own.

A process that dies, whatever killed it, costs nothing but the record that it died of: what it was at is judged again,
record by record, in another; the one that kills that too is told as a finding.
"""

import gc
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any, TypeAlias

from tallysheet.batch import Batch, read_batch
from tallysheet.engine import Engine
from tallysheet.judged import Day
from tallysheet.judging import can_fork, judge_all, judge_into, unjudged
from tallysheet.repository import open_repository
from tallysheet.trees import Folder
from tallysheet.trees.series import Series

PROCESSOR_SECONDS = 20
"""What one record may take of a processor; the worst that the reader lets through takes one."""
SECONDS = 120
"""What one record may take in all, also of a rule that waits."""
MEMORY = 1 << 30
"""Bytes that a process may take beside what it starts with."""
AT_ONCE = 64
"""Records that a process is given together: enough that asking costs nothing, few enough that all end together."""
LETTERS = 16_000
"""Length of all paths that are given together: so many always fit into a pipe, so that nobody waits for the other."""
AHEAD = 2
"""Tasks that a process has: the one that it is at, and the next."""

Task: TypeAlias = list[tuple[str, bool]]
"""Records by path, each with whether all is asked of it, or only its facts."""
Start: TypeAlias = Callable[[], Engine]


@dataclass(slots=True)
class Worker:
    """A process that judges, and what it has been given."""

    process: Any
    answers: Any
    """The end of a pipe that its answers come out of."""
    orders: Any
    """The end of a pipe that it is told by what to judge."""
    tasks: deque[tuple[Task, bool]] = field(default_factory=deque)
    """What it has not answered yet, each with whether another process died of it."""

    def give(self, task: Task, again: bool) -> None:  # noqa: FBT001 - as it is kept
        """Let it judge some records."""
        self.tasks.append((task, again))
        with suppress(OSError):  # it is dead: that shows when its answer is awaited
            self.orders.send_bytes(json.dumps(task).encode())

    def end(self) -> None:
        """Kill it, wherever it is: it keeps nothing."""
        self.process.kill()
        self.bury()

    def bury(self) -> None:
        """Take leave of it once it is dead."""
        self.process.join()
        self.answers.close()
        self.orders.close()


def tasks_of(records: Sequence[tuple[str, bool]], jobs: int) -> Iterator[Task]:
    """Yield the records in tasks of a size that keeps all processes busy to the end."""
    most = max(1, min(AT_ONCE, len(records) // (jobs * 4)))
    task: Task = []
    letters = 0
    for record in records:
        if task and (len(task) >= most or letters + len(record[0]) > LETTERS):
            yield task
            task, letters = [], 0
        task.append(record)
        letters += len(record[0])
    if task:
        yield task


def judge_apart(engine: Engine, start: Start | None, records: Sequence[tuple[str, bool]], jobs: int) -> Iterator[Batch]:
    """Yield what comes of records, as processes answer; `start` makes the engine anew where none can be inherited."""
    waiting = deque((task, False) for task in tasks_of(records, jobs))
    workers: list[Worker] = []
    try:
        for _ in range(min(jobs, len(waiting))):
            add_worker(workers, engine, start)
        while waiting or any(worker.tasks for worker in workers):
            if not workers:  # none could be started: better slowly than not at all
                yield judge_all(engine, waiting.popleft()[0])
                continue
            for worker in workers:
                while waiting and len(worker.tasks) < AHEAD:
                    worker.give(*waiting.popleft())
            for pipe in connection.wait([worker.answers for worker in workers]):
                worker = next(worker for worker in workers if worker.answers is pipe)
                try:
                    answer = worker.answers.recv_bytes()
                except (EOFError, OSError):
                    workers.remove(worker)
                    yield from bury(worker, waiting)
                    add_worker(workers, engine, start)
                else:
                    worker.tasks.popleft()
                    yield read_batch(answer)
    finally:
        for worker in workers:
            worker.end()


def bury(worker: Worker, waiting: "deque[tuple[Task, bool]]") -> Iterator[Batch]:
    """Put back what a dead process has not answered; yield what is said of a record that has killed two."""
    worker.bury()
    task, again = worker.tasks.popleft() if worker.tasks else ([], False)
    waiting.extendleft(reversed(worker.tasks))
    if again:
        batch = Batch()
        for path, whole in task:
            batch.add(unjudged(path, reason_of(worker.process.exitcode)), whole=whole)
        yield batch
    else:
        waiting.extendleft(([record], True) for record in reversed(task))


def reason_of(code: int) -> str:
    """Return why a process has ended, for people."""
    if code == -getattr(signal, "SIGPROF", 0):
        return f"it takes more than {PROCESSOR_SECONDS} seconds of a processor"
    if code == -getattr(signal, "SIGALRM", 0):
        return f"it takes more than {SECONDS} seconds"
    how = f"was killed by signal {-code}" if code < 0 else f"ended by itself with exit code {code}"
    return f"the process that judged it {how}"


def add_worker(workers: list[Worker], engine: Engine, start: Start | None) -> None:
    """Start one more process, if the system allows it."""
    with suppress(OSError):  # no more processes, or no more memory for one
        workers.append(spawn(start) if start and not can_fork() else fork(engine, workers))


def fork(engine: Engine, others: Sequence[Worker]) -> Worker:
    """Start a process that inherits the engine."""
    ends = [end for other in others for end in (other.answers, other.orders)]
    return begin(get_context("fork"), engine, ends)


def spawn(start: Start) -> Worker:
    """Start a process that makes an engine of its own."""
    return begin(get_context("spawn"), start, [])


def begin(context: Any, engine: Engine | Start, inherited: Sequence[Any]) -> Worker:
    """Start a process, with a pipe for orders and one for answers: no socket is ever opened."""
    orders, ours = context.Pipe(duplex=False)
    answers, theirs = context.Pipe(duplex=False)
    others = [ours, answers, *inherited] if context.get_start_method() == "fork" else []
    process = context.Process(target=work, args=((orders, theirs), engine, others), daemon=True)
    process.start()
    orders.close()
    theirs.close()
    return Worker(process, answers, ours)


def starter(engine: Engine) -> Start | None:
    """Return what makes such an engine in another process, None where that can't be done: with git at work in it."""
    repository = engine.repository
    if type(repository.tree) is not Folder or not isinstance(repository.laws, Folder) or engine.day.granted:
        return None
    return partial(make_engine, repository.root, frozenset(engine.rules), engine.day.today, own=not repository.left_out)


def make_engine(root: Path, rules: frozenset[str], today: date | None, *, own: bool) -> Engine:
    """Return the engine of the repository in a folder."""
    return Engine(open_repository(root, own=own), rules, Day(today))


def work(pipes: tuple[Any, Any], engine: Engine | Start, inherited: Sequence[Any]) -> None:
    """Judge what comes through one pipe and answer by the other; an interrupt is for the parent to take."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:  # else a pipe would stay open for as long as any process lives
        other.close()
    limit_memory()
    engine = engine if isinstance(engine, Engine) else engine()
    gc.freeze()
    with suppress(EOFError, OSError):
        while True:
            batch = Batch()
            task = json.loads(pipes[0].recv_bytes())
            with Series(engine.repository.tree) as files:
                for path, whole in task:
                    limit_time()
                    judge_into(batch, engine, files, path, whole=whole)
            limit_time(on=False)
            pipes[1].send_bytes(batch.write())
    os._exit(0)  # nothing of the parent's is to be cleaned up here


def limit_memory() -> None:
    """See to it that this process can't take much more memory than it has, where the system can limit it."""
    if sys.platform == "win32":
        return
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit + MEMORY
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    with suppress(ValueError, OSError):  # a system that knows no such limit
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def limit_time(*, on: bool = True) -> None:
    """Start the time of one record anew, or end it: when it is over, the system ends the process."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS if on else 0)
        signal.setitimer(signal.ITIMER_REAL, SECONDS if on else 0)
