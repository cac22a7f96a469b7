"""fix shows what it changes, and writes it wholly or not at all."""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tallysheet.commands.fix import fix_before_check
from tallysheet.engine import Engine
from tallysheet.fixes.write import replace_record
from tallysheet.repository import open_repository

Run: TypeAlias = Callable[..., Any]
PATH = "records/good.yaml"
GOOD = Path(__file__).with_name("good.yaml").read_text(encoding="utf-8")


# The example of the documentation is what happens, and the record then passes.
def test_documented_example_is_what_happens(repo: Any, tallysheet: Run, project: Path) -> None:
    page = (project / "docs" / "fixes.md").read_text(encoding="utf-8")
    repo.write(PATH, page.partition("```yaml\n")[2].partition("```\n")[0])
    assert page.partition("```diff\n")[2].partition("```\n")[0] == tallysheet("fix").out
    assert tallysheet("check").code == 0


# What changes is shown as a diff, written with the same permissions, and is not there the second time.
def test_fix_shows_and_writes(repo: Any, tallysheet: Run) -> None:
    path = repo.write(PATH, GOOD.replace('"24"', "24.0").replace("n: 25", 'n: "25"'))
    path.chmod(0o640)
    done = tallysheet("fix")
    assert (done.code, done.err) == (0, "1 record: 1 mended, 0 left alone\n")
    assert done.out.startswith(f"--- a/{PATH}\n+++ b/{PATH}\n@@ -3,10 +3,10 @@\n kind: observational\n")
    assert "\n-    proportion: {events: 6, total: 25, percent: 24.0}\n" in done.out
    assert '\n+    proportion: {events: 6, total: 25, percent: "24.0"}\n' in done.out
    assert path.read_text() == GOOD.replace('"24"', '"24.0"')
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in path.parent.iterdir()] == ["good.yaml"]
    again = tallysheet("fix")
    assert (again.code, again.out, again.err) == (0, "", "1 record: 0 mended, 0 left alone\n")


# With --check nothing is written, and the exit code says whether something would be.
def test_check_writes_nothing(repo: Any, tallysheet: Run) -> None:
    path = repo.write(PATH, GOOD.rstrip())
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    done = tallysheet("fix", "--check")
    assert (done.code, done.err) == (1, "1 record: 1 to mend, 0 left alone\n")
    assert "\\ No newline at end of file\n" in done.out
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert tallysheet("fix", "--no-diff").out == ""
    assert tallysheet("fix", "--check").code == 0


# A write that fails leaves the old file, whole, and nothing beside it.
@pytest.mark.parametrize("step", ["replace", "fsync", "fchmod"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_interrupted_write_leaves_the_old_file(
    repo: Any, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = repo.good()
    before = path.read_bytes()

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        replace_record(repo.root, PATH, b"id: new\n")
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["good.yaml"]


# The command tells of a write that failed, and does not end well.
def test_failed_write_is_told(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repo.write(PATH, GOOD.rstrip())

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    done = tallysheet("fix")
    assert (done.code, done.out) == (1, "")
    assert "left alone: it can't be written: No space left on device\n" in done.err
    assert path.read_text() == GOOD.rstrip()


# Nothing is written through a link, whether the record is one or a folder on the way.
def test_links_are_refused(repo: Any, tallysheet: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    target = elsewhere / "good.yaml"
    target.write_text(GOOD.rstrip())
    (repo.root / "records").mkdir()
    (repo.root / PATH).symlink_to(target)
    (repo.root / "records" / "folder").symlink_to(elsewhere)
    for asked in ([], [PATH], ["records"]):
        done = tallysheet("fix", *asked)
        assert (done.code, done.out) == (1, "")
        assert f"{PATH}: left alone: this is a symbolic link, not a regular file\n" in done.err
    for path in (PATH, "records/folder/good.yaml"):
        with pytest.raises(OSError, match=r"regular file|directory|link"):
            replace_record(repo.root, path, b"x")
    assert target.read_text() == GOOD.rstrip()


# What is no record is never written, wherever it lies.
def test_only_records_are_mended(repo: Any, tallysheet: Run) -> None:
    repo.good()
    stray = repo.write("notes.yaml", GOOD.rstrip())
    for asked in ("notes.yaml", "missing.yaml", os.devnull):
        assert tallysheet("fix", asked).code == 2
    assert stray.read_text() == GOOD.rstrip()
    (repo.root / PATH).unlink()
    assert tallysheet("fix").code == 2


# A file that somebody else writes at the same time is theirs.
def test_file_that_changes_meanwhile_is_left_alone(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repo.write(PATH, GOOD.rstrip())
    judge = Engine.judge

    def late(self: Engine, name: str, data: bytes) -> Any:
        path.write_text("id: theirs\n")
        return judge(self, name, data)

    monkeypatch.setattr(Engine, "judge", late)
    done = tallysheet("fix")
    assert (done.code, path.read_text()) == (1, "id: theirs\n")
    assert "left alone: it changed meanwhile\n" in done.err


# Nothing of a record moves a cursor, ends a line or starts a command where the diff is shown.
def test_diff_is_inert(repo: Any, tallysheet: Run) -> None:
    hostile = "# \x1b[31mred\x07 \u202e ##[error]x\n"
    repo.write(PATH, GOOD + "curious: |\n    ::error::x\n    b \n# end ")
    repo.write("records/odd.yaml", hostile + GOOD.replace("good", "odd") + " \n")
    done = tallysheet("fix", "--check")
    assert " \n" in done.out
    assert "::error" not in done.out
    assert ":\\u{3A}error::x" in done.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]|##\\[", done.out + done.err)


# A check may mend first: what it then judges is mended, and what was done is said beside the report, not in it.
def test_check_may_mend_first(repo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = repo.write(PATH, GOOD.replace('"24"', "24"))
    other = repo.write("records/other.yaml", GOOD.rstrip().replace("good", "other"))
    repository = open_repository(repo.root)
    fix_before_check(repository, [PATH, "records/gone.yaml"])
    assert path.read_text() == GOOD
    assert not other.read_text().endswith("\n")
    fix_before_check(repository, None)
    assert other.read_text().endswith("\n")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "1 record: 1 mended, 0 left alone\n2 records: 1 mended, 0 left alone\n"
