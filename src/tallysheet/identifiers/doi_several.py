"""Two DOIs in one string, and white space inside one: what must not be joined or parted in silence."""

import re
from typing import TYPE_CHECKING

from .surface import WHITE, lower_ascii, show, strip_edges

if TYPE_CHECKING:
    from .doi_reading import Reading

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9})?/(?=[^/\s])", re.ASCII)
_SEPARATORS = ".,;:|/&+[](){}<>\"'=-\\" + WHITE
_JOINTS = ("https", "http", "ttps", "doi.org", "dx", "www", "doi", "hdl.handle.net", "urn", "info")
_WORDS = ("and", "or", "und", "et")
_GAP = re.compile("[" + WHITE + "]+")
_TAG = re.compile(r"[ \t\xa0]{1,4}[\[(](?:doi|pii)[\])]\.?$", re.ASCII)
_STRAY = re.compile(r"[ \t\xa0]{1,4}[.,;:!?)\]}>\"'|-]{1,4}$", re.ASCII)


def find_second(reading: "Reading") -> str | None:
    """Return why the text is malformed for two DOIs in it; the same twice without a space between is a doubt."""
    tag = _TAG.search(reading.text)
    if tag is not None:
        reading.doubt(
            strip_edges(reading.text[: tag.start()]), f"{show(tag[0].strip())} at the end is the tag of a PubMed export"
        )
    stray = _STRAY.search(reading.text)
    if stray is not None:
        reading.doubt(strip_edges(reading.text[: stray.start()]), f"ends in {show(stray[0].strip())} behind a space")
    text = lower_ascii(reading.text)
    for found in _DOI.finditer(text, text.find("/") + 1):
        glued = text[: found.start()] == text[found.start() :]
        if not glued and not _begins_a_name(text, found.start(), found.end()):
            continue
        first, second = _drop_joint(text[: found.start()]), text[found.start() :].rstrip(_SEPARATORS)
        if first.partition("/")[2] == "":
            continue
        if first == second and _GAP.search(text):
            return f"holds the DOI {show(first)} twice: write it once"
        if first != second:
            return f"holds two DOIs, {show(first)} and {show(second)}: write each in its own place"
        reading.doubt(first, "holds the same DOI twice")
        return None
    return None


def _begins_a_name(text: str, start: int, end: int) -> bool:
    """Tell a glued second DOI from the tail of a number such as 2010.1234."""
    if not text[start - 1].isdigit():
        return True
    is_year = text[start - 2 : start] in {"19", "20"} and not text[start - 3].isdigit()
    return not is_year and not text[end].isdigit()


def _drop_joint(text: str) -> str:
    while True:
        shorter = text.rstrip(_SEPARATORS)
        for joint in _JOINTS:
            shorter = shorter.removesuffix(joint)
        for word in _WORDS:
            if shorter.endswith(word) and shorter[: -len(word)].endswith(tuple(WHITE)):
                shorter = shorter[: -len(word)]
        if shorter == text:
            return text
        text = shorter


def explain_white_space(text: str) -> tuple[str, str | None]:
    """Return why a name with white space inside is none, and how the parts most likely belong together.

    A line that breaks after a hyphen may have had the hyphen before (a name) or got it by the break (a word).
    """
    parts = _GAP.split(text)
    what = "a line break" if re.search("[\n\r\v\f\x85\u2028\u2029]", text) else "white space"
    reason = f"has {what} inside, behind {show(parts[0])}: look up how the parts belong together"
    first, rest = parts[0], "".join(parts[1:])
    if len(parts) > 3 or "/" not in first + rest:  # noqa: PLR2004 - name and two breaks: more is a text
        return reason, first if "/" in first and first[-1] != "/" else None
    if first[-1] == "-" and first[-2:-1].isalpha() and rest[0].isalpha():
        return reason, first[:-1] + rest
    if rest[0] not in "([" and (not first[-1].isalnum() or not rest[0].isalpha() or "/" not in first):
        return reason, first + rest
    return reason, first
