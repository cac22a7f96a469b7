"""Text of strangers is shown on one line, with nothing in it that acts on what shows it."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallysheet.reader import inert

SHOWN = [
    ('plain text, with: punctuation \\ and "quotes"', 'plain text, with: punctuation \\ and "quotes"'),
    ("Müller – 患者 ≥ 5 😀", "Müller – 患者 ≥ 5 😀"),
    ("", ""),
    ("a\nb\r\tc", "a\\u{A}b\\u{D}\\u{9}c"),
    ("\x1b[2J\x07\x00\x7f\x9b", "\\u{1B}[2J\\u{7}\\u{0}\\u{7F}\\u{9B}"),
    ("\u202egnp\u2066\u200f", "\\u{202E}gnp\\u{2066}\\u{200F}"),
    ("a\u200bb\u200d\ufeff\xad", "a\\u{200B}b\\u{200D}\\u{FEFF}\\u{AD}"),
    ("a\x85b\u2028c\u2029", "a\\u{85}b\\u{2028}c\\u{2029}"),
    ("a\xa0b\u3000c\u2800", "a\\u{A0}b\\u{3000}c\\u{2800}"),
    ("\u3164\u115f\uffa0\u034f", "\\u{3164}\\u{115F}\\u{FFA0}\\u{34F}"),
    ("\ud800\ue000\uffff\U000e0041\U0010ffff", "\\u{D800}\\u{E000}\\u{FFFF}\\u{E0041}\\u{10FFFF}"),
    ("❤\ufe0f", "❤\\u{FE0F}"),
    ("a" + "\u0316" * 6, "a" + "\u0316" * 4 + "\\u{316}" * 2),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_is_not_plainly_visible_is_written_as_its_number(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_a_long_text_is_cut_and_says_so() -> None:
    assert inert("x" * 60) == "x" * 60
    assert inert("x" * 61) == "x" * 57 + "..."
    assert inert("x" * 100, limit=10) == "xxxxxxx..."
    assert inert("x" * 100, limit=None) == "x" * 100
    assert inert("\n" * 61) == "\\u{A}" * 57 + "..."


@given(st.text(st.characters(codec=None)))
def test_nothing_of_any_text_acts(text: str) -> None:
    shown = inert(text)
    assert shown.isprintable()
    assert shown.encode("utf-8").decode() == shown
    assert len(shown) <= 60 * len("\\u{10FFFF}")


def test_every_single_character_is_inert() -> None:
    assert all(inert(chr(point)).isprintable() for point in range(sys.maxunicode + 1))
