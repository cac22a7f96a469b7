"""Suffixes whose publisher gives them a fixed form: a digit lost there is seen without a look-up.

Only forms that hold for every name a publisher registered in that series are listed. A name that breaks its form is a
doubt, never mended: nobody can tell which digit is missing.
"""

import re
from functools import cache

_SPRINGER = (
    r"s[0-9]{5}(?![0-9])(?!-[0-9]{3}-[0-9]{4,5}-[0-9w-z](?![0-9a-z]))",
    "Springer's journals have s, 5 digits, -, 3 digits, -, 4 or 5 digits, - and a check character",
)
# By prefix: what begins like the series and breaks its form, and the form in words.
_BREACHES = {
    "10.1371": (r"journal\.p[a-z]{3}\.(?![0-9]{7}(?![0-9]))", "PLOS numbers its articles with 7 digits"),
    "10.1007": _SPRINGER,
    "10.1038": _SPRINGER,
    "10.1186": _SPRINGER,
    "10.1182": (
        r"blood(?:advances)?\.(?=[0-9])(?![0-9]{10}(?![0-9]))",
        "Blood numbers its articles with the year and 6 digits",
    ),
    "10.1056": (
        r"nejm[a-z]{1,5}(?=[0-9])(?![0-9]{6,7}(?![0-9]))",
        "the New England Journal numbers with 6 or 7 digits",
    ),
    "10.1136": (
        r"[a-z]{2,30}-(?:19|20)[0-9]{2}-(?=[0-9])(?![0-9]{6}(?![0-9]))",
        "the BMJ's journals number with the year and 6 digits",
    ),
    "10.3389": (
        r"f[a-z]{2,10}\.(?:19|20)[0-9]{2}\.(?=[0-9])(?![0-9]{5,7}(?![0-9]))",
        "Frontiers numbers its articles with 5 to 7 digits",
    ),
    "10.1016": (
        (
            r"j\.[a-z]{2,30}\.(?:19|20)[0-9]{2}\.[0-9]{2}\.(?=[0-9])(?![0-9]{3})"
            r"|s?[0-9]{4}-[0-9]{3}[0-9x]\([0-9]{2}\)(?![0-9]{5}-[0-9a-z]$)"
        ),
        "Elsevier numbers with year, month and at least 3 digits, or ISSN, (year), 5 digits, - and a check character",
    ),
}
# Compiled when first used: few names need them, and a check that reads one record starts the sooner.
# The ISSN of a SICI or PII is followed by the year in brackets; at Blackwell and IOP by a dot or slash.
_ISSN = r"(?:\([a-z]{4}\)|s)?([0-9]{4})-([0-9]{3})([0-9x])\((?:[0-9]{2}|[0-9]{4})"
_ISSN_AND_DOT = r"(?:j\.)?([0-9]{4})-([0-9]{3})([0-9x])[./]"
_SICI_CONTROL = r"[0-9]\.[0-9]\.[a-z]{2};[0-9](?:-.)?$"
_SICI_CONTRIBUTION = r"[<\[][^<>\[\]]{1,80}[>\]]"
_PREFIXES_WITH_DOT = frozenset({"10.1111", "10.1046", "10.1088"})
_ISBN = r"(?<![0-9-])97[89](?:-?[0-9]){10}(?![0-9])"


def find_breach(prefix: str, suffix: str) -> str | None:
    """Return how a suffix breaks the form of its series or a check digit inside it, or None."""
    breach = _compile(prefix)
    if breach is not None and breach[0].match(suffix):
        from .surface import show

        return f"{show(suffix)} is too short or too long: {breach[1]}"
    if "-" not in suffix and "97" not in suffix:
        return None
    return _check_sici(suffix) or _check_issn(prefix, suffix) or _check_isbn(suffix)


@cache
def _compile(prefix: str) -> tuple[re.Pattern[str], str] | None:
    if prefix not in _BREACHES:
        return None
    pattern, form = _BREACHES[prefix]
    return re.compile(pattern, re.ASCII), form


def _check_sici(suffix: str) -> str | None:
    # Item, contribution and control segments: 1097-0142(19960401)77:7, <1356::aid-cncr20>, 3.0.co;2-#.
    control = re.search(_SICI_CONTROL, suffix, re.ASCII) if ";" in suffix else None
    if not suffix.startswith("(sici)") and control is None:
        return None
    if control is not None and re.search(_SICI_CONTRIBUTION, suffix, re.ASCII):
        return None
    return "is a SICI of which a part is missing: it goes on with <pages:title> and ends like 3.0.co;2-x"


def _check_issn(prefix: str, suffix: str) -> str | None:
    found = re.match(_ISSN, suffix, re.ASCII) if "(" in suffix else None
    if found is None and prefix in _PREFIXES_WITH_DOT:
        found = re.match(_ISSN_AND_DOT, suffix, re.ASCII)
    if found is None:
        return None
    from .checksums import issn_check_digit

    expected = issn_check_digit(found[1] + found[2])
    if found[3].upper() == expected:
        return None
    return (
        f"the ISSN inside, {found[1]}-{found[2]}{found[3]}, has a wrong check digit (its other digits give {expected})"
    )


def _check_isbn(suffix: str) -> str | None:
    found = re.search(_ISBN, suffix, re.ASCII) if "97" in suffix else None
    if found is None:
        return None
    from .checksums import isbn13_check_digit

    digits = found[0].replace("-", "")
    expected = isbn13_check_digit(digits[:12])
    return (
        None
        if digits[12] == expected
        else f"the ISBN inside, {found[0]}, has a wrong check digit (its other digits give {expected})"
    )
