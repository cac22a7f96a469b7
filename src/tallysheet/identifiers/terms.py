"""Terms of vocabularies: diseases, signs, subject headings, drugs."""

import re
from functools import partial

from .shapes import Fault, Shape, examine_shape
from .surface import show

_OBO = r"(?:purl\.obolibrary\.org/obo/|identifiers\.org/(?:[a-z]{2,10}[:/](?=[a-z]))?|{more})"
_OBO_DIGITS = 7


def _build_obo(prefix: str, match: re.Match[str]) -> str | Fault:
    digits = match[1]
    if not digits.strip("0"):
        return Fault(f"{show(match[0])} is a placeholder: no term has the number zero")
    if len(digits) != _OBO_DIGITS:
        padded = f"{prefix}:{int(digits):07d}" if len(digits) < _OBO_DIGITS else None
        return Fault(f"{show(match[0])} has {len(digits)} digits for the 7 of a term of {prefix}", padded)
    return f"{prefix}:{digits}"


def _build_orpha(match: re.Match[str]) -> str | Fault:
    number = match[1].lstrip("0")
    if not number:
        return Fault(f"{show(match[0])} is no ORPHAcode: there is no number zero")
    return f"ORPHA:{number}"


def _build_mesh(match: re.Match[str]) -> str | Fault:
    name = match[0].upper()
    if not name[1:].strip("0"):
        return Fault(f"{show(match[0])} is a placeholder: no heading has the number zero")
    return name


def _build_rxcui(match: re.Match[str]) -> str | Fault:
    number = match[1].lstrip("0")
    if not number:
        return Fault(f"{show(match[0])} is no RxCUI: there is no number zero")
    return number


def _obo(title: str, prefix: str, aliases: str, more: str) -> Shape:
    return Shape(
        title,
        f"{prefix}: and 7 digits",
        rf"(?:{aliases})[ ]?[:_ -]?[ ]?([0-9]{{1,12}})",
        partial(_build_obo, prefix),
        label=rf"(?:{aliases})(?:[ ]?id)?[ ]?[:=][ ]?(?=(?:{aliases})[:_])|obo:(?=[a-z])",
        address=_OBO.replace("{more}", more),
        lone="([0-9]{7})",
    )


_SHAPES = {
    "orpha": Shape(
        "an ORPHAcode",
        "ORPHA: and a number, such as ORPHA:540",
        r"(?:(?:orpha(?:net|code|number)?|ordo)(?:[ ]?(?:code|number|no\.?|id))?[ ]?[:_ -]?[ ]?|(?:https?://)?(?:www\.)?"
        r"orpha\.net/(?:[a-z]{2}/disease/detail/|consor/cgi-bin/oc_exp\.php\?(?:lng=[a-z]{2}&)?expert=))([0-9]{1,7})",
        _build_orpha,
        label=r"(?:orphanet|ordo)[ ]?[:/][ ]?(?=orpha)",
        address=r"orpha\.net/ordo/",
        lone="([0-9]{1,7})",
    ),
    "mondo": _obo("a MONDO term", "MONDO", "mondo", r"monarchinitiative\.org/(?:disease/)?"),
    "hpo": _obo("a term of the Human Phenotype Ontology", "HP", "hpo?", r"hpo\.jax\.org/(?:app/)?browse/term/"),
    "mesh": Shape(
        "a MeSH unique ID",
        "D or C and 6 or 9 digits",
        r"[dc](?:[0-9]{6}|[0-9]{9})",
        _build_mesh,
        label=r"mesh(?:[ ](?:unique|descriptor|heading))?(?:[ ]?(?:id|ui))?[ ]?[:=/]?[ ]{0,3}",
        address=r"(?:id\.nlm\.nih\.gov/mesh/(?:[0-9]{4}/)?|meshb(?:-prev)?\.nlm\.nih\.gov/record/ui\?ui=|identifiers\.org/mesh[:/]|ncbi\.nlm\.nih\.gov/mesh/(?=[dc]))",
    ),
    "rxcui": Shape(
        "an RxCUI",
        "1 to 8 digits",
        r"([0-9]{1,8})",
        _build_rxcui,
        label=r"(?:rxnorm(?:[ ]?(?:rxcui|cui|id|code))?|rxcui|rxcui id)[ ]?[:=/#]?[ ]{0,3}(?=[0-9\"'(\[])",
        address=r"(?:purl\.bioontology\.org/ontology/rxnorm/|mor\.nlm\.nih\.gov/rxnav/search\?searchby=rxcui&searchterm=|identifiers\.org/rxnorm[:/]|"
        r"rxnav\.nlm\.nih\.gov/rest/rxcui/)",
    ),
}

EXAMINERS = {kind: partial(examine_shape, shape) for kind, shape in _SHAPES.items()}
