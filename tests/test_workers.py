"""Processes that judge: what kills one is told of one record, the others are judged, and nothing is left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet import judging, workers

Run = Callable[..., Any]
HEAD = '"""Does as it says."""\nimport os, sys, time\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = False\n'


def own_rule(repo: Any, deed: str) -> None:
    """Write a rule of the repository's own that does something on the record `bad`."""
    repo.write("tallysheet.yaml", "validators: [own]\n")
    body = f"def check(record, at):\n    if record['id'] == 'bad':\n        {deed}\n    yield from ()\n"
    repo.write("own/does.py", HEAD + body)


def checked(root: Path, *arguments: str, setup: str = "") -> subprocess.CompletedProcess[str]:
    """Run a check in a process of its own, which may copy itself; `setup` is run in it first."""
    code = f"import sys\n{setup}\nfrom tallysheet.command import main\nsys.exit(main(sys.argv[1:]))"
    asked = [sys.executable, "-c", code, "check", *arguments]
    return subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)


WRONG = '6/25 = 24%, printed 42%; 42% of 25 fits no count; did you mean "24"?'
DEATHS = [
    ("os._exit(0)", "the process that judged it ended by itself with exit code 0"),
    ("os._exit(7)", "the process that judged it ended by itself with exit code 7"),
    ("os.kill(os.getpid(), 9)", "the process that judged it was killed by signal 9"),
    ("while True: pass", "it takes more than 1 seconds of a processor"),
    ("os.kill(os.getpid(), 14)", "it takes more than 120 seconds"),
]
SHORT = "from tallysheet import workers; workers.PROCESSOR_SECONDS = 1"


# A record that kills the process that judges it is in error, the others are judged, and the exit code is never 0.
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("deed", "reason"), DEATHS)
def test_dead_process_is_a_finding(repo: Any, deed: str, reason: str, jobs: str) -> None:
    own_rule(repo, deed)
    for number in range(9):
        repo.good(f"a{number}")
    repo.good("bad")
    repo.wrong("wrong")
    done = checked(repo.root, "--format", "concise", "--jobs", jobs, setup=SHORT)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        f"records/bad.yaml:1:1: error unjudged: the record was not judged: {reason}",
        f"records/wrong.yaml:10:49: error proportion: {WRONG}",
        "11 records: 2 errors, 0 warnings in 2 records",
    ]
    assert b"bad.yaml" not in next((repo.root / ".tallysheet").glob("cache-*")).read_bytes()


# Whoever judges is under both clocks, so that a rule that only waits is ended as well.
def test_both_clocks_run(repo: Any) -> None:
    own_rule(repo, "import signal; print([signal.getitimer(one)[0] > 1 for one in (0, 2)], file=sys.stderr)")
    repo.good("bad")
    assert checked(repo.root).stderr == "[True, True]\n"


# What needs more memory than a process may take is told of that record alone, be it refused or killed.
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what a process asks for")
def test_memory_is_limited(repo: Any) -> None:
    own_rule(repo, "kept = [bytearray(1 << 20) for _ in range(1 << 12)]")
    repo.good("bad")
    repo.good("good")
    done = checked(repo.root, setup="from tallysheet import workers; workers.MEMORY = 1 << 26")
    assert done.returncode == 3
    assert "rule does failed on records/bad.yaml" in done.stderr
    assert "MemoryError" in done.stderr
    assert "2 records: 1 rule failed to run" in done.stdout


# Copied and begun anew, processes say the same as this one by itself.
@pytest.mark.parametrize("forked", [True, False])
def test_forked_and_spawned_processes_agree(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, *, forked: bool
) -> None:
    for number in range(5):
        repo.good(f"a{number}")
    repo.wrong()
    repo.write("records/unreadable.yaml", "id: [\n")
    alone = tallysheet("check", "--no-cache", "--jobs", "1", "--format", "json")
    if forked:
        done = checked(repo.root, "--no-cache", "--jobs", "3", "--format", "json")
        assert done.stdout == alone.out
    else:
        monkeypatch.setattr(judging, "can_fork", lambda: False)
        monkeypatch.setattr(workers, "can_fork", lambda: False)
        assert tallysheet("check", "--no-cache", "--jobs", "2", "--format", "json") == alone


# A commit is judged by processes that each ask git for themselves.
def test_processes_ask_git_for_themselves(repo: Any, tallysheet: Run) -> None:
    for number in range(40):
        repo.good(f"a{number}")
    repo.wrong()
    repo.commit()
    alone = tallysheet("check", "--rev", "HEAD", "--jobs", "1", "--format", "json")
    done = checked(repo.root, "--rev", "HEAD", "--jobs", "3", "--format", "json")
    assert (done.returncode, done.stdout) == (1, alone.out)
    strict = checked(repo.root, "--base", "HEAD", "--jobs", "3", "--format", "concise")
    assert "41 records: 1 error" in strict.stdout


# Where no process can be started, the work is done here.
def test_without_processes_the_work_is_done_here(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    repo.good()
    repo.wrong()
    monkeypatch.setattr(workers, "spawn", refuse)
    monkeypatch.setattr(workers, "fork", refuse)
    assert tallysheet("check", "--jobs", "2").out == tallysheet("check", "--jobs", "1", "--no-cache").out


# An interrupt ends the run at once, with no process and no temporary file left; the next run is as if there was none.
@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_interrupt_leaves_nothing_behind(repo: Any) -> None:
    own_rule(
        repo,
        "open('pids', 'a').write(f'{os.getpid()}\\n'); print('now', file=sys.stderr, flush=True); time.sleep(1000)",
    )
    for number in range(9):
        repo.good(f"a{number}")
    repo.good("bad")
    code = "import signal, sys; signal.signal(2, signal.default_int_handler); "
    code += "from tallysheet.__main__ import run; sys.argv[0] = 'tallysheet'; sys.exit(run())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "check", "--jobs", "2"],
        cwd=repo.root,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"now\n"
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all of them get it
        _, said = process.communicate()
    assert process.returncode == 130
    assert said == b"interrupted\n"
    for pid in (repo.root / "pids").read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
    assert list(repo.root.glob(".tallysheet/*.tmp")) == []


# Tasks hold so few letters that none fills a pipe, and so few records that all processes have work to the end.
def test_tasks_are_small_and_complete() -> None:
    records = [(f"records/{'x' * (number % 300)}{number}.yaml", True) for number in range(3000)]
    tasks = list(workers.tasks_of(records, 2))
    assert [record for task in tasks for record in task] == records
    assert max(len(task) for task in tasks) <= workers.AT_ONCE
    assert max(sum(len(path) for path, _ in task) for task in tasks) <= workers.LETTERS
    assert [len(task) for task in workers.tasks_of(records[:3], 2)] == [1, 1, 1]


# Many records, a fault here and there: any number of processes gives the same bytes.
def test_any_number_of_processes_gives_the_same_bytes(repo: Any, project: Path) -> None:
    made = repo.root / "made"
    script = [sys.executable, project / "benchmarks" / "collection.py", made, "--records", "150", "--faulty", "20"]
    subprocess.run(script, check=True, capture_output=True)
    found = {checked(made, "--no-cache", "--jobs", jobs, "--format", "json").stdout for jobs in ("1", "2", "7")}
    assert len(found) == 1
    assert '"findings": [' in found.pop()
