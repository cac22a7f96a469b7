"""What is measured is what it is said to be: collections that pass, and collections in which every record is faulty."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallysheet.reader.accept import read_plain
from tallysheet.reader.scalars import REFUSED, resolve


def written(project: Path, folder: Path, *arguments: str) -> tuple[list[Path], str]:
    """Write a collection; return its records, and what is said of it."""
    script = project / "benchmarks" / "collection.py"
    run = subprocess.run([sys.executable, script, folder, *arguments], check=True, capture_output=True, text=True)
    return sorted((folder / "records").iterdir()), run.stdout


# Every record of a generated collection passes, under its own name and in the compiled way.
def test_a_generated_collection_passes(tmp_path: Path, project: Path, tallysheet: Callable[..., Any]) -> None:
    records, _ = written(project, tmp_path / "made", "--records", "60", "--seed", "5")
    outcome = tallysheet("check", "--root", tmp_path / "made", "--format", "json")
    assert (outcome.code, outcome.report["findings"]) == (0, [])
    assert len({path.name for path in records}) == 60
    if read_plain is not None:
        assert all(read_plain(path.read_bytes(), resolve, REFUSED) for path in records)


# The same arguments give the same bytes, another seed other ones.
def test_a_collection_is_written_again_as_it_was(tmp_path: Path, project: Path) -> None:
    texts = [
        [path.read_bytes() for path in written(project, tmp_path / name, "--records", "20", "--seed", seed)[0]]
        for name, seed in (("one", "1"), ("again", "1"), ("other", "2"))
    ]
    assert texts[0] == texts[1]
    assert not set(texts[0]) & set(texts[2])


# Of faulty records each is found out; a DOI that two records share is told of at one of them.
def test_every_faulty_record_is_found(tmp_path: Path, project: Path, tallysheet: Callable[..., Any]) -> None:
    _, said = written(project, tmp_path / "made", "--records", "150", "--seed", "5", "--faulty", "100")
    findings = tallysheet("check", "--root", tmp_path / "made", "--format", "json").report["findings"]
    assert said.startswith(f"150 records, {len({finding['path'] for finding in findings})} of them faulty")
    rules = {finding["rule"] for finding in findings}
    assert {"proportion", "breakdown", "schema", "syntax", "identifiers", "unique-doi"} <= rules
