"""Numbers of trial and review registries."""

import re
from functools import partial

from .shapes import Doubt, Fault, Shape, examine_shape
from .surface import show

_GAP = "[ :#_-]{0,3}"
_NUMBER = r"(?:identifier|registration|registry|trial|study|number|no\.?|id|nr\.?)"
_LABEL_END = rf"(?:[ ]{_NUMBER}){{0,3}}[ ]?[:#=,]?[ ]{{0,3}}"
_EUDRACT_SINCE, _CTIS_SINCE, _PROSPERO_SINCE = 2004, 2021, 2011
_PROSPERO_LONG_SINCE, _PROSPERO_SHORT_UNTIL = 2024, 2025


def _join(prefix: str, match: re.Match[str]) -> str | Fault:
    digits = match[1].upper()
    if not digits.strip("0"):
        return Fault(f"{show(match[0])} is a placeholder: no registration has the number zero")
    return prefix + digits


def _build_eudract(match: re.Match[str]) -> str | Fault | Doubt:
    year, number, check = match[1], match[2], match[3]
    name = f"{year}-{number}-{check}"
    if not number.strip("0"):
        return Fault(f"{show(match[0])} is a placeholder: no trial has the number zero")
    if int(year) < _EUDRACT_SINCE:
        return Doubt(name, f"the year {year} lies before EudraCT, which began in {_EUDRACT_SINCE}")
    if number[0] == "5":
        return Doubt(name, f"{number} begins with 5, as the numbers of the later EU register (kind euct) do")
    return name


def _build_euct(match: re.Match[str]) -> str | Fault:
    name = "-".join(match.groups())
    if int(match[1]) < _CTIS_SINCE:
        return Fault(f"the year {match[1]} lies before the EU register CTIS, which began in 2022")
    return name


def _build_prospero(match: re.Match[str]) -> str | Fault | Doubt:
    year, number = int(match[1]), match[2]
    name = f"CRD4{year}{number}"
    if year < _PROSPERO_SINCE:
        return Fault(f"the year {year} lies before PROSPERO, which began in {_PROSPERO_SINCE}")
    if not number.strip("0"):
        return Fault(f"{show(match[0])} is a placeholder: no review has the number zero")
    if len(number) == 6 and year > _PROSPERO_SHORT_UNTIL:  # noqa: PLR2004 - the short form
        return Doubt(name, f"has 6 digits behind the year {year}; since 2025 there are 7")
    if len(number) == 7 and year < _PROSPERO_LONG_SINCE:  # noqa: PLR2004 - the long form
        return Doubt(name, f"has 7 digits behind the year {year}; up to 2024 there were 6")
    return name


def _build_jrct(match: re.Match[str]) -> str:
    return "jRCT" + (match[1] or match[2]).lower()


def _build_chictr(match: re.Match[str]) -> str:
    return "ChiCTR" + (match[1] or f"-{match[2]}-{match[3]}").upper()


def _numbered(title: str, prefix: str, digits: int, names: str, address: str, *, lone: bool = True) -> Shape:
    """Return the shape of a number that is a prefix and a fixed count of digits."""
    return Shape(
        title=title,
        expected=f"{prefix} and {digits} digits",
        pattern=rf"{prefix}{_GAP}([0-9]{{{digits}}})",
        build=partial(_join, prefix),
        label=rf"(?:{names}){_LABEL_END}",
        address=address,
        lone=rf"([0-9]{{{digits}}})" if lone else "",
        digits=digits,
    )


