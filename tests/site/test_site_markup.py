"""Text becomes HTML in one way: nothing in it is markup, moves a cursor or leads anywhere."""

from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml

from tallysheet.reader.inert import inert
from tallysheet.site.links import register, within
from tallysheet.site.markup import Html, joined, said, tag, text

PAYLOADS: dict[str, str] = {
    **yaml.safe_load((Path(__file__).parents[1] / "report" / "payloads.yaml").read_text(encoding="utf-8")),
    "script": "<script>alert(1)</script>",
    "close-all": "</bdi></td></table></main><script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "attribute-single": "' onmouseover='alert(1)",
    "attribute-bare": "x onmouseover=alert(1) y=`",
    "address": "javascript:alert(1)",
    "data-address": "data:text/html,<script>alert(1)</script>",
    "comment": "<!-- -->",
    "comment-open": "<!--",
    "cdata": "]]><![CDATA[<script>",
    "entity": "&lt;script&gt;&#x3c;img&#62;&amp;amp;",
    "title-end": "</title><style>*{display:none}</style>",
    "svg": "<svg/onload=alert(1)>",
    "template": "{{7*7}}${7*7}<%= 7*7 %>",
    "bidi": "safe \u202etxt.exe\u2066\u2069",
    "right-to-left": "שלום <b>עולם</b>",
    "long": "x" * 5_000,
    "noncharacter": "\ufffe\ufdd0",
}


def parsed(markup: str) -> Any:
    """Return what a browser makes of a piece of markup."""
    return html5lib.parseFragment(markup, namespaceHTMLElements=False)


# Whatever a text holds, a browser reads it back as the text that it is, and makes no element of it.
@pytest.mark.parametrize("name", PAYLOADS)
def test_text_stays_text(name: str) -> None:
    payload = PAYLOADS[name]
    found = parsed(tag("p", payload, title=payload))
    assert [element.tag for element in found.iter()] == ["DOCUMENT_FRAGMENT", "p"]
    (element,) = list(found)
    assert element.text == inert(payload, None)
    assert element.attrib == {"title": inert(payload, None)}


# Markup that was made here is not escaped again, wherever it is put.
def test_markup_is_kept() -> None:
    inner = tag("b", "a & b")
    assert tag("p", inner, " < ", 3, None) == "<p><b>a &amp; b</b> &lt; 3</p>"
    assert joined("a", inner, by=" & ") == "a &amp; <b>a &amp; b</b>"
    assert text(inner) is inner
    assert said("") == ""
    assert said("a<") == "<bdi>a&lt;</bdi>"


# An attribute is dropped, bare or quoted, and no underscore is left of its name.
def test_attributes() -> None:
    made = tag("input", hidden=True, disabled=False, id=None, class_="a", data_label="b", tabindex=0)
    assert made == '<input hidden class="a" data-label="b" tabindex="0">'


# A text never becomes an address, not even one that looks harmless.
@pytest.mark.parametrize("name", ["href", "src"])
def test_address_takes_a_link_only(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} takes a Link, not str"):
        tag("a", **{name: "index.html"})
    with pytest.raises(TypeError, match=f"{name} takes a Link, not Html"):
        tag("a", **{name: Html("index.html")})


# Addresses within the site are relative and lead nowhere else.
@pytest.mark.parametrize(
    ("path", "up", "expected"),
    [
        ("index.html", "", "index.html"),
        ("records/a.html", "../", "../records/a.html"),
        ("records/a b?.html#c d", "", "records/a%20b%3F.html#c%20d"),
        ("#a", "../", "#a"),
        ("javascript:alert(1)", "", "javascript%3Aalert%281%29"),
    ],
)
def test_addresses_within_the_site(path: str, up: str, expected: str) -> None:
    assert within(path, up) == expected


# A path that leads upwards, or to another host, is refused.
@pytest.mark.parametrize("path", ["../a.html", "records/../../a", "//example.org/a", "/etc/passwd", "a//b", "."])
def test_paths_that_lead_out_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no file of the site"):
        within(path)


# Identifiers lead to fixed hosts, percent-encoded; what is not of their form leads nowhere.
@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("doi", "10.1182/blood.2024(1)", "https://doi.org/10.1182/blood.2024%281%29"),
        ("doi", '10.1002/(SICI)1<1:A>"#?&', "https://doi.org/10.1002/%28SICI%291%3C1%3AA%3E%22%23%3F%26"),
        ("doi", "https://evil.example/10.1182/a", None),
        ("doi", "javascript:alert(1)//10.1182/a", None),
        ("doi", "10.1182/a b", None),
        ("pmid", "38429096", "https://pubmed.ncbi.nlm.nih.gov/38429096/"),
        ("pmid", "1/../evil", None),
        ("pmid", "٣٨", None),
        ("pmid", "38429096\n", None),
        ("pmcid", "PMC11117018", "https://pmc.ncbi.nlm.nih.gov/articles/PMC11117018/"),
        ("registry", "NCT03312751", "https://clinicaltrials.gov/study/NCT03312751"),
        ("registry", "ISRCTN12345678", None),
        ("prospero", "CRD42020123456", "https://www.crd.york.ac.uk/PROSPERO/view/CRD42020123456"),
        ("isbn", "9783161484100", None),
    ],
)
def test_addresses_of_identifiers(kind: str, value: str, expected: str | None) -> None:
    assert register(kind, value) == expected
