"""What holds for any string at all."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallysheet.identifiers import KINDS, examine
from tallysheet.identifiers.doi_examination import examine_closely
from tallysheet.identifiers.surface import MAX_LENGTH

# Any code point, surrogates and controls too, and the fragments that identifiers and their damage are made of.
PIECES = [
    "10.", "10.1136/", "10.1182/", "10.1371/journal.pone.", "10.1007/s10875-", "10.1000.10/", "doi:", "DOI",
    "https://doi.org/", "http://dx.doi.org/", "info:doi/", "hdl:", "urn:doi:", "https//doi.org/", "https://x.org/",
    "(", ")", "[", "]", "<", ">", "{", "}", '"', "'", ".", ",", ";", ":", "/", "//", "#", "?", "&", "%", "%2F",
    "%252F", "%zz", "&lt;", "&amp;", "&#60;", "&amp;lt;", "<br/>", "<i>", "\\", "\\_", "pmid:", "PMC", "8432281",
    "NCT", "03311854", "CRD4", "2020", "190325", "ORPHA:", "MONDO:", "HP:", "D051359", "0000-0002-1825-0097",
    "1664-3224", "978", "03yrm5c26", "jRCTs", "(sici)1097-0142(19960401)77:7<1356::aid-cncr20>3.0.co;2-#", "/full",
    ".pdf", "v2", "[doi]", "xxx", "{doi}", "%s", "::", "--", "..", "__", "2019", "jan", "accessed", "v1",
    "ard-2022-223739",
]  # fmt: skip
ODD = [
    "\u00a0",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u2013",
    "\u2044",
    "\uff11",
    "\u0430",
    "\u00c2",
    "\u00e2\u20ac\u201c",
    "\ufffd",
    "\x00",
    "\n",
    " ",
    "\ud800",
]
TEXT = st.one_of(
    st.text(st.characters(codec=None), max_size=60),
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.sampled_from(ODD), st.text("10.abz/-9", max_size=6)), max_size=9
    ).map("".join),
)


# Any string is answered, and the answer is of one of the four forms.
@settings(max_examples=1500, deadline=None)
@given(kind=st.sampled_from(KINDS), raw=TEXT)
def test_any_string_is_answered(kind: str, raw: str) -> None:
    verdict = examine(kind, raw)
    assert verdict.status in {"canonical", "fixable", "suspect", "malformed"}
    assert (verdict.canonical is None) == (verdict.status == "malformed")
    assert verdict.reason
    assert verdict.reason.isprintable()
    assert not verdict.reason.endswith(".")
    if verdict.status == "canonical":
        assert verdict.canonical == raw


# What was called canonical or fixable is canonical from then on; a likely name is at least no other kind of wrong.
@settings(max_examples=1500, deadline=None)
@given(kind=st.sampled_from(["doi", "doi", "doi", *KINDS]), raw=TEXT)
def test_canonical_form_stays(kind: str, raw: str) -> None:
    verdict = examine(kind, raw)
    if verdict.canonical is None:
        return
    again = examine(kind, verdict.canonical)
    if verdict.status == "suspect":
        assert again.status in {"canonical", "suspect"}
    else:
        assert ("canonical", verdict.canonical) == (again.status, again.canonical)


# The short way for plain DOIs says what the long way says.
@settings(max_examples=1500, deadline=None)
@given(
    st.builds(
        "{}/{}".format,
        st.sampled_from(
            ["10.1000", "10.1136", "10.1371", "10.1007", "10.1016", "10.5555", "10.12345", "10.48550", "10.123"]
        ),
        st.lists(
            st.one_of(
                st.sampled_from(
                    [
                        "pmid",
                        "pmc12345",
                        "epub",
                        "jan",
                        "may2019",
                        "accessed12",
                        "v2",
                        "xxx",
                        "doi",
                        "pdf",
                        "full",
                        "s10875-021-01073-9",
                        "j.",
                        "0028-0836",
                        "978",
                        "www.",
                        "1750743x.",
                        "-2019-eular.",
                    ]
                ),
                st.text("0123456789.-abcz/", max_size=8),
            ),
            max_size=5,
        ).map("".join),
    )
)
def test_short_way_agrees_with_the_long_way(raw: str) -> None:
    assert examine_closely(raw) == examine("doi", raw)


# However long the string: only its first characters are looked at, so that the work has a bound.
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "10.1000/",
        " ",
        "(",
        "%25",
        "&amp;",
        "doi:",
        "\u200b",
        "<a",
        "\\",
        "\ud800",
        "https://doi.org/",
        "a.",
        "/",
        "\u00c3\u0192",
    ],
)
def test_long_strings_are_refused_unread(kind: str, unit: str) -> None:
    verdict = examine(kind, unit * (1_000_000 // len(unit)))
    assert verdict.status == "malformed"
    assert "characters long" in verdict.reason
    assert len(verdict.reason) < 200


# The work on a string of the greatest length that is read grows with the length, not with its square: counted in
# calls of functions and lines of Python, which no clock and no load of the machine can change.
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "10.1000/",
        "(",
        "%25",
        "&amp;",
        "doi:",
        "\u200b",
        "<a",
        "\\",
        "https://doi.org/",
        "a.",
        "/",
        "\u00c3",
        "10.1000/a,",
        "[x]",
        "ab-\u00ad",
    ],
)
@pytest.mark.parametrize("kind", ["doi", "nct", "isbn", "orcid"])
def test_work_grows_with_the_length(kind: str, unit: str) -> None:
    half, whole = (_count_lines(kind, (unit * size)[:size]) for size in (MAX_LENGTH // 2, MAX_LENGTH))
    assert whole < 2.5 * half + 2000


def _count_lines(kind: str, raw: str) -> int:
    examine(kind, raw)
    lines = 0

    def trace(_frame: object, event: str, _argument: object) -> object:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type] # the signature of the standard library's stub is recursive
    try:
        examine(kind, raw)
    finally:
        sys.settrace(before)
    return lines
