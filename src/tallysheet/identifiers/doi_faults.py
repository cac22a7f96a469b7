"""Why a string is no DOI, said for whoever wrote it."""

import re

from .other_kinds import recognise
from .surface import WHITE, drop_invisible, show

_PLACEHOLDERS = frozenset(
    {"none", "null", "nil", "na", "n/a", "n.a.", "nan", "#n/a", "n/d", "n.d.", "unknown", "unavailable", "missing"}
    | {"pending", "forthcoming", "tbd", "tba", "todo", "xxx", "undefined", "false", "true", "0", "doi", "doi:"}
    | {"not available", "not applicable", "no doi", "not found", "in press", "not assigned"},
)
_TEMPLATE = re.compile(r"\{\{?[a-z_. %$-]{0,40}\}|\$\{|%[sdr(]|<%|\{\{|__[a-z]+__", re.ASCII)
_NO_DOIS = (
    (_TEMPLATE, "is a template that was not filled in"),
    (
        re.compile(r"\A1[0-2]/[0-9]{1,4}/[0-9]{1,4}\Z", re.ASCII),
        "looks like a date; it is neither a DOI nor a shortDOI",
    ),
    (re.compile(r"\A10/[a-z0-9]{2,12}\Z", re.ASCII), "is a shortDOI, an alias: resolve it and write the full name"),
)
_PREFIX = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9})?", re.ASCII)
_OTHER_DIRECTORY = re.compile(r"[0-9]{1,3}\.[0-9]{3,9}", re.ASCII)
_BLANKS = re.compile(r"[x.#_?/-]*(?:xx|##|\?\?)[x.#_?/-]*", re.ASCII)
_MOJIBAKE = re.compile("\ufffd|\u00e2\u20ac|[\u00c2\u00c3][\u0080-\u00bf\u2013-\u2122]|\u00ef\u00bb\u00bf")
_WHITE_OR_SOFT = WHITE + "\u00ad"
_LEADING = re.compile(r"[.,:;=/#*|>\u2022\u00b7-]{1,4}[ \t]{0,4}(?=10\.[0-9]{4,9}/)", re.ASCII)
_GAP_IN_PREFIX = re.compile(r"10[\s\xa0]{1,3}\.[\s\xa0]{0,3}[0-9]{4,9}/", re.ASCII)
_LETTERS_FOR_DIGITS = str.maketrans("oOlLiI|", "0011111")
_NO_TEN = re.compile(r"(?:0?\.)?[1-9][0-9]{3,4}/[a-z0-9(].*", re.ASCII | re.IGNORECASE)
_WRONG_MARK = re.compile(r"(10[.,][0-9]{4,9})([:\\|_;,. -])(?=.)", re.ASCII)
_ANY_DOI = re.compile(r"(?<![0-9a-z.])10\.[0-9]{4,9}(?:\.[0-9]{1,9})?/[^\s\"'<>]{2,}", re.ASCII | re.IGNORECASE)


def explain_unreadable(text: str) -> tuple[str, str | None] | None:
    """Return why a text can't be read at all, and the text repaired where its encoding was mistaken; None if it can."""
    if text.isascii() and text.isprintable():
        return None
    visible = drop_invisible(text)
    if not visible.isprintable():
        for character in visible:
            if not character.isprintable() and character not in _WHITE_OR_SOFT:
                return f"holds U+{ord(character):04X}, a character that can't be printed", None
    repaired = _undo_mojibake(text)
    if repaired is not None or _MOJIBAKE.search(text):
        return f"{show(text)} was read in a wrong encoding: UTF-8 taken for another", repaired
    return None


def _undo_mojibake(text: str) -> str | None:
    """Return the text as it was before UTF-8 was read as Windows-1252 or Latin-1, or None where it was not."""
    if text.isascii():
        return None
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


def is_template(text: str) -> bool:
    """Tell whether the suffix of a name is a template's or a placeholder."""
    suffix = text.partition("/")[2].lower()
    return _TEMPLATE.search(suffix) is not None or _BLANKS.fullmatch(suffix) is not None


