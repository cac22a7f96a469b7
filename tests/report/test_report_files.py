"""Where reports go: files written whole or not at all, the log and the summary of GitHub Actions."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.report.files import write_whole

Run = Callable[..., Any]


# Several formats in one run: the one asked for is printed, the others are in their files.
def test_several_formats_in_one_run(repo: Any, tallysheet: Run) -> None:
    repo.wrong()
    done = tallysheet("check", "--format", "concise", "--output", "sarif=out.sarif", "--output=json=out.json")
    assert done.code == 1
    assert done.out.startswith("records/wrong.yaml:10:49: error proportion: ")
    assert json.loads((repo.root / "out.sarif").read_text())["version"] == "2.1.0"
    assert len(json.loads((repo.root / "out.json").read_text())["findings"]) == 1
    assert sorted(path.name for path in repo.root.iterdir()) == [".tallysheet", "out.json", "out.sarif", "records"]


# A report that is there already is replaced; without --format the text is printed as ever.
def test_old_report_is_replaced(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.write("out.txt", "x" * 10_000)
    done = tallysheet("check", "--output", "text=out.txt")
    assert done.code == 0
    assert (repo.root / "out.txt").read_text() == done.out
    assert "1 record: all holds" in done.out


# What can't be written is said before the work, and nothing is touched.
@pytest.mark.parametrize(
    ("outputs", "said"),
    [
        (["xml=x"], "is not FORMAT=FILE"),
        (["sarif"], "is not FORMAT=FILE"),
        (["sarif="], "is not FORMAT=FILE"),
        (["sarif=nowhere/x"], "there is no folder"),
        (["sarif=records"], "is there already, and no file"),
        (["sarif=/dev/null"], "is there already, and no file"),
        (["sarif=link"], "is there already, and no file"),
        (["sarif=records/x.sarif"], "lies among the records"),
        (["sarif=x", "json=./x"], "named for two reports"),
    ],
)
def test_what_cannot_be_written_is_refused(repo: Any, tallysheet: Run, outputs: list[str], said: str) -> None:
    repo.good()
    (repo.root / "link").symlink_to("records/good.yaml")
    done = tallysheet("check", *(f"--output={output}" for output in outputs))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted(path.name for path in repo.root.rglob("*")) == ["good.yaml", "link", "records"]


# Whatever fails on the way - making, writing, syncing, renaming - the old report stays and no other file does.
@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "replace"])
def test_report_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    target = tmp_path / "report"
    target.write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr(os, step, fail)
        with pytest.raises(OSError, match="the report was not written: no space left") as caught:
            write_whole(target, "new")
    assert caught.value.filename == str(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


# A report that was not written is no success, though all records hold.
def test_report_that_was_not_written_exits_3(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    repo.good()
    monkeypatch.setattr(os, "fsync", fail)
    done = tallysheet("check", "--output", "json=out.json")
    assert (done.code, done.out) == (3, "")
    assert "the report was not written: no space left" in done.err
    assert not (repo.root / "out.json").exists()


# A new report may be read by whom the umask allows, as any file.
def test_report_has_the_mode_of_any_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("x")
    write_whole(tmp_path / "report", "x")
    assert (tmp_path / "report").stat().st_mode == (tmp_path / "other").stat().st_mode


# In GitHub Actions annotations are printed, and the table is added to the summary of the step.
def test_github_actions_gets_annotations_and_summary(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.wrong()
    summary = repo.write("summary.md", "before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert tallysheet("check").out.startswith("::error file=records/wrong.yaml,title=proportion,line=10,")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    done = tallysheet("check")
    assert done.code == 1
    text = summary.read_text()
    assert text.startswith("before\n### tallysheet\n")
    assert text[len("before\n") :] == tallysheet("check", "--format", "markdown").out
    assert summary.read_text() == text, "a format that is asked for is all that is written"
    assert tallysheet("check", "--format", "text").out.startswith("records/wrong.yaml:10:49: error")


# Only the word that GitHub sets chooses the format.
@pytest.mark.parametrize("value", ["", "false", "1"])
def test_other_values_choose_text(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    repo.good()
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert tallysheet("check").out.endswith("1 record: all holds\n")


# JUnit names every record that was judged, and only those.
def test_junit_names_the_records_that_were_judged(repo: Any, tallysheet: Run) -> None:
    for name in ("a", "b", "c"):
        repo.good(name)
    assert tallysheet("check", "--format", "junit").out.count("<testcase ") == 3
    assert tallysheet("check", "--format", "junit", "records/b.yaml").out.count("<testcase ") == 1
