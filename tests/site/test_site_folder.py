"""Where a site may be written, and that it is there whole or not at all."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tallysheet.site.folder import MARK, write_whole

Run = Callable[..., Any]


def digest(site: Path) -> dict[str, str]:
    """Return what every file of a site holds."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


# The same records give the same bytes, whatever was there before.
def test_two_runs_are_equal(repo: Any, tallysheet: Run) -> None:
    repo.good("a")
    repo.good("b")
    repo.commit()
    done = tallysheet("site", "--to", "site")
    assert (done.code, done.out) == (0, f"2 records in 13 files: {repo.root / 'site' / 'index.html'}\n")
    first = digest(repo.root / "site")
    assert tallysheet("site", "--to", "site").code == 0
    assert digest(repo.root / "site") == first
    (repo.root / "elsewhere").mkdir()
    assert tallysheet("site", "--to", "elsewhere").code == 0
    assert digest(repo.root / "elsewhere") == first
    assert sorted(path.name for path in repo.root.iterdir()) == [".git", "elsewhere", "records", "site"]


# A record that is gone leaves no page behind.
def test_site_is_replaced_whole(repo: Any, tallysheet: Run) -> None:
    repo.good("a")
    gone = repo.good("b")
    tallysheet("site", "--to", "site")
    gone.unlink()
    tallysheet("site", "--to", "site")
    assert sorted(path.name for path in (repo.root / "site" / "records").iterdir()) == ["a.html"]


# A place where something else would be lost, or where records and laws stand, is refused before the work.
@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("full", "is not empty, and no site that tallysheet has written; name another folder"),
        ("file", "is there already, and no folder"),
        ("link", "is there already, and no folder"),
        ("records", "lies in records, which holds no pages"),
        ("records/site", "lies in records, which holds no pages"),
        ("schema/site", "lies in schema, which holds no pages"),
        ("rules/site", "lies in rules, which holds no pages"),
        ("guarded/site", "lies in guarded, which holds no pages"),
        (".git/site", "lies in .git, which holds no pages"),
        (".", "holds records of the repository"),
        ("..", "holds records of the repository"),
        ("way/records/site", "lies in records, which holds no pages"),
        ("missing/site", "there is no folder"),
    ],
)
def test_places_that_are_refused(repo: Any, tallysheet: Run, project: Path, target: str, reason: str) -> None:
    repo.good("a")
    repo.commit()
    for path in (project / "schema").glob("*.json"):
        repo.write(f"schema/{path.name}", path.read_text(encoding="utf-8"))
    repo.write("rules/own.py", (project / "validators" / "search.py").read_text(encoding="utf-8"))
    repo.write("guarded/a", "")
    repo.write("tallysheet.yaml", "schema: schema/publication.schema.json\nvalidators: [rules]\nguarded: [guarded]\n")
    repo.write("full/kept.txt", "kept")
    repo.write("file", "kept")
    (repo.root / "link").symlink_to(repo.root / "full")
    (repo.root / "way").symlink_to(repo.root)
    before = digest(repo.root)
    done = tallysheet("site", "--to", target)
    assert done.code == 2
    assert reason in done.err
    assert digest(repo.root) == before


# What can't be shown is said: no record at all, or records of another kind.
def test_nothing_to_show_is_said(repo: Any, tallysheet: Run) -> None:
    (repo.root / "records").mkdir()
    assert tallysheet("site", "--to", "site").err == "tallysheet: there is no record to show in records/\n"
    repo.write("tallysheet.yaml", "schema: s.json\n")
    repo.write("s.json", '{"type": "object", "required": ["id"]}')
    done = tallysheet("site", "--to", "site")
    assert done.err.startswith("tallysheet: site: shows records of the bundled schema; this one has no citation")
    assert not (repo.root / "site").exists()


# Records that take no part are named, on the page and by the exit code.
def test_records_left_out_are_told(repo: Any, tallysheet: Run) -> None:
    repo.good("a")
    repo.write("records/b.yaml", "id: b\n")
    done = tallysheet("site", "--to", "site")
    assert (done.code, done.out.splitlines()[1]) == (1, "left out: records/b.yaml: does not fit the schema")
    assert "1 record left out" in (repo.root / "site" / "index.html").read_text(encoding="utf-8")


# Whatever step fails, the former site is there whole, and nothing is left beside it.
@pytest.mark.parametrize("failing", ["files", "first rename", "second rename"])
def test_former_site_stays_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    target = tmp_path / "site"
    write_whole(target, [("index.html", [b"former"])])
    before = digest(target)
    renames = iter(range(9))

    def files() -> Iterator[tuple[str, list[bytes]]]:
        yield "index.html", [b"new"]
        if failing == "files":
            raise OSError(28, "No space left on device")
        yield "records/a.html", [b"new"]

    def rename(path: Path, to: Path) -> Path:
        if failing.startswith(["first", "second"][min(next(renames), 1)]) and not path.name.endswith(".old"):
            raise OSError(5, "Input/output error")
        os.rename(path, to)  # noqa: PTH104 - the method itself is replaced
        return to

    if failing != "files":
        monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match=r"No space|Input"):
        write_whole(target, files())
    assert digest(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# Two files of one name are an error, never one that silently wins.
def test_two_files_of_one_name_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "site", [("a.html", [b"1"]), ("a.html", [b"2"])])
    assert list(tmp_path.iterdir()) == []


# A name that leads out of the folder is refused, whoever made it.
@pytest.mark.parametrize("name", ["../a.html", "/a.html", "records/../../a.html", "a//b", "a\\b", "C:a"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no file of the site"):
        write_whole(tmp_path / "site", [(name, [b"1"])])
    assert list(tmp_path.iterdir()) == []


# With a schema of one's own, a record that has no page is left out and named: by its id, its fields, its title.
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("id: b", "id: ../../b", "has an id that names no page"),
        ("id: b", "id: con.b", "has an id that names no page"),
        ("status: active", "status: {a: b}", "is no record of a publication as the pages know it"),
        ("{title: A title}", "{title: [a]}", "cites no title"),
    ],
)
def test_records_of_another_kind_are_left_out(
    repo: Any, tallysheet: Run, project: Path, old: str, new: str, reason: str
) -> None:
    for path in (project / "schema").glob("*.json"):
        repo.write(f"schema/{path.name}", path.read_text(encoding="utf-8"))
    blocks = {name: {"$ref": f"{name}.schema.json"} for name in ("citation", "group", "result", "curation")}
    main = {"type": "object", "required": ["id"], "$defs": blocks}
    repo.write("schema/publication.schema.json", json.dumps(main))
    repo.write("tallysheet.yaml", "schema: schema/publication.schema.json\n")
    repo.good("a")
    text = repo.good("b").read_text(encoding="utf-8")
    repo.write("records/b.yaml", text.replace(old, new))
    done = tallysheet("site", "--to", "site")
    assert (done.code, done.out.splitlines()[1:]) == (1, [f"left out: records/b.yaml: {reason}"])


# The mark says what the folder is, and that it is replaced whole.
def test_folder_is_marked(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "site", [("a.html", [b"1"])]) == 1
    assert "replaces it whole" in (tmp_path / "site" / MARK).read_text(encoding="utf-8")
