"""The keywords of JSON Schema 2020-12 that this project knows, by what stands behind them."""

from collections.abc import Iterator
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"

MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SINGLES = frozenset(
    {
        *("items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains"),
        *("not", "if", "then", "else", "propertyNames", "contentSchema"),
    }
)
ASSERTIONS = frozenset(
    {
        *("type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
        *("maxLength", "minLength", "pattern", "format", "maxItems", "minItems", "uniqueItems"),
        *("maxContains", "minContains", "maxProperties", "minProperties", "required", "dependentRequired"),
    }
)
REMARKS = frozenset(
    {
        *("title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "$comment"),
        *("contentEncoding", "contentMediaType", "$schema", "$id", "$anchor", "$vocabulary"),
    }
)
KNOWN = MAPS | LISTS | SINGLES | ASSERTIONS | REMARKS | {"$ref"}
FORMATS = frozenset(
    {
        *("date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"),
        *("uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template"),
        *("json-pointer", "relative-json-pointer", "regex"),
    }
)
# These speak of the same value as the schema that they stand in; the others of a value inside it.
IN_PLACE_LISTS = ("allOf", "anyOf", "oneOf")
IN_PLACE_SINGLES = ("if", "then", "else", "not")
IN_PLACE = frozenset(("$ref", *IN_PLACE_LISTS, *IN_PLACE_SINGLES, "dependentSchemas"))


def subschemas(schema: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the subschemas that stand directly in `schema`, each with its steps from there."""
    for keyword, value in schema.items():
        if keyword in MAPS and isinstance(value, dict):
            yield from (((keyword, name), inner) for name, inner in value.items())
        elif keyword in LISTS and isinstance(value, list):
            yield from (((keyword, index), inner) for index, inner in enumerate(value))
        elif keyword in SINGLES:
            yield (keyword,), value


MOST_MISFITS = 60
"""No more misfits of one value are looked for: nobody reads more, and a hostile file has a hundred thousand."""
