"""Drawings: well formed, inert, the same bytes each time, and readable without eyes."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tallysheet.evidence import STYLE, boxes_of, evidence_map, forest, map_table, prisma, summarise, table_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script> \" ' & ]]> \u202e \x1b[31m {0} ${x}"
SHAPES = {"svg", "title", "desc", "style", "rect", "text", "line", "circle", "polygon"}
ATTRIBUTES = {
    *(
        "width",
        "height",
        "viewBox",
        "role",
        "aria-labelledby",
        "font-family",
        "font-size",
        "font-weight",
        "id",
        "class",
    ),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx"),
    *("points", "text-anchor", "transform"),
}


@pytest.fixture
def evidence(made: Any) -> Any:
    records = [
        made.record("a-2019", made.result(6, 9), made.result(None, 9, "100", outcome="survival")),
        made.record("b-2020", made.result(0, 14), study={"overlaps": ["c-2021"]}),
        made.record("c-2021", made.result(8, 8)),
        made.record("d-2022", made.result(3, 10), groups=[made.group("all", 10, "primary-hlh")]),
        made.record("e-2022", made.result(13, 30), groups=[made.group("all", 30, "primary-hlh")]),
        made.record("f-2022", made.result(9, 10), groups=[made.group("all", 10, "primary-hlh")]),
        made.record("r-2025", made.result(60, 86), kind="scoping-review"),
        made.record("s-2025", made.result(6, 7, outcome="sex", label="male"), kind="scoping-review"),
    ]
    return summarise(records, made.outcomes, made.conditions)


def texts(svg: str) -> list[str]:
    """Return the texts of a drawing, after it was parsed."""
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own


def drawings(evidence: Any) -> list[str]:
    """Return one drawing of each kind."""
    flow = prisma({"identified": 120, "included": 31}, "r-2025", "A review")
    return [forest(evidence, "clinical-response"), evidence_map(evidence), flow]


# Every drawing is well formed, of known shapes only, and has role, title and description for a screen reader.
def test_drawings_are_well_formed_and_described(evidence: Any) -> None:
    for svg in drawings(evidence):
        root = ET.fromstring(svg)  # noqa: S314 - our own
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= SHAPES
        assert {name for one in root.iter() for name in one.attrib} <= ATTRIBUTES
        ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert (root.attrib["role"], root.attrib["aria-labelledby"].split()) == ("img", ids)
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg\")", svg)
        assert svg == svg.encode("utf-8", "strict").decode()


# The same records give the same bytes, and the style is left out where a page brings it.
def test_drawings_are_deterministic(evidence: Any) -> None:
    assert drawings(evidence) == drawings(evidence)
    assert STYLE in forest(evidence, "survival")
    for svg in (
        forest(evidence, "survival", style=False),
        evidence_map(evidence, style=False),
        prisma({}, "r", "", style=False),
    ):
        assert "<style" not in svg
        assert "prefers-color-scheme" not in svg


# Dark colours are for screens only: print is dark on white.
def test_style_is_for_screens() -> None:
    assert STYLE.startswith("@media screen and (prefers-color-scheme: dark) {")
    assert STYLE.count("@media") == 1


# A stranger's text stays text, whatever is in it.
def test_text_of_strangers_is_inert(made: Any) -> None:
    outcomes, conditions = {"clinical-response": HOSTILE}, {"mas": HOSTILE}
    records = [made.record(HOSTILE + str(n), made.result(n, 9, label=HOSTILE), study={"id": str(n)}) for n in range(4)]
    evidence = summarise(records, outcomes, conditions)
    for svg in (
        forest(evidence, "clinical-response"),
        evidence_map(evidence),
        prisma({"included": 1}, HOSTILE, HOSTILE),
    ):
        root = ET.fromstring(svg)  # noqa: S314 - our own
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= SHAPES
        assert "<script" not in svg
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", svg)
        assert all(re.fullmatch("[A-Za-z0-9-]+", one.attrib["id"]) for one in root.iter() if "id" in one.attrib)


# A forest plot names each study with its counts, what is pooled or why not, and explains its signs.
def test_forest(evidence: Any) -> None:
    shown = texts(forest(evidence, "clinical-response"))
    for text in ("a-2019", "6/9", "b-2020 †", "0/14", "c-2021 †", "8/8", "r-2025 ‡", "60/86", "0.0 (0.0 to 21.5)"):
        assert text in shown
    assert "not pooled: b-2020 and c-2021 may share patients" in shown
    assert "Pooled, 3 studies" in shown
    assert "25/50" in shown
    assert any(text.startswith("a new study: ") and "tau2 " in text for text in shown)
    assert "† may share patients with another study of the section." in shown
    assert "‡ a review, never pooled: its patients come from other publications." in shown
    assert "* derived: the only count that the printed percentage fits, or the sum of groups." not in shown
    survival = texts(forest(evidence, "survival"))
    assert "*" in survival
    assert "* derived: the only count that the printed percentage fits, or the sum of groups." in survival


# Of one condition only that condition is drawn, under an id of its own; where nothing is counted the drawing says so.
def test_forest_of_one_condition(evidence: Any) -> None:
    one = forest(evidence, "clinical-response", "primary-hlh")
    assert 'id="forest-clinical-response-primary-hlh-title"' in one
    assert "d-2022" in texts(one)
    assert "a-2019" not in texts(one)
    assert "Nothing is counted." in forest(evidence, "clinical-response", "hlh")


# What the plot shows is in its description and in a table of the same rows.
def test_equivalents(evidence: Any) -> None:
    description = ET.fromstring(forest(evidence, "clinical-response")).findtext(f"{SVG}desc")  # noqa: S314 - our own
    assert description is not None
    assert (
        "Macrophage activation syndrome: 3 studies, 1 review not counted (a-2019 6/9, b-2020 0/14, c-2021 8/8)"
        in description
    )
    section = evidence.sections("clinical-response", "mas")[0]
    header, *rows = table_of(section)
    assert header[:4] == ("study", "patients", "events", "total")
    assert rows[1] == ("b-2020", "All", "0", "14", "0.0", "0.0 to 21.5", "0.0 to 23.2", "", "yes")
    assert rows[-1] == ("r-2025", "All", "60", "86", "69.8", "59.4 to 78.5", "58.9 to 79.2", "", "no: a review")


# Of very many studies the first are drawn and the rest counted; the table has them all.
def test_many_studies(made: Any) -> None:
    records = [made.record(f"s-{n:03}", made.result(n % 9, 9)) for n in range(150)]
    evidence = summarise(records, made.outcomes, made.conditions)
    shown = texts(forest(evidence, "clinical-response"))
    assert "and 50 more studies: in the table, and in what is pooled" in shown
    assert "Pooled, 150 studies" in shown
    assert len(table_of(evidence.sections()[0])) == 151


# The map counts each study once, without overlapping cohorts; what only a review has is in brackets, a gap is empty.
def test_map(evidence: Any) -> None:
    assert map_table(evidence) == [
        ("outcome", "Primary HLH", "Macrophage activation syndrome"),
        ("Overall response", "50", "23"),
        ("Alive", "", "9"),
        ("Sex", "", "(7)"),
    ]
    shown = texts(evidence_map(evidence))
    assert {"50", "23", "9", "(7)"} <= set(shown)


# A study that counts several labels of an outcome is in its cell once, by its largest row.
def test_map_counts_a_study_once(made: Any) -> None:
    results = [made.result(3, 8, outcome="sex", label="male"), made.result(5, 9, outcome="sex", label="female")]
    evidence = summarise([made.record("a", *results)], made.outcomes, made.conditions)
    assert evidence.patients() == {("sex", "mas"): (9, 0)}


# An empty collection has an empty map.
def test_empty_map(made: Any) -> None:
    evidence = summarise([], made.outcomes, made.conditions)
    assert map_table(evidence) == [("outcome",)]
    ET.fromstring(evidence_map(evidence))  # noqa: S314 - our own


# A flow shows every box; one without a count says so, and none of them says zero unless zero is printed.
def test_flow() -> None:
    rows = boxes_of({"identified": 1204, "duplicates": 0, "included": 31})
    assert rows == [
        ("Records identified from databases and registers", "n = 1,204"),
        ("Duplicates removed", "n = 0"),
        ("Removed for other reasons", "not reported"),
        ("Records screened", "not reported"),
        ("Records excluded", "not reported"),
        ("Reports sought for retrieval", "not reported"),
        ("Reports not retrieved", "not reported"),
        ("Reports assessed for eligibility", "not reported"),
        ("Reports excluded", "not reported"),
        ("Included in review", "n = 31"),
    ]
    more = boxes_of({"included": 31, "included_reports": 35, "other_sources": 4})
    assert more[-3:] == [
        ("Included from other sources", "n = 4"),
        ("Studies included", "n = 31"),
        ("Reports of included studies", "n = 35"),
    ]
    svg = prisma({"included": 31, "included_reports": 35, "other_sources": 4}, "r", "A review")
    assert {"Studies included: n = 31", "Reports of included studies: n = 35", "n = 4"} <= set(texts(svg))
    assert svg.count("stroke-dasharray") == 8


# Both drawn forms of a flow hold the same counts as its table.
@pytest.mark.parametrize(
    "flow", [{}, {"included": 3}, {"identified": 9, "screened": 8, "excluded": 5, "included": 3, "other_sources": 1}]
)
def test_flow_draws_every_box(flow: dict[str, int]) -> None:
    shown = " ".join(texts(prisma(flow, "r", "A review")))
    for label, count in boxes_of(flow):
        assert label in shown
        assert count in shown
