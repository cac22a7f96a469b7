"""The schema of this project: what editors show, what it demands, and that it says nothing twice."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tallysheet.shape import Blocks, load_schema
from tallysheet.shape.accept import make_validator
from tallysheet.shape.lint import lint
from tallysheet.shape.load import walk

FOLDER = Path(__file__).resolve().parents[1] / "schema"
FILES = sorted(FOLDER.glob("*.json"))
SCHEMA = load_schema("schema", "publication.schema.json", lambda name: (FOLDER / name).read_bytes())


def subschemas(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the subschemas of a file that are objects, with their pointers."""
    for place, subschema in walk(json.loads(path.read_text(encoding="utf-8"))):
        if isinstance(subschema, dict):
            yield place, subschema


# The schema passes the lint that any repository's schema must pass.
def test_schema_has_no_faults() -> None:
    assert [str(fault) for fault in lint(SCHEMA)] == []


# A copy of the schema needs no lint; one that is changed anywhere gets it.
def test_changed_copy_is_linted(repo: Any, tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    repo.good()
    for path in FILES:
        repo.write(f"own/{path.name}", path.read_text(encoding="utf-8"))
    repo.write("tallysheet.yaml", "schema: own/publication.schema.json\n")
    monkeypatch.setattr("tallysheet.shape.lint.lint", lambda _: pytest.fail("a copy was linted"))
    assert tallysheet("check", "--no-cache").code == 0
    monkeypatch.undo()
    changed = next(path for path in FILES if path.name == "count.schema.json").read_text(encoding="utf-8")
    repo.write("own/count.schema.json", changed.replace('"minimum"', '"minimun"'))
    outcome = tallysheet("check", "--no-cache", "--root", repo.root)
    assert outcome.code == 2
    assert "own/count.schema.json" in outcome.err
    assert "minimun" in outcome.err


# So is a schema of which only the main file has another name, and one that has a file more.
def test_only_the_whole_schema_is_known(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    for path in FILES:
        repo.write(f"own/{path.name}", path.read_text(encoding="utf-8"))
    main = '{"$ref": "publication.schema.json", "minimun": 1}'
    repo.write("own/main.json", main)
    repo.write("tallysheet.yaml", "schema: own/main.json\n")
    outcome = tallysheet("check", "--no-cache")
    assert outcome.code == 2
    assert "own/main.json" in outcome.err


# Every file of the folder is used, so that none is forgotten when a block is renamed.
def test_every_file_is_referred_to() -> None:
    assert sorted(SCHEMA.files) == [path.name for path in FILES]


# An editor shows a title and a description for every field of every block.
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_block_and_field_is_described(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["title"]
    assert document["description"].endswith(".")
    for place, subschema in subschemas(path):
        is_field = place.split("/")[-2:-1] == ["properties"] and not place.startswith(("/allOf", "/if", "/then"))
        if is_field and "$ref" not in subschema:
            assert subschema.get("title"), place
            assert subschema.get("description") or subschema.get("properties"), place


# A field that the schema does not know is refused everywhere.
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_object_is_closed(path: Path) -> None:
    for place, subschema in subschemas(path):
        if subschema.get("type") == "object":
            assert subschema.get("unevaluatedProperties") is False, place


# Patterns say which characters they mean: \d and \w mean others in other engines.
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_patterns_are_explicit_and_anchored(path: Path) -> None:
    for place, subschema in subschemas(path):
        if pattern := subschema.get("pattern"):
            assert pattern[0] == "^", place
            assert pattern[-1] == "$", place
            assert not {"\\d", "\\w", "\\s"} & {pattern[i : i + 2] for i in range(len(pattern))}, place
            assert subschema.get("x-shape"), f"{place}: a message needs words for the pattern"


# What a block shows as its example is such a block.
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_examples_are_valid(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    is_valid = make_validator(SCHEMA, path.name).is_valid
    for example in document.get("examples", ()):
        assert is_valid(example), example


# A bare oneOf makes messages that nobody can act on.
def test_no_schema_uses_one_of() -> None:
    assert not [place for path in FILES for place, subschema in subschemas(path) if "oneOf" in subschema]


# Wherever a schema refers to a block, rules find it: here in a list in a map in a branch.
def test_blocks_are_found_wherever_they_stand() -> None:
    files = {
        "main.json": {
            "properties": {
                "deep": {"additionalProperties": {"items": {"$ref": "fact.schema.json"}}},
                "either": {"anyOf": [{"$ref": "fact.schema.json"}, {"type": "string"}]},
                "again": {"$ref": "#"},
            }
        },
        "fact.schema.json": {"type": "integer"},
    }
    schema = load_schema("s", "main.json", lambda name: json.dumps(files[name]).encode())
    found = Blocks(schema).find({"deep": {"a": [1, 2]}, "either": 3, "again": {"either": 4}, "other": 5})
    facts = [(block.pointer, block.value, block.sure) for block in found if block.name == "fact"]
    assert facts == [("/deep/a/0", 1, True), ("/deep/a/1", 2, True), ("/either", 3, False), ("/again/either", 4, False)]
