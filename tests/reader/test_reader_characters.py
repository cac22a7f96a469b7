"""Which characters are refused, raw and escaped, in values, keys and comments; and which text needs them."""

import re
import sys
import unicodedata
from collections.abc import Callable

import pytest

from tallysheet.reader import characters, read
from tallysheet.reader.limits import ACCENTS, MARKS

pytestmark = pytest.mark.usefixtures("way")

SPACE = ("not the plain space it looks like", "use a plain space")
UNSEEN = ("an invisible character", "remove it")
CONTROL = ("a control character", "remove it")
DIRECTION = ("a control of the writing direction", "remove it")
BREAK = ("a line break to some tools only", "use a plain line break")
LOST = ("a stand-in for what was lost on the way here", "put in what stood there")
PRIVATE = ("a private character", "use the public one")
NONE = ("no character at all", "remove it")
JOINER = ("a joiner outside the scripts and emoji that need it", "remove it")
SELECTOR = ("a variation selector that follows no emoji", "remove it")
TAG = ("an invisible tag character", "remove it")

FORBIDDEN = [
    *(
        (point, CONTROL)
        for point in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
    ),
    *((point, BREAK) for point in (0x85, 0x2028, 0x2029)),
    *((point, DIRECTION) for point in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    *((point, SPACE) for point in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000)),
    *((point, UNSEEN) for point in (0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x200B)),
    *((point, UNSEEN) for point in (*range(0x2060, 0x2066), *range(0x206A, 0x2070), 0x3164, 0xFEFF, 0xFFA0)),
    *((point, UNSEEN) for point in (0xFFF9, 0xFFFA, 0xFFFB, 0x1D159, *range(0x1D173, 0x1D17B), 0x1BCA0, 0x13430)),
    *((point, LOST) for point in (0xFFFC, 0xFFFD)),
    *((point, PRIVATE) for point in (0xE000, 0xF8FF, 0xF0000, 0x10FFFD)),
    *((point, NONE) for point in (0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x1FFFF, 0x10FFFE, 0x10FFFF)),
    *((point, JOINER) for point in (0x200C, 0x200D)),
    *((point, SELECTOR) for point in (0xFE00, 0xFE0E, 0xFE0F, 0xE0100, 0xE01EF)),
    *((point, TAG) for point in (0xE0001, 0xE0020, 0xE0041, 0xE007F)),
]


def escape(point: int) -> str:
    return f"\\U{point:08X}"


@pytest.mark.parametrize(("point", "kind"), FORBIDDEN, ids=lambda value: f"{value:X}" if isinstance(value, int) else "")
class TestForbidden:
    def test_raw_in_a_value(self, point: int, kind: tuple[str, str]) -> None:
        document = read(f'a: 1\nb: "x{chr(point)}y"\nc: 2\n'.encode())
        (fault,) = document.faults
        assert (fault.rule, fault.span.line, fault.span.column, fault.pointer) == ("forbidden-character", 2, 6, "/b")
        assert fault.message.startswith(f"U+{point:04X}")
        assert fault.message.endswith(f" is {kind[0]}")
        assert fault.hint == kind[1]
        assert document.value == {"a": 1, "b": unicodedata.normalize("NFC", f"x{chr(point)}y"), "c": 2}

    def test_raw_in_a_text_without_quotes(self, point: int, kind: tuple[str, str]) -> None:
        (fault,) = read(f"a: x{chr(point)}y\n".encode()).faults
        assert (fault.rule, fault.span.line, fault.span.column, fault.hint) == ("forbidden-character", 1, 5, kind[1])

    def test_escaped_in_a_value(self, point: int, kind: tuple[str, str]) -> None:
        document = read(f'a: 1\nb: "x{escape(point)}y"\n'.encode())
        (fault,) = document.faults
        assert (fault.rule, fault.span.line, fault.span.column, fault.pointer) == ("forbidden-character", 2, 6, "/b")
        assert fault.hint == kind[1]
        assert document.value == {"a": 1, "b": unicodedata.normalize("NFC", f"x{chr(point)}y")}

    @pytest.mark.parametrize("form", ["k{} : 1", "k{}k: 1", '"k{}": 1', "a: 1 # c{}", "# c{}\na: 1", "a: 1\n#{}b: 2"])
    def test_raw_in_a_key_or_comment(self, form: str, point: int, kind: tuple[str, str]) -> None:
        document = read((form.format(chr(point)) + "\n").encode())
        assert {(fault.rule, fault.hint) for fault in document.faults} == {("forbidden-character", kind[1])}
        assert len(document.faults) == 1
        assert document.value is None

    def test_escaped_in_a_key(self, point: int, kind: tuple[str, str]) -> None:
        document = read(f'"k{escape(point)}": 1\n'.encode())
        assert [(fault.rule, fault.hint) for fault in document.faults] == [("forbidden-character", kind[1])]
        assert document.value is None


