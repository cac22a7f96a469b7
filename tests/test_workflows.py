"""What runs the gate elsewhere: the action, what init writes, the job for GitLab, each in a shell."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallysheet.commands.init import WORKFLOW

PROJECT = Path(__file__).resolve().parents[1]
ACTION = (PROJECT / "action.yml").read_text(encoding="utf-8")
CHECK = yaml.safe_load(ACTION)["runs"]["steps"][-1]["run"]
INIT = next(
    step["run"]
    for step in yaml.safe_load(WORKFLOW.format(version="0"))["jobs"]["check"]["steps"]
    if "--base" in step.get("run", "")
)
GITLAB = next(
    job["records"]["script"][-1]
    for block in re.findall(r"```yaml\n(.*?)```", (PROJECT / "docs" / "gate.md").read_text(encoding="utf-8"), re.DOTALL)
    if "records" in (job := yaml.safe_load(block)) and "script" in job["records"]
)


@pytest.fixture
def merge(repo: Any) -> Any:
    """Return a repository as a pull request is checked out: the merge of a change that brings a wrong record."""
    repo.good("kept")
    repo.commit()
    repo.git("branch", "-M", "main")
    repo.git("checkout", "--quiet", "-b", "change")
    repo.wrong("wrong")
    repo.write("tallysheet.yaml", 'severities: {proportion: "off", quote: "off"}\n')
    repo.commit()
    repo.git("checkout", "--quiet", "--detach", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "merge", "change")
    return repo


def run(repo: Any, script: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a script as a workflow's shell does."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    given = {"ROOT": ".", "GATE_CHANGES": "fail", "SARIF_FILE": "", "EVENT": "push", "PULL_HEAD": "", "GROUP_BASE": ""}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=repo.root,
        env={**os.environ, **given, "PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


# The action judges the merge of a pull request by its first parent, though the change has switched the rule off.
def test_action_judges_a_pull_request_by_its_base(merge: Any) -> None:
    head = merge.git("rev-parse", "change")
    done = run(merge, CHECK, EVENT="pull_request", PULL_HEAD=head, SARIF_FILE="found.sarif")
    assert (done.returncode, "error proportion" in done.stdout, "error gate-change" in done.stdout) == (1, True, True)
    assert (merge.root / "found.sarif").read_text().startswith("{")
    told = run(merge, CHECK, EVENT="pull_request", PULL_HEAD=head, GATE_CHANGES="report")
    assert (told.returncode, "note: gate-change: tallysheet.yaml" in told.stdout) == (1, True)
    queued = run(merge, CHECK, EVENT="merge_group", GROUP_BASE=merge.git("rev-parse", "main"))
    assert (queued.returncode, "error proportion" in queued.stdout) == (1, True)
    assert run(merge, CHECK, EVENT="push").returncode == 0


# Where the head of the change is checked out, its first parent is a stranger's too: nothing is judged.
@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_action_refuses_a_check_out_that_is_no_merge(merge: Any, event: str) -> None:
    head = merge.git("rev-parse", "change")
    merge.git("checkout", "--quiet", "change")
    done = run(merge, CHECK, EVENT=event, PULL_HEAD=head)
    assert (done.returncode, done.stdout) == (2, "")
    assert "fetch-depth: 2" in done.stderr


# Values of the event reach the scripts through variables only, so that none of them is taken for shell.
@pytest.mark.parametrize("text", [ACTION, WORKFLOW.format(version="0")])
def test_scripts_hold_no_expressions(text: str) -> None:
    document = yaml.safe_load(text)
    steps = document["runs"]["steps"] if "runs" in document else document["jobs"]["check"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", used), used


# The workflow that init writes judges a pull request the same way, and stops where it is no merge.
def test_workflow_of_init_judges_by_the_base(merge: Any) -> None:
    head = merge.git("rev-parse", "change")
    done = run(merge, INIT, PULL_HEAD=head)
    assert (done.returncode, "error proportion" in done.stdout) == (1, True)
    merge.git("checkout", "--quiet", "change")
    assert run(merge, INIT, PULL_HEAD=head).returncode != 0


# The job for GitLab judges a merge request by its target branch, and all else as it is.
def test_job_for_gitlab_judges_by_the_target(merge: Any) -> None:
    merge.git("update-ref", "refs/remotes/origin/main", "main")
    done = run(merge, GITLAB, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    assert (done.returncode, "error proportion" in done.stdout) == (1, True)
    assert (merge.root / "findings.json").read_text().startswith("[")
    assert run(merge, GITLAB).returncode == 0
