"""The pages of a site, read as a browser reads them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from tallysheet.collection import Collection, Record, open_collection
from tallysheet.engine import Engine
from tallysheet.findings import TOP, Finding
from tallysheet.reader import read
from tallysheet.reader.inert import inert
from tallysheet.repository import open_repository
from tallysheet.site import making
from tallysheet.site.checks import check
from tallysheet.site.gathered import Gathered
from tallysheet.site.history import History
from tallysheet.site.making import make_records
from tallysheet.site.record_page import write_record

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
FULL = (HERE / "full.yaml").read_text(encoding="utf-8")
RICH = "records/chandrakasan-2024-real-hlh-primary.html"
HOSTS = {
    *("doi.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "clinicaltrials.gov", "github.com"),
    "www.crd.york.ac.uk",
}
HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(1)</script>'`{{7*7}}"
HARMLESS = "word"
RETRACTED = (
    "Retracted This publication has been retracted. Its figures are kept for the record and must not be relied on."
)
SAFE = frozenset({"id", "to", "of", "group", "compared_with", "replaced_by", "parts", "on", "until", "pointer", "rule"})
"""Keys whose values are ids, days or pointers: the schema lets nothing else through, and pages refer by them."""


def document(path: Path) -> Any:
    """Return what a browser makes of a file."""
    return html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def words(tree: Any) -> str:
    """Return the text of a tree, blanks joined."""
    return " ".join("".join(tree.itertext()).split())


def every_page(site: Path) -> Iterator[tuple[Path, Any]]:
    """Yield all pages of a site with their trees."""
    for path in sorted(site.rglob("*.html")):
        yield path, document(path)


# Every link of every page leads to a file of the site, and to a place that is there, or to a host that is known.
@pytest.mark.parametrize("name", ["real", "hostile"])
def test_links_lead_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(name)
    trees = {path.resolve(): tree for path, tree in every_page(site)}
    ids = {path: {element.get("id") for element in tree.iter()} for path, tree in trees.items()}
    seen = 0
    for path, tree in trees.items():
        for element in tree.iter():
            for attribute in ("href", "src"):
                if (address := element.get(attribute)) is None:
                    continue
                seen += 1
                parts = urlsplit(address)
                if parts.scheme:
                    assert (element.tag, parts.scheme) == ("a", "https"), address
                    assert parts.netloc in HOSTS
                    continue
                assert not parts.netloc
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                assert target.is_file(), f"{path.name}: {address}"
                assert target.is_relative_to(site.resolve())
                if parts.fragment and target.suffix == ".html":
                    assert unquote(parts.fragment) in ids[target], f"{path.name}: {address}"
    assert seen > 100


# A page has one title, one heading of the first order, its language, its policy, and no two places of one name.
@pytest.mark.parametrize("name", ["real", "hostile"])
def test_pages_are_well_made(name: str, request: pytest.FixtureRequest) -> None:
    for path, tree in every_page(request.getfixturevalue(name)):
        assert tree.get("lang") == "en"
        assert [len(tree.findall(f".//{one}")) for one in ("title", "h1", "main")] == [1, 1, 1], path.name
        policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        named = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(named) == len(set(named)), path.name
        assert list(tree.iter("style")) == []
        assert [element.text for element in tree.iter("script")] == [None]
        handlers = [key for element in tree.iter() for key in element.attrib if key.startswith("on") or key == "style"]
        assert handlers == []
        for table in tree.iter("table"):
            assert table.find("caption") is not None
            assert all(cell.get("scope") for cell in table.iter("th"))


# What records say stands on the pages letter by letter, and makes no element.
def test_hostile_records_are_shown_as_they_are(hostile: Path) -> None:
    for path, tree in every_page(hostile):
        assert {element.tag for element in tree.iter()}.isdisjoint({"img", "b", "iframe", "object", "svg"}), path.name
    page = document(hostile / "records" / "full.html")
    assert words(page.find(".//h1")) == HOSTILE
    assert HOSTILE in page.find(".//title").text or "(full)" in page.find(".//title").text
    assert words(page).count(HOSTILE) >= 7
    index = document(hostile / "index.html")
    assert words(index.find(".//h1")) == HOSTILE
    assert "records/broken.yaml: " in words(index)


def replaced(value: Any, word: str, key: str = "") -> Any:
    """Return a record with another text in the place of every one that a stranger may choose, and of every word."""
    if isinstance(value, dict):
        return {name: inner if name in SAFE else replaced(inner, word, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, word, key) for inner in value]
    return word if isinstance(value, str) else value


def rendered(gathered: Gathered, word: str) -> Any:
    """Return the tree of a record's page, as if the reader, the schema and the rules had let everything through."""
    value: Any = read(FULL.encode()).value
    finding = Finding("proportion", "error", "records/full.yaml", "/results/0", TOP, f"says {word}", f"try {word}")
    checks = check(gathered.engine, Record("records/full.yaml", value, b"", (finding,)))
    checks.open.append(("/results/1", "proportion", word))
    record = Record("records/full.yaml", replaced(value, word), b"", (finding,))
    return html5lib.parse(write_record(gathered, record, checks), namespaceHTMLElements=False)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    """Return a collection of the full record alone."""
    root = tmp_path_factory.mktemp("alone")
    (root / "records").mkdir()
    (root / "records" / "full.yaml").write_text(FULL, encoding="utf-8")
    collection = open_collection(open_repository(root))
    return Gathered(collection, "Title", History({}, absent="none"))


