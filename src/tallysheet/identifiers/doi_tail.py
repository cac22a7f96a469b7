"""What is glued to the end of a DOI: punctuation, brackets, web page tails, PMIDs, dates, remarks."""

import re
from typing import TYPE_CHECKING, NamedTuple

from .doi_address import cut_query
from .surface import QUOTES, show

if TYPE_CHECKING:
    from .doi_reading import Reading

_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_OPENING = {opening: closing for closing, opening in _CLOSING.items()}
_PUNCTUATION = (
    ".,;:!?*|~^=+&-_/\\#@$%"
    + QUOTES
    + "".join(_OPENING)
    + "\u2022\u2026\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u00ae\u2122"
)
# The last character of a SICI is its check character (ANSI/NISO Z39.56): "#" beside letters and digits, and publishers
# have registered others. What stands in that place is no punctuation of a sentence.
_SICI_END = re.compile(r"\.[a-z]{2};[0-9]-[#+@$&*!=]", re.ASCII)

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = "(?:19|20)[0-9]{2}"


class _Glued(NamedTuple):
    pattern: re.Pattern[str]
    what: str


def _glued(pattern: str, what: str) -> _Glued:
    return _Glued(re.compile(pattern, re.ASCII | re.DOTALL), what)


# Each is looked for behind the first character of the suffix; all that follows its start is cut.
_GLUED = (
    _glued(r"\.{3,}.*", "a dotted leader"),
    _glued(r"[^a-z0-9]?(?:h?ttps?[:/]|www\.|doi:|dx\.doi|doi\.org).*", "a second address"),
    _glued(
        r"[^a-z0-9]{0,2}(?:pmid[:. ]{0,2}[0-9]|pmcid[:. ]{0,2}|pubmed[: ]{0,2}[0-9]|pmc[0-9]{5}).*", "a PubMed number"
    ),
    _glued(
        r"[^a-z0-9]{0,3}(?:last)?(?:accessed|retrieved|viewed)(?:on|:)?[^a-z]*(?:" + _MONTH + r"[^a-z]*)?$",
        "a date of access",
    ),
    _glued(
        r"[^a-z0-9]?(?:e-?pub(?:lication)?[- ]?ahead|(?<![a-z])epub(?=[^a-z]|$)|aheadofprint).*",
        "a remark on publication ahead of print",
    ),
    _glued(r"[^a-z0-9]?(?:article|first|early)?published(?:online|ahead|before).*", "a remark on publication"),
    _glued(r"[\[(](?:doi|pii)[\])].*", "the tag of a PubMed export"),
    _glued(r"(?<=[0-9])[a-z][a-z.]{1,60}\.(?:com|org|net|edu)(?:/.*|$)", "a web address"),
    _glued(r";jsessionid=.*|&(?:amp;)?[a-z_]{2,20}=.*", "a parameter of a web address"),
    _glued(r"[,;]" + _YEAR + r"(?:[^0-9a-z].*)?$", "a date"),
    _glued(r"[^a-z0-9]?" + _YEAR + "[-.]?" + _MONTH + r"[-.;]?[0-9]{0,2}(?:[;:][0-9():-]*)?$", "a date"),
    _glued(r"[^a-z0-9]?(?:[0-9]{1,2}[-.]?)?" + _MONTH + r"[-.,]?" + _YEAR + "$", "a date"),
    _glued(
        r"/(?:-/dcsupplemental|(?:doi/)?(?:full|abstract|pdf|epdf|pdfdirect|fulltext|full-text|full_text|meta|html|epub|xml|summary|"
        r"references|citations|citedby|cited-by|figures|tables|metrics|related|suppinfo|suppl|supplementary|supplemental|"
        r"download|reader|print|issuetoc|toc|index\.html?|standard|comments|similar|bibtex|ris|pdf\+html|open|view)"
        r"(?:/(?:html|pdf|full|epub|enhanced|en))?)/?$",
        "the tail of a web page's address",
    ),
    _glued(
        r"\.(?:pdf|html?|xml|epub|full|full-text|full\.pdf|full\.html|long|short|abstract|extract|figures-only|docx?|txt|aspx?|php|jpe?g|png|"
        r"ris|bib)(?:\+html)?$",
        "a file's ending",
    ),
    # bioRxiv and medRxiv register one DOI for all versions, arXiv too; figshare and preprints.org one for each.
    _glued(r"(?<=[0-9])v[0-9]{1,2}$", "a version"),
)
_UNVERSIONED = ("10.1101/", "10.64898/", "10.48550/arxiv.")
_YEAR_IN_BRACKETS = re.compile(r"(?<=[^/])[(\[]" + _YEAR + r"[)\]]?$", re.ASCII)


def cut_tails(reading: "Reading") -> None:
    """Cut off, as a doubt, whatever at the end of the suffix is rarely or never part of a DOI."""
    for _ in range(8):
        before = reading.text
        if not reading.literal:
            cut_query(reading)
        _cut_glued(reading)
        _cut_year(reading)
        _cut_punctuation(reading)
        if reading.text == before:
            return


def _cut_glued(reading: "Reading") -> None:
    start = reading.text.find("/") + 2
    for glued in _GLUED:
        found = glued.pattern.search(reading.text, start)
        if found is None or not found[0]:
            continue
        if glued.what == "a version" and not reading.text.startswith(_UNVERSIONED):
            continue
        reading.doubt(reading.text[: found.start()], f"{show(found[0])} at the end looks like {glued.what}")


def _cut_year(reading: "Reading") -> None:
    found = _YEAR_IN_BRACKETS.search(reading.text, reading.text.find("/") + 1)
    # (sici), (asce) and volumes with a number in brackets end in a page in brackets, which may look like a year.
    if found is None or "(" in reading.text[: found.start()] or ":" in reading.text:
        return
    reading.doubt(reading.text[: found.start()], f"{show(found[0])} at the end looks like a date")


def _cut_punctuation(reading: "Reading") -> None:
    text = reading.text
    end = len(text)
    floor = text.find("/") + 1
    while end > floor:
        last = text[end - 1]
        if last in _CLOSING:
            opening = _CLOSING[last]
            if text.count(opening, floor, end) >= text.count(last, floor, end):
                break
        elif last not in _PUNCTUATION or _ends_a_sici(text[:end]):
            break
        end -= 1
    if end == len(text):
        return
    tail = text[end:]
    if text[:end].endswith(";2") and tail[0] == "-":
        reading.doubt(
            f"{text[:end]}-#", "ends like a SICI that lost its check character, most likely a # taken for a fragment"
        )
        return
    which = "which nothing opened" if tail[0] in _CLOSING else "which is rarely part of a DOI"
    reading.doubt(text[:end], f"ends in {show(tail)}, {which}")


def _ends_a_sici(text: str) -> bool:
    return _SICI_END.fullmatch(text[-7:]) is not None
