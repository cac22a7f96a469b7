"""The reader: the only place that reads YAML. Strict, limited, and keeping where everything stands.

    document = read(data)      # bytes in; never raises
    document.value             # the record, or None where it cannot be used
    document.faults            # what is wrong, each with rule, place and hint
    document.places()          # JSON pointer -> where key and value stand

Files come through `tallysheet.reader.files`; text of strangers is shown through `tallysheet.reader.inert`.
"""

from typing import TYPE_CHECKING, Any

from tallysheet.reader.inert import inert

if TYPE_CHECKING:
    from tallysheet.reader.document import Document, read
    from tallysheet.reader.pages import RULES, RulePage
    from tallysheet.reader.places import Places
    from tallysheet.reader.scalars import Value

__all__ = ["RULES", "Document", "Places", "RulePage", "Value", "inert", "read"]
_MODULES = {
    "Document": "document",
    "read": "document",
    "RULES": "pages",
    "RulePage": "pages",
    "Places": "places",
    "Value": "scalars",
}


def __getattr__(name: str) -> Any:
    """Return what is offered here, imported when it is asked for: who makes text inert needs no parser."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return found
