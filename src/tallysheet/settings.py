"""What `tallysheet.yaml` may say: where records, schema and further rules are, and how severe a rule is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tallysheet.findings import TOP, Fault
from tallysheet.pointers import pointer
from tallysheet.reader import read
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


@dataclass(frozen=True, slots=True)
class Settings:
    """The project file, with every setting filled in."""

    records: str = "records"
    schema: str | None = None
    validators: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    """Further files and folders whose change `check --base` tells, beside what records are judged by."""
    contact: str | None = None
    """Whom registries may write to when `refresh` asks them."""
    severities: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


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
    from cerberus import Validator

    validator = Validator(dict(form))
    filled = validator.normalized(dict(value), always_return_document=True) or {}
    validator.validate(filled, normalize=False)
    return filled, list(complaints(validator.errors, (), form))


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
