"""Text that is not UTF-8 is told at its first wrong byte, with what was probably meant."""

import codecs
from collections.abc import Callable

import pytest

from tallysheet.reader import read

pytestmark = pytest.mark.usefixtures("way")

RECORD = "id: ev-0001\ntitle: Aspirin\n"

WRONG: list[tuple[bytes, int, int, str, str]] = [
    (
        b"a: 1\nb: caf\xe9\n",
        2,
        7,
        'byte E9 is not UTF-8; in Windows-1252 (or Latin-1) it is "é"',
        'save the file as UTF-8 and see that "é" stands there',
    ),
    (
        b"a: \x93x\x94\n",
        1,
        4,
        'byte 93 is not UTF-8; in Windows-1252 (or Latin-1) it is "“"',
        'save the file as UTF-8 and see that "“" stands there',
    ),
    (
        "# 😀😀".encode() + b"\xfc\n",
        1,
        5,
        'byte FC is not UTF-8; in Windows-1252 (or Latin-1) it is "ü"',
        'save the file as UTF-8 and see that "ü" stands there',
    ),
    (
        b"\xef\xbb\xbfa: \xe9 \n",
        1,
        4,
        'byte E9 is not UTF-8; in Windows-1252 (or Latin-1) it is "é"',
        'save the file as UTF-8 and see that "é" stands there',
    ),
    (b'a: "\xc0\xaf"\n', 1, 5, "byte C0 is not UTF-8 (invalid start byte)", "save the file as UTF-8"),
    (b'a: "\xe0\x80\xaf"\n', 1, 5, "byte E0 is not UTF-8 (invalid continuation byte)", "save the file as UTF-8"),
    (b'a: "\xf0\x80\x80\xaf"\n', 1, 5, "byte F0 is not UTF-8 (invalid continuation byte)", "save the file as UTF-8"),
    (b'a: "\xed\xa0\x80"\n', 1, 5, "byte ED is not UTF-8 (invalid continuation byte)", "save the file as UTF-8"),
    (b'a: "\xf4\x90\x80\x80"\n', 1, 5, "byte F4 is not UTF-8 (invalid continuation byte)", "save the file as UTF-8"),
    (b'a: "\xf5\x80\x80\x80"\n', 1, 5, "byte F5 is not UTF-8 (invalid start byte)", "save the file as UTF-8"),
    (b'a: "\xff\xfe"\n', 1, 5, "byte FF is not UTF-8 (invalid start byte)", "save the file as UTF-8"),
    (b"a: 1\n# \xe2\x82", 2, 3, "the file ends within a character", "the file seems cut off: save it again, as UTF-8"),
]
WIDE = [
    (codecs.BOM_UTF16_LE + RECORD.encode("utf-16-le"), "UTF-16"),
    (codecs.BOM_UTF16_BE + RECORD.encode("utf-16-be"), "UTF-16"),
    (RECORD.encode("utf-16-le"), "UTF-16"),
    (RECORD.encode("utf-16-be"), "UTF-16"),
    (codecs.BOM_UTF32_LE + RECORD.encode("utf-32-le"), "UTF-32"),
    (codecs.BOM_UTF32_BE + RECORD.encode("utf-32-be"), "UTF-32"),
    (RECORD.encode("utf-32-le"), "UTF-32"),
    (RECORD.encode("utf-32-be"), "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_LE + b"\xe9", "UTF-16"),
]


@pytest.mark.parametrize(("data", "line", "column", "message", "hint"), WRONG)
def test_the_first_wrong_byte_is_told(
    data: bytes, line: int, column: int, message: str, hint: str, told: Callable[[bytes], list[object]]
) -> None:
    assert told(data) == [("encoding", line, column, message, hint)]
    document = read(data)
    assert (document.text, document.value, document.lines()) == (None, None, [""])
    assert set(document.places()) == {""}


@pytest.mark.parametrize(("data", "encoding"), WIDE)
def test_two_and_four_bytes_a_character_are_recognised(
    data: bytes, encoding: str, told: Callable[[bytes], list[object]]
) -> None:
    assert told(data) == [("encoding", 1, 1, f"the file is {encoding}, not UTF-8", "save the file as UTF-8")]


def test_a_single_zero_is_a_character_and_no_encoding(told: Callable[[bytes], list[object]]) -> None:
    expected = [("forbidden-character", 1, 5, "U+0000 NULL is a control character", "remove it")]
    assert told(b"a: x\x00y and a good deal of text\n") == expected


def test_utf_7_is_nothing_but_ascii() -> None:
    assert read(b'a: "+ADw-script+AD4-"\n').value == {"a": "+ADw-script+AD4-"}


def test_one_mark_at_the_start_is_taken_off() -> None:
    document = read("\ufeffa: é\n".encode())
    assert (document.text, document.value, document.faults) == ("a: é\n", {"a": "é"}, ())
    assert document.places()["/a"].value.column == 4
    assert [fault.rule for fault in read("\ufeff\ufeffa: 1\n".encode()).faults] == ["forbidden-character"]
