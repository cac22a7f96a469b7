"""Who wrote it and where they work: ORCID iDs and ROR ids."""

import re
from functools import partial

from .checksums import orcid_check_digit, ror_check_digits
from .shapes import Doubt, Fault, Shape, examine_shape
from .surface import show

# The blocks that ORCID draws from; the digits before the check digit, as numbers.
_ORCID_BLOCKS = ((15_000_000, 35_000_000), (900_000_000_000, 900_100_000_000))


def _build_orcid(match: re.Match[str]) -> str | Fault | Doubt:
    groups = [group.upper() for group in match.groups()]
    name, digits = "-".join(groups), "".join(groups)
    expected = orcid_check_digit(digits[:15])
    if digits[15] != expected:
        return Fault(f"{show(name)} has the check digit {digits[15]}, its other digits give {expected}")
    if not any(low <= int(digits[:15]) <= high for low, high in _ORCID_BLOCKS):
        return Fault(f"{show(name)} lies outside the blocks that ORCID draws from, as made-up ones do")
    return name


def _build_ror(match: re.Match[str]) -> str | Fault:
    name = match[0].lower()
    if re.search("[ilou]", name):
        return Fault(f"{show(name)} has a letter that no ROR id has: i, l, o and u are left out")
    expected = ror_check_digits(name[:7])
    if name[7:] != expected:
        return Fault(f"{show(name)} has the check digits {name[7:]}, its other characters give {expected}")
    return name


_ORCID = Shape(
    "an ORCID iD",
    "four groups of four digits, the last of which may be X",
    r"([0-9]{4})[ -]?([0-9]{4})[ -]?([0-9]{4})[ -]?([0-9]{3}[0-9x])",
    _build_orcid,
    label=r"orcid(?:[ ]?id)?[ ]?[:=#]?[ ]{0,3}(?![a-z.])",
    address=r"orcid\.org/(?:#/)?",
    digits=16,
)
_ROR = Shape(
    "a ROR id",
    "0, six letters or digits and two check digits, such as 03yrm5c26",
    "0[0-9a-z]{6}[0-9]{2}",
    _build_ror,
    label=r"ror(?:[ ]?id)?[ ]?[:=#]?[ ]{0,3}(?![a-z.])",
    address=r"(?:api\.)?ror\.org/(?:organizations/)?",
)

EXAMINERS = {"orcid": partial(examine_shape, _ORCID), "ror": partial(examine_shape, _ROR)}
