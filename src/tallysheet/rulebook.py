"""Which rules there are: every module of `tallysheet.validators`, and of the folders that the project file names."""

import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from types import ModuleType

from tallysheet.rules import Rule, RuleFault, rule_of

BUNDLED = "tallysheet.validators"
OWN = "tallysheet_repository_rules"
"""The package under which the rules of a repository are imported, so that they shadow nothing."""


def load_rules(own: Iterable[tuple[str, bytes]] = ()) -> dict[str, Rule]:
    """Return all rules by name, the bundled ones first; `own` are path and source of those of the repository.

    Raises RuleFault for a module that is no rule, can't be run, or takes a name that another rule has.
    """
    rules: dict[str, Rule] = {}
    found = [rule_of(module, own=False) for module in bundled()]
    found += [rule_of(module_of(path, source), own=True) for path, source in own]
    for rule in found:
        if rule.name in rules:
            raise RuleFault(f"{rule.name}: there is a rule of this name already: give the file another name")
        rules[rule.name] = rule
    return rules


def bundled() -> Iterator[ModuleType]:
    """Yield the modules of the rules that come with the tool."""
    package = importlib.import_module(BUNDLED)
    names = {file.stem for folder in package.__path__ for file in Path(folder).iterdir() if file.suffix == ".py"}
    for name in sorted(names - {"__init__"}):  # pkgutil would import inspect to look for more
        yield importlib.import_module(f"{BUNDLED}.{name}")


def bundled_rule(name: str) -> Rule:
    """Return one of the rules that come with the tool."""
    return rule_of(importlib.import_module(f"{BUNDLED}.{name.replace('-', '_')}"), own=False)


def module_of(path: str, source: bytes) -> ModuleType:
    """Return the module of a rule of the repository's own, from its source: the bytes that were read, and no others.

    Raises RuleFault if it is no Python, or raises.
    """
    module = ModuleType(f"{OWN}.{PurePosixPath(path).stem}")
    module.__file__ = path
    sys.modules[module.__name__] = module
    try:
        exec(compile(source, path, "exec"), module.__dict__)  # noqa: S102 - a rule that the project file names
    except (Exception, SystemExit) as error:
        raise RuleFault(f"{path}: can't be imported: {type(error).__name__}: {error}") from error
    return module
