"""What is kept is believed only where it was made, whole and by this version; the gate for strangers asks for none."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.cache import kept, laws, store

Run = Callable[..., Any]
Helper = Callable[..., Any]


def copied(file: Path) -> None:
    """Bring the folder of the cache back as a check-out would: the same files, made anew."""
    contents = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    for one in file.parent.iterdir():
        one.rename(file.parent.parent / f"old-{one.name}")
    for name, data in contents.items():
        (file.parent / name).write_bytes(data)


# Nothing but a regular file that has just been made here, whole and by this version, is believed.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: os.truncate(file, file.read_bytes().index(b"\n") + 500), id="torn"),
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"\0" * 5000), id="zeros"),
        pytest.param(lambda file: file.write_bytes(b"{}\n" * 50), id="foreign"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes().replace(b"wrong", b"wrung")), id="poisoned"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="folder"),
        pytest.param(lambda file: (file.unlink(), file.symlink_to("/dev/zero")), id="link"),
        pytest.param(lambda file: (file.unlink(), subprocess.run(["mkfifo", file], check=True)), id="fifo"),
        pytest.param(lambda file: os.truncate(file, store.MOST_BYTES + 1), id="huge"),
        pytest.param(copied, id="copied"),
    ],
)
def test_what_is_not_believed_is_judged_again(
    repo: Any, tallysheet: Run, judged: list[str], spoil: Callable[[Path], Any], all_kinds: Helper, cache_of: Helper
) -> None:
    all_kinds(repo)
    asked = ("check", "--today", "2026-11-23", "--format", "json")
    cold = tallysheet(*asked)
    spoil(cache_of(repo))
    judged.clear()
    assert tallysheet(*asked) == cold
    assert "records/good.yaml" in judged


# What a stranger has forged, hashes and all, says nothing: no check-out can bring the seal of the folder it makes.
@pytest.mark.usefixtures("settled")
def test_committed_cache_is_not_believed(repo: Any, tallysheet: Run, cache_of: Helper) -> None:
    path = repo.wrong()
    tallysheet("check")
    lines = [line[64:] for line in cache_of(repo).read_bytes().splitlines()]
    light, _, heavy = lines[1].partition(b"\t")
    forged = json.dumps({**json.loads(light), "more": {}}).encode()
    store.write_lines(repo.root, cache_of(repo).name, [lines[0], forged + b"\t" + heavy])
    assert tallysheet("check").code == 0, "whoever can write here and now could change the record as well"
    copied(cache_of(repo))
    assert path.exists()
    assert tallysheet("check").code == 1


# A link where the folder would be leads nowhere: nothing is read or written through it.
@pytest.mark.usefixtures("settled")
def test_link_in_place_of_the_folder_is_left_alone(
    repo: Any, tallysheet: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (repo.root / ".tallysheet").symlink_to(outside)
    repo.good()
    assert tallysheet("check").code == 0
    assert list(outside.iterdir()) == []


# Another version of the tool keeps nothing of what this one said.
@pytest.mark.usefixtures("settled")
def test_other_version_judges_anew(
    repo: Any, tallysheet: Run, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.good()
    tallysheet("check")
    judged.clear()
    monkeypatch.setattr(laws, "__version__", "99")
    tallysheet("check")
    assert judged == ["records/good.yaml"]
    judged.clear()
    monkeypatch.setattr(kept, "FORMAT", kept.FORMAT + 1)
    tallysheet("check")
    assert judged == ["records/good.yaml"]


# The digest of the tool is the same in every process, however its sets are ordered.
def test_tool_digest_is_the_same_in_every_process(project: Path) -> None:
    code = "from tallysheet.cache.laws import tool_digest; print(tool_digest())"
    asked = [sys.executable, "-B", "-c", code]
    found = {
        subprocess.run(
            asked, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, cwd=project
        ).stdout
        for seed in "123"
    }
    assert len(found) == 1


# The gate for strangers, a commit and what is staged are judged by themselves, and leave nothing behind.
def test_gate_uses_none(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.commit()
    for arguments in (["--base", "HEAD"], ["--rev", "HEAD"], ["--staged"]):
        assert tallysheet("check", *arguments).code == 0
    assert not (repo.root / ".tallysheet").exists()


# git does not see the folder.
def test_folder_is_out_of_gits_sight(repo: Any, tallysheet: Run, cache_of: Helper) -> None:
    repo.good()
    repo.commit()
    tallysheet("check")
    assert cache_of(repo).exists()
    assert repo.git("status", "--porcelain", "--untracked-files=all") == ""
