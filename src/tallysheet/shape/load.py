"""Reads a schema and the files that it refers to, and nothing outside their folder."""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tallysheet.pointers import pointer, resolve
from tallysheet.reader.inert import inert
from tallysheet.shape.keywords import DIALECT, subschemas

# Every file is known by its name below this address, whatever its own $id says, so that a relative
# reference means the file beside it. The top-level domain is reserved: it can't exist (RFC 6761).
BASE = "https://schema.invalid/"
FILES = 200
DEEPEST = 100
REFERENCE = re.compile(
    r"(?P<file>[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?(?:#(?P<fragment>.*))?"
)


class SchemaFault(Exception):  # noqa: N818 - a fault is what the project calls it
    """What is wrong with a schema, and where: `path` as settings name it, `pointer` inside that file."""

    def __init__(self, path: str, pointer: str, message: str, hint: str | None = None) -> None:
        super().__init__(path, pointer, message, hint)
        self.path = path
        self.pointer = pointer
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return inert(f"{self.path}{'#' + self.pointer if self.pointer else ''}: {self.message}", 400)


class Schema(NamedTuple):
    """A schema with all the files that it needs: `files` maps names, relative to its folder, to their contents."""

    folder: str
    main: str
    files: Mapping[str, dict[str, Any]]

    def path(self, name: str) -> str:
        """Return the path by which people know the file `name`."""
        return f"{self.folder}/{name}" if self.folder else name

    def follow(self, name: str, reference: str) -> tuple[str, str]:
        """Return file and pointer that a checked `$ref`, standing in the file `name`, leads to."""
        file, _, fragment = reference.partition("#")
        target = beside(name, file)
        if "%" in fragment:
            from urllib.parse import unquote

            fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return target, find_anchor(self.files[target], fragment)
        return target, fragment

    def at(self, name: str, place: str) -> Any:
        """Return the subschema at a place; raises LookupError where there is none."""
        return resolve(self.files[name], place)


def beside(name: str, file: str | None) -> str:
    """Return the name of a file that the file `name` refers to, itself where the reference names none."""
    return (name.rpartition("/")[0] + "/" + file).lstrip("/") if file else name


def find_anchor(document: Any, anchor: str) -> str:
    """Return the pointer of the subschema that carries `$anchor`; raises LookupError if none does."""
    for place, subschema in walk(document):
        if isinstance(subschema, dict) and subschema.get("$anchor") == anchor:
            return place
    raise LookupError(anchor)


def walk(schema: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every subschema of one file with its pointer, the file's own first."""
    yield place, schema
    if isinstance(schema, dict):
        for steps, inner in subschemas(schema):
            yield from walk(inner, place + pointer(*steps))


def parse(path: str, data: bytes) -> dict[str, Any]:
    """Return the contents of a schema file; raises SchemaFault for what is not one JSON object without duplicates."""
    document = parse_json(path, data)
    if not isinstance(document, dict):
        what = {list: "a list", bool: "true or false"}.get(type(document), "a single value")
        raise SchemaFault(path, "", f"is {what}, not an object with keywords: it would say nothing of a record")
    if depth(document) > DEEPEST:
        raise SchemaFault(path, "", f"is nested more than {DEEPEST} deep")
    return document


def parse_json(path: str, data: bytes) -> Any:
    """Return a JSON value; raises SchemaFault for what is none, or has a key twice."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise SchemaFault(path, "", f'the key "{key}" stands twice in one object', "keep one of them")
            found[key] = value
        return found

    def finite(text: str) -> float:
        number = float(text)
        if not math.isfinite(number):
            raise SchemaFault(path, "", f"{text[:40]} is no number that JSON can hold")
        return number

    try:
        document = json.loads(data.decode(), object_pairs_hook=unique, parse_float=finite, parse_constant=finite)
        if b"\\u" in data:  # only by an escape half a surrogate pair comes in
            json.dumps(document, ensure_ascii=False).encode()
    except RecursionError:
        raise SchemaFault(path, "", "is nested too deeply") from None
    except ValueError as error:  # not UTF-8, half a surrogate pair, not JSON, or a number of thousands of digits
        raise SchemaFault(path, "", f"is no JSON: {error}") from None
    return document


def depth(document: Any) -> int:
    """Return how deep a JSON value is nested, without recursion."""
    level, layer = 0, [document]
    while layer:
        level += 1
        inner = [one for one in layer if isinstance(one, (dict, list))]
        layer = [value for one in inner for value in (one.values() if isinstance(one, dict) else one)]
    return level


def load_schema(folder: str, main: str, open_file: Callable[[str], bytes]) -> Schema:
    """Read the file `main` of `folder` and every file that it refers to, by `open_file(name)`.

    Raises SchemaFault for the first thing that stands in the way; OSError from `open_file` is turned into one.
    """
    files: dict[str, dict[str, Any]] = {}
    schema = Schema(folder, main, files)
    waiting = [(main, "", "")]
    while waiting:
        name, asker, place = waiting.pop()
        if name in files:
            continue
        if len(files) >= FILES:
            raise SchemaFault(schema.path(main), "", f"refers to more than {FILES} files")
        try:
            data = open_file(name)
        except OSError as error:
            missing = f'refers to "{name}", which can\'t be read: {error.strerror or error}'
            if not asker:
                raise SchemaFault(schema.path(name), "", f"can't be read: {error.strerror or error}") from None
            raise SchemaFault(schema.path(asker), place, missing) from None
        files[name] = parse(schema.path(name), data)
        waiting.extend((target, name, place) for place, target in neighbours(schema, name))
    return schema


def neighbours(schema: Schema, name: str) -> Iterator[tuple[str, str]]:
    """Yield the place of each reference of a file and the file it leads to, after checking that it stays inside."""
    path = schema.path(name)
    dialect = schema.files[name].get("$schema", DIALECT)
    if dialect != DIALECT:
        raise SchemaFault(path, "/$schema", f"is written in another dialect: {dialect!s:.80}", f'write "{DIALECT}"')
    for place, subschema in walk(schema.files[name]):
        if not isinstance(subschema, dict):
            continue
        for keyword in ("$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"):
            if keyword in subschema:
                raise SchemaFault(path, place + pointer(keyword), f"{keyword} is not supported", "use $ref and $defs")
        if place and "$id" in subschema:
            raise SchemaFault(path, place + "/$id", "only a file as a whole may have an $id", "remove it")
        if "$ref" not in subschema:
            continue
        reference = subschema["$ref"]
        match = REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
        if not match or reference == "":
            message = f"$ref leads out of the schema's own folder or nowhere: {reference!s:.80}"
            raise SchemaFault(path, place + "/$ref", message, "refer to a file beside this one, or to #/$defs/...")
        yield place + "/$ref", beside(name, match["file"])
