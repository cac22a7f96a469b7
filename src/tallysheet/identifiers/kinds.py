"""The kinds of identifier, and the one function that examines them all."""

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from .doi import examine_doi
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

# What is canonical beyond doubt: nothing else of these kinds needs their modules.
_PLAIN = {
    "pmid": (re.compile("[1-9][0-9]{0,7}"), "is a PMID in canonical form"),
    "pmcid": (re.compile("PMC[1-9][0-9]{0,7}"), "is a PMCID in canonical form"),
}

# A module is imported when the first identifier of one of its kinds comes: a check that starts, reads one record and
# ends has no use for the patterns of twenty registries.
_MODULES = {
    "pmid": "pubmed",
    "pmcid": "pubmed",
    "issn": "books",
    "isbn": "books",
    "isbn10": "books",
    "isbn13": "books",
    "orcid": "people",
    "ror": "people",
    "nct": "registries",
    "eudract": "registries",
    "euct": "registries",
    "isrctn": "registries",
    "prospero": "registries",
    "drks": "registries",
    "jrct": "registries",
    "chictr": "registries",
    "umin": "registries",
    "actrn": "registries",
    "ctri": "registries",
    "irct": "registries",
    "kct": "registries",
    "pactr": "registries",
    "orpha": "terms",
    "mondo": "terms",
    "hpo": "terms",
    "mesh": "terms",
    "rxcui": "terms",
    "ctcae_grade": "toxicity",
    "ctcae_version": "toxicity",
}

KINDS = ("doi", *_MODULES)
"""The kinds that `examine` knows."""


@lru_cache(maxsize=256)
def examine(kind: str, raw: str) -> "Verdict":
    """Return what the string `raw` is worth as an identifier of this `kind`, one of `KINDS`.

    Any string is answered, and in time that grows with its length at the most. The canonical form of a verdict
    `canonical` or `fixable`, examined again, is `canonical`.

    Raises ValueError for an unknown kind, and names the nearest one.
    """
    if kind == "doi":
        return examine_doi(raw)
    if kind in _PLAIN and _PLAIN[kind][0].fullmatch(raw):
        return Verdict("canonical", raw, None, _PLAIN[kind][1])
    if kind not in _MODULES:
        raise ValueError(_describe_unknown(kind))
    return _examiner(kind)(raw)


@cache
def _examiner(kind: str) -> "Callable[[str], Verdict]":
    module = import_module(f".{_MODULES[kind]}", __package__)
    examiner: Callable[[str], Verdict] = module.EXAMINERS[kind]
    return examiner


def _describe_unknown(kind: str) -> str:
    # Only a mistake of the caller needs it.
    from difflib import get_close_matches  # costs a millisecond that no right call should pay

    plain = kind[:40].lower().replace("-", "").replace("_", "")
    near = get_close_matches(plain, [name.replace("_", "") for name in KINDS], n=1, cutoff=0.0)
    nearest = next(name for name in KINDS if name.replace("_", "") == near[0])
    return f"unknown kind of identifier {kind[:40]!r}; did you mean {nearest!r}?"
