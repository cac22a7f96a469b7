"""The explaining engine: says, for a value that was refused, what its author should look at again."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, relevance
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tallysheet.pointers import pointer, steps
from tallysheet.shape import sentences
from tallysheet.shape.accept import plain
from tallysheet.shape.blocks import Blocks, Node
from tallysheet.shape.keywords import MOST_MISFITS
from tallysheet.shape.linear import linear
from tallysheet.shape.load import BASE, Schema
from tallysheet.words import nearest


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit the schema at one place of a value; `on_key` where the field's name is what is wrong."""

    pointer: str
    message: str
    hint: str | None = None
    on_key: bool = False
    structural: bool = True
    fields: frozenset[str] = frozenset()
    """The fields of which one is missing, or the one that an unknown field was meant to be."""
    because: str | None = None
    """The place of the value that demands what is missing."""


def same_as_fast(keyword: str) -> Callable[[Any, str, Any, Any], Iterator[ValidationError]]:
    """Return the check of a keyword that leaves the decision to the fast engine."""

    def check(_validator: Any, text: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, str) and not linear(keyword, text).is_valid(instance):
            yield ValidationError(f"does not match {keyword}")

    return check


def multiple_of(_validator: Any, divisor: float, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Check `multipleOf` on the decimal digits, since 19.99 is no float multiple of 0.01."""
    if isinstance(instance, bool) or not isinstance(instance, (int, float)):
        return
    if Fraction(repr(instance)) % Fraction(repr(divisor)):
        yield ValidationError("is no multiple")


Explaining = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"pattern": same_as_fast("pattern"), "format": same_as_fast("format"), "multipleOf": multiple_of},
)


class Explainer:
    """Explains values against one schema; made only once a value was refused, since it is slow to make."""

    def __init__(self, schema: Schema, blocks: Blocks) -> None:
        self.schema = schema
        self.blocks = blocks
        resources = [(BASE + n, DRAFT202012.create_resource(plain(d))) for n, d in schema.files.items()]
        registry: Registry[Any] = Registry().with_resources(resources)
        self.validator = Explaining({"$ref": BASE + schema.main}, registry=registry)

    def explain(self, value: Any) -> list[Misfit]:
        """Return what does not fit, one entry a cause, in no particular order; empty if all fits."""
        found: dict[tuple[str, str], Misfit] = {}
        echoes: list[ValidationError] = []
        for error in self.validator.iter_errors(value):
            for cause in causes(error):
                misfits = list(islice(self.misfits(cause, value), MOST_MISFITS))
                if not misfits:
                    echoes.append(cause)
                for misfit in misfits:
                    found.setdefault((misfit.pointer, misfit.message), misfit)
            if len(found) >= MOST_MISFITS:
                break
        if echoes and not found:
            where = pointer(*echoes[0].absolute_path)
            found[where, ""] = Misfit(where, "does not fit any form that the schema allows here")
        return [misfit for misfit in found.values() if not is_echo(misfit, found.values())]

    def misfits(self, error: ValidationError, value: Any) -> Iterator[Misfit]:
        """Yield what one error means in the author's words; nothing where it only echoes another."""
        where = pointer(*error.absolute_path)
        keyword = str(error.validator)
        if keyword == "unevaluatedProperties" or (keyword == "additionalProperties" and error.validator_value is False):
            yield from self.unknown_fields(error, where, value)
        elif keyword in ("required", "dependentRequired"):
            yield from self.missing_fields(error, where, value)
        else:
            message, hint = sentences.sentence(keyword, error, sentences.field_name(error))
            structural = keyword in ("type", "anyOf", "oneOf", "not")
            yield Misfit(where, message, hint, structural=structural, fields=alternatives(error))

    def unknown_fields(self, error: ValidationError, where: str, value: Any) -> Iterator[Misfit]:
        """Yield each field that the schema knows nothing of; those it knows have a cause of their own."""
        node = self.blocks.fields_at(value, list(error.absolute_path))
        known = set(node.properties) if node is not None and error.validator != "additionalProperties" else set()
        known |= set(error.schema.get("properties", {})) if isinstance(error.schema, dict) else set()
        open_fields = node is not None and node.others is not None
        for key in error.instance if isinstance(error.instance, dict) else ():
            if key not in known and not (open_fields and error.validator != "additionalProperties"):
                message, hint = sentences.unknown_field(key, known, error)
                yield Misfit(
                    where + pointer(key),
                    message,
                    hint,
                    on_key=True,
                    fields=frozenset(filter(None, [nearest(key, known)])),
                )

    def missing_fields(self, error: ValidationError, where: str, value: Any) -> Iterator[Misfit]:
        """Yield each field that must be there and is not, with what the schema says of it."""
        instance: Any = error.instance
        wanted: Any = error.validator_value
        demands = [(None, wanted)] if error.validator == "required" else list(wanted.items())
        node = self.blocks.fields_at(value, list(error.absolute_path))
        owner = self.first(node, "title") or sentences.field_name(error)
        for present, names in demands:
            for name in names if present is None or present in instance else ():
                if name in instance:
                    continue
                message = f'{owner} needs the field "{name}"' + (f' where "{present}" is given' if present else "")
                hint = self.about(node.properties.get(name) if node else None)
                because = where + pointer(present) if present else None
                yield Misfit(where, message, hint, fields=frozenset({name}), because=because)

    def about(self, node: Node | None) -> str | None:
        """Return what the schema says of the values of a place: its description, or nothing."""
        said = self.first(node, "description")
        return said[0].lower() + said[1:].rstrip(".").partition(". ")[0] if said else None

    def first(self, node: Node | None, keyword: str) -> str | None:
        """Return the text of a keyword at the nearest subschema of a place that has it."""
        for target in node.reached if node else ():
            here = self.schema.at(target.file, target.place)
            if isinstance(here, dict) and isinstance(said := here.get(keyword), str) and said:
                return said
        return None


def whole_float(where: str, value: float) -> Misfit:
    """Return the misfit of a whole number that is written with a point or an exponent."""
    name = steps(where)[-1]
    message = f"{name} is {value!r}; a whole number is written without point and exponent"
    return Misfit(where, message, f"write {name}: {int(value)}")


def is_echo(misfit: Misfit, found: Collection[Misfit]) -> bool:
    """Tell whether another misfit says the same cause better.

    Of several remarks on one value the first is enough, and a wrong type makes all others idle; a field that is missing
    is most often the one that is misspelt.
    """
    earlier = True
    for other in found:
        if other is misfit:
            earlier = False
            continue
        if earlier and not other.structural and not misfit.structural and other.pointer == misfit.pointer:
            return True
        if other.structural and not misfit.structural and other.pointer == misfit.pointer:
            return True
        beside = other.on_key and other.pointer.rpartition("/")[0] == misfit.pointer
        if misfit.because == other.pointer:
            return True
        if beside and not misfit.on_key and other.fields & misfit.fields:
            return True
    return False


def alternatives(error: ValidationError) -> frozenset[str]:
    """Return the fields of which an `anyOf` demands one, if that is all that it demands."""
    branches: Any = error.validator_value if error.validator == "anyOf" else ()
    return frozenset(name for branch in branches if isinstance(branch, dict) for name in branch.get("required", ()))


def causes(error: ValidationError) -> list[ValidationError]:
    """Return the errors that explain an error of alternatives: of the branch that comes nearest, or itself."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        return [error]
    if all(inner.validator == "required" and not inner.path for inner in error.context):
        return [error]
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    # The branch whose errors lie deepest is the one that the author meant; of these the one with the fewest.
    chosen = max(branches.values(), key=lambda found: (max(len(e.path) for e in found), -len(found)))
    if all(inner.validator == "type" and not inner.path for inner in error.context):
        return [error]
    return [cause for inner in sorted(chosen, key=relevance) for cause in causes(inner)]
