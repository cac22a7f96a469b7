"""fix puts single values as the schema wants them: quotes, whole numbers, identifiers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tallysheet.fixes.mending import Unsafe, with_edits
from tallysheet.fixes.scalars import Edit
from tallysheet.reader import read

Fixed: TypeAlias = Callable[[str | bytes], str]
Run: TypeAlias = Callable[..., Any]
PATH = "records/good.yaml"
GOOD = Path(__file__).with_name("good.yaml").read_text(encoding="utf-8")


# A value takes quotes where the schema wants text, loses them where it wants a whole number, and keeps its characters.
@pytest.mark.parametrize(
    ("right", "before", "after"),
    [
        pytest.param('percent: "24"', "percent: 24", 'percent: "24"', id="a printed figure"),
        pytest.param('percent: "24"', "percent: 24.0", 'percent: "24.0"', id="a nought that counts"),
        pytest.param('percent: "24"', "percent:   24.00 ", 'percent:   "24.00" ', id="blanks around it"),
        pytest.param('percent: "24"', "percent: 024", 'percent: "024"', id="a number to some tools"),
        pytest.param('on: "2026-11-23"', "on: 2026-11-23", 'on: "2026-11-23"', id="a date"),
        pytest.param("label: All,", "label: no,", 'label: "no",', id="a truth value of old"),
        pytest.param("label: All,", "label: 1:30,", 'label: "1:30",', id="base 60"),
        pytest.param("label: All,", "label: 12345678901234567890,", 'label: "12345678901234567890",', id="many digits"),
        pytest.param("title: A title", "title: 1984", 'title: "1984"', id="a title of digits"),
        pytest.param("title: A title", "? title\n  : 1984\n", '? title\n  : "1984"\n', id="a marked key"),
        pytest.param("n: 25", 'n: "25"', "n: 25", id="a count in quotes"),
        pytest.param("events: 6", "events: '6'", "events: 6", id="a count in single quotes"),
        pytest.param("events: 6", '"events":"6"', '"events":6', id="a key in quotes"),
        pytest.param("  - {id: all", "  -   {id: 7", '  -   {id: "7"', id="an id of digits"),
        pytest.param("    group: all", "    group: off # 7", '    group: "off" # 7', id="block style and a comment"),
    ],
)
def test_single_values_are_put_as_the_schema_wants_them(fixed: Fixed, right: str, before: str, after: str) -> None:
    assert GOOD.count(right) == 1
    assert fixed(GOOD.replace(right, before)) == GOOD.replace(right, after)
    assert fixed(GOOD.replace(right, after)) == GOOD.replace(right, after)


# What needs judgement, and what is no fault at all, stays as it is to the last byte.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("n: 25,", 'n: "025",', id="a leading zero"),
        pytest.param("n: 25,", "n: 25.0,", id="a whole number with a point"),
        pytest.param("n: 25,", 'n: "２５",', id="digits of another script"),
        pytest.param("n: 25,", 'n: " 25",', id="a blank inside quotes"),
        pytest.param("n: 25,", "n: 1_000,", id="an ambiguous number where a number is wanted"),
        pytest.param("label: All,", "label: ~,", id="nothing, perhaps"),
        pytest.param("label: All,", "label: NULL,", id="nothing, in capitals"),
        pytest.param("label: All,", "label: true,", id="a truth value"),
        pytest.param("label: All,", "label: .nan,", id="a missing value of a table"),
        pytest.param("label: All,", "lable: 7,", id="a field that the schema does not know"),
        pytest.param("kind: observational", "kind: 7", id="a word that is none of a list"),
        pytest.param('"6 of 25 (24%)"', '"6 of 25\n      (24%)"', id="a text on two lines"),
        pytest.param("title: A title", "title: |-\n    A title  \n     ", id="blanks of a block text"),
        pytest.param("title: A title", 'title: "A\\ \n  title"', id="an escaped blank"),
    ],
)
def test_what_needs_judgement_stays(fixed: Fixed, before: str, after: str) -> None:
    text = GOOD.replace(" {title: A title}", "\n  title: A title").replace(before, after)
    assert after in text
    assert fixed(text) == text


# An identifier takes its canonical form where nothing is guessed; what is doubtful, malformed or open stays.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("doi: https://doi.org/10.1182/ABC.1", 'doi: "10.1182/abc.1"'),
        ('doi: "DOI: 10.1182/abc.1" # kept', 'doi: "10.1182/abc.1" # kept'),
        ("pmid: 38429096", 'pmid: "38429096"'),
        ("pmcid: pmc11117018", 'pmcid: "PMC11117018"'),
        ("registry: [nct01818492, 'NCT03312751']", "registry: [\"NCT01818492\", 'NCT03312751']"),
        ("registry:\n    - nct01818492  # one", 'registry:\n    - "NCT01818492"  # one'),
        ('doi: "10.1182/abc.1"', 'doi: "10.1182/abc.1"'),
        ('doi: "<DOI, without https://doi.org/>"', 'doi: "<DOI, without https://doi.org/>"'),
        ('doi: "10.1l82/abc.1"', 'doi: "10.1l82/abc.1"'),
        ('pmid: "38429O96"', 'pmid: "38429O96"'),
        ("doi: >-\n    10.1182/ABC.1", "doi: >-\n    10.1182/ABC.1"),
    ],
)
def test_identifiers_take_their_canonical_form(fixed: Fixed, before: str, after: str) -> None:
    old, new = (GOOD.replace("groups:", f"identifiers:\n  {text}\ngroups:") for text in (before, after))
    assert fixed(old) == new


# An identifier that is no field of the identifiers block is text like any other.
def test_identifiers_elsewhere_stay(fixed: Fixed) -> None:
    text = GOOD.replace("title: A title", "title: https://doi.org/10.1182/ABC.1")
    assert fixed(text) == text


# An identifier stays as it is where the rule on identifiers is off.
def test_identifiers_stay_where_their_rule_is_off(repo: Any, tallysheet: Run) -> None:
    repo.write(PATH, GOOD.replace("groups:", "identifiers: {pmcid: pmc11117018}\ngroups:"))
    repo.write("tallysheet.yaml", 'severities: {identifiers: "off"}\n')
    assert tallysheet("fix", "--check").code == 0
    repo.write("tallysheet.yaml", "records: records\n")
    assert tallysheet("fix", "--check").code == 1


# An edit that would be read as something else than it promises is refused.
def test_edit_that_reads_otherwise_is_refused() -> None:
    document = read(b"a: 1\nb: 2\n")
    with pytest.raises(Unsafe, match="read as another one"):
        with_edits(document, [Edit(3, 4, "yes #", "/a", "yes #")])