_SHAPES = {
    "nct": _numbered(
        "a ClinicalTrials.gov number",
        "NCT",
        8,
        r"clinicaltrials?\.gov(?: nct)?|clinical ?trials?(?: gov)?|nct(?= (?:number|no|id)| ?[:#=] ?nct)|trial",
        r"(?:classic\.|beta\.)?clinicaltrials\.gov/(?:ct2/|beta/)?(?:show/|study/|studies/|history/){0,3}",
    ),
    "isrctn": _numbered(
        "an ISRCTN number",
        "ISRCTN",
        8,
        r"isrctn(?:(?: registry)?(?= (?:registry|number|no|id)| ?[:#=] ?isrctn))|trial",
        r"(?:isrctn\.(?:com|org)/|controlled-trials\.com/|(?:dx\.)?doi\.org/10\.1186/)|10\.1186/",
    ),
    "drks": _numbered(
        "a DRKS number",
        "DRKS",
        8,
        r"german clinical trials register|drks(?=-id)(?:-id)?",
        r"drks\.de/(?:search/)?(?:[a-z]{2}/)?(?:trial/)?",
    ),
    "umin": _numbered("a UMIN number", "UMIN", 9, r"umin[- ]?ctr|umin(?= (?:id|number))", r"$."),
    "actrn": _numbered(
        "an ANZCTR number", "ACTRN", 14, r"anzctr|australian new zealand clinical trials registry", r"anzctr\.org\.au/"
    ),
    "kct": _numbered("a CRIS number", "KCT", 7, r"cris|clinical research information service", r"$."),
    "pactr": _numbered(
        "a PACTR number", "PACTR", 15, r"pactr(?= ?[:#=] ?pactr)|pan african clinical trials? registry", r"$."
    ),
    "eudract": Shape(
        "a EudraCT number",
        "YYYY-NNNNNN-NN, such as 2012-003632-23",
        r"(?:euctr)?((?:19|20)[0-9]{2})-?([0-9]{6})-?([0-9]{2})(?:[-/][a-z]{2,3})?",
        _build_eudract,
        label=rf"(?:eudra ?-?ct|eu clinical trials register|eu-?ctr){_LABEL_END}",
        address=r"clinicaltrialsregister\.eu/ctr-search/(?:trial/|search\?query=(?:eudract_number(?::|%3a))?)",
    ),
    "euct": Shape(
        "an EU CT number",
        "YYYY-5NNNNN-NN-NN, such as 2023-503698-40-00",
        r"(?:ctis)?(20[0-9]{2})-?(5[0-9]{5})-?([0-9]{2})-?([0-9]{2})",
        _build_euct,
        label=rf"(?:eu[ -]?ct(?:r|is)?|ctis|euct){_LABEL_END}",
        address=r"euclinicaltrials\.eu/(?:ctis-public/view/|search-for-clinical-trials/\?(?:lang=en&)?euct=)",
    ),
    "prospero": Shape(
        "a PROSPERO number",
        "CRD4, the year and 6 digits (7 since 2025), such as CRD42020190325",
        rf"crd{_GAP}4(20[0-9]{{2}})([0-9]{{6,7}})",
        _build_prospero,
        label=rf"(?:international prospective register of systematic reviews|prospero(?: 20[0-9]{{2}})?){_LABEL_END}",
        address=r"crd\.york\.ac\.uk/prospero/(?:display_record\.(?:php|asp)\?(?:record)?id=|view/)",
        lone=r"4(20[0-9]{2})([0-9]{6,7})",
    ),
    "jrct": Shape(
        "a jRCT number",
        "jRCT and 10 digits, or jRCTs and 9",
        rf"jrct{_GAP}(?:([0-9]{{10}})|([abcs][0-9]{{9}}))",
        _build_jrct,
        label=rf"(?:japan registry of clinical trials|jrct(?= (?:id|number|no))){_LABEL_END}",
        address=r"jrct\.(?:niph|mhlw)\.go\.jp/(?:en-)?latest-detail/",
    ),
    "chictr": Shape(
        "a ChiCTR number",
        "ChiCTR and 10 digits, or ChiCTR-XXX-NNNNNNNN",
        r"chictr[ :#_-]{0,3}(?:([0-9]{10})|([a-z]{2,6})-?([0-9]{8}))",
        _build_chictr,
        label=rf"(?:chinese clinical trial (?:registry|register)){_LABEL_END}",
    ),
    "ctri": Shape(
        "a CTRI number",
        "CTRI/YYYY/MM/NNNNNN",
        r"ctri/(20[0-9]{2})/([0-9]{2,3})/([0-9]{6})",
        lambda match: f"CTRI/{match[1]}/{match[2]}/{match[3]}",
        label=rf"(?:clinical trials registry[ -]{{1,3}}india){_LABEL_END}",
    ),
    "irct": Shape(
        "an IRCT number",
        "IRCT, 8 to 14 digits, N and a number",
        r"irct[ :#_-]{0,3}([0-9]{8,14})n([0-9]{1,3})",
        lambda match: f"IRCT{match[1]}N{match[2]}",
        label=rf"(?:iranian registry of clinical trials){_LABEL_END}",
    ),
}

EXAMINERS = {kind: partial(examine_shape, shape) for kind, shape in _SHAPES.items()}
