"""Finds what would make a schema say less than its author means."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator, ReferencingError, RegexOptions, ValidationError, meta

from tallysheet.pointers import pointer
from tallysheet.shape.keywords import ASSERTIONS, FORMATS, IN_PLACE_LISTS, KNOWN, LISTS, MAPS, SINGLES
from tallysheet.shape.load import Schema, SchemaFault, walk
from tallysheet.shape.places import in_place
from tallysheet.words import did_you_mean, listed

MOST_WAYS = 10_000
SAYING = (ASSERTIONS | MAPS | LISTS | SINGLES | {"$ref"}) - {"type", "$defs"}
"""Keywords of which a schema needs one to say anything of a record: that it is a mapping the reader sees to."""
IDLE_WITHOUT = {
    "then": ("if",),
    "else": ("if",),
    "if": ("then", "else"),
    "minContains": ("contains",),
    "maxContains": ("contains",),
}
# One atom under a quantifier, inside a group under a quantifier: other engines take exponential time on it.
NESTED = re.compile(r"\((?:\?:)?(?:\[[^\]]*\]|\\.|[^()\\|\[])[+*]\)[+*{]")


def lint(schema: Schema) -> Iterator[SchemaFault]:
    """Yield every fault of a schema that `load_schema` could read."""
    faults = [fault for name, document in schema.files.items() for fault in lint_file(schema, name, document)]
    faults += lint_references(schema)
    if not faults:
        faults += lint_loops(schema)
    if not (faults or schema.files[schema.main].keys() & SAYING):
        message = "says nothing: every record would pass"
        faults.append(SchemaFault(schema.path(schema.main), "", message, "add type, required and properties"))
    yield from faults


def lint_file(schema: Schema, name: str, document: dict[str, Any]) -> Iterator[SchemaFault]:
    """Yield the faults that one file shows by itself."""
    path = schema.path(name)
    sound = True
    try:
        meta.validate(document)
    except ValidationError as error:
        sound = False
        where = pointer(*error.instance_path)
        yield SchemaFault(path, where, f"is not what JSON Schema 2020-12 allows there: {error.message:.160}")
    except ReferencingError as error:
        sound = False
        yield SchemaFault(path, "", f"can't be checked: {error!s:.160}")
    anchors: dict[str, str] = {}
    for place, subschema in walk(document):
        if isinstance(subschema, dict):
            yield from lint_words(path, place, subschema, anchors)
            yield from lint_idle(path, place, subschema)
            if sound:
                yield from lint_patterns(path, place, subschema)
                yield from lint_terms(path, place, subschema)


def lint_words(path: str, place: str, subschema: dict[str, Any], anchors: dict[str, str]) -> Iterator[SchemaFault]:
    """Yield the keywords and formats that nobody knows, and the anchors that stand twice in a file."""
    for keyword in subschema:
        if keyword not in KNOWN and not keyword.startswith("x-"):
            hint = did_you_mean(keyword, KNOWN) or "keywords of our own begin with x-"
            yield SchemaFault(path, place + pointer(keyword), f'"{keyword:.60}" is no keyword: it does nothing', hint)
    form = subschema.get("format")
    if isinstance(form, str) and form not in FORMATS:
        hint = did_you_mean(form, FORMATS) or f"known: {', '.join(sorted(FORMATS))}"
        yield SchemaFault(path, place + "/format", f'"{form:.60}" is no format: it does nothing', hint)
    anchor = subschema.get("$anchor")
    if isinstance(anchor, str):
        if anchor in anchors:
            message = f'the anchor "{anchor:.60}" stands at {anchors[anchor] or "the top"} already'
            yield SchemaFault(path, place + "/$anchor", message, "give one of them another name")
        anchors.setdefault(anchor, place)


def lint_idle(path: str, place: str, subschema: dict[str, Any]) -> Iterator[SchemaFault]:
    """Yield the keywords that do nothing where they stand."""
    for keyword, needed in IDLE_WITHOUT.items():
        if keyword in subschema and not any(name in subschema for name in needed):
            message = f'"{keyword}" does nothing without {listed(needed, "or")}'
            yield SchemaFault(path, place + pointer(keyword), message)
    for keyword in IN_PLACE_LISTS:
        for index, branch in enumerate(subschema.get(keyword, ()) if isinstance(subschema.get(keyword), list) else ()):
            if branch is True or branch == {}:
                message = f"a branch of {keyword} that anything fits"
                yield SchemaFault(path, place + pointer(keyword, index), message, "say what the branch demands")


def lint_patterns(path: str, place: str, subschema: dict[str, Any]) -> Iterator[SchemaFault]:
    """Yield the patterns that can't be matched in linear time or that other engines would hang on."""
    patterns = [("/pattern", subschema["pattern"])] if "pattern" in subschema else []
    patterns += [(pointer("patternProperties", text), text) for text in subschema.get("patternProperties", {})]
    for where, text in patterns:
        try:
            Draft202012Validator({"pattern": text}, pattern_options=RegexOptions())
        except (ValidationError, ValueError):
            message = f'the pattern "{text:.60}" can\'t be matched in linear time, or is no regular expression'
            yield SchemaFault(path, place + where, message, "write it without look-around and back-references")
            continue
        if NESTED.search(text):
            message = f'the pattern "{text:.60}" repeats a repetition: other tools hang on it'
            yield SchemaFault(path, place + where, message, "write (a+)+ as a+")


