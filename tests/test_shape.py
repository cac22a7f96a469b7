"""What does not fit a schema: the words for the author of a record, and for the author of a schema."""

import json
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tallysheet.shape import Blocks, SchemaFault, load_schema
from tallysheet.shape.accept import closed, make_validator, plain
from tallysheet.shape.explain import Explainer
from tallysheet.shape.lint import lint

CASES = yaml.safe_load(Path(__file__).with_name("shape.yaml").read_text(encoding="utf-8"))
DIALECT = "https://json-schema.org/draft/2020-12/schema"


# One cause gives one finding, in the words of the author, at the place to look at.
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_misfit_is_said_once_in_plain_words(case: dict[str, Any], repo: Any, tallysheet: Callable[..., Any]) -> None:
    path = repo.good("case")
    text = path.read_text(encoding="utf-8")
    for old, new in case["replace"].items():
        assert old in text
        text = text.replace(old, new.replace("LONG", "x" * 4000))
    path.write_text(text, encoding="utf-8")
    found = [f for f in tallysheet("check", "--format", "json").report["findings"] if f["rule"] == "schema"]
    shown = [{"at": f"{f['line']}:{f['column']}", "message": f["message"]} for f in found]
    assert shown == [{"at": want["at"], "message": want["message"]} for want in case["findings"]]
    assert [want["hint"] for want in case["findings"] if "hint" in want] == [
        f["hint"] for f, want in zip(found, case["findings"], strict=True) if "hint" in want
    ]


