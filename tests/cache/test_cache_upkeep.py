"""What is kept stays small: choices of rules apart, what is left over swept, small lines joined."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from tallysheet.cache import kept, store

Run = Callable[..., Any]
Helper = Callable[..., Any]


# Each choice of rules is kept by itself, and of many the oldest go.
@pytest.mark.usefixtures("settled")
def test_choices_of_rules_are_kept_apart(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_FILES", 2)
    repo.wrong()
    assert tallysheet("check", "--select", "references").code == 0
    assert tallysheet("check").code == 1
    assert tallysheet("check", "--select", "study").code == 0
    assert tallysheet("check", "--select", "references").code == 0
    assert len(list((repo.root / ".tallysheet").glob("cache-*"))) == 2


# What a killed run has left is swept once it can be nobody's any more; what may be another run's is not.
def test_left_over_files_are_swept(repo: Any, tallysheet: Run, cache_of: Helper) -> None:
    path = repo.good()
    tallysheet("check")
    old, new = (cache_of(repo).with_name(f"cache-1234567890abcdef.{name}.tmp") for name in ("old", "new"))
    for one in (old, new):
        one.write_text("half")
    os.utime(old, (0, 0))
    path.write_text(path.read_text() + "\n")
    tallysheet("check")
    assert (old.exists(), new.exists()) == (False, True)


# When so many records have gone that most of the file is out of date, it is written anew.
@pytest.mark.usefixtures("settled")
def test_file_does_not_grow_for_ever(repo: Any, tallysheet: Run, cache_of: Helper) -> None:
    paths = [repo.good(f"r{number}") for number in range(8)]
    tallysheet("check")
    first = cache_of(repo).stat().st_size
    for turn in range(12):
        for path in paths[:4]:
            path.write_text(path.read_text() + f"# {turn}\n")
        assert tallysheet("check").code == 0
    assert cache_of(repo).stat().st_size < 2.5 * first


# A run over one record by rules that compare nothing drops nothing of what is known of the others.
@pytest.mark.usefixtures("settled")
def test_run_over_one_record_keeps_the_others(repo: Any, tallysheet: Run, judged: list[str]) -> None:
    for number in range(8):
        repo.good(f"r{number}")
    asked = ("check", "--select", "proportion")
    tallysheet(*asked)
    path = repo.good("r8")
    tallysheet(*asked, "records/r8.yaml")
    path.write_text(path.read_text() + "# longer\n")
    tallysheet(*asked, "records/r8.yaml")
    judged.clear()
    tallysheet(*asked)
    assert judged == []


# Runs over a record or two leave small lines, which are joined before they are many; nothing is judged again for it.
@pytest.mark.usefixtures("settled")
def test_small_lines_are_joined(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, judged: list[str], cache_of: Helper
) -> None:
    monkeypatch.setattr(kept, "MANY", 3)
    paths = [repo.good(f"r{number:02}") for number in range(40)]
    tallysheet("check")
    seen = set()
    for path in paths[:12]:
        seen.add(len(cache_of(repo).read_bytes().splitlines()))
        path.write_text(path.read_text() + "# longer\n")
        judged.clear()
        tallysheet("check", path.relative_to(repo.root).as_posix())
        assert judged == [path.relative_to(repo.root).as_posix()]
    judged.clear()
    assert tallysheet("check") == tallysheet("check", "--no-cache")
    assert sorted(judged) == [f"records/{path.name}" for path in paths]
    assert max(seen) <= 6
    assert len(seen) > 2
