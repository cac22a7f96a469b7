"""What a change touches, by git: branches, the index, commits, renames, odd names, shallow clones."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def branch(repo: Any) -> Any:
    """Return a repository whose branch has left main with two records, one of them wrong on main already."""
    repo.good("kept")
    repo.wrong("old")
    repo.commit()
    repo.git("branch", "-M", "main")
    repo.git("checkout", "--quiet", "-b", "change")
    return repo


def judged(done: Any) -> tuple[int, int, list[str]]:
    """Return how many records were judged, how many were left out, and where something was found."""
    records = done.report["summary"]["records"]
    return records["judged"], records["unchanged"], [f"{f['rule']} {f['path']}" for f in done.report["findings"]]


def check(tallysheet: Run, *arguments: str) -> Any:
    """Return what a check says, as JSON."""
    return tallysheet("check", "--format", "json", *arguments)


# What a branch has changed is judged, committed or not; what was wrong before is not its fault.
def test_changed_records_are_judged(branch: Any, tallysheet: Run) -> None:
    branch.good("added")
    branch.commit()
    branch.wrong("loose")
    done = check(tallysheet, "--changed-since", "main")
    assert judged(done) == (2, 2, ["proportion records/loose.yaml"])
    (branch.root / "records" / "loose.yaml").unlink()
    done = check(tallysheet, "--changed-since", "main")
    assert (done.code, *judged(done)) == (0, 1, 2, [])


# A change of nothing is green: all records are known, and unchanged.
@pytest.mark.usefixtures("branch")
def test_no_change_is_green(tallysheet: Run) -> None:
    done = tallysheet("check", "--changed-since", "main")
    assert (done.code, done.out.splitlines()[-1]) == (0, "0 records judged, 2 unchanged: all holds")


# What main has got since the branch left it is not the branch's doing.
def test_what_main_has_got_since_is_not_judged(branch: Any, tallysheet: Run) -> None:
    branch.git("checkout", "--quiet", "main")
    branch.wrong("kept")
    branch.commit()
    branch.git("checkout", "--quiet", "change")
    branch.good("added")
    branch.commit()
    assert judged(check(tallysheet, "--changed-since", "main")) == (1, 2, [])


# Rules that compare records see all of them: a changed record that repeats an unchanged one is found.
def test_changed_record_is_compared_with_unchanged_ones(branch: Any, tallysheet: Run) -> None:
    branch.write("records/deep/kept.yaml", branch.good("kept").read_text())
    assert judged(check(tallysheet, "--changed-since", "main")) == (1, 2, ["unique-id records/kept.yaml"])


# A record that is deleted or renamed is told, with the name that it may go by now; one that moves folders is not.
def test_ids_are_frozen(branch: Any, tallysheet: Run) -> None:
    for change, hint in (
        (["rm", "--quiet", "records/kept.yaml"], "git restore --source="),
        (["mv", "records/kept.yaml", "records/name.yaml"], "records/name.yaml looks like it"),
    ):
        branch.git(*change)
        done = check(tallysheet, "--changed-since", "main")
        (frozen,) = [found for found in done.report["findings"] if found["rule"] == "id-frozen"]
        assert (frozen["path"], done.code) == ("records/kept.yaml", 1)
        assert hint in frozen["hint"]
        branch.git("reset", "--quiet", "--hard")
    (branch.root / "records" / "deep").mkdir()
    branch.git("mv", "records/kept.yaml", "records/deep/kept.yaml")
    assert check(tallysheet, "--changed-since", "main").code == 0


# A record that becomes something else than a plain file is refused, whatever it leads to.
@pytest.mark.parametrize("rev", [False, True])
def test_type_change_is_found(branch: Any, tallysheet: Run, rev: bool) -> None:  # noqa: FBT001 - a column of a table
    (branch.root / "records" / "kept.yaml").unlink()
    (branch.root / "records" / "kept.yaml").symlink_to("old.yaml")
    branch.commit()
    done = check(tallysheet, "--changed-since", "main", *(["--rev", "HEAD"] if rev else []))
    assert "file-type records/kept.yaml" in judged(done)[2]


# Names that git would quote are not lost from the list of what is changed.
@pytest.mark.parametrize(
    "name", ["é.yaml", "a b.yaml", 'q"q.yaml', "tab\t.yaml", "line\nbreak.yaml", "-rf.yaml", "Ä/x.yaml"]
)
@pytest.mark.parametrize("where", ["tree", "index", "commit"])
def test_odd_names_are_not_lost(branch: Any, tallysheet: Run, name: str, where: str) -> None:
    branch.write(f"records/{name}", branch.wrong("old").read_text())
    how = ["--changed-since", "main"]
    if where != "tree":
        branch.git("add", "--all")
        how = ["--staged"]
    if where == "commit":
        branch.commit()
        how = ["--changed-since", "main", "--rev", "change"]
    done = check(tallysheet, *how)
    assert done.code == 1
    assert "odd-name" in {found["rule"] for found in done.report["findings"]}


# Bytes in a name that are no text are no way around either.
@pytest.mark.skipif(os.name != "posix", reason="such names exist on POSIX only")
def test_names_that_are_no_text_are_not_lost(branch: Any, tallysheet: Run) -> None:
    Path(os.fsdecode(os.fsencode(branch.root) + b"/records/\xff.yaml")).write_text("id: x\n")
    branch.commit()
    for how in (["--changed-since", "main"], ["--rev", "HEAD"], ["--changed-since", "main", "--rev", "HEAD"]):
        assert check(tallysheet, *how).code == 1


# When the schema, the rules or the settings are changed, everything is judged, and said to be.
@pytest.mark.parametrize(
    ("path", "text"),
    [("tallysheet.yaml", "records: records\n"), ("rules/mine.py", "# changed\n"), ("schema/x.json", "{}\n")],
)
def test_change_of_what_judges_means_judging_all(branch: Any, tallysheet: Run, path: str, text: str) -> None:
    rule = '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\ndef check(value, at): yield from ()\n'
    branch.write("rules/mine.py", rule)
    for file in (Path(__file__).parents[1] / "schema").glob("*.json"):
        branch.write(f"schema/{file.name}", file.read_text(encoding="utf-8"))
    branch.write("tallysheet.yaml", "schema: schema/publication.schema.json\nvalidators: [rules]\n")
    branch.commit()
    branch.git("branch", "--force", "main")
    settings = (branch.root / "tallysheet.yaml").read_text()
    branch.write(path, (rule if path.endswith(".py") else settings if path.endswith(".yaml") else "") + text)
    if path == "tallysheet.yaml":
        branch.write(path, settings + "records: records\n")
    done = check(tallysheet, "--changed-since", "main")
    assert judged(done) == (2, 0, ["proportion records/old.yaml"])
    assert done.report["summary"]["notes"][0].startswith(f"every record was judged, since {path} is changed since ")


# When the base is not known here, everything is judged, and said to be: an empty list of changes is not green.
@pytest.mark.parametrize("ref", ["no-such-ref", "--help", "HEAD:records", "0" * 40])
@pytest.mark.usefixtures("branch")
def test_unknown_base_means_judging_all(tallysheet: Run, ref: str) -> None:
    done = check(tallysheet, f"--changed-since={ref}")
    assert judged(done) == (2, 0, ["proportion records/old.yaml"])
    assert "it is not known which are changed" in done.report["summary"]["notes"][0]


# A shallow clone does not know where the branch left main, and a folder that git does not know has no changes at all.
def test_shallow_clone_means_judging_all(
    branch: Any, tallysheet: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        branch.good(name)
        branch.commit()
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    branch.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{branch.root}", str(clone))
    monkeypatch.chdir(clone)
    done = check(tallysheet, "--changed-since", "origin/main")
    assert judged(done)[:2] == (4, 0)
    assert "is not known in this clone" in done.report["summary"]["notes"][0]
    plain = tmp_path_factory.mktemp("plain")
    (plain / "records").mkdir()
    (plain / "records" / "wrong.yaml").write_text((clone / "records" / "old.yaml").read_text().replace("old", "wrong"))
    done = check(tallysheet, "--changed-since", "main", "--root", str(plain))
    assert judged(done) == (1, 0, ["proportion records/wrong.yaml"])


# What is staged is judged, not what lies there: neither half of a change hides behind the other.
def test_staged_changes_are_judged_as_they_are_staged(branch: Any, tallysheet: Run) -> None:
    branch.wrong("new")
    branch.git("add", "records/new.yaml")
    branch.good("new")
    done = check(tallysheet, "--staged")
    assert judged(done) == (1, 2, ["proportion records/new.yaml"])
    branch.git("add", "records/new.yaml")
    branch.wrong("new")
    assert judged(check(tallysheet, "--staged")) == (1, 2, [])


# Before the first commit everything that is staged is new.
def test_first_commit_is_judged(repo: Any, tallysheet: Run) -> None:
    repo.git("init", "--quiet")
    repo.wrong("first")
    repo.git("add", "--all")
    assert judged(check(tallysheet, "--staged")) == (1, 0, ["proportion records/first.yaml"])


# A merge that is not resolved has no content to judge.
def test_conflict_is_no_pass(branch: Any, tallysheet: Run) -> None:
    branch.write("records/kept.yaml", branch.good("kept").read_text().replace("A title", "One title"))
    branch.commit()
    branch.git("checkout", "--quiet", "main")
    branch.write("records/kept.yaml", branch.good("kept").read_text().replace("A title", "Other title"))
    branch.commit()
    with pytest.raises(Exception, match="merge"):
        branch.git("merge", "--quiet", "change")
    done = check(tallysheet, "--staged")
    assert judged(done)[2] == ["file-unreadable records/kept.yaml"]


# A commit is judged without a check-out: the same report as with one, also for a part of what git tracks.
@pytest.mark.parametrize("inside", ["", "collection/"])
def test_commit_is_judged_without_a_check_out(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    text = {name: repo.good(name).read_text() for name in ("a", "b")}
    text["c"] = repo.wrong("c").read_text()
    for name, record in text.items():
        (repo.root / "records" / f"{name}.yaml").unlink()
        repo.write(f"{inside}records/{name}.yaml", record)
    repo.write(f"{inside}tallysheet.yaml", "severities: {proportion: warning}\n")
    repo.write(f"{inside}records/notes.txt", "x")
    there = check(tallysheet, "--root", str(repo.root / inside))
    commit = repo.commit()
    for name in text:
        (repo.root / inside / "records" / f"{name}.yaml").unlink()
    (repo.root / inside / "tallysheet.yaml").unlink()
    monkeypatch.chdir(repo.root)
    for rev in (commit, commit[:9], "HEAD"):
        done = check(tallysheet, "--rev", rev, "--root", str(repo.root / inside))
        assert (done.code, done.out) == (there.code, there.out)
    assert sorted(found["rule"] for found in there.report["findings"]) == ["not-a-record", "proportion"]


# Submodules and huge files in a commit are what they would be on disk.
def test_odd_entries_of_a_commit_are_refused(repo: Any, tallysheet: Run) -> None:
    commit = repo.commit()
    repo.good()
    repo.write("records/huge.yaml", "#" * ((1 << 20) + 1))
    repo.git("add", "--all")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},records/module.yaml")
    done = check(tallysheet, "--staged")
    assert sorted(judged(done)[2]) == ["file-size records/huge.yaml", "file-type records/module.yaml"]


# Usage that can't be meant is refused, and so is a commit that is not there.
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rev", "nowhere"], "'nowhere': there is no such commit here"),
        (["--base", "nowhere"], "'nowhere': there is no such commit here"),
        (["--rev", "HEAD", "--staged"], "not allowed with argument"),
        (["--staged", "records/kept.yaml"], "exclude each other"),
        (["--base", "main", "records/kept.yaml"], "exclude each other"),
    ],
)
def test_impossible_usage_is_refused(branch: Any, tallysheet: Run, arguments: list[str], told: str) -> None:
    branch.good("x")
    done = tallysheet("check", *arguments)
    assert done.code == 2
    assert told in done.err


# Where git does not answer, what needs it is refused.
def test_no_git_is_said(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.good()
    assert tallysheet("check", "--rev", "HEAD").code == 2
    monkeypatch.setenv("PATH", "")
    done = tallysheet("check", "--base", "main")
    assert (done.code, "git is not installed" in done.err) == (2, True)


# A git that lies in the repository is not run.
def test_git_of_the_repository_is_not_run(branch: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = branch.write("git", "#!/bin/sh\ntouch canary\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(branch.root) + os.pathsep + os.environ["PATH"])
    done = tallysheet("check", "--base", "main")
    assert (done.code, "from the repository itself" in done.err) == (2, True)
    assert not (branch.root / "canary").exists()


# A tag that has the name of a branch could lead elsewhere: which of them is meant must be said.
def test_name_of_two_things_is_refused(branch: Any, tallysheet: Run) -> None:
    branch.wrong("kept")
    branch.commit()
    branch.git("tag", "main")
    done = tallysheet("check", "--base", "main")
    assert (done.code, "refs/heads/main and refs/tags/main" in done.err) == (2, True)
    assert "every record was judged" in tallysheet("check", "--changed-since", "main").out
    assert tallysheet("check", "--base", "refs/heads/main").code == 1


# Of what GitHub shows, the files that the change touches come first, in annotations and in the summary alike.
def test_changed_files_come_first(branch: Any, tallysheet: Run) -> None:
    branch.write("tallysheet.yaml", "records: records\n")  # so that every record is judged
    branch.wrong("zz")
    done = tallysheet("check", "--changed-since", "main", "--format", "github")
    shown = [line.split(",")[0] for line in done.out.splitlines() if line.startswith("::error")]
    assert shown == ["::error file=records/zz.yaml", "::error file=records/old.yaml"]
    rows = tallysheet("check", "--changed-since", "main", "--format", "markdown").out.splitlines()
    places = [row.split("|")[2].strip(" `") for row in rows if row.startswith("| error")]
    assert [place.split(":")[0] for place in places] == ["records/zz.yaml", "records/old.yaml"]