# Where it stands, told as an editor counts: after characters beyond 16 bits, tabs and CRLF.
PLACES = [
    ("a: \U0001f600\U0001f600\u200b\n", 1, 6),
    ("a: 1\r\nb: \tx\u200b\r\n", 2, 6),
    ("\ufeffa: x\u200b\n", 1, 5),
    ("# \x85b: 1\u200b\na: 1\n", 1, 3),
    ('a: "\\\\\\x41\\e"\n', 1, 11),
    ('a: "b\n  c\\e"\n', 2, 4),
    ('a: "b\\\n  \\e"\n', 2, 3),
]


@pytest.mark.parametrize(("source", "line", "column"), PLACES)
def test_the_place_is_the_one_an_editor_shows(source: str, line: int, column: int) -> None:
    assert [(fault.span.line, fault.span.column) for fault in read(source.encode()).faults] == [(line, column)]


TOGETHER: list[tuple[str, list[tuple[str, int, int, str, str]]]] = [
    (
        "a: \u202e5\u202c\n",
        [
            (
                "forbidden-character",
                1,
                4,
                "U+202E RIGHT-TO-LEFT OVERRIDE is a control of the writing direction (1 more here)",
                "remove it",
            )
        ],
    ),
    (
        "{a: x\u200b, b: y\u200b}\n",
        [
            ("forbidden-character", 1, 6, "U+200B ZERO WIDTH SPACE is an invisible character", "remove it"),
            ("forbidden-character", 1, 13, "U+200B ZERO WIDTH SPACE is an invisible character", "remove it"),
        ],
    ),
    (
        "a: 1\rb: 2\rc: 3\r",
        [
            (
                "forbidden-character",
                1,
                5,
                "U+000D CARRIAGE RETURN is a line end of its own to some tools only (2 more here)",
                "save the file with LF (or CRLF) line ends",
            )
        ],
    ),
    ('"b\\r\\n": 1\n', [("forbidden-character", 1, 3, "U+000D CARRIAGE RETURN is a control character", "remove it")]),
    ('a: "b\\r\\n"\n', [("forbidden-character", 1, 6, "U+000D CARRIAGE RETURN is a control character", "remove it")]),
    (
        'a: "\\e[2J\\a"\n',
        [("forbidden-character", 1, 5, "U+001B ESCAPE is a control character (1 more here)", "remove it")],
    ),
    (
        "country:\u3000DE\nid: x\n",
        [
            (
                "forbidden-character",
                1,
                9,
                "U+3000 IDEOGRAPHIC SPACE is not the plain space it looks like",
                "use a plain space",
            )
        ],
    ),
    (
        '"\\ud800": 1\n',
        [("forbidden-character", 1, 2, "\\ud800 is half a character (a surrogate)", "write the whole character")],
    ),
    (
        'a: "\\ud83d\\ude00"\n',
        [
            (
                "forbidden-character",
                1,
                5,
                "\\ud83d is half a character (a surrogate)",
                "write the whole character itself, or \\U0001F600",
            )
        ],
    ),
    (
        "a: b" + "\u0316" * 9 + "c\n",
        [
            (
                "forbidden-character",
                1,
                5,
                "a row of 9 combining marks is more accents than a letter carries",
                "keep the letter and its own accent",
            )
        ],
    ),
    (
        'a: "cafe\u0301"\n',
        [
            (
                "not-nfc",
                1,
                8,
                '"é" is written as U+0065 U+0301, which is not in NFC',
                'write "é" as U+00E9: type it anew',
            )
        ],
    ),
    (
        'a: "cafe\\u0301"\n',
        [
            (
                "not-nfc",
                1,
                4,
                '"é" is written as U+0065 U+0301, which is not in NFC',
                'write "é" as U+00E9: type it anew',
            )
        ],
    ),
    (
        "a: 5 \u212b\n",
        [("not-nfc", 1, 6, '"Å" is written as U+212B, which is not in NFC', 'write "Å" as U+00C5: type it anew')],
    ),
    (
        "cafe\u0301: 1\n",
        [
            (
                "not-nfc",
                1,
                4,
                '"é" is written as U+0065 U+0301, which is not in NFC',
                'write "é" as U+00E9: type it anew',
            )
        ],
    ),
    (
        "é: 1\ne\u0301: 2\n",
        [
            ("duplicate-key", 2, 1, '"é" is given twice: first on line 1', "keep the one that is right"),
            (
                "not-nfc",
                2,
                1,
                '"é" is written as U+0065 U+0301, which is not in NFC',
                'write "é" as U+00E9: type it anew',
            ),
        ],
    ),
]