def explain_no_prefix(text: str) -> tuple[str, str | None]:
    """Return why a string that does not begin with a DOI's prefix is none, and a suggestion where one is at hand."""
    lower = text.lower()
    if lower in _PLACEHOLDERS or not any(character.isalnum() for character in text):
        return f"{show(text)} is a placeholder: leave the field out", None
    for pattern, what in _NO_DOIS:
        if pattern.search(lower):
            return f"{show(text)} {what}", None
    other = recognise(text)
    if other is not None:
        return f"{show(text)} is {other}, no DOI", None
    if text.isdigit():
        return f"{show(text)} is a number, perhaps a PMID, no DOI", None
    return _explain_prefix_damage(text) or _explain_text(text)


def _explain_prefix_damage(text: str) -> tuple[str, str | None] | None:
    if _GAP_IN_PREFIX.match(text):
        return f"{show(text)} has white space inside its prefix", "".join(text.split())
    leading = _LEADING.match(text)
    if leading is not None:
        return f"begins with {show(leading[0].strip())}, not with 10 and a dot", text[leading.end() :]
    if _NO_TEN.fullmatch(text):
        return f'{show(text)} lacks "10." at its beginning', "10." + text.removeprefix("0").lstrip(".")
    head, _, rest = text.partition("/")
    for mended, what in (
        (head.translate(_LETTERS_FOR_DIGITS), "a letter for a digit"),
        (head.replace(",", "."), "a comma for the dot"),
    ):
        if mended != head and _PREFIX.fullmatch(mended) and rest:
            return f"the prefix {show(head)} has {what}", f"{mended}/{rest}"
    if rest and _OTHER_DIRECTORY.fullmatch(head):
        return f'{show(text)} begins with "{head.partition(".")[0]}.", and every DOI with "10."', None
    return None


def _explain_text(text: str) -> tuple[str, str | None]:
    inside = _ANY_DOI.search(text)
    if inside is not None:
        return f"{show(text)} holds a DOI among other text: write the DOI alone", inside[0].rstrip(".,;:)]}")
    if "://" in text or text.lower().startswith(("www.", "doi.org", "dx.doi.org")):
        return f"{show(text)} is a web address that holds no DOI", _suggest_arxiv(text)
    return f'{show(text)} does not begin with "10.", as every DOI does', None


def _suggest_arxiv(text: str) -> str | None:
    # arXiv registers a DOI for each of its papers since 2022, made of the paper's number.
    found = re.search(r"arxiv\.org/(?:abs|pdf)/([0-9]{4}\.[0-9]{4,5})", text, re.ASCII | re.IGNORECASE)
    return f"10.48550/arxiv.{found[1]}" if found else None


def explain_prefix(text: str) -> tuple[str, str | None] | None:
    """Return why a text that begins with `10.` has no well-formed prefix and suffix, or None where it has."""
    prefix, slash, suffix = text.partition("/")
    parts = prefix.split(".")[1:]
    if not slash or (not all(re.fullmatch("[0-9]+", part) for part in parts) and _WRONG_MARK.match(prefix)):
        return _explain_no_slash(text)
    if not suffix:
        return f"{show(text)} has nothing after the slash", None
    if all(re.fullmatch("[0-9]+", part) for part in parts):
        return None
    mended = ".".join(part for part in parts if part)
    suggestion = f"10.{mended}/{suffix}" if _PREFIX.fullmatch(f"10.{mended}") else None
    if "" in parts:
        where = "before the slash" if parts[-1] == "" else "doubled"
        return f"the prefix {show(prefix)} has a dot too many, {where}", suggestion
    return _explain_foreign_prefix(prefix, suffix)


def _explain_foreign_prefix(prefix: str, suffix: str) -> tuple[str, str | None]:
    digits = prefix.translate(_LETTERS_FOR_DIGITS)
    if _PREFIX.fullmatch(digits):
        return f"the prefix {show(prefix)} has a letter for a digit", f"{digits}/{suffix}"
    if _TEMPLATE.search(prefix) or "x" in prefix.lower() or "#" in prefix:
        return f"the prefix {show(prefix)} is a placeholder: a prefix has digits and dots only", None
    return f"the prefix {show(prefix)} may have digits and dots only", None


def _explain_no_slash(text: str) -> tuple[str, str | None]:
    mark = _WRONG_MARK.match(text)
    if mark is None:
        return f"{show(text)} has no slash after the prefix", None
    return (
        f"{show(mark[2])} stands for the slash after the prefix {mark[1]}",
        f"{mark[1].replace(',', '.')}/{text[mark.end() :]}",
    )