RUNGS = {f"a{n}": {"oneOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(25)}
LADDER = {"$ref": "#/$defs/a0", "$defs": {**RUNGS, "a25": {"type": "object"}}}
"""Each rung asks the next one twice: a check would take 2**25 steps."""


def faults(**files: Any) -> list[tuple[str, str, str]]:
    """Return file, place and message of the faults of a schema whose main file is `main`."""

    def open_file(name: str) -> bytes:
        key = name.removesuffix(".json").replace("/", "__")
        if key not in files:
            raise FileNotFoundError(2, "No such file or directory", name)
        content = files[key]
        return content.encode() if isinstance(content, str) else json.dumps(content).encode()

    try:
        found = list(lint(load_schema("s", "main.json", open_file)))
    except SchemaFault as fault:
        found = [fault]
    return [(fault.path, fault.pointer, fault.message) for fault in found]


# A schema that would check less than its author means is refused, with the place in it.
@pytest.mark.parametrize(
    ("schema", "place", "said"),
    [
        ("true", "", "is true or false, not an object"),
        ("[1]", "", "is a list, not an object"),
        ("{", "", "is no JSON"),
        ('{"type": "object", "type": "array"}', "", 'the key "type" stands twice'),
        ('{"multipleOf": NaN}', "", "NaN is no number"),
        ('{"multipleOf": 1e999}', "", "1e999 is no number"),
        ('{"a": ' * 3000 + "1" + "}" * 3000, "", "is nested "),
        ('{"properties": {"a": ' * 60 + "{}" + "}}" * 60, "", "is nested more than 100 deep"),
        ({}, "", "says nothing"),
        ({"title": "T", "description": "D"}, "", "says nothing"),
        ({"type": "object"}, "", "says nothing"),
        ({"$defs": {"a": {"type": "string"}}}, "", "says nothing"),
        ({"allOf": [True]}, "/allOf/0", "that anything fits"),
        ({"anyOf": [{"required": ["a"]}, {}]}, "/anyOf/1", "that anything fits"),
        ({"type": "object", "required": ["a"], "then": {"required": ["b"]}}, "/then", "does nothing without if"),
        ({"required": ["a"], "if": {"required": ["b"]}}, "/if", "does nothing without then or else"),
        ({"required": ["a"], "minContains": 2}, "/minContains", "does nothing without contains"),
        ('{"title": "\\ud800", "required": ["a"]}', "", "is no JSON"),
        (LADDER, "", "by more than 10,000 ways"),
        ({"type": "object", "requried": []}, "/requried", '"requried" is no keyword'),
        ({"type": "object", "properties": {"a": {"formt": "date"}}}, "/properties/a/formt", '"formt" is no keyword'),
        ({"type": "string", "format": "dat"}, "/format", '"dat" is no format'),
        ({"type": "strng"}, "/type", "is not what JSON Schema 2020-12 allows"),
        ({"type": "string", "pattern": "("}, "/pattern", "no regular expression"),
        ({"type": "string", "pattern": "(?=a)b"}, "/pattern", "can't be matched in linear time"),
        ({"type": "string", "pattern": "^(a+)+$"}, "/pattern", "repeats a repetition"),
        ({"patternProperties": {"(": {}}}, "/patternProperties/(", "no regular expression"),
        ({"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}, "/$schema", "another dialect"),
        ({"$dynamicRef": "#a"}, "/$dynamicRef", "not supported"),
        ({"properties": {"a": {"$id": "http://x/y", "type": "string"}}}, "/properties/a/$id", "only a file as a whole"),
        ({"$ref": "http://127.0.0.1:9/x.json"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "//127.0.0.1/x.json"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "file:///etc/passwd"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "data:application/json,{}"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "/etc/passwd"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "../x.json"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "a/../../x.json"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "%2e%2e/x.json"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": "..\\x.json"}, "/$ref", "leads out of the schema's own folder"),
        ({"$ref": ""}, "/$ref", "leads out of the schema's own folder or nowhere"),
        ({"$ref": 5}, "/$ref", "leads out of the schema's own folder or nowhere"),
        ({"$ref": "missing.json"}, "/$ref", "can't be read"),
        ({"$ref": "#/$defs/nope"}, "/$ref", "leads to nothing"),
        ({"$ref": "#nope"}, "/$ref", "leads to nothing"),
        (
            {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/required"}}},
            "/properties/a/$ref",
            "leads",
        ),
        ({"$ref": "#"}, "", "refers back to itself"),
        ({"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#"}]}}}, "", "refers back to itself"),
        (
            {"type": "object", "$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}},
            "/$defs/b/$anchor",
            'the anchor "x" stands at',
        ),
        ({"enum": ["a"], "x-terms": {"b": {}}}, "/x-terms", '"a" stands in only one'),
    ],
)
def test_schema_that_says_less_than_it_means_is_refused(schema: Any, place: str, said: str) -> None:
    found = faults(main=schema)
    assert any(where == place and said in message for _, where, message in found), found


# What is odd but means what it says is accepted.
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "required": ["id"]},
        {"const": True},
        {"multipleOf": 0.01},
        {"multipleOf": 1e-308},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$anchor": "x", "type": "object"}}},
        {"$ref": "#x", "$defs": {"a": {"$anchor": "x", "type": "object"}}},
        {"properties": {"again": {"$ref": "#"}}, "type": "object"},
        {"type": "object", "required": ["id"], "x-own": 1, "$id": "https://example.org/elsewhere/name.json"},
        {"properties": {"pattern": {"type": "string"}, "$ref": {"type": "string"}}},
    ],
)
def test_schema_that_means_what_it_says_is_accepted(schema: dict[str, Any]) -> None:
    assert faults(main=schema) == []


# A reference means the file beside it, whatever the files call themselves.
def test_references_go_by_files_not_by_ids() -> None:
    files = {"main": {"$id": "https://a/b/c", "$ref": "sub/one.json"}, "sub__one": {"$ref": "two.json#/$defs/x"}}
    assert faults(**files, sub__two={"$id": "urn:z", "$defs": {"x": {"type": "string"}}}) == []
    assert faults(**files, sub__two={"$defs": {}})[0][:2] == ("s/sub/one.json", "/$ref")


# Both engines agree: what the fast one refuses the explaining one explains, and nothing else.
@pytest.mark.parametrize(
    ("schema", "value", "fits"),
    [
        ({"const": True}, 1, False),
        ({"const": 1}, True, False),
        ({"enum": [0]}, False, False),
        ({"multipleOf": 0.01}, 19.99, True),
        ({"multipleOf": 0.01}, 19.999, False),
        ({"multipleOf": 1e-308}, 1e308, True),
        ({"type": "integer"}, 1.0, True),
        ({"type": "string", "pattern": "^[0-9]+$"}, "12\n", False),
        ({"type": "string", "pattern": "^[0-9]+$"}, "٣", False),
        ({"type": "string", "format": "date"}, "2023-02-29", False),
        ({"type": "string", "format": "date"}, "2024-02-29", True),
        ({"pattern": "^(a|a)*b$"}, "a" * 40_000, False),
        ({"uniqueItems": True}, [1, True], True),
        ({"uniqueItems": True}, [{"a": 1}, {"a": 1}], False),
        ({"maxLength": 1}, "😀", True),
        ({"oneOf": [{"minimum": 1}, {"maximum": 5}]}, 3, False),
        ({"not": {"type": "string"}}, "a", False),
        (
            {"anyOf": [{"type": "string"}, {"properties": {"a": {"type": "integer"}}, "required": ["a"]}]},
            {"a": "x"},
            False,
        ),
        ({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}, {"b": "x"}, False),
        ({"patternProperties": {"^x-": {}}, "additionalProperties": False}, {"x-a": 1, "y": 2}, False),
        ({"propertyNames": {"pattern": "^a"}}, {"b": 1}, False),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}, False),
        ({"items": {"type": "integer"}, "contains": {"const": 1}}, [2], False),
        ({"prefixItems": [{"type": "integer"}], "unevaluatedItems": False}, [1, 2], False),
    ],
)
def test_both_engines_agree(schema: dict[str, Any], value: Any, fits: bool) -> None:  # noqa: FBT001 - a column of a table
    loaded = load_schema("s", "main.json", lambda _: json.dumps(schema).encode())
    assert make_validator(loaded).is_valid(value) is fits
    misfits = Explainer(loaded, Blocks(loaded)).explain(value)
    assert bool(misfits) is not fits
    for misfit in misfits:
        assert misfit.message
        assert len(misfit.message) < 300
    assert not isinstance(value, float) or math.isfinite(value)


