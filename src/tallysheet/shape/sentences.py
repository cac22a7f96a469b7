"""What the explaining engine says, in the words of the author of a record."""

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Any, TypeAlias

from jsonschema.exceptions import ValidationError

from tallysheet.reader.inert import inert
from tallysheet.shape.linear import matches
from tallysheet.words import listed, nearest

Sentence: TypeAlias = Callable[[str, Any, Any, dict[str, Any]], tuple[str, str | None]]
"""Says what is wrong: from the field's name, the value, what the keyword wants and the schema around it."""

KINDS = {
    "string": "text in quotes",
    "integer": "a whole number without quotes",
    "number": "a number without quotes",
    "boolean": "true or false",
    "object": "a mapping of fields",
    "array": "a list",
    "null": "empty",
}
FORMATS = {"date": "a date of the calendar, year-month-day", "uri": "a web address", "email": "an e-mail address"}
LONGEST = 60
"""No edit is proposed for a longer text."""
WHOLE = re.compile(r"(?<![0-9.,])[0-9]{1,9}(?![0-9]|[.,][0-9])")
FRACTION = re.compile(r"([0-9]{1,9}) ?(?:/|of) ?([0-9]{1,9})")
MANY = 12
"""How many words of a vocabulary a hint lists before it names the file instead."""


def shown(value: Any) -> str:
    """Return a value as a message shows it: inert, and never longer than a line."""
    if isinstance(value, str):
        return f'"{inert(value)}"'
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping of fields"
    if isinstance(value, list):
        return "a list"
    return inert(str(value))


def field_name(error: ValidationError) -> str:
    """Return the field that an error is about, with its list position where it stands in a list."""
    path = list(error.absolute_path)
    named = next((str(step) for step in reversed(path) if isinstance(step, str)), "the record")
    if path and isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {inert(named)}"
    return inert(named)


def sentence(keyword: str, error: ValidationError, name: str) -> tuple[str, str | None]:
    """Return message and hint for an error of a keyword that speaks of a value."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    say = SENTENCES.get(keyword)
    if say is None:
        return f"{name} does not fit the schema ({keyword})", None
    return say(name, error.instance, error.validator_value, schema)


def wrong_form(name: str, value: Any, wanted: Any, schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a text that does not match a pattern or format."""
    shape = FORMATS.get(str(wanted)) or schema.get("x-shape") or f"of the form {inert(str(wanted))}"
    mended = mend(value, wanted) if "pattern" in schema and wanted == schema["pattern"] else None
    return f"{name} is {shown(value)}, not {shape}", f'write {name}: "{mended}"' if mended else example(schema)


def mend(text: str, pattern: str) -> str | None:
    """Return a text without its percent sign, blanks and capitals, if that is all that a pattern had against it."""
    if len(text) > LONGEST:
        return None
    for mended in (text.strip(), text.strip(" %"), text.strip().lower(), text.strip().lower().replace(" ", "-")):
        if mended and matches(pattern, mended):
            return mended
    return None


def out_of_bounds(bound: str) -> "Sentence":
    """Return the sentence for a number beyond a bound."""

    def say(name: str, value: Any, wanted: Any, _schema: dict[str, Any]) -> tuple[str, str | None]:
        return f"{name} is {shown(value)}; it must be {bound} {wanted}", None

    return say


