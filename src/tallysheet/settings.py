"""What `tallysheet.yaml` may say: where records, schema and further rules are, and how severe a rule is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tallysheet.findings import TOP, Fault
from tallysheet.pointers import pointer
from tallysheet.words import did_you_mean, listed

FILE = "tallysheet.yaml"
FOLDER = r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*"
SEVERITIES = ("error", "warning", "off")
FORM: dict[str, Any] = {
    "records": {"type": "string", "regex": FOLDER, "default": "records"},
    "schema": {"type": "string", "regex": FOLDER + r"\.json", "nullable": True, "default": None},
    "validators": {"type": "list", "schema": {"type": "string", "regex": FOLDER}, "default": []},
    "guarded": {"type": "list", "schema": {"type": "string", "regex": r"\.?" + FOLDER}, "default": []},
    "contact": {"type": "string", "nullable": True, "default": None},
    "severities": {"type": "dict", "valuesrules": {"type": "string", "allowed": list(SEVERITIES)}, "default": {}},
    "rules": {"type": "dict", "valuesrules": {"type": "dict"}, "default": {}},
}


class Settings(NamedTuple):
    """The project file, with every setting filled in."""

    records: str = "records"
    schema: str | None = None
    validators: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    """Further files and folders whose change `check --base` tells, beside what records are judged by."""
    contact: str | None = None
    """Whom registries may write to when `refresh` asks them."""
    severities: Mapping[str, str] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}


class SettingsFault(Exception):  # noqa: N818 - a fault is what the project calls it
    """What is wrong with the settings: one fault a cause, in the file `path`."""

    def __init__(self, path: str, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.path = path
        self.faults = faults


def read_settings(data: bytes | None) -> Settings:
    """Return the settings of a project file, or the defaults where there is none.

    Raises SettingsFault for a file that can't be read, and for settings that are unknown or of the wrong type.
    """
    if data is None:
        return Settings()
    from tallysheet.reader import read

    document = read(data)
    if document.faults or document.value is None:
        raise SettingsFault(FILE, list(document.faults))

    def fault(where: str, message: str, hint: str | None) -> Fault:
        place = document.places().get(where)  # worked out once, and only if something is wrong
        return Fault("settings", place.value if place else TOP, message, hint, where)

    value, complaints = fill_in(document.value, FORM)
    if complaints:
        raise SettingsFault(FILE, [fault(*complaint) for complaint in complaints])
    return Settings(**{**value, **{name: tuple(value[name]) for name in ("validators", "guarded")}})


def fill_in(
    value: Mapping[str, Any], form: Mapping[str, Any]
) -> tuple[dict[str, Any], list[tuple[str, str, str | None]]]:
    """Return `value` with defaults filled in by cerberus, and what it complains of: pointer, message, hint."""
    plainly = filled_plainly(value, form)
    if plainly is not None:
        return plainly, []
    from cerberus import Validator

    validator = Validator(dict(form))
    filled = validator.normalized(dict(value), always_return_document=True) or {}
    validator.validate(filled, normalize=False)
    return filled, list(complaints(validator.errors, (), form))


TYPES: dict[str, type] = {"string": str, "list": list, "dict": dict, "boolean": bool}
SIMPLE = frozenset(("type", "regex", "allowed", "nullable", "default", "schema", "valuesrules"))


def filled_plainly(value: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what cerberus would make of settings in which it would find no fault, None where that is not plain.

    Importing cerberus takes longer than judging ten records, and most settings are in order.
    """
    if any(name not in form or not fits_plainly(inner, form[name]) for name, inner in value.items()):
        return None
    missing = {name: rule["default"] for name, rule in form.items() if name not in value and "default" in rule}
    return {**value, **missing} if all(rule.keys() <= SIMPLE for rule in form.values()) else None


def fits_plainly(value: Any, rule: Mapping[str, Any]) -> bool:
    """Tell whether a value is surely of the form that a rule of cerberus wants; false where it may be."""
    if not rule.keys() <= SIMPLE or type(value) is not TYPES.get(rule.get("type", "")):
        return False
    if "regex" in rule and (type(value) is not str or not re.fullmatch(rule["regex"], value)):
        return False
    if "allowed" in rule and (type(value) is not str or value not in rule["allowed"]):
        return False
    if type(value) is list:
        return "valuesrules" not in rule and all(fits_plainly(one, rule.get("schema", {})) for one in value)
    if type(value) is dict:
        inner = rule.get("valuesrules")
        return "schema" not in rule and inner is not None and all(fits_values(one, inner) for one in value.values())
    return "schema" not in rule and "valuesrules" not in rule


def fits_values(value: Any, rule: Mapping[str, Any]) -> bool:
    """Tell the same of a value of a mapping; of a mapping in it nothing more may be asked."""
    return type(value) is dict if rule == {"type": "dict"} else fits_plainly(value, rule)


def complaints(
    errors: Any, path: tuple[str | int, ...], form: Mapping[str, Any]
) -> Iterator[tuple[str, str, str | None]]:
    """Yield the leaves of cerberus' errors as pointer, message and hint."""
    for key, found in sorted(errors.items(), key=str):
        for error in found:
            if isinstance(error, dict):
                yield from complaints(error, (*path, key), {})
            elif error == "unknown field":
                known = f"settings: {', '.join(form)}" if form else None
                yield pointer(*path, key), f'"{key}" is no setting', did_you_mean(str(key), form) or known
            else:
                hint = f"allowed: {listed(SEVERITIES, 'or')}" if path == ("severities",) else None
                yield pointer(*path, key), f"{key}: {plain(error)}", hint


def plain(error: str) -> str:
    """Return what cerberus says in the words of the project file."""
    if error.startswith("value does not match regex"):
        return "is no path below the project file, such as folder/file.json"
    return error.replace("must be of dict type", "must be a mapping").replace("must be of list type", "must be a list")
