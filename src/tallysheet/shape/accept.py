"""The fast engine: tells whether a value is well formed, and nothing more."""

from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator, RegexOptions, Registry

from tallysheet.shape.keywords import IN_PLACE_LISTS, IN_PLACE_SINGLES, LISTS, MAPS, SINGLES
from tallysheet.shape.load import BASE, Schema


def plain(document: dict[str, Any]) -> dict[str, Any]:
    """Return a schema file without its `$id` and `$schema`.

    Files are known by their names, so that `$ref` means the file beside. The dialect was checked when the file was
    read; jsonschema would take a file that names it for a reason to go on with its own checks in place of ours.
    """
    return {key: value for key, value in document.items() if key not in ("$id", "$schema")}


ELSEWHERE = frozenset(
    ("$ref", "$dynamicRef", "patternProperties", "additionalProperties", "unevaluatedProperties", "dependentSchemas")
)
"""Keywords by which a schema may speak of fields that it does not name itself."""


def closed(schema: Any) -> Any:
    """Return a schema that admits the same values, with `additionalProperties: false` where that closes it as well.

    Which fields the branches of a schema have spoken of must be kept in mind only where they speak of others than its
    `properties` do: keeping it in mind is half of what accepting a record costs.
    """
    if not isinstance(schema, dict):
        return schema
    found = {key: closed_inside(key, value) for key, value in schema.items()}
    if schema.get("unevaluatedProperties") is False and not ELSEWHERE.intersection(schema) - {"unevaluatedProperties"}:
        named = schema.get("properties", {}).keys()
        if all(spoken is not None and spoken <= named for spoken in map(spoken_of, branches(schema))):
            del found["unevaluatedProperties"]
            found["additionalProperties"] = False
    return found


def closed_inside(keyword: str, value: Any) -> Any:
    """Return what stands under a keyword with every schema in it `closed`."""
    if keyword in MAPS and isinstance(value, dict):
        return {name: closed(inner) for name, inner in value.items()}
    if keyword in LISTS and isinstance(value, list):
        return [closed(inner) for inner in value]
    return closed(value) if keyword in SINGLES else value


def branches(schema: dict[str, Any]) -> Iterator[Any]:
    """Yield the schemas that stand in `schema` and speak of the same value."""
    for keyword, value in schema.items():
        if keyword in IN_PLACE_LISTS:
            yield from value
        elif keyword in IN_PLACE_SINGLES:
            yield value


def spoken_of(schema: Any) -> set[str] | None:
    """Return the fields that a schema speaks of, its branches included; None where it may speak of any."""
    if not isinstance(schema, dict):
        return set()
    if ELSEWHERE.intersection(schema):
        return None
    found = set(schema.get("properties", ()))
    for spoken in map(spoken_of, branches(schema)):
        if spoken is None:
            return None
        found |= spoken
    return found


def make_validator(schema: Schema, file: str | None = None) -> Draft202012Validator:
    """Return the validator of a whole schema, or of one of its files.

    Patterns are matched in linear time, formats are asserted, and nothing is ever fetched.
    """
    registry = Registry([(BASE + name, closed(plain(document))) for name, document in schema.files.items()])
    return Draft202012Validator(
        {"$ref": BASE + (file or schema.main)},
        registry=registry,
        pattern_options=RegexOptions(),
        validate_formats=True,
        ignore_unknown_formats=False,
        offline=True,
    )
