"""What a DOI is wrapped in: white space, quotes, entities, labels, resolvers, percent-encoding."""

import re
from typing import TYPE_CHECKING

from .doi_address import cut_query, leave_address
from .look_alikes import fold_look_alikes
from .surface import OPENERS, drop_invisible, settle_soft_hyphens, show, strip_edges, unwrap

if TYPE_CHECKING:
    from .doi_reading import Reading

# `doi:`, `DOI 10...`, `doi=`, `DOI No.`, `doi/`, `doi10...`: a DOI begins with a digit, so that nothing after the label
# can be part of it. `hdl:` since every DOI is a handle.
_LABEL = re.compile(
    r"(?:urn:doi|info:doi|info:hdl|hdl|handle|digital object identifier|doi (?:number|no\.?|name|id|link|url)|@?doi|"
    r"url|uri|link)[ \t\xa0]{0,4}(?:[:=/>#|;,\uff1a]{0,4}|\.)[ \t\xa0\r\n]{0,4}"
    r"(?=[^a-z.%]|ht?tp|tt?p|doi|www\.|dx\.|urn:|info:|hdl|[lio][0o]\.|o\.)",
    re.ASCII | re.IGNORECASE,
)
_URI_LABEL = re.compile(r"(?:urn|info):", re.ASCII | re.IGNORECASE)
_BEGINNING = re.compile(r"10\.|h?ttps?:|doi|www\.|dx\.", re.ASCII | re.IGNORECASE)
_RESOLVER = re.compile(
    r"(?:(?:https?:)?//)?(?:www\.)?(?:(?:dx\.)?doi\.org|hdl\.handle\.net)(?::(?:80|443))?/{1,3}[ \t\xa0\r\n]{0,4}",
    re.ASCII | re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)
_BAD_CODE = re.compile(r"%(?![0-9a-fA-F]{2})", re.ASCII)
_TAG = re.compile(r"</?(?:jats:|mml:|xml:)?[a-z][a-z0-9_-]{0,30}(?:\s[^<>]{0,500})?/?>", re.ASCII | re.IGNORECASE)
# What an editing system added or a footnote mark is no part of the name, so it goes with its tags.
_NOTE = re.compile(r"<(xml_add|sup|del|script|style)>[^<>]{0,200}</\1>", re.ASCII | re.IGNORECASE)
_LATEX = re.compile(r"\\(?:url|doi|href|path|nolinkurl|texttt)\{([^{}]{1,500})\}", re.ASCII | re.IGNORECASE)
_ROUNDS = 12


def unwrap_doi(reading: "Reading") -> None:
    """Take off whatever is around the DOI, layer by layer, until nothing is left to take off."""
    for _ in range(_ROUNDS):
        before = reading.text
        for step in (
            _strip,
            _decode_entities,
            _drop_markup,
            _strip_quotes,
            _drop_label,
            leave_address,
            _decode_percent,
            _fold,
        ):
            step(reading)
            if reading.fault is not None:
                return
        if reading.text == before:
            return


def _strip(reading: "Reading") -> None:
    visible = drop_invisible(reading.text)
    if visible != reading.text:
        reading.mend(visible, "holds invisible characters")
    settled, doubtful = settle_soft_hyphens(reading.text)
    if doubtful:
        reading.doubt(settled, "a soft hyphen (U+00AD) beside a digit: it may stand for a hyphen or for nothing")
    elif settled != reading.text:
        reading.mend(settled, "holds a soft hyphen (U+00AD)")
    stripped = strip_edges(reading.text)
    if stripped != reading.text:
        reading.mend(stripped, "white space at the ends")


def _strip_quotes(reading: "Reading") -> None:
    text = reading.text
    inner = unwrap(text)
    if inner is None and text[:1] in OPENERS:
        # Punctuation behind the closing bracket belongs to the sentence around.
        inner = unwrap(text.rstrip(".,;:"))
        if inner is not None:
            reading.doubt(inner, f"is wrapped in {text[0]} and {show(text[len(text.rstrip('.,;:')) - 1 :])}")
            reading.wrapped = True
        elif _BEGINNING.match(text[1:].lstrip(OPENERS)):
            reading.doubt(text.lstrip(OPENERS), f"begins with {show(text[0])}, which nothing closes")
        return
    if inner is None:
        return
    what = f"is wrapped in {text[0]} {text[-1]}"
    if reading.wrapped:
        reading.doubt(inner, f"{what}, and not by one pair alone")
    else:
        reading.mend(inner, what)
    reading.wrapped = True


def _decode_entities(reading: "Reading") -> None:
    found = _ENTITY.search(reading.text)
    if found is None:
        return
    from html import unescape  # its table of 2,231 names is for the few that need it

    decoded = _ENTITY.sub(lambda match: unescape(match[0]), reading.text)
    if decoded == reading.text:
        return
    reason = f"holds {show(found[0])}, a character written for HTML"
    if any("written for HTML" in mend for mend in reading.mends):
        reading.doubt(decoded, f"{reason}, twice over")
    else:
        reading.mend(decoded, reason)


def _drop_markup(reading: "Reading") -> None:
    text = reading.text
    if "\\" in text:
        # JSON writes a slash as it likes.
        text = _LATEX.sub(r"\1", text).replace("\\/", "/")
    if "<" in text:
        text = _TAG.sub("", _NOTE.sub("", text))
    if text != reading.text:
        reading.doubt(text, "holds markup or escapes, which are no part of a DOI")


def _drop_label(reading: "Reading") -> None:
    while True:
        text = reading.text
        label = _LABEL.match(text)
        if label is not None:
            reading.in_uri = reading.in_uri or _URI_LABEL.match(text) is not None
            reading.mend(text[label.end() :], f"begins with the label {show(label[0].strip())}")
            continue
        resolver = _RESOLVER.match(text)
        if resolver is None or resolver.end() == len(text):
            return
        reading.in_uri = True
        reading.mend(text[resolver.end() :], f"begins with the resolver {show(resolver[0].strip())}")


def _decode_percent(reading: "Reading") -> None:
    if "%" not in reading.text:
        return
    if reading.in_uri and not reading.decoded and reading.text.startswith("10"):
        # Before decoding: an encoded ? or # is a part of the name.
        cut_query(reading)
    text = reading.text
    bad = _BAD_CODE.search(text)
    if bad is not None:
        what = show(text[bad.start() : bad.start() + 3])
        reading.fault = f"holds {what}, which is no percent code: a template that was not filled in, or damage"
        return
    first = text.index("%")
    code = show(text[first : first + 3])
    from urllib.parse import unquote  # urllib.parse costs milliseconds that few DOIs should pay

    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        reading.fault = f"holds percent codes that are no UTF-8, the first of them {code}"
        return
    if reading.decoded:
        reading.doubt(decoded, f"is percent-encoded twice ({code} is left after decoding once)")
    elif reading.in_uri:
        reading.literal = True
        reading.mend(decoded, f"is percent-encoded ({code})")
    else:
        reading.doubt(decoded, f"holds the percent code {code} outside a URL")
    reading.decoded = True


def _fold(reading: "Reading") -> None:
    folded, first = fold_look_alikes(reading.text)
    if first is not None:
        reading.doubt(folded, f"holds {first}")
