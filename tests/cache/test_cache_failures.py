"""Whatever happens to what is kept, or to the disk that it is on, costs time only."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tallysheet import judging
from tallysheet.cache import store

if TYPE_CHECKING:
    from types import FrameType

Run = Callable[..., Any]
Helper = Callable[..., Any]
RAISES = '''"""Fails on one record."""
SCOPE = "record"
SEVERITY = "error"
WAIVABLE = False
def check(record, at):
    if record["id"] == "crash":
        raise KeyError("x")
    yield from ()
'''


CALLS = ("open", "read", "replace", "stat", "mkdir", "listdir", "unlink", "fstat")


# Whichever call to the file system fails, the first, the second or any other, the answer is right.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("warm", [False, True])
def test_answer_is_right_whatever_fails(
    repo: Any,
    tallysheet: Run,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    warm: bool,  # noqa: FBT001 - a column of a table
) -> None:
    repo.good()
    path = repo.wrong()
    right = tallysheet("check", "--no-cache")
    real = getattr(os, call)
    for number in range(200):
        if warm:
            tallysheet("check")
            path.write_text(path.read_text() + "\n")
        calls = {"left": number, "failed": 0}

        def failing(*arguments: Any, counter: dict[str, int] = calls, **named: Any) -> Any:
            frame: FrameType | None = sys._getframe(1)
            while frame and not frame.f_code.co_filename.endswith(("cache/store.py", "cache/kept.py")):
                frame = frame.f_back
            if frame:
                counter["left"] -= 1
                if counter["left"] < 0 and not counter["failed"]:
                    counter["failed"] = 1
                    raise OSError(28, "No space left on device")
            return real(*arguments, **named)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            done = tallysheet("check")
        assert done == right
        assert not list(repo.root.glob(".tallysheet/*.tmp")) or call in ("unlink", "replace")
        if not calls["failed"]:
            return
    pytest.fail("there was always one more")


# A disk that is full when the folder is made leaves nothing half written behind.
def test_full_disk_leaves_no_part_of_a_seal(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        def write(self, _: Any) -> int:
            raise OSError(28, "No space left on device")

    repo.good()
    monkeypatch.setattr(store, "open", Full, raising=False)
    assert tallysheet("check").code == 0
    assert list((repo.root / ".tallysheet").iterdir()) == []


# A root that can't be written to costs time only.
def test_unwritable_root_is_judged(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    repo.good()
    monkeypatch.setattr(os, "mkdir", refuse)
    assert tallysheet("check").code == 0
    assert not (repo.root / ".tallysheet").exists()


# Many runs at once all give the right answer, and leave a cache that can be used.
def test_many_runs_at_once_are_safe(repo: Any, tallysheet: Run, all_kinds: Helper, cache_of: Helper) -> None:
    all_kinds(repo)
    asked = [sys.executable, "-m", "tallysheet", "check", "--format", "json", "--today", "2026-11-23"]
    right = tallysheet("check", "--no-cache", "--format", "json", "--today", "2026-11-23").out
    found: list[str] = []

    def once() -> None:
        found.append(subprocess.run(asked, cwd=repo.root, capture_output=True, text=True, check=False).stdout)

    threads = [threading.Thread(target=once) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [right] * 6
    assert list((repo.root / ".tallysheet").glob("*.tmp")) == []
    assert store.read_lines(repo.root, cache_of(repo).name)


# What facts a rule keeps is the same in memory and on the disk; what JSON can't hold is the rule's failure.
def test_facts_that_can_not_be_stored_are_a_crash(repo: Any, tallysheet: Run) -> None:
    repo.write("tallysheet.yaml", "validators: [own]\n")
    rule = RAISES.replace('"record"', '"repository"\nBLOCK = "publication"').replace(
        "check(record, at)", "facts(r, at)"
    )
    repo.write(
        "own/keeps.py", rule.split("    if record")[0] + "    return {1, 2}\ndef check(entries):\n    yield from ()\n"
    )
    repo.good()
    done = tallysheet("check")
    assert done.code == 3
    assert "rule keeps failed on records/good.yaml" in done.err
    assert "Object of type set is not JSON serializable" in done.err


# The bytes of the report hang on no locale, no seed of hashes and no number of processes.
@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_report_is_the_same_everywhere(repo: Any, jobs: str, all_kinds: Helper) -> None:
    all_kinds(repo)
    asked = [sys.executable, "-m", "tallysheet", "check", "--format", "json", "--today", "2026-11-23", "--jobs", jobs]
    found = {
        subprocess.run(asked, cwd=repo.root, env={**os.environ, **around}, capture_output=True, check=False).stdout
        for around in (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        )
    }
    one = subprocess.run([*asked[:-1], "1", "--no-cache"], cwd=repo.root, capture_output=True, check=False).stdout
    assert found == {one}
    assert judging.cores() >= 1
