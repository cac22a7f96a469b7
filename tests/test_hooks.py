"""The hooks for pre-commit: which files they take, and that git refuses a commit that breaks a record."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[1]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
LOCAL = {
    hook["id"]: hook
    for repository in yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repository["hooks"]
}


def takes(hook: dict[str, Any], path: str) -> bool:
    """Tell whether a hook is run on a path, as pre-commit decides it."""
    return bool(re.search(hook.get("files", ""), path)) and not re.search(hook.get("exclude", "^$"), path)


# The hook on records takes every file that the gate would look at, whatever its ending, and nothing else.
@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("records/a.yaml", True),
        ("records/deep/b.yaml", True),
        ("records/a.yml", True),
        ("records/a.yaml.bak", True),
        ("records/A b.yaml", True),
        ("records/LICENSE", False),
        ("records/README.md", False),
        ("records/.gitkeep", False),
        ("old-records/a.yaml", False),
        ("docs/records/a.yaml", False),
        ("README.md", False),
    ],
)
def test_record_hook_takes_records(path: str, taken: bool) -> None:  # noqa: FBT001 - a column of a table
    assert takes(HOOKS["tallysheet-record"], path) is taken


# The hook on the schema is run when the schema or the settings change.
@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("schema/publication.schema.json", True),
        ("schema/deep/x.json", True),
        ("tallysheet.yaml", True),
        ("records/a.yaml", False),
        ("schema/README.md", False),
    ],
)
def test_schema_hook_takes_schemas(path: str, taken: bool) -> None:  # noqa: FBT001 - a column of a table
    assert takes(HOOKS["tallysheet-schema"], path) is taken


# The whole collection is judged whatever is committed, also when nothing of it is.
def test_repository_hook_always_runs() -> None:
    hook = HOOKS["tallysheet-repository"]
    assert hook["always_run"] is True
    assert hook["pass_filenames"] is False


# This repository runs the very hooks that it offers.
def test_own_hooks_are_the_ones_offered() -> None:
    for name, hook in HOOKS.items():
        own = LOCAL[name]
        assert own["entry"] == f".venv/bin/{hook['entry']}"
        for field in ("files", "exclude", "pass_filenames", "always_run", "require_serial"):
            assert own.get(field) == hook.get(field), field


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder, as nobody in particular and with no settings but its own."""
    blank = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=A. Reader", "-c", "user.email=reader@example.org", "-c", "init.defaultBranch=main"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, env=inherited | blank, capture_output=True, text=True, check=False)


# A commit that breaks a record is refused by git, through the hooks as they are installed from a clone of this project.
def test_git_refuses_a_commit_that_breaks_a_record(
    repo: Any, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("pre-commit")))
    clone = tmp_path_factory.mktemp("clone")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, tracked.split("\0")):
        if (PROJECT / name).exists() and not name.startswith(("tests/", "records/")):
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((PROJECT / name).read_bytes())
    assert git(clone, "init", "--quiet").returncode == 0
    assert git(clone, "add", "--all").returncode == 0
    assert git(clone, "commit", "--quiet", "--message", "all of it").returncode == 0
    revision = git(clone, "rev-parse", "HEAD").stdout.strip()

    hooks = [{"id": name} for name in HOOKS]
    config = {"repos": [{"repo": f"file://{clone}", "rev": revision, "hooks": hooks}]}
    repo.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    repo.good()
    assert git(repo.root, "init", "--quiet").returncode == 0
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=repo.root, capture_output=True, check=False
    )
    assert installed.returncode == 0
    assert git(repo.root, "add", "--all").returncode == 0
    good = git(repo.root, "commit", "--message", "records: add a good one")
    assert good.returncode == 0, good.stdout + good.stderr

    repo.wrong()
    git(repo.root, "add", "--all")
    refused = git(repo.root, "commit", "--message", "records: add a wrong one")
    assert refused.returncode != 0
    assert "records/wrong.yaml:10:49: error proportion: 6/25 = 24%, printed 42%" in refused.stdout + refused.stderr
    assert git(repo.root, "log", "--oneline").stdout.count("\n") == 1
