"""A repository of records: its root, its settings, its schema and its rules, read once before anything is judged."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tallysheet.findings import Fault
from tallysheet.root import find_root, root_of
from tallysheet.rulebook import load_rules
from tallysheet.rules import Rule, RuleFault
from tallysheet.settings import FILE, Settings, SettingsFault, fill_in, read_settings
from tallysheet.shape import Schema, SchemaFault, load_schema
from tallysheet.shape.places import block_name
from tallysheet.trees import Folder, Tree
from tallysheet.unusable import Unusable
from tallysheet.words import did_you_mean, listed

__all__ = [
    "BUNDLED",
    "MAIN",
    "Repository",
    "find_root",
    "load_repository_schema",
    "load_settings",
    "open_repository",
    "opener",
    "root_of",
]

MAIN = "publication.schema.json"
BUNDLED = Path(next(iter(importlib.import_module("tallysheet.validators").__path__))).with_name("schema")
"""The folder of the schema that comes with the tool: it lies beside the rules, installed or in a checkout."""


class Repository(NamedTuple):
    """What is judged and what it is judged by; `severities` holds every rule that is not off."""

    root: Path
    tree: Tree
    """Where the records are read from."""
    laws: Tree
    """Where settings, schema and rules were read from."""
    settings: Settings
    schema: Schema
    rules: Mapping[str, Rule]
    options: Mapping[str, Mapping[str, Any]]
    severities: Mapping[str, Literal["error", "warning"]]
    left_out: Sequence[str] = ()
    """Files with rules of the repository's own that were not run, since it was asked to run none of its code."""

    @property
    def rules_off(self) -> list[str]:
        """The rules that the project file switches off."""
        return sorted(self.rules.keys() - self.severities.keys())


def open_repository(
    root: Path,
    tree: Tree | None = None,
    laws: Tree | None = None,
    *,
    own: bool = True,
    known: Settings | None = None,
) -> Repository:
    """Read settings, schema and rules of the repository at `root` from `laws`; `own` is false to run none of its code.

    Records will be read from `tree`, the folder itself if none is given, and so will what they are judged by if `laws`
    is not. `known` are the settings where these, and the schema, have been found to be in order in an earlier run.
    Raises Unusable for whatever is wrong with them.
    """
    tree = tree or Folder(root)
    laws = laws or tree
    settings = load_settings(laws) if known is None else known
    schema = load_repository_schema(laws, settings.schema, sound=known is not None)
    files = [file for folder in settings.validators for file in rule_files(laws, folder)]
    try:
        rules = load_rules((path, source_of(laws, path)) for path in (files if own else ()))
    except RuleFault as fault:
        raise Unusable(f"rules: {fault}") from fault
    blocks = {block_name(file) for file in schema.files} | {"record"}
    for rule in rules.values():
        if rule.own and rule.block not in blocks:
            hint = did_you_mean(rule.block, blocks) or f"blocks: {listed(sorted(blocks))}"
            raise Unusable(f'rules: {rule.name}: the schema has no block "{rule.block}"; {hint}')
    names = rules.keys() if own else rules.keys() | {rule_name(file) for file in files}
    if unknown := sorted({*settings.severities, *settings.rules} - names):
        hints = [did_you_mean(name, rules) or "tallysheet rules lists them" for name in unknown]
        raise Unusable(*(f'{FILE}: "{name}" is no rule; {hint}' for name, hint in zip(unknown, hints, strict=True)))
    return Repository(
        root,
        tree,
        laws,
        settings,
        schema,
        rules,
        options={name: options_of(rule, settings.rules.get(name)) for name, rule in rules.items()},
        severities={
            name: "error" if chosen == "error" else "warning"
            for name, rule in rules.items()
            if (chosen := settings.severities.get(name, rule.severity)) != "off"
        },
        left_out=() if own else files,
    )


def load_settings(tree: Tree) -> Settings:
    """Return the settings of the project file, or the defaults."""
    if not tree.holds(FILE):
        return Settings()
    data = tree.open(FILE)
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


def load_repository_schema(tree: Tree, path: str | None, *, sound: bool = False) -> Schema:
    """Return the schema that the project file names, or the bundled one; raises Unusable if it can't be trusted.

    `sound` if it is known that nothing is wrong with it.
    """
    folder, _, main = path.rpartition("/") if path else ("", "", MAIN)
    open_file = opener(tree, folder) if path else open_bundled
    opened: dict[str, bytes] = {}

    def open_and_note(name: str) -> bytes:
        opened[name] = open_file(name)
        return opened[name]

    try:
        schema = load_schema(folder, main, open_and_note)
    except SchemaFault as fault:
        raise Unusable(line_of(fault)) from fault
    if path and not sound and not (main == MAIN and is_bundled(opened)):
        from tallysheet.shape.lint import lint

        if faults := [line_of(fault) for fault in lint(schema)]:
            raise Unusable(*faults)
    return schema


def open_bundled(name: str) -> bytes:
    """Return a file of the schema that comes with the tool."""
    return (BUNDLED / name).read_bytes()


def is_bundled(files: Mapping[str, bytes]) -> bool:
    """Tell whether files are, byte for byte, those of the schema that comes with the tool: a test has linted them."""
    try:
        return all(open_bundled(name) == data for name, data in files.items())
    except OSError:  # there is none of that name
        return False


def opener(tree: Tree, folder: str) -> Callable[[str], bytes]:
    """Return how files of a schema are opened: regular ones in a folder of `tree`, through no link, none too large."""

    def open_file(name: str) -> bytes:
        data = tree.open(f"{folder}/{name}" if folder else name)
        if isinstance(data, Fault):
            raise OSError(0, data.message)
        return data

    return open_file


def line_of(fault: SchemaFault) -> str:
    """Return a fault of a schema as one line."""
    return f"{fault}; {fault.hint}" if fault.hint else str(fault)


def rule_files(tree: Tree, folder: str) -> list[str]:
    """Return the paths of a folder's rules, each `*.py` in it that does not begin with `_`.

    Raises Unusable for a folder that is none, leads elsewhere or holds no rule.
    """
    if not tree.holds(folder):
        raise Unusable(f'{FILE}: validators: there is no folder "{folder}"')
    inside = [path for path in tree.files(folder) if path.count("/") == folder.count("/") + 1]
    found = [path for path in inside if path.endswith(".py") and not path.rpartition("/")[2].startswith("_")]
    if not found:
        raise Unusable(f'{FILE}: validators: "{folder}" holds no rule, or leads elsewhere')
    return found


def source_of(tree: Tree, path: str) -> bytes:
    """Return the source of a rule; raises Unusable for what is no regular file."""
    data = tree.open(path)
    if isinstance(data, Fault):
        raise Unusable(f"rules: {path}: {data.message}")
    return data


def rule_name(path: str) -> str:
    """Return the name of the rule in a file."""
    return path.rpartition("/")[2].removesuffix(".py").replace("_", "-")


def options_of(rule: Rule, given: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return the options of a rule, those not given filled in; raises Unusable for one that it does not have."""
    if given is None:
        return {name: form.get("default") for name, form in rule.options.items()}
    filled, complaints = fill_in(given, rule.options)
    if complaints:
        known = f"options of {rule.name}: {listed(sorted(rule.options))}" if rule.options else "it has no options"
        raise Unusable(*(f"{FILE}: rules/{rule.name}: {message}; {hint or known}" for _, message, hint in complaints))
    return filled