def lint_terms(path: str, place: str, subschema: dict[str, Any]) -> Iterator[SchemaFault]:
    """Yield the words of a vocabulary that lack an explanation, and explanations that lack a word."""
    terms = subschema.get("x-terms")
    if not isinstance(terms, dict):
        return
    words = subschema.get("enum", [])
    for word in [*(word for word in words if word not in terms), *(term for term in terms if term not in words)]:
        message = f'"{word!s:.60}" stands in only one of enum and x-terms'
        yield SchemaFault(path, place + "/x-terms", message, "a word of a vocabulary stands in both")


def lint_references(schema: Schema) -> Iterator[SchemaFault]:
    """Yield the references that lead to no subschema."""
    for name, document in schema.files.items():
        for place, subschema in walk(document):
            if not isinstance(subschema, dict) or "$ref" not in subschema:
                continue
            reference = subschema["$ref"]
            try:
                target, where = schema.follow(name, reference)
                found = schema.at(target, where)
            except LookupError:
                found = None
            if not isinstance(found, (dict, bool)):
                message = f'"{reference:.80}" leads to nothing that is a schema'
                yield SchemaFault(schema.path(name), place + "/$ref", message)


def lint_loops(schema: Schema) -> Iterator[SchemaFault]:
    """Yield the places at which a value would have to be checked for ever, or for as good as ever."""
    done: set[tuple[str, str]] = set()
    for name, document in schema.files.items():
        for place, _ in walk(document):
            if not loops(schema, (name, place), done):
                continue
            yield SchemaFault(schema.path(name), place, "refers back to itself without going into the record")
            return
    ways: dict[tuple[str, str], int] = {}
    for name, document in schema.files.items():
        for place, _ in walk(document):
            if count_ways(schema, (name, place), ways) > MOST_WAYS:
                message = f"leads to one value by more than {MOST_WAYS:,} ways: a check would take for ever"
                yield SchemaFault(schema.path(name), place, message)
                return


def count_ways(schema: Schema, start: tuple[str, str], ways: dict[tuple[str, str], int]) -> int:
    """Return by how many ways the schemas that speak of one value are reached; there are no loops."""
    waiting = [start]
    while waiting:
        here = waiting[-1]
        inner = [(target.file, target.place) for target in in_place(schema, *here)]
        if missing := [one for one in inner if one not in ways]:
            waiting += missing
        else:
            ways[here] = 1 + sum(ways[one] for one in inner)
            waiting.pop()
    return ways[start]


def loops(schema: Schema, start: tuple[str, str], done: set[tuple[str, str]]) -> bool:
    """Tell whether following the schemas that speak of one value comes back to where it has been."""
    if start in done:
        return False
    waiting: list[tuple[tuple[str, str], bool]] = [(start, False)]
    open_places: set[tuple[str, str]] = set()
    while waiting:
        here, leaving = waiting.pop()
        if leaving:
            open_places.discard(here)
            done.add(here)
        elif here in open_places:
            return True
        elif here not in done:
            open_places.add(here)
            waiting.append((here, True))
            # A place on the path that is met again is a loop; the sentinel entries close places in order.
            neighbours = [(target.file, target.place) for target in in_place(schema, *here)]
            if any(neighbour in open_places for neighbour in neighbours):
                return True
            waiting.extend((neighbour, False) for neighbour in neighbours)
    return False