# Even with the reader and the schema out of the way, hostile text in every field makes the page of a harmless word.
@pytest.mark.parametrize(
    "payload",
    [
        HOSTILE,
        "</bdi></td></table></main></body>",
        "javascript:alert(1)",
        "\u202e\u2066abc",
        "שלום עולם",
        "x" * 3_000,
        "<!--",
        "&lt;b&gt;",
        "a\x00\x1b[2Jb\u2028c",
    ],
)
def test_hostile_text_makes_no_other_page(alone: Gathered, payload: str) -> None:
    plain, hostile = (rendered(alone, word) for word in (HARMLESS, payload))

    def shape(tree: Any) -> list[Any]:
        return [(one.tag, sorted(one.attrib.keys() - {"href", "rel"})) for one in tree.iter()]

    assert shape(hostile) == shape(plain)
    addresses = [one.get("href") for one in hostile.iter() if one.get("href")]
    assert not [one for one in addresses if re.match(r"(?!https:|\.\./|#)", one)]
    assert inert(payload, None) in "".join(hostile.itertext())


# The page of a rich record shows each figure as printed, its computation, its verdict and its quote.
def test_figures_are_shown_with_their_computation(real: Path) -> None:
    tree = document(real / RICH)
    rows = {words(row.find("th")): [words(cell) for cell in row.findall("td")] for row in tree.iter("tr")}
    assert rows["Laboratory value became normal: CXCL9"] == [
        "all",
        "24/33 (72.7%), basis: with data",
        "24/33 = 72.727...%, printed 72.7%",
        "holds proportion",
        "abstract 24/33, 72.7%",
    ]
    assert rows["Therapy before: HLH-related therapy before"][3] == "not checkable no percent (proportion)"
    assert rows["all by age"] == ["partition", "children, adults", "39 + 7 = 46"]
    assert "7/39 = 17.948...%, prints 17.9; printed 18.0; rounding twice gives it" in words(tree)


# Every block of a result is written out in words.
def test_blocks_are_written_in_words(hostile: Path) -> None:
    tree = document(hostile / "records" / "full.html")
    table = tree.find(".//table[@class='cards results']")
    shown = [words(row.findall("td")[1]) for row in table.find("tbody")]
    assert shown == [
        "7/39 (18.0%), basis: with data",
        "33.3% of 39",
        "73.1% at 12 months, method: Kaplan-Meier, 95% interval 60 to 83",
        "median 1.0 years, range 0.3 to 21.0",
        "hazard ratio 0.52, interval 0.30 to 0.90",
        "p <0.001, log rank",
        "median, from 10 to 5 mg",
    ]
    derived = [words(one) for one in table.iter("p") if "derived" in words(one)]
    assert derived == ["count: 13 (derived)"]


# A publication that no longer stands says so before any figure.
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("full", "Corrected This publication has been corrected since it appeared."),
        (
            "retracted",
            RETRACTED,
        ),
        (
            "withdrawn",
            "Withdrawn This record has been withdrawn from the collection. Another record takes its place: full.",
        ),
    ],
)
def test_banner_says_what_no_longer_stands(hostile: Path, name: str, said: str) -> None:
    tree = document(hostile / "records" / f"{name}.html")
    (banner,) = [one for one in tree.iter("p") if one.get("role") == "note"]
    assert words(banner) == said


# What the checker counts on the pages is what the check counts.
def test_counts_agree_with_the_check(real: Path) -> None:
    collection = open_collection(open_repository(PROJECT))
    engine = Engine(collection.repository)
    checks = [check(engine, record) for record in collection.records.values()]
    figures = collection.report.figures
    assert sum(len(one.holds) for one in checks) == figures["consistent"]
    assert sum(len(one.open) for one in checks) == figures["not_checkable"]
    summary = document(real / "index.html").find(".//p[@class='summary']")
    expected = f"{len(checks)} records holds {figures['consistent']} acknowledged {figures['acknowledged']}"
    assert words(summary) == f"{expected} not checkable {figures['not_checkable']}"


# Downloads are the very bytes of the records, and JSON that holds every one of them.
def test_downloads_are_the_records(real: Path) -> None:
    data = json.loads((real / "data" / "collection.json").read_text(encoding="utf-8"))
    records = sorted((PROJECT / "records").glob("*.yaml"))
    assert [one["record"]["id"] for one in data["records"]] == [path.stem for path in records]
    for path in records:
        assert (real / "data" / "records" / path.name).read_bytes() == path.read_bytes()
    report = json.loads((real / "data" / "findings.json").read_text(encoding="utf-8"))
    assert report["summary"] == data["summary"]
    assert (real / "data" / "records" / "LICENSE").read_bytes() == (PROJECT / "records" / "LICENSE").read_bytes()


# Each rule that a page names has its section on the page of rules.
def test_every_rule_is_described(real: Path) -> None:
    tree = document(real / "rules.html")
    collection: Collection = open_collection(open_repository(PROJECT))
    headings = {words(one) for one in tree.iter("h2")}
    assert collection.repository.rules.keys() <= headings
    assert {"schema", "waiver", "syntax"} <= headings


# Processes make the same pages as one does, in the same order.
def test_processes_make_the_same(alone: Gathered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 2)
    collection = open_collection(open_repository(PROJECT))
    gathered = Gathered(collection, "Title", History({}, absent="none"))
    several = list(make_records(gathered, 2))
    assert several == list(make_records(gathered, 1))
    assert [one.identity for one in several] == list(collection.records)
    assert list(make_records(alone, 2)) == list(make_records(alone, 1))
