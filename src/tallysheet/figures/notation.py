"""How publications write numbers: the characters and words that mean the same, and those that are refused.

Nothing is guessed. A comma, an exponent or a digit of another script is refused with its reason, since reading it as
something else is the costliest of all errors.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tallysheet.figures.printed import FigureKind, MissingKind, Qualifier

LONGEST_TEXT = 80
"""Most characters of a text that may hold one figure."""

_SAME: Final = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},  # full width, as East Asian journals set them
        **dict.fromkeys("−‐‑‒–—﹣－", "-"),
        **dict.fromkeys("·∙⋅．", "."),  # the raised point of British journals
        **dict.fromkeys("，", ","),
        **dict.fromkeys("％﹪", "%"),
        **dict.fromkeys("≤⩽≦", "<="),
        **dict.fromkeys("≥⩾≧", ">="),
        **dict.fromkeys("≈∼～≃≅", "~"),  # noqa: RUF039, RUF100 - the signs themselves
        **dict.fromkeys("＜", "<"),
        **dict.fromkeys("＞", ">"),
        **dict.fromkeys("＋", "+"),
        # Every space that may stand inside a number or before its sign becomes one no-break space.
        **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", "\u00a0"),
    }
)

MISSING: Final[dict[str, "MissingKind"]] = {
    "": "blank",
    **dict.fromkeys(("-", "--", "---"), "ambiguous"),
    **dict.fromkeys(("nr", "n.r.", "n/r", "not reported", "not stated", "not available"), "not_reported"),
    **dict.fromkeys(("na", "n.a.", "n/a", "not applicable"), "not_applicable"),
    **dict.fromkeys(("ne", "n.e.", "n/e", "not estimable", "not evaluable", "not reached"), "not_estimable"),
}

_QUALIFIERS: Final[tuple[tuple[str, "Qualifier"], ...]] = (
    (r"<=|=<|at most|up to|no more than|not more than|no greater than", "<="),
    (r">=|=>|at least|no less than|no fewer than|not less than", ">="),
    (r"<|less than|fewer than|below|under", "<"),
    (r">|more than|greater than|above|over|exceeding", ">"),
    (r"~|about|approximately|approx\.?|around|circa|ca\.?|c\.|roughly|nearly|almost|some", "~"),
)

_KINDS: Final[tuple[tuple[str, "FigureKind"], ...]] = (
    (r"\(?(?:km|kaplan[- ]meier)(?: estimate| probability)?\)?", "survival"),
    (r"\(?(?:cif|cumulative incidence)\)?", "incidence"),
    (r"\(?(?:adjusted|weighted|imputed|model(?:led|ed)?)\)?", "model"),
    (r"(?:percentage |percent |% ?)points?|pp", "points"),
    (r"decreased? (?:of|by)|(?:reduction|decline|fall|drop) of|(?:reduced|declined|fell|dropped) by", "decrease"),
    (r"(?:decrease|reduction|decline|fall|drop|lower|less|fewer)", "decrease"),
    (r"increased? (?:of|by)|(?:rise|gain) of|rose by", "increase"),
    (r"(?:increase|rise|gain|higher|more)", "increase"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is no figure."""

    reason: str


def normalise(text: str) -> str:
    """Return `text` in lower case with one sign for each meaning, and no space at its ends."""
    return text.translate(_SAME).casefold().strip(" \t\r\n\u00a0")


def separate(body: str, *, decimal_comma: bool, thousands_comma: bool) -> str | Refusal:
    """Return `body` with a point as its only separator, or why what separates its digits can't be told."""
    body = _ungroup(body, "\u00a0").replace("\u00a0", " ")
    if decimal_comma:
        if "." in body and re.search(r"[0-9]\.[0-9]", body):
            return Refusal("a point where the record declares a decimal comma: decimal or thousands?")
        body = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", body)
    elif thousands_comma:
        body = _ungroup(body, ",")
    if re.search(r"[0-9] ?,|, ?[0-9]", body):
        return Refusal("a comma: decimal or thousands?")
    return body


def _ungroup(body: str, mark: str) -> str:
    grouped = rf"(?<![0-9.{mark}])[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+(?![0-9{mark}])"
    return re.sub(grouped, lambda found: found[0].replace(mark, ""), body)


def take_kind(body: str) -> tuple[str, "FigureKind"]:
    """Return `body` without the word that says what sort of figure it is, and that sort."""
    for pattern, kind in _KINDS:
        found = re.fullmatch(rf"(.*[0-9%t]) ?(?:{pattern})", body) or re.fullmatch(rf"(?:{pattern}) (.*[0-9].*)", body)
        # "less than 5%" and "more than 5%" are bounds, no changes.
        if found and not found[1].startswith("than"):
            return found[1].strip(), kind
    return body, ""


def take_qualifier(body: str) -> tuple[str, "Qualifier"]:
    """Return `body` without its qualifier, and the qualifier. "more than half" is more than 50%."""
    body = re.sub(r"^(?:between (.+) and|from (.+) to) ", lambda found: f"{found[1] or found[2]}-", body)
    for pattern, qualifier in _QUALIFIERS:
        found = re.fullmatch(rf"(?:{pattern}) ?([+-]?[ .0-9].*|half)", body)
        if found:
            return ("50%" if found[1] == "half" else found[1].strip()), qualifier
    return body, ""


_NUMBER = r"([+-]?) ?([0-9]*(?:\.[0-9]+)?) ?(%|percent|per cent|pct)?"
ONE: Final = re.compile(_NUMBER)
RANGE: Final = re.compile(rf"{_NUMBER} ?(?:-|to) ?{_NUMBER}")

_REASONS: Final = (
    (r".*[0-9.] ?e ?[+-]?[0-9].*", "an exponent: a printed figure has digits only"),
    (r".*[0-9] ?/ ?[0-9].*", "a fraction: its events and its total are two figures"),
    (r".*(?:±|\+/-|\+-).*", "a figure with its spread: two figures"),
    (r".*\.[0-9]+\..*|.*\.\..*", "more than one point in a number"),
    (r".*[0-9]\.(?:[^0-9].*)?", "a point with no digit after it"),
    (r".*[0-9] +[0-9].*", "a space inside a number"),
    (r".*‰.*", "per mille, not per cent"),
    (r"[-+<>=~ ]*(?:nan|inf|infinity|∞)", "no number"),
    (r".*[<>~=].*[<>~=].*", "two qualifiers"),
    (r".*[0-9].*\(.*", "a figure with a remark: only the figure is read"),
    (r"[^0-9]*", "no digit in it"),
)


def diagnose(body: str) -> str:
    """Return why `body` is no figure."""
    import unicodedata  # costs a millisecond, and only refused texts need it

    for sign in body:
        category = unicodedata.category(sign)
        if category in ("Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp"):
            return f"an invisible character (U+{ord(sign):04X})"
        if category in ("Nd", "No", "Nl") and not sign.isascii():
            return f"a digit of another script or style (U+{ord(sign):04X})"
    for pattern, reason in _REASONS:
        if re.fullmatch(pattern, body):
            return reason
    return "no printed figure"
