"""What a plain scalar is: text, or one of the values that every YAML tool reads alike.

The grammar is that of JSON, narrowed to what YAML 1.1 and 1.2 agree on. Measured against PyYAML (1.1), the YAML 1.2.2
core schema, and what go-yaml and Psych add to them. All that some tool reads as a number, a date or a truth value and
another as text is refused: `no` in a list of countries, `1:30` for a ratio, `010` for a group's size.
"""

import re
import sys
from itertools import product
from typing import Final, TypeAlias

from tallysheet.reader.inert import inert
from tallysheet.reader.limits import INTEGER_DIGITS, SIGNIFICANT_DIGITS

Scalar: TypeAlias = bool | int | float | str | None
Value: TypeAlias = bool | int | float | str | list["Value"] | dict[str, "Value"] | None


class _Refused:
    """What `resolve` returns for a scalar that is no value."""


REFUSED: Final = _Refused()


def _cases(*words: str) -> list[str]:
    """Return the words in every mixture of upper and lower case."""
    return ["".join(letters) for word in words for letters in product(*({c, c.upper()} for c in word))]


_TRUTHS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_NOT_FINITE = {"inf": "infinity", "nan": "not a number"}

WORDS: Final[dict[str, Scalar | _Refused]] = {
    **dict.fromkeys(_cases(*_TRUTHS, "true", "false", "null"), REFUSED),
    **dict.fromkeys((f"{sign}.{word}" for sign in ("", "-", "+") for word in _cases(*_NOT_FINITE)), REFUSED),
    **dict.fromkeys(("~", "=", "<<"), REFUSED),
    **{str(number): number for number in range(2100)},  # counts and years, which most numbers are
    "": None,
    "null": None,
    "true": True,
    "false": False,
}
"""Every word that is not simply text, and the most usual numbers. All numbers and dates sort below "A"."""

_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(?:\.([0-9]+))?([eE][-+]?[0-9]+)?")
_OTHER_NUMBER = r"""
      (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]*)?
        (?:[ \t]*(?:[Zz]|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?)
    | (?P<sixty>[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)
    | (?P<prefixed>[-+]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+))
    | (?P<loose>(?P<sign>[-+]?)(?:(?P<whole>[0-9][0-9_]*)(?:\.(?P<tail>[0-9_]*))?|\.(?P<part>[0-9][0-9_]*))
        (?P<power>[eE][-+]?[0-9]+)?)
    """


def resolve(text: str) -> Scalar | _Refused:
    """Return the value of a plain scalar, or `REFUSED`."""
    if text in WORDS:
        return WORDS[text]
    if text >= "A":
        return text
    number = _JSON_NUMBER.fullmatch(text)
    if number is None:
        return REFUSED if re.fullmatch(_OTHER_NUMBER, text, re.VERBOSE) else text
    whole, fraction, power = number.groups()
    if fraction is None:
        return REFUSED if power or len(whole) > INTEGER_DIGITS else int(text)
    if power and power[1] not in "-+":
        return REFUSED
    return REFUSED if _out_of_range(text, whole + fraction) else float(text)


def is_key(text: str) -> bool:
    """Return whether a plain scalar is text in the place of a key, where `n` (a group's size), `y` and `on` are.

    Truth values in the letter of YAML 1.1, the first two are text to every parser that is in use: PyYAML, ruamel.yaml,
    Psych, SnakeYAML, js-yaml, go-yaml. `on` (the day of an extraction) is a word of the record itself, so it has to be
    writable without quotes; a 1.1 parser shows it as the key `true` and loses nothing. As values all three stay
    refused, since there a truth value may be meant.
    """
    return text in {"n", "y", "N", "Y", "on"} or resolve(text) == text


def _out_of_range(text: str, digits: str) -> str | None:
    """Return what is wrong with the size of a JSON number with fraction or exponent, or None."""
    significant = len(digits.lstrip("0"))
    if significant > SIGNIFICANT_DIGITS:
        return f"{inert(text)} has {significant:,} significant digits, more than the {SIGNIFICANT_DIGITS} that are kept"
    size = abs(float(text))
    if size > sys.float_info.max:
        return f"{inert(text)} is larger than any number that can be kept"
    if significant and size < sys.float_info.min:
        return f"{inert(text)} is so small that it would be kept {'with fewer digits' if size else 'as 0'}"
    return None


