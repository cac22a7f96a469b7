"""The fast engine: tells whether a value is well formed, and nothing more."""

from typing import Any

from jsonschema_rs import Draft202012Validator, RegexOptions, Registry

from tallysheet.shape.load import BASE, Schema


def plain(document: dict[str, Any]) -> dict[str, Any]:
    """Return a schema file without its `$id` and `$schema`.

    Files are known by their names, so that `$ref` means the file beside. The dialect was checked when the file was
    read; jsonschema would take a file that names it for a reason to go on with its own checks in place of ours.
    """
    return {key: value for key, value in document.items() if key not in ("$id", "$schema")}


def make_validator(schema: Schema, file: str | None = None) -> Draft202012Validator:
    """Return the validator of a whole schema, or of one of its files.

    Patterns are matched in linear time, formats are asserted, and nothing is ever fetched.
    """
    registry = Registry([(BASE + name, plain(document)) for name, document in schema.files.items()])
    return Draft202012Validator(
        {"$ref": BASE + (file or schema.main)},
        registry=registry,
        pattern_options=RegexOptions(),
        validate_formats=True,
        ignore_unknown_formats=False,
        offline=True,
    )
