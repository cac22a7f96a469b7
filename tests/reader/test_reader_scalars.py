"""Which plain scalars are values, which are text, and which are refused since tools disagree about them."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tallysheet.reader import read
from tallysheet.reader.scalars import REFUSED, WORDS, is_key, refusal, resolve

pytestmark = pytest.mark.usefixtures("way")

VALUES: list[tuple[str, Any]] = [
    ("", None),
    ("null", None),
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-0", 0),
    ("12", 12),
    ("-12", -12),
    ("2099", 2099),
    ("2100", 2100),
    ("9007199254740991", 2**53 - 1),
    ("9999999999999999", 9999999999999999),
    ("0.5", 0.5),
    ("-0.5", -0.5),
    ("1.50", 1.5),
    ("0.0", 0.0),
    ("1.0e-3", 0.001),
    ("1.0E+3", 1000.0),
    ("12345678.123456789", 12345678.123456789),
    ("0.00000000000000001", 1e-17),
]

TEXTS = [
    "1:99",
    "12:60",
    "1,200",
    "0x1p-2",
    "0xg",
    "0o8",
    "0o",
    "0b",
    "0b2",
    "1e",
    "e3",
    "1.2.3",
    "1.2.3.4",
    "10.1000/x",
    "2021-01",
    "2021-01-23x",
    "21-01-23",
    "1-2",
    ".",
    "..",
    "+",
    "-a",
    "_1",
    "._5",
    "yess",
    "nope",
    "none",
    "nil",
    "NaN",
    "inf",
    "Infinity",
    "nulls",
    "trues",
    "falsey",
    "5%",
    "<1",
    "x>>",
    "≥5",
    "١٢",
    "１２",
    "1ー2",
    "6/25",
    "12mg",
    "(1)",
    "=1",
    "<<<",
    "~a",
]

# Each with the value that other tools see, and the edit where a number is meant.
AMBIGUOUS = [
    ("no", "no is false to some tools and text to others", ", false if a truth value is"),
    ("NO", "NO is false to some tools and text to others", ", false if a truth value is"),
    ("nO", "nO is false to some tools and text to others", ", false if a truth value is"),
    ("yes", "yes is true to some tools and text to others", ", true if a truth value is"),
    ("on", "on is true to some tools and text to others", ", true if a truth value is"),
    ("Off", "Off is false to some tools and text to others", ", false if a truth value is"),
    ("y", "y is true to some tools and text to others", ", true if a truth value is"),
    ("N", "N is false to some tools and text to others", ", false if a truth value is"),
    ("True", "True is true to some tools and text to others", ", true if a truth value is"),
    ("FALSE", "FALSE is false to some tools and text to others", ", false if a truth value is"),
    ("Null", "Null is null to some tools and text to others", ", null if nothing is"),
    ("~", "~ is null to YAML and text to JSON", ", null if nothing is"),
    ("=", "= has a meaning of its own in YAML 1.1", ""),
    ("<<", "<< has a meaning of its own in YAML 1.1", ""),
    (".inf", ".inf is infinity to YAML and text to JSON", ""),
    ("-.INF", "-.INF is infinity to YAML and text to JSON", ""),
    (".NaN", ".NaN is not a number to YAML and text to JSON", ""),
    ("1:30", "1:30 is a number in base 60 to some tools and text to others", ""),
    ("0:30", "0:30 is a number in base 60 to some tools and text to others", ""),
    ("12:30:45", "12:30:45 is a number in base 60 to some tools and text to others", ""),
    ("190:20:30.15", "190:20:30.15 is a number in base 60 to some tools and text to others", ""),
    ("010", "010 is 8 to some tools and 10 to others", ", 10 if a number is"),
    ("-0120", "-0120 is -80 to some tools and -120 to others", ", -120 if a number is"),
    ("00", "00 is a number to some tools and text to others", ", 0 if a number is"),
    ("08", "08 is a number to some tools and text to others", ", 8 if a number is"),
    ("0o17", "0o17 is a number in base 8 to some tools and text to others", ", 15 if a number is"),
    ("0x1F", "0x1F is a number in base 16 to some tools and text to others", ", 31 if a number is"),
    ("-0X1f", "-0X1f is a number in base 16 to some tools and text to others", ", -31 if a number is"),
    ("0x_", "0x_ is a number in base 16 to some tools and text to others", ", its decimal digits if a number is"),
    ("0b101", "0b101 is a number in base 2 to some tools and text to others", ", 5 if a number is"),
    ("1_000", "1_000 is a number to some tools and text to others", ", 1000 if a number is"),
    ("1_000.5", "1_000.5 is a number to some tools and text to others", ", 1000.5 if a number is"),
    ("+1", "+1 is a number to some tools and text to others", ", 1 if a number is"),
    (".5", ".5 is a number to some tools and text to others", ", 0.5 if a number is"),
    ("-.5", "-.5 is a number to some tools and text to others", ", -0.5 if a number is"),
    ("5.", "5. is a number to some tools and text to others", ", 5.0 if a number is"),
    ("01.5", "01.5 is a number to some tools and text to others", ", 1.5 if a number is"),
    ("1e3", "1e3 is a number to some tools and text to others", ", 1.0e+3 if a number is"),
    ("12e03", "12e03 is a number to some tools and text to others", ", 12.0e+03 if a number is"),
    ("1E-3", "1E-3 is a number to some tools and text to others", ", 1.0e-3 if a number is"),
    ("1.5e10", "1.5e10 is a number to some tools and text to others", ", 1.5e+10 if a number is"),
]

DATES = [
    "2021-01-23",
    "2021-1-3",
    "2021-02-30",
    "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43.10 -5",
    "2001-12-14\t21:59:43",
    "2021-01-23T10:00:00Z",
]

NUMBERS = [
    ("12345678901234567", "12345678901234567 has 17 digits, more than the 16 that every tool keeps", "an identifier"),
    ("-" + "9" * 17, f"-{'9' * 17} has 17 digits, more than the 16 that every tool keeps", "an identifier"),
    (
        "0.123456789012345678",
        "0.123456789012345678 has 18 significant digits, more than the 17 that are kept",
        "a printed figure",
    ),
    ("1.0e+999", "1.0e+999 is larger than any number that can be kept", "a printed figure"),
    ("1e400", "1e400 is larger than any number that can be kept", "a printed figure"),
    ("1e-400", "1e-400 is so small that it would be kept as 0", "a printed figure"),
    ("1.0e-999999999", "1.0e-999999999 is so small that it would be kept as 0", "a printed figure"),
    ("4.9e-324", "4.9e-324 is so small that it would be kept with fewer digits", "a printed figure"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_what_every_tool_reads_alike_is_a_value(text: str, value: object) -> None:
    read_value = read(f"v: {text}\n".encode()).value
    assert read_value == {"v": value}
    assert type(read_value["v"]) is type(value)


@pytest.mark.parametrize("text", TEXTS)
def test_what_no_tool_reads_otherwise_is_text(text: str) -> None:
    document = read(f"v: {text}\n".encode())
    assert ({"v": text}, ()) == (document.value, document.faults)


@pytest.mark.parametrize(("text", "message", "number"), AMBIGUOUS)
def test_what_tools_disagree_about_is_refused_and_kept_as_text(
    text: str, message: str, number: str, told: Callable[[str], list[object]]
) -> None:
    expected = ("ambiguous-scalar", 1, 4, message, f'write "{text}" (in quotes) if text is meant{number}')
    assert [expected] == told(f"v: {text}\n")
    assert {"v": text} == read(f"v: {text}\n".encode()).value


@pytest.mark.parametrize("text", DATES)
def test_a_date_without_quotes_is_refused(text: str, told: Callable[[str], list[object]]) -> None:
    shown = text.replace("\t", "\\u{9}")
    message = f"{shown} is a date to some tools and text to others"
    assert [("ambiguous-scalar", 2, 5, message, f'write "{shown}" (in quotes)')] == told(f"a:\n  - {text}\n")


@pytest.mark.parametrize(("text", "message", "what"), NUMBERS)
def test_a_number_that_no_tool_keeps_is_refused(
    text: str, message: str, what: str, told: Callable[[str], list[object]]
) -> None:
    hint = f'write "{text}" (in quotes) if it is {what}'
    assert [("number", 1, 5, message, hint)] == told(f"v: [{text}]\n")


@pytest.mark.parametrize("text", [text for text, *_ in AMBIGUOUS] + DATES + [text for text, *_ in NUMBERS])
def test_the_hint_is_right_in_quotes_all_is_text(text: str) -> None:
    document = read(f'v: "{text}"\n'.encode())
    assert ({"v": text}, ()) == (document.value, document.faults)


@pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 50_000, "0" + "7" * 50_000, "1" + ":59" * 15_000])
def test_no_number_is_worked_out_that_is_long(digits: str) -> None:
    (fault,) = read(f"v: {digits}\n".encode()).faults
    assert fault.rule in {"number", "ambiguous-scalar"}
    assert len(fault.message) < 200


# What PyYAML's resolver (YAML 1.1) takes for anything but text, this one takes for the same or refuses.
@pytest.mark.parametrize("text", [*TEXTS, *(text for text, _ in VALUES)])
def test_what_is_accepted_is_the_same_to_a_yaml_1_1_loader(text: str) -> None:
    assert yaml.safe_load(f"v: {text}\n") == read(f"v: {text}\n".encode()).value


@pytest.mark.parametrize("text", sorted(word for word, value in WORDS.items() if value is REFUSED))
def test_every_refused_word_has_its_words(text: str) -> None:
    rule, message, hint = refusal(text)
    assert rule == "ambiguous-scalar"
    assert message.startswith(text)
    assert hint.startswith(f'write "{text}" (in quotes)')


def test_keys_may_be_called_n_and_y_which_no_parser_takes_for_truth_values() -> None:
    assert read(b"n: 86\ny: 1\n").value == {"n": 86, "y": 1}
    assert all(is_key(word) and resolve(word) is REFUSED for word in "nyNY")
