"""The kinds beside DOIs: the table of cases, check digits, and what holds for any kind."""

import csv
from pathlib import Path

import pytest

from tallysheet.identifiers import KINDS, Verdict, examine
from tallysheet.identifiers.checksums import (
    isbn10_check_digit,
    isbn13_check_digit,
    issn_check_digit,
    orcid_check_digit,
    ror_check_digits,
)

with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8", newline="") as _table:
    CASES = list(csv.DictReader(_table))


def unescape(raw: str) -> str:
    return raw.encode("latin-1", "backslashreplace").decode("unicode_escape")


# Each case of the table gets exactly the verdict that the table gives, with its reason.
@pytest.mark.parametrize("case", CASES, ids=[f"{case['kind']}-{case['raw_escaped'][:50]}" for case in CASES])
def test_case(case: dict[str, str]) -> None:
    verdict = examine(case["kind"], unescape(case["raw_escaped"]))
    assert Verdict(case["status"], case["canonical"] or None, case["suggestion"] or None, case["reason"]) == verdict  # type: ignore[arg-type] # the table holds statuses


# The table shows for every kind a right one and a wrong one.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "doi"])
def test_every_kind_has_passing_and_failing_cases(kind: str) -> None:
    assert {"canonical", "malformed"} <= {case["status"] for case in CASES if case["kind"] == kind}


@pytest.mark.parametrize(
    ("kind", "nearest"),
    [
        ("DOI", "doi"),
        ("dois", "doi"),
        ("pubmed", "pmid"),
        ("eu-ct", "euct"),
        ("ctcae-grade", "ctcae_grade"),
    ],
)
def test_unknown_kind_is_refused_with_the_nearest(kind: str, nearest: str) -> None:
    with pytest.raises(ValueError, match=rf"unknown kind of identifier '{kind}'; did you mean '{nearest}'\?"):
        examine(kind, "10.1000/182")


# Check digits as their standards' own examples give them.
def test_check_digits() -> None:
    assert issn_check_digit("0317847") == "1"
    assert issn_check_digit("0160791") == "X"
    assert isbn10_check_digit("030640615") == "2"
    assert isbn10_check_digit("080442957") == "X"
    assert isbn13_check_digit("978030640615") == "7"
    assert orcid_check_digit("000000021825009") == "7"
    assert orcid_check_digit("000000021694233") == "X"
    assert ror_check_digits("03yrm5c") == "26"


# One wrong digit anywhere is caught by the check digits.
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("issn", "1664-3224"),
        ("isbn", "9780306406157"),
        ("isbn10", "0306406152"),
        ("orcid", "0000-0002-1825-0097"),
        ("ror", "03yrm5c26"),
    ],
)
def test_one_wrong_digit_is_caught(kind: str, name: str) -> None:
    for place, old in enumerate(name):
        if not old.isdigit():
            continue
        for digit in "0123456789".replace(old, ""):
            assert examine(kind, name[:place] + digit + name[place + 1 :]).status == "malformed"


# Both ends of both blocks that ORCID draws from, and the first that lies outside.
@pytest.mark.parametrize(
    ("digits", "inside"),
    [
        ("000000015000000", True),
        ("000000014999999", False),
        ("000000035000000", True),
        ("000000035000001", False),
        ("000900000000000", True),
        ("000899999999999", False),
        ("000900100000000", True),
        ("000900100000001", False),
    ],
)
def test_orcid_blocks(digits: str, inside: bool) -> None:  # noqa: FBT001 - a column of the table
    whole = digits + orcid_check_digit(digits)
    name = "-".join(whole[start : start + 4] for start in range(0, 16, 4))
    assert ("canonical" if inside else "malformed") == examine("orcid", name).status