@pytest.mark.parametrize(("source", "expected"), TOGETHER)
def test_one_cause_is_told_once(source: str, expected: list[object], told: Callable[[str], list[object]]) -> None:
    assert told(source) == expected


NEEDED = [
    "cœur, Müller, Ångström, naïve, Łódź, Đặng",
    "患者86名 ≥ 5 µg/m² – “quoted” … €",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with the joiner it is written with
    "\u0915\u094d\u200d\u0937",  # Devanagari
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala
    "\u1780\u17d2\u1798",  # Khmer
    "❤\ufe0f ☎\ufe0e ↔\ufe0f ©\ufe0f",
    "\U0001f469\u200d\U0001f52c \U0001f469\U0001f3fd\u200d\U0001f4bb",
    "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f1e9\U0001f1ea 1\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
    "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd \u0639\u064e\u0631\u064e\u0628\u0650\u064a\u0651\u064e\u0629",
    "a\u0331\u0323\u0310\u0311b",  # as many accents as a letter may carry
    "\u0f67\u0f71\u0f74\u0f82",
    "한글",
]


@pytest.mark.parametrize("text", [unicodedata.normalize("NFC", text) for text in NEEDED])
def test_text_that_people_write_is_fine(text: str) -> None:
    document = read(f'a: "{text}"\nb: {text}\n'.encode())
    assert (document.value, document.faults) == ({"a": text, "b": text}, ())


UNNEEDED = [
    "a\u200cb",
    "\u0645\u200c ",
    "\u0645\u200c\u200c\u0645",
    "1\u200d2",
    "\u0967\u200c\u0968",  # between digits
    "\U0001f469\u200d",
    "a\u200d\U0001f469",
    "a\ufe0f",
    "1\ufe0f",
    "❤\ufe0f\ufe0f",
    "❤\ufe01",
    "\U0001f3f4\U000e0067",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e0067\U000e0067\U000e007f",
    "a\u0316\u0316\u0316\u0316\u0316",
]


@pytest.mark.parametrize("text", UNNEEDED)
@pytest.mark.parametrize("form", ['a: "{}"\n', "a: {}\n", "# {}\na: 1\n"])
def test_joiners_and_selectors_hide_nothing(text: str, form: str) -> None:
    assert {fault.rule for fault in read(form.format(text).encode()).faults} == {"forbidden-character"}


@pytest.mark.parametrize("text", [text for text in NEEDED if characters.CONTEXTUAL.search(text)])
@pytest.mark.parametrize("form", ['"{}": 1\n', "? {}\n: 1\n", '"\\u0061{}": 1\n'])
def test_no_key_needs_them(text: str, form: str) -> None:
    (fault,) = read(form.format(text).encode()).faults
    assert (fault.rule, fault.hint) == ("forbidden-character", "remove it")


# The short way takes these for fine without looking at what stands around them.
def test_what_is_taken_for_plain_is_never_forbidden_and_never_combines() -> None:
    plain = re.compile(f"[{characters.PLAIN}]")
    seconds = {
        unicodedata.decomposition(chr(point)).split()[1]
        for point in range(sys.maxunicode + 1)
        if len(unicodedata.decomposition(chr(point)).split()) == 2 and "<" not in unicodedata.decomposition(chr(point))
    }
    for character in filter(plain.match, map(chr, range(sys.maxunicode + 1))):
        assert not characters.is_suspect(character)
        assert unicodedata.normalize("NFC", character) == character
        assert not unicodedata.combining(character)
        assert f"{ord(character):04X}" not in seconds


def test_all_that_python_calls_a_control_or_a_format_is_refused_or_needs_its_place() -> None:
    seen = {0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
    for point in range(sys.maxunicode + 1):
        if unicodedata.category(chr(point)) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and point not in {9, 10, 13, *seen}:
            assert characters.is_suspect(chr(point)), hex(point)


def test_limits_of_accents_are_those_of_limits() -> None:
    assert not list(characters.stacks("a" + "\u0316" * ACCENTS + "b"))
    assert list(characters.stacks("a" + "\u0316" * (ACCENTS + 1) + "b")) == [(1, 2 + ACCENTS)]
    assert not list(characters.stacks("\u05d0" + "\u05b0" * MARKS))
    assert list(characters.stacks("\u05d0" + "\u05b0" * (MARKS + 1))) == [(1, 2 + MARKS)]
