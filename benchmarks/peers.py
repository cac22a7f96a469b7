"""The peers that we are measured beside, in exact versions from the package indexes, and how each is run.

Each gets the bundled schema as one file, since not all of them follow references between files, and only what makes it
faster: no format is asserted, no colour printed. None of them checks a figure.
"""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
PYTHON_PACKAGES = (
    "check-jsonschema==0.39.0",
    "yamllint==1.38.0",
    "linkml==1.12.1",
    "PyYAML==6.0.3",
    "jsonschema==4.26.0",
)
NODE_PACKAGES = ("v8r@6.1.0", "ajv-cli@5.0.0", "@sourcemeta/jsonschema@16.11.0")
LINKML = """\
id: https://example.org/publication
name: publication
prefixes: {linkml: "https://w3id.org/linkml/"}
imports: ["linkml:types"]
default_range: string
classes:
  Anything: {class_uri: "linkml:Any"}
  Publication:
    tree_root: true
    slots: [id, status, kind, citation, identifiers, study, groups, breakdowns, results, curation]
slots:
  id: {identifier: true, required: true, pattern: "^[a-z0-9]+(-[a-z0-9]+)*$"}
  status: {required: true}
  kind: {required: true}
  citation: {range: Anything, required: true}
  identifiers: {range: Anything}
  study: {range: Anything}
  groups: {range: Anything, multivalued: true}
  breakdowns: {range: Anything, multivalued: true}
  results: {range: Anything, multivalued: true}
  curation: {range: Anything, required: true}
"""
"""A part of what the schema says: the fields at the top."""


@dataclass(frozen=True)
class Peer:
    """A program, what it does of what we do, how it is run, and on how many files at most."""

    name: str
    does: str
    command: tuple[str | Path, ...]
    most: int | None = None
    by_name: bool = False
    """Whether it is told each file, not their folder or a pattern."""

    def run_on(self, folder: Path, files: Sequence[str]) -> tuple[float, int]:
        """Run it as a whole process over the files; return its seconds and its most memory."""
        return measured([*self.command, *(files if self.by_name else ())], folder)


def measured(command: Sequence[str | Path], folder: Path) -> tuple[float, int]:
    """Return the seconds that a process takes, and the most memory that it holds, in bytes; raises if it crashes."""
    import time

    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 1, 2, 99):  # all mean that files were read and some found wrong
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def bundled(target: Path) -> Path:
    """Write the schema with all its parts in one file; return it."""
    parts = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (PROJECT / "schema").glob("*.json")}
    whole = parts.pop("publication.schema.json")
    whole["$defs"] = {name.partition(".")[0]: part for name, part in sorted(parts.items())}
    target.write_text(json.dumps(whole), encoding="utf-8")
    return target


def install(folder: Path) -> list[Peer]:
    """Install the peers below a folder, unless they are there; return them, and ourselves first."""
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "python" / "bin"
    wanted = "\n".join((*PYTHON_PACKAGES, *NODE_PACKAGES))
    mark = folder / "installed"
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        venv.create(folder / "python", with_pip=True, clear=True)
        subprocess.run([python / "python", "-m", "pip", "install", "--quiet", *PYTHON_PACKAGES], check=True)
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, *NODE_PACKAGES]
        subprocess.run(npm, check=True)
        mark.write_text(wanted, encoding="utf-8")
    schema, linkml = bundled(folder / "bundled.schema.json"), folder / "publication.linkml.yaml"
    linkml.write_text(LINKML, encoding="utf-8")
    node = folder / "node_modules" / ".bin"
    ours = Path(sys.executable).with_name("tallysheet")
    ajv = ("--spec=draft2020", "--strict=false", "--validate-formats=false", "--errors=no")
    script = (python / "python", HERE / "two_libraries.py", schema, "records")
    return [
        Peer(
            "tallysheet check --no-cache",
            "strict YAML, schema, all figures, whole collection",
            (ours, "check", "--no-cache"),
        ),
        Peer("@sourcemeta/jsonschema --fast", "schema", (node / "jsonschema", "validate", schema, "records", "--fast")),
        Peer("ajv-cli", "schema, no formats", (node / "ajv", "validate", *ajv, "-s", schema, "-d", "records/*.yaml")),
        Peer("PyYAML's C loader and jsonschema", "schema", script, 500),
        Peer("linkml-validate", "fields at the top", (python / "linkml-validate", "-s", linkml), 500, by_name=True),
        Peer("check-jsonschema", "schema", (python / "check-jsonschema", "--schemafile", schema), 500, by_name=True),
        Peer("yamllint", "YAML style, no schema", (python / "yamllint", "-d", "relaxed", "records"), 500),
        Peer("v8r", "schema", (node / "v8r", "--schema", schema, "records/*.yaml"), 500),
    ]