def refusal(text: str) -> tuple[str, str, str]:
    """Return rule, message and hint for a plain scalar that `resolve` refuses."""
    number = _JSON_NUMBER.fullmatch(text)
    if number is not None:
        whole, fraction, power = number.groups()
        if len(whole) > INTEGER_DIGITS and not fraction and not power:
            message = f"{inert(text)} has {len(whole):,} digits, more than the {INTEGER_DIGITS} that every tool keeps"
            return "number", message, _quote(text, "it is an identifier")
        problem = _out_of_range(text, whole + (fraction or ""))
        if problem:
            return "number", problem, _quote(text, "it is a printed figure")
    return "ambiguous-scalar", *_ambiguity(text)


def _quote(text: str, condition: str = "text is meant") -> str:
    return f'write "{inert(text)}" (in quotes) if {condition}'


def _ambiguity(text: str) -> tuple[str, str]:
    word, shown = text.lower().lstrip("+-."), inert(text)
    if word in _TRUTHS:
        truth = _TRUTHS[word]
        return f"{shown} is {truth} to some tools and text to others", f"{_quote(text)}, {truth} if a truth value is"
    if word in {"true", "false"}:
        return f"{shown} is {word} to some tools and text to others", f"{_quote(text)}, {word} if a truth value is"
    if text == "~" or word == "null":
        others = "YAML and text to JSON" if text == "~" else "some tools and text to others"
        return f"{shown} is null to {others}", f"{_quote(text)}, null if nothing is"
    if text in WORDS and word in _NOT_FINITE:
        return f"{shown} is {_NOT_FINITE[word]} to YAML and text to JSON", _quote(text)
    if text in WORDS:
        return f"{shown} has a meaning of its own in YAML 1.1", _quote(text)
    return _ambiguous_number(text, shown)


def _ambiguous_number(text: str, shown: str) -> tuple[str, str]:
    match = re.fullmatch(_OTHER_NUMBER, text, re.VERBOSE)
    if match is None or match["date"]:
        return f"{shown} is a date to some tools and text to others", f'write "{shown}" (in quotes)'
    if match["sixty"]:
        return f"{shown} is a number in base 60 to some tools and text to others", _quote(text)
    if match["prefixed"]:
        base = {"x": 16, "o": 8, "b": 2}[text.lower().lstrip("+-")[1]]
        number = f", {_decimal(text, base)} if a number is"
        return f"{shown} is a number in base {base} to some tools and text to others", _quote(text) + number
    plain = _as_json(match)
    number = f", {plain} if a number is" if plain else ""
    octal = match["whole"] or ""
    if plain and re.fullmatch("[-+]?0[0-7]+", text) and int(octal, 8) != int(octal):
        return f"{shown} is {match['sign']}{int(octal, 8)} to some tools and {plain} to others", _quote(text) + number
    return f"{shown} is a number to some tools and text to others", _quote(text) + number


def _decimal(text: str, base: int) -> str:
    """Return `31` for `0x1F`; what is longer than any count is not worked out."""
    digits = text.lstrip("+-")[2:].replace("_", "")
    if not 0 < len(digits) <= INTEGER_DIGITS:
        return "its decimal digits"
    return f"{'-' if text[0] == '-' else ''}{int(digits, base)}"


def _as_json(match: re.Match[str]) -> str | None:
    """Return a number as JSON writes it, so that it can be shown as the edit; None where it is too long to show."""
    if len(match.group()) > INTEGER_DIGITS:
        return None
    whole = (match["whole"] or "0").replace("_", "").lstrip("0") or "0"
    tail, part, power = match["tail"], match["part"], match["power"]
    fraction = (tail if part is None else part) or ""
    sign = "-" if match["sign"] == "-" else ""
    if tail is None and part is None and power is None:
        return f"{sign}{whole}"
    if power is None:
        return f"{sign}{whole}.{fraction.replace('_', '') or '0'}"
    exponent = power[1:] if power[1] in "+-" else f"+{power[1:]}"
    return f"{sign}{whole}.{fraction.replace('_', '') or '0'}e{exponent}"
