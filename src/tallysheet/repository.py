"""A repository of records: its root, its settings, its schema and its rules, read once before anything is judged."""

import importlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tallysheet.findings import Fault
from tallysheet.reader.files import open_record
from tallysheet.rulebook import load_rules
from tallysheet.rules import Rule, RuleFault
from tallysheet.settings import FILE, Settings, SettingsFault, fill_in, read_settings
from tallysheet.shape import Schema, SchemaFault, load_schema
from tallysheet.shape.places import block_name
from tallysheet.words import did_you_mean, listed

MAIN = "publication.schema.json"
BUNDLED = Path(next(iter(importlib.import_module("tallysheet.validators").__path__))).with_name("schema")
"""The folder of the schema that comes with the tool: it lies beside the rules, installed or in a checkout."""


class Unusable(Exception):  # noqa: N818 - says what the repository is
    """Why nothing can be judged: wrong usage, settings, schema or rules; one line each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Repository:
    """What a run judges by; `severities` holds every rule that is not off."""

    root: Path
    settings: Settings
    schema: Schema
    rules: Mapping[str, Rule]
    options: Mapping[str, Mapping[str, Any]]
    severities: Mapping[str, Literal["error", "warning"]]

    @property
    def rules_off(self) -> list[str]:
        """The rules that the project file switches off."""
        return sorted(self.rules.keys() - self.severities.keys())


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that is a repository's top, or None.

    A project file or .git marks it: nothing above the one that is nearest has a say.
    """
    return next((one for one in (start, *start.parents) if any(os.path.lexists(one / m) for m in (FILE, ".git"))), None)


def root_of(given: Path | None, paths: Sequence[str] = ()) -> Path:
    """Return the root that is given, else the one of this folder, else of the first of `paths` if that lies elsewhere.

    What lies inside this folder's repository is never taken for a repository of its own: a record's neighbour could
    bring settings. Raises Unusable for a root that is no folder.
    """
    if given is not None:
        if not given.is_dir():
            raise Unusable(f"--root: {given} is no folder")
        return Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links
    marked = find_root(Path.cwd())
    here = marked or Path.cwd()
    first = Path(os.path.abspath(paths[0])) if paths else here  # noqa: PTH100 - the same
    if first.is_relative_to(here) and (marked or (here / Settings().records).is_dir()):
        return here
    return find_root(first if first.is_dir() else first.parent) or here


def open_repository(root: Path) -> Repository:
    """Read the settings, the schema and the rules of the repository at `root`.

    Raises Unusable for whatever is wrong with them.
    """
    settings = load_settings(root)
    schema = load_repository_schema(root, settings.schema)
    try:
        rules = load_rules(folder_of_rules(root, folder) for folder in settings.validators)
    except RuleFault as fault:
        raise Unusable(f"rules: {fault}") from fault
    blocks = {block_name(file) for file in schema.files} | {"record"}
    for rule in rules.values():
        if rule.own and rule.block not in blocks:
            hint = did_you_mean(rule.block, blocks) or f"blocks: {listed(sorted(blocks))}"
            raise Unusable(f'rules: {rule.name}: the schema has no block "{rule.block}"; {hint}')
    if unknown := sorted({*settings.severities, *settings.rules} - rules.keys()):
        hints = [did_you_mean(name, rules) or "tallysheet rules lists them" for name in unknown]
        raise Unusable(*(f'{FILE}: "{name}" is no rule; {hint}' for name, hint in zip(unknown, hints, strict=True)))
    return Repository(
        root,
        settings,
        schema,
        rules,
        options={name: options_of(rule, settings.rules.get(name)) for name, rule in rules.items()},
        severities={
            name: "error" if chosen == "error" else "warning"
            for name, rule in rules.items()
            if (chosen := settings.severities.get(name, rule.severity)) != "off"
        },
    )


def load_settings(root: Path) -> Settings:
    """Return the settings of the project file at `root`, or the defaults."""
    if not (root / FILE).is_symlink() and not (root / FILE).exists():
        return Settings()
    data = open_record(root, FILE)
    if isinstance(data, Fault):
        raise Unusable(f"{FILE}: {data.message}")
    try:
        return read_settings(data)
    except SettingsFault as fault:
        raise Unusable(*(described(fault.path, found) for found in fault.faults)) from fault


def described(path: str, fault: Fault) -> str:
    """Return a fault of a settings file as one line."""
    hint = f"; {fault.hint}" if fault.hint else ""
    return f"{path}:{fault.span.line}:{fault.span.column}: {fault.message}{hint}"


def load_repository_schema(root: Path, path: str | None) -> Schema:
    """Return the schema that the project file names, or the bundled one; raises Unusable if it can't be trusted."""
    folder, _, main = path.rpartition("/") if path else ("", "", MAIN)
    open_file = opener(root, folder) if path else lambda name: (BUNDLED / name).read_bytes()
    from tallysheet.shape.lint import lint

    try:
        schema = load_schema(folder, main, open_file)
    except SchemaFault as fault:
        raise Unusable(line_of(fault)) from fault
    if path and (faults := [line_of(fault) for fault in lint(schema)]):
        raise Unusable(*faults)
    return schema


def opener(root: Path, folder: str) -> Callable[[str], bytes]:
    """Return how files of a schema are opened: regular ones in a folder of `root`, through no link, none too large."""

    def open_file(name: str) -> bytes:
        data = open_record(root, f"{folder}/{name}" if folder else name)
        if isinstance(data, Fault):
            raise OSError(0, data.message)
        return data

    return open_file


def line_of(fault: SchemaFault) -> str:
    """Return a fault of a schema as one line."""
    return f"{fault}; {fault.hint}" if fault.hint else str(fault)


def folder_of_rules(root: Path, folder: str) -> Path:
    """Return the path of a folder of rules; raises Unusable if it is none or lies outside the repository."""
    path = root / folder
    if not path.is_dir():
        raise Unusable(f'{FILE}: validators: there is no folder "{folder}"')
    if not path.resolve().is_relative_to(root.resolve()):
        raise Unusable(f'{FILE}: validators: "{folder}" leads out of the repository')
    return path


def options_of(rule: Rule, given: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return the options of a rule, those not given filled in; raises Unusable for one that it does not have."""
    if given is None:
        return {name: form.get("default") for name, form in rule.options.items()}
    filled, complaints = fill_in(given, rule.options)
    if complaints:
        known = f"options of {rule.name}: {listed(sorted(rule.options))}" if rule.options else "it has no options"
        raise Unusable(*(f"{FILE}: rules/{rule.name}: {message}; {hint or known}" for _, message, hint in complaints))
    return filled