def too_few(name: str, value: Any, wanted: Any, _schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for what is empty or too short."""
    if not value:
        return f"{name} is empty", "remove the line if there is nothing to say" if wanted == 1 else None
    return f"{name} has {len(value)} of at least {wanted}", None


def too_many(name: str, value: Any, wanted: Any, _schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for what is too long."""
    unit = "characters" if isinstance(value, str) else "entries"
    return f"{name} has {len(value):,} {unit}; at most {wanted:,} are allowed", None


def twice(name: str, _value: Any, _wanted: Any, _schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a list that repeats itself."""
    return f"{name} names something twice", "keep one of them"


def no_form(name: str, _value: Any, _wanted: Any, schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a value that fits no alternative."""
    return f"{name} {schema.get('x-anyOf', 'fits none of the forms allowed here')}", example(schema)


def no_multiple(name: str, value: Any, wanted: Any, _schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a number that is no multiple."""
    return f"{name} is {shown(value)}, no multiple of {wanted}", None


def wrong_type(name: str, value: Any, wanted: Any, schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a value of another type, with the edit where it is one of quotes."""
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = listed([KINDS.get(kind, kind) for kind in kinds], "or")
    if value is None:
        return f"{name} is empty; it must be {expected}", "give a value, or remove the line: absent is never zero"
    if "string" in kinds and isinstance(value, (int, float)):
        shown_value = shown(value)
        hint = f'write {name}: "{shown_value}", with every digit as printed' if " " not in name else "put it in quotes"
        return f"{name} is {shown_value} without quotes; it must be {expected}", hint
    edit = edit_of(name, value, kinds) if isinstance(value, str) else None
    quoted = " in quotes" if edit and isinstance(value, str) and value.strip().isdigit() else ""
    return f"{name} is {shown(value)}{quoted}; it must be {expected}", edit or example(schema)


def edit_of(name: str, text: str, kinds: list[str]) -> str | None:
    """Return the edit that makes of a text what the schema wants, where it plainly holds that."""
    if "integer" in kinds and len(text) <= LONGEST:
        if fraction := FRACTION.fullmatch(text.strip()):
            return f"write events: {int(fraction[1])}, total: {int(fraction[2])}"
        found = WHOLE.findall(text)
        return f"write {name}: {int(found[0])}" if len(found) == 1 else None
    if "array" in kinds and len(text) <= LONGEST:
        return f"write it as a list: {name}: [{inert(text)}]"
    return None


def not_the_one(name: str, value: Any, wanted: Any, schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a value that may only be one thing."""
    if shape := schema.get("x-shape"):
        return f"{name} is {shown(value)}; it must be {shape}", None
    return f"{name} is {shown(value)}; only {shown(wanted)} is allowed", None


def not_allowed(name: str, value: Any, words: Any, schema: dict[str, Any]) -> tuple[str, str | None]:
    """Return message and hint for a word that a closed vocabulary lacks."""
    if value is None:
        return wrong_type(name, value, "string", schema)
    title = schema.get("title") or name
    allowed = [str(word) for word in words]
    near = (nearest(value, allowed) or by_label(value, schema)) if isinstance(value, str) else None
    hint = f'did you mean "{near}"?' if near else None
    if len(words) <= MANY:
        hint = f"{hint + ' ' if hint else ''}allowed: {', '.join(allowed)}"
        return f"{name} is {shown(value)}, which is not allowed here", hint
    if not hint:
        hint = schema.get("description") or f"the {len(words)} words allowed stand in the schema of {title}"
    return f"{name} is {shown(value)}, which is no {title} of the vocabulary", hint


def by_label(text: str, schema: dict[str, Any]) -> str | None:
    """Return the word of a vocabulary whose label is nearest to a text."""
    terms = schema.get("x-terms")
    labels = {term["label"]: word for word, term in terms.items() if "label" in term} if isinstance(terms, dict) else {}
    near = nearest(text.replace("-", " "), labels)
    return labels[near] if near else None


def unknown_field(key: str, known: Collection[str], error: ValidationError) -> tuple[str, str | None]:
    """Return message and hint for a field that the schema does not have."""
    owner = error.schema.get("title", "") if isinstance(error.schema, dict) else ""
    place = f"of {owner}" if owner else "here"
    near = nearest(key, known)
    message = f'"{inert(key)}" is no field {place}'
    if odd := [character for character in key if not character.isascii()][:3]:
        names = [f"U+{ord(c):04X} {unicodedata.name(c, 'without a name')}" for c in odd]
        message += f" (it contains {listed(names)})"
    if near:
        return message, f'did you mean "{near}"?'
    fields = sorted(known)
    listing = ", ".join(fields[:MANY]) + (", ..." if len(fields) > MANY else "")
    return message, f"fields {place}: {listing}" if fields else None


def example(schema: dict[str, Any]) -> str | None:
    """Return the schema's first example as a hint."""
    examples = schema.get("examples")
    if not isinstance(examples, list) or not examples or isinstance(examples[0], (dict, list)):
        return None
    return f"for example {shown(examples[0])}"


SENTENCES: dict[str, Sentence] = {
    "type": wrong_type,
    "enum": not_allowed,
    "const": not_the_one,
    "pattern": wrong_form,
    "format": wrong_form,
    "minimum": out_of_bounds("at least"),
    "exclusiveMinimum": out_of_bounds("more than"),
    "maximum": out_of_bounds("at most"),
    "exclusiveMaximum": out_of_bounds("less than"),
    "minLength": too_few,
    "minItems": too_few,
    "minProperties": too_few,
    "maxLength": too_many,
    "maxItems": too_many,
    "maxProperties": too_many,
    "uniqueItems": twice,
    "anyOf": no_form,
    "oneOf": no_form,
    "multipleOf": no_multiple,
}
