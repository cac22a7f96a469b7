"""Which rules there are: every module of `tallysheet.validators`, and of the folders that the project file names."""

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from tallysheet.rules import Rule, RuleFault, rule_of

BUNDLED = "tallysheet.validators"
OWN = "tallysheet_repository_rules"
"""The package under which the rules of a repository are imported, so that they shadow nothing."""


def load_rules(folders: Iterable[Path] = ()) -> dict[str, Rule]:
    """Return all rules by name, the bundled ones first, each group in the order of its names.

    Raises RuleFault for a module that is no rule, can't be imported, or takes a name that another rule has.
    """
    rules: dict[str, Rule] = {}
    found = [(module, False) for module in bundled()]
    found += [(module, True) for folder in folders for module in modules_in(folder)]
    for module, own in found:
        rule = rule_of(module, own=own)
        if rule.name in rules:
            raise RuleFault(f"{rule.name}: there is a rule of this name already: give the file another name")
        rules[rule.name] = rule
    return rules


def bundled() -> Iterator[ModuleType]:
    """Yield the modules of the rules that come with the tool."""
    package = importlib.import_module(BUNDLED)
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        yield importlib.import_module(f"{BUNDLED}.{found.name}")


def modules_in(folder: Path) -> Iterator[ModuleType]:
    """Yield the modules of a repository's own rules: each `*.py` of the folder that does not begin with `_`."""
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    if not files:
        raise RuleFault(f"{folder.name}/: holds no rule")
    for path in files:
        name = f"{OWN}.{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise RuleFault(f"{path.name}: can't be imported")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:
            raise RuleFault(f"{path.name}: can't be imported: {type(error).__name__}: {error}") from error
        yield module
