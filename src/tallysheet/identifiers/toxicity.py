"""The Common Terminology Criteria for Adverse Events: grades and versions."""

import re
from functools import partial

from .shapes import Doubt, Fault, Shape, examine_shape
from .surface import show

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
# Version 1 and 2 were the Common Toxicity Criteria; 4.0 was corrected three times.
_VERSIONS = ("1.0", "2.0", "3.0", "4.0", "4.01", "4.02", "4.03", "5.0", "6.0")


def _build_grade(match: re.Match[str]) -> str | Fault:
    if match[2]:
        return _ROMAN[match[2].lower()]
    if match[3]:
        return Fault(f"{show(match[0])} is a range: write its lower and its upper grade apart")
    if match[1] not in _ROMAN.values():
        return Fault(f"there is no grade {match[1]}: CTCAE grades are 1 to 5")
    return match[1]


def _build_version(match: re.Match[str]) -> str | Fault | Doubt:
    major, minor = match[1], match[2]
    if minor is None and major == "4":
        return Doubt("4.0", "version 4 may be 4.0 or the corrected 4.03")
    name = f"{major}.{minor or 0}"
    if name not in _VERSIONS:
        return Fault(f"there is no version {name} of the CTCAE, only {', '.join(_VERSIONS)}")
    return name


_GRADE = Shape(
    "a CTCAE grade",
    "a whole number from 1 to 5",
    r"([0-9]{1,3})|(iv|v|i{1,3})|"
    r"([1-5]?[ ]?(?:[<>=\u2264\u2265+/-]|to|or|and){1,3}[ ]?[1-5]?|[1-5][ ]?(?:and|or)[ ](?:higher|above|more))",
    _build_grade,
    label=r"(?:(?:nci[ -]?)?ctcae)?[ ]?(?:grade|gr\.?|g(?=[1-5]))[ ]?[:=]?[ ]?",
)
_VERSION = Shape(
    "a CTCAE version",
    "one of " + ", ".join(_VERSIONS),
    r"([0-9]{1,2})(?:\.([0-9]{1,2}))?",
    _build_version,
    label=r"(?:nci[ -]?)?(?:ctc(?:ae)?)?[ ,]{0,2}(?:version|ver\.?|v\.?)?[ ]?[:=]?[ ]?(?=[0-9v])",
)

EXAMINERS = {"ctcae_grade": partial(examine_shape, _GRADE), "ctcae_version": partial(examine_shape, _VERSION)}
