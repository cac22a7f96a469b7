"""What is built and installed: the wheel brings schema and rules, and works on a repository of records alone."""

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tallysheet.reader.accept import read_plain

PROJECT = Path(__file__).resolve().parents[1]
COMPILED = ("src/tallysheet/reader/plain", "src/tallysheet/plainly")
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from it, of what git tracks."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True).stdout
    for name in filter(None, tracked.decode().split("\0")):
        if (PROJECT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((PROJECT / name).read_bytes())
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, source], check=True, capture_output=True)
    return out


# A package that is added to the source and forgotten in pyproject.toml would be missing from the wheel.
def test_every_package_is_listed() -> None:
    found = {path.parent for path in (PROJECT / "src").rglob("*.py")}
    names = {".".join(folder.relative_to(PROJECT / "src").parts) for folder in found}
    assert sorted(names | {"tallysheet.validators", "tallysheet.schema"}) == SETTINGS["tool"]["setuptools"]["packages"]


# Every runtime dependency has its reason beside it.
def test_every_dependency_has_a_reason() -> None:
    lines = (PROJECT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for requirement in SETTINGS["project"]["dependencies"]:
        line = next(number for number, text in enumerate(lines) if text.strip() == f'"{requirement}",')
        assert lines[line - 1].strip().startswith("# ")
        assert Requirement(requirement).specifier


# The wheel holds schema and rules inside the package, and no top-level name but ours.
def test_wheel_holds_schema_and_rules(dist: Path) -> None:
    names = zipfile.ZipFile(next(dist.glob("*.whl"))).namelist()
    assert {name.split("/")[0] for name in names} == {"tallysheet", "tallysheet-0.1.0.dist-info"}
    for path in [*(PROJECT / "schema").glob("*.json"), *(PROJECT / "validators").glob("*.py")]:
        assert f"tallysheet/{path.relative_to(PROJECT).as_posix()}" in names
    assert "tallysheet/py.typed" in names
    assert "tallysheet/report/report.schema.json" in names
    # One wheel for every Python from 3.11 on.
    assert next(dist.glob("*.whl")).name.startswith("tallysheet-0.1.0-cp311-abi3-")
    assert "tallysheet/reader/_plain.pyi" in names
    assert ("tallysheet/reader/_plain.abi3.so" in names) == (read_plain is not None)
    assert "tallysheet/_plainly.pyi" in names
    assert ("tallysheet/_plainly.abi3.so" in names) == (read_plain is not None)
    assert not [name for name in names if name.endswith((".c", ".h"))]


# The sdist can be built from.
def test_sdist_holds_what_a_build_needs(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "setup.py", "schema/publication.schema.json"} <= names
    for folder in COMPILED:
        assert {path.relative_to(PROJECT).as_posix() for path in (PROJECT / folder).iterdir()} <= names


def installed(environment: Path, what: Path, **variables: str) -> tuple[Path, Path, dict[str, str]]:
    """Install into a new environment; return its Python, its command, and the variables to run them with."""
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", what]
    subprocess.run(install, check=True, capture_output=True, env=clean | variables)
    return python, environment / "bin" / "tallysheet", clean


# Installed from the wheel in an empty environment, the command works on a repository that has only records.
def test_wheel_works_in_an_empty_environment(dist: Path, tmp_path: Path, repo: Any) -> None:
    python, command, clean = installed(tmp_path / "environment", next(dist.glob("*.whl")))
    repo.good()
    repo.wrong()

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=repo.root, env=clean, capture_output=True, text=True, check=False)

    good = run(command, "check", "records/good.yaml")
    assert (good.returncode, good.stderr) == (0, "")
    wrong = run(command, "check")
    assert wrong.returncode == 1
    assert 'did you mean "24"?' in wrong.stdout
    # A module that lies in the work tree must not stand in for an installed one, also with python -m.
    repo.write("yaml.py", "raise SystemExit(0)\n")
    repo.write("jsonschema.py", "raise SystemExit(0)\n")
    shadowed = run(python, "-m", "tallysheet", "check")
    assert (shadowed.returncode, shadowed.stdout) == (1, wrong.stdout)


# Without a compiler all is installed but the compiled parts, and the answers are the same.
def test_source_installs_without_a_compiler(dist: Path, tmp_path: Path, repo: Any) -> None:
    archive = next(dist.glob("*.tar.gz"))
    python, command, clean = installed(tmp_path / "environment", archive, CC="/bin/false")
    repo.good()
    repo.wrong()
    script = (
        "from tallysheet.reader import accept; from tallysheet.shape import ways;"
        "print(accept.read_plain, ways.follow is ways.follow_in_python)"
    )
    without = subprocess.run([python, "-c", script], env=clean, capture_output=True, text=True, check=True)
    assert without.stdout == "None True\n"
    here: list[str | Path] = [Path(sys.executable).with_name("tallysheet"), "check"]
    compiled = subprocess.run(here, cwd=repo.root, capture_output=True, text=True, check=False)
    plain = subprocess.run([command, "check"], cwd=repo.root, env=clean, capture_output=True, text=True, check=False)
    assert (plain.returncode, plain.stdout) == (1, compiled.stdout)
