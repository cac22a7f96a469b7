"""Serials and books: ISSN and ISBN."""

import re
from functools import partial

from .checksums import isbn10_check_digit, isbn13_check_digit, issn_check_digit
from .shapes import Fault, Shape, examine_shape
from .surface import show

_LABEL_END = (
    r"(?:[ -]?l|[ -]?1[03])?(?:[ ]?\((?:print|online|electronic|linking|e|p)\))?[ ]?[:=#]?[ ]{0,3}(?=[0-9x\"'(\[])"
)


def _build_issn(match: re.Match[str]) -> str | Fault:
    digits, check = match[1] + match[2], match[3].upper()
    name = f"{match[1]}-{match[2]}{check}"
    expected = issn_check_digit(digits)
    if check != expected:
        return Fault(f"{show(name)} has the check digit {check}, its other digits give {expected}")
    if not digits.strip("0"):
        return Fault(f"{show(name)} is a placeholder: no serial has the number zero")
    return name


def _build_isbn13(match: re.Match[str]) -> str | Fault:
    printed = match[0].replace(" ", "-")
    digits = printed.replace("-", "").upper()
    if len(digits) == 10:  # noqa: PLR2004 - an ISBN-10
        fault = _check_isbn10(printed, digits)
        body = f"978{digits[:9]}"
        return fault or ("978-" if "-" in printed else "978") + printed[:-1] + isbn13_check_digit(body)
    if not digits.startswith(("978", "979")):
        return Fault(f"{show(printed)} begins with {digits[:3]}, an ISBN of 13 digits with 978 or 979")
    if digits.startswith("9790"):
        return Fault(f"{show(printed)} begins with 979-0, which marks printed music (ISMN), no book")
    expected = isbn13_check_digit(digits[:12])
    if digits[12] != expected:
        return Fault(f"{show(printed)} has the check digit {digits[12]}, its other digits give {expected}")
    return printed


def _build_isbn10(match: re.Match[str]) -> str | Fault:
    printed = match[0].replace(" ", "-").upper()
    digits = printed.replace("-", "")
    return _check_isbn10(printed, digits) or printed


def _check_isbn10(printed: str, digits: str) -> Fault | None:
    expected = isbn10_check_digit(digits[:9])
    if digits[9] != expected:
        return Fault(f"{show(printed)} has the check digit {digits[9]}, its other digits give {expected}")
    if not digits.strip("0"):
        return Fault(f"{show(printed)} is a placeholder: no book has the number zero")
    return None


_ISSN = Shape(
    "an ISSN",
    "four digits, a hyphen, three digits and a check digit",
    "([0-9]{4})[ -]?([0-9]{3})([0-9x])",
    _build_issn,
    label=rf"(?:urn:issn:|(?:[ep]|electronic|print|online|linking)?[ -]?issn{_LABEL_END})",
    address=r"(?:portal\.)?issn\.org/resource/issn(?:-l)?/|identifiers\.org/issn[:/]",
    tail=r"[ ]?[\[(](?:electronic|print|linking|online|e|p|l)[\])]",
    digits=8,
)
_TEN = "(?:[0-9][ -]?){9}[0-9x]"
_THIRTEEN = "(?:[0-9][ -]?){12}[0-9]"
_ISBN_LABEL = rf"(?:urn:isbn:|(?:e-?|p-?)?isbn{_LABEL_END})"
_ISBN_TAIL = r"[ ]?[\[(](?:electronic|print|online|e-?book|hardcover|paperback|hbk|pbk|pdf|epub)[\])]"
_ISBN13 = Shape(
    "an ISBN",
    "13 digits (or 10), the last a check digit",
    f"{_THIRTEEN}|{_TEN}",
    _build_isbn13,
    _ISBN_LABEL,
    tail=_ISBN_TAIL,
)
_ISBN10 = Shape(
    "an ISBN-10", "10 digits, the last of which may be X", _TEN, _build_isbn10, _ISBN_LABEL, tail=_ISBN_TAIL
)

EXAMINERS = {
    "issn": partial(examine_shape, _ISSN),
    "isbn": partial(examine_shape, _ISBN13),
    "isbn13": partial(examine_shape, _ISBN13),
    "isbn10": partial(examine_shape, _ISBN10),
}
