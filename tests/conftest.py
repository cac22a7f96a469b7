"""Repositories to try things in, and the command as it is run."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tallysheet.command import main

PROJECT = Path(__file__).resolve().parents[1]
GOOD = """\
id: {id}
status: active
kind: observational
citation: {{title: A title}}
groups:
  - {{id: all, label: All, n: 25, source: {{section: abstract, quote: "25 patients"}}}}
results:
  - outcome: clinical-response
    group: all
    proportion: {{events: 6, total: 25, percent: "24"}}
    source: {{section: abstract, quote: "6 of 25 (24%)"}}
curation: {{extracted: {{by: A. Reader, on: "2026-11-23"}}}}
"""


@dataclass(frozen=True)
class Repo:
    """A repository of records in a folder of its own, and ways to put files into it."""

    root: Path

    def write(self, path: str, text: str) -> Path:
        """Write a file."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return target

    def good(self, identity: str = "good") -> Path:
        """Write a record that passes."""
        return self.write(f"records/{identity}.yaml", GOOD.format(id=identity))

    def git(self, *arguments: str) -> str:
        """Return what git answers."""
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        asked = ["git", *who, "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(asked, cwd=self.root, check=True, capture_output=True, text=True).stdout.strip()

    def commit(self) -> str:
        """Commit all that is there, in a repository that is made if need be; return the commit's name."""
        if not (self.root / ".git").exists():
            self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "as it stands")
        return self.git("rev-parse", "HEAD")

    def wrong(self, identity: str = "wrong") -> Path:
        """Write a record whose percentage has its digits swapped."""
        return self.write(
            f"records/{identity}.yaml", GOOD.format(id=identity).replace('percent: "24"', 'percent: "42"')
        )


@dataclass(frozen=True)
class Outcome:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The report that was written as JSON."""
        parsed: dict[str, Any] = json.loads(self.out)
        return parsed

    def places(self) -> list[tuple[str, str, int]]:
        """Rule, path and line of each finding of a JSON report."""
        return [(found["rule"], found["path"], found["line"]) for found in self.report["findings"]]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return an empty repository, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return Repo(tmp_path)


@pytest.fixture
def tallysheet(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return the command line as a function."""

    def run(*arguments: str | os.PathLike[str]) -> Outcome:
        capsys.readouterr()
        code = main([os.fspath(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the top of this project."""
    return PROJECT