def any_schema(chance: random.Random, depth: int = 0) -> Any:
    """Return a schema of fields a to d, which its branches speak of as well, closed in one way or another."""
    if depth > 2 or (depth and chance.random() < 0.1):
        return chance.choice((True, False, {"type": "integer"}, {"required": [chance.choice("abcd")]}))
    found: dict[str, Any] = {}
    for name in chance.sample("abcd", chance.randint(0, 3)):
        inner = any_schema(chance, depth + 1) if chance.random() < 0.3 else chance.choice((True, {"type": "integer"}))
        found.setdefault("properties", {})[name] = inner
    for keyword in chance.sample(("allOf", "anyOf", "oneOf"), chance.choice((0, 0, 1, 2))):
        found[keyword] = [any_schema(chance, depth + 1) for _ in range(chance.randint(1, 2))]
    for keyword in chance.sample(("if", "then", "else", "not"), chance.choice((0, 0, 1, 3))):
        found[keyword] = any_schema(chance, depth + 1)
    if chance.random() < 0.1:
        found["patternProperties"] = {"^[ab]": any_schema(chance, depth + 1)}
    if chance.random() < 0.1:
        found["dependentSchemas"] = {chance.choice("abcd"): any_schema(chance, depth + 1)}
    if chance.random() < 0.1:
        found["$ref"] = "other.json"
    if chance.random() < 0.1:
        found["additionalProperties"] = any_schema(chance, depth + 1)
    if chance.random() < 0.6:
        found["unevaluatedProperties"] = False
    return found


# A schema that is closed by what its branches speak of admits the same values when the fast engine reads it.
def test_fast_engine_admits_what_the_schema_says() -> None:
    chance, seen = random.Random(8), [0, 0]  # noqa: S311 - repeatable, no secret
    for _ in range(3_000):
        one, other = any_schema(chance), {"properties": {chance.choice("abcd"): True}}
        files = {"main.json": json.dumps(one).encode(), "other.json": json.dumps(other).encode()}
        loaded = load_schema("s", "main.json", files.__getitem__)
        fast = make_validator(loaded)
        slow = Draft202012Validator({"$defs": {"other": other}, "allOf": [inlined(one)]})
        for _ in range(4):
            names = chance.sample("abcd", chance.randint(0, 4))
            value = {name: chance.choice((1, "x", {"a": 1}, {"b": "x", "c": 1})) for name in names}
            fits = slow.is_valid(value)
            seen[fits] += 1
            assert fast.is_valid(value) is fits, (one, value)
    assert min(seen) > 1_000


def inlined(schema: Any) -> Any:
    """Return a schema whose references lead into the same file."""
    return json.loads(json.dumps(schema).replace('"other.json"', '"#/$defs/other"'))


# No name is taken for a keyword: a field may be called anything.
def test_fields_called_as_keywords_are_fields() -> None:
    schema = {"properties": {"unevaluatedProperties": False, "const": {"unevaluatedProperties": False}}}
    assert closed(schema) == {"properties": {"unevaluatedProperties": False, "const": {"additionalProperties": False}}}


# The project's own schema is accepted without keeping in mind which fields were spoken of: that is half the time.
def test_own_schema_is_closed_plainly() -> None:
    folder = Path(__file__).resolve().parents[1] / "schema"
    files = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    assert len(files) > 20
    assert not [one["title"] for one in files if "unevaluatedProperties" in json.dumps(closed(plain(one)))]
