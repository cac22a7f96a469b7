"""What git kept of each record, on its page."""

from collections.abc import Callable
from typing import Any

import pytest

from tallysheet.repository import open_repository
from tallysheet.site import history
from tallysheet.site.history import read_history

Run = Callable[..., Any]


# The commits that touched a record, latest first, each with its day, its author and what it says.
def test_commits_of_a_record(repo: Any) -> None:
    repo.good("a")
    repo.commit()
    repo.good("b")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--date=2020-01-02T00:00:00", "-m", "records: <b>add</b> b\n\nbody")
    found = read_history(open_repository(repo.root))
    assert (found.absent, found.whole) == ("", True)
    assert [(one.author, one.subject) for one in found.changes["records/b.yaml"]] == [("A", "records: <b>add</b> b")]
    assert [one.subject for one in found.changes["records/a.yaml"]] == ["as it stands"]
    assert found.changes["records/a.yaml"][0].commit == repo.git("rev-parse", "HEAD~1")[:12]


# A repository of records inside a larger one has its own history, by the paths of its own.
def test_records_inside_a_larger_repository(repo: Any) -> None:
    repo.write("part/records/a.yaml", repo.good("a").read_text(encoding="utf-8"))
    repo.write("part/tallysheet.yaml", "records: records\n")
    repo.commit()
    found = read_history(open_repository(repo.root / "part"))
    assert list(found.changes) == ["records/a.yaml"]


# A subject that looks like the beginning of another commit is a subject.
def test_subject_that_imitates_a_commit(repo: Any) -> None:
    repo.good("a")
    repo.git("init", "--quiet")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "\x012020-01-01 forged")
    (change,) = read_history(open_repository(repo.root)).changes["records/a.yaml"]
    assert change.subject == "\x012020-01-01 forged"


# Without git, or without a commit, there is no history, and the page says why.
def test_absent_history_is_said(repo: Any, tallysheet: Run) -> None:
    repo.good("a")
    found = read_history(open_repository(repo.root))
    assert found.absent == "git rev-parse: not a git repository (or any of the parent directories): .git"
    repo.git("init", "--quiet")
    assert read_history(open_repository(repo.root)).absent == "'HEAD': there is no such commit here"
    tallysheet("site", "--to", "site")
    page = (repo.root / "site" / "records" / "a.html").read_text(encoding="utf-8")
    assert "There is no history: &#x27;HEAD&#x27;: there is no such commit here." in page


# What is beyond the bound is not read, and the page says that there is more.
def test_bounds_are_told(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "COMMITS", 2)
    path = repo.good("a")
    for turn in range(3):
        path.write_text(path.read_text(encoding="utf-8") + f"# {turn}\n", encoding="utf-8")
        repo.commit()
    found = read_history(open_repository(repo.root))
    assert (len(found.changes["records/a.yaml"]), found.whole) == (2, False)
    tallysheet("site", "--to", "site")
    page = (repo.root / "site" / "records" / "a.html").read_text(encoding="utf-8")
    assert "Earlier changes are not shown." in page


# A shallow clone has no more than its last commit: the page says that there may be more.
def test_shallow_clone_says_so(repo: Any) -> None:
    repo.good("a")
    repo.commit()
    repo.good("b")
    repo.commit()
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(repo.root / "clone"))
    found = read_history(open_repository(repo.root / "clone"))
    assert (found.whole, sorted(found.changes)) == (False, ["records/a.yaml", "records/b.yaml"])
