"""What is counted: one row a study, and a reason for whatever is not."""

import random
from pathlib import Path
from typing import Any

import pytest

from tallysheet.collection import open_collection
from tallysheet.evidence import Measure, Section, add_up, evidence_of, select, sum_of
from tallysheet.repository import open_repository

PROJECT = Path(__file__).resolve().parents[2]
RESPONSE = Measure("clinical-response", "mas")


def section(records: list[dict[str, Any]], measure: Measure = RESPONSE, **more: Any) -> Section:
    """Return one section of what is counted of records."""
    return select(records, {"survival": "Alive"}, **more).sections[measure]


def rows(found: Section) -> list[tuple[str, str]]:
    """Return records and counts of the rows."""
    return [(row.record, row.counts) for row in found.rows]


def whys(found: Section) -> list[tuple[str, str, str]]:
    """Return what was left out, and why."""
    return [(one.record, one.figures, one.why) for one in found.left_out]


# A count is as printed, or the only one that the percentage fits, and then marked; all else is no count, and says why.
@pytest.mark.parametrize(
    ("arguments", "more", "row", "why"),
    [
        ((6, 25, "24"), {}, ("6/25", ""), ""),
        ((6, 25), {}, ("6/25", ""), ""),
        ((0, 25), {}, ("0/25", ""), ""),
        ((25, 25), {}, ("25/25", ""), ""),
        ((17, 34, "51"), {}, ("17/34", ""), ""),
        ((None, 12, "91.7"), {}, ("11/12", "the only count that its percentage fits"), ""),
        ((None, 300, "50"), {}, None, "not one single count fits the percentage"),
        ((None, 27, "82"), {}, None, "not one single count fits the percentage"),
        ((None, 25, "<10"), {}, None, "not one single count fits the percentage"),
        ((None, None, "72"), {}, None, "no denominator is printed"),
        ((7, 6), {}, None, "events above the total"),
        ((0, 0), {}, None, "a share of nobody"),
        ((None, 46, "73.1"), {"method": "kaplan-meier"}, None, "an estimate (kaplan-meier) is no count"),
        ((None, 46, "50"), {"method": "model"}, None, "an estimate (model) is no count"),
        ((15, 105), {"basis": "larger-cohort"}, None, "its denominator is a larger cohort"),
        ((6, 20), {"basis": "evaluable"}, ("6/20", ""), ""),
    ],
)
def test_counts(made: Any, arguments: tuple[Any, ...], more: Any, row: tuple[str, str] | None, why: str) -> None:
    result = made.result(*arguments, **more)
    found = section([made.record("a", result, groups=[made.group("all", 400)])])
    assert [(one.counts, one.derived) for one in found.rows] == ([row] if row else [])
    assert [one.why for one in found.left_out] == ([why] if why else [])


# A survival block is never a count, whatever stands beside it.
def test_survival_is_no_count(made: Any) -> None:
    survival = {"at": "12 months", "percent": "73.1", "method": "unclear", "total": 46, "events": 12}
    result = {"outcome": "survival", "group": "all", "survival": survival}
    found = section([made.record("a", result)], Measure("survival", "mas"))
    assert (found.rows, whys(found)) == ((), [("a", "12/46 73.1% 12 months", "a survival estimate is no count")])


# A retracted or withdrawn publication counts for nothing; a corrected one does.
@pytest.mark.parametrize(
    ("status", "counted"), [("active", True), ("corrected", True), ("retracted", False), ("withdrawn", False)]
)
def test_status(made: Any, status: str, *, counted: bool) -> None:
    found = section([made.record("a", made.result(6, 25), status=status)])
    assert bool(found.rows) is counted
    assert [one.why for one in found.left_out] == ([] if counted else [f"the publication is {status}"])


# Results that count different things are never in one section: another label, another condition, a selective basis.
def test_measures(made: Any) -> None:
    results = [
        made.result(28, 46, outcome="sex", label="Male"),
        made.result(18, 46, outcome="sex", label="female"),
        made.result(34, 46, outcome="survival", label="alive"),
        made.result(23, 31, outcome="survival", basis="survivors"),
        made.result(30, 46, outcome="survival", basis="evaluable", group="b"),
    ]
    groups = [made.group("all", 46), made.group("b", 46, "hlh")]
    found = select([made.record("a", *results, groups=groups)], {"survival": "Alive"}).sections
    assert {measure: rows(one) for measure, one in found.items()} == {
        Measure("sex", "mas", "male"): [("a", "28/46")],
        Measure("sex", "mas", "female"): [("a", "18/46")],
        Measure("survival", "mas"): [("a", "34/46")],
        Measure("survival", "mas", "", "survivors"): [("a", "23/31")],
        Measure("survival", "hlh"): [("a", "30/46")],
    }
    assert found[Measure("sex", "mas", "male")].label == "Male"


# A group without a condition is evidence on none.
def test_no_condition(made: Any) -> None:
    assert not select([made.record("a", made.result(6, 25), groups=[made.group("all", 25, None)])]).sections


# A part is not counted beside its whole, however many steps lie between them and whatever the relation.
@pytest.mark.parametrize("relation", ["partition", "exclusive", "overlapping", "nested"])
def test_parts_beside_their_whole(made: Any, relation: str) -> None:
    results = [
        made.result(4, 7, group="old"),
        made.result(20, 39, group="young"),
        made.result(24, 46),
        made.result(1, 2, group="few"),
    ]
    groups = [made.group("all", 46), made.group("young", 39), made.group("old", 7), made.group("few", 2)]
    breakdowns = [
        {"of": "all", "by": "age", "relation": relation, "parts": ["young", "old"]},
        {"of": "old", "by": "sex", "relation": "exclusive", "parts": ["few"]},
    ]
    found = section([made.record("a", *results, groups=groups, breakdowns=breakdowns)])
    assert rows(found) == [("a", "24/46")]
    why = "a part of a group that is counted whole"
    assert whys(found) == [("a", "4/7", why), ("a", "20/39", why), ("a", "1/2", why)]


# Parts that exclude each other are added up where their whole has no count; others are not.
@pytest.mark.parametrize(
    ("relation", "expected"),
    [("partition", "24/46"), ("exclusive", "24/46"), ("overlapping", "20/39"), ("nested", "20/39")],
)
def test_parts_without_a_whole(made: Any, relation: str, expected: str) -> None:
    results = [made.result(4, 7, group="old"), made.result(20, 39, group="young")]
    groups = [made.group("all", 46), made.group("young", 39), made.group("old", 7)]
    breakdowns = [{"of": "all", "by": "age", "relation": relation, "parts": ["young", "old"]}]
    found = section([made.record("a", *results, groups=groups, breakdowns=breakdowns)])
    assert rows(found) == [("a", expected)]
    summed = expected == "24/46"
    assert found.rows[0].derived == ("the sum of 2 groups" if summed else "")
    assert found.rows[0].group == ("Young + Old" if summed else "Young")
    why = (
        "a part of a group that is counted whole"
        if relation == "nested"
        else "may share patients with a group that is counted"
    )
    assert whys(found) == ([] if summed else [("a", "4/7", why)])


# Arms that are compared are never added up, and the comparison group is left out.
def test_compared_groups(made: Any) -> None:
    results = [made.result(10, 22, group="drug", compared_with="control"), made.result(21, 28, group="control")]
    groups = [made.group("all", 50), made.group("drug", 22), made.group("control", 28)]
    breakdowns = [{"of": "all", "by": "treatment", "relation": "partition", "parts": ["drug", "control"]}]
    found = section([made.record("a", *results, groups=groups, breakdowns=breakdowns)])
    assert (rows(found), whys(found)) == ([("a", "10/22")], [("a", "21/28", "a comparison group")])


# A part that is compared with its whole does not make the whole a control.
def test_compared_with_the_whole(made: Any) -> None:
    results = [made.result(10, 22, group="part", compared_with="all"), made.result(30, 50)]
    groups = [made.group("all", 50), made.group("part", 22)]
    breakdowns = [{"of": "all", "by": "x", "relation": "exclusive", "parts": ["part"]}]
    assert rows(section([made.record("a", *results, groups=groups, breakdowns=breakdowns)])) == [("a", "30/50")]


# Of several times the most patients are counted, then the last that the record lists.
def test_times(made: Any) -> None:
    results = [made.result(6, 9, time="week 1"), made.result(8, 9, time="week 8"), made.result(5, 6, time="year 1")]
    found = section([made.record("a", *results)])
    assert [(row.counts, row.time) for row in found.rows] == [("8/9", "week 8")]
    assert [one.figures for one in found.left_out] == ["6/9 week 1", "5/6 year 1"]


# Of one study one report is counted: a full one before an abstract, then the most patients, printed, the latest.
@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"kind": "meeting-abstract", "n": 60}, {"kind": "observational", "n": 15}, "b"),
        ({"kind": "label", "n": 10}, {"kind": "meeting-abstract", "n": 20}, "a"),
        ({"kind": "commentary", "n": 30}, {"kind": "meeting-abstract", "n": 20}, "b"),
        ({"n": 14}, {"n": 15}, "b"),
        ({"n": 15}, {"n": 14}, "a"),
        ({"n": 12, "percent": True}, {"n": 12}, "b"),
        ({"n": 15, "year": 2024}, {"n": 15, "year": 2023}, "a"),
        ({"n": 15}, {"n": 15}, "a"),
    ],
)
def test_one_report_a_study(made: Any, first: dict[str, Any], second: dict[str, Any], kept: str) -> None:
    every = []
    for identity, one in (("a", first), ("b", second)):
        result = made.result(None, one["n"], "50") if "percent" in one else made.result(6, one["n"])
        citation = {"title": "T", "year": one.get("year", 2020)}
        kind = one.get("kind", "observational")
        every.append(made.record(identity, result, kind=kind, study={"id": "s"}, citation=citation))
    for records in (every, every[::-1]):
        found = section(records)
        assert [row.record for row in found.rows] == [kept]
        assert found.left_out[0].why.startswith(f"another report of the study is counted: {kept}")


# Reports of one study are told by its id, by same_as in either direction and over steps, and by links between records.
@pytest.mark.parametrize(
    "links",
    [
        [{"study": {"id": "s"}}, {"study": {"id": "s"}}],
        [{"study": {"same_as": ["b"]}}, {}],
        [{}, {"study": {"same_as": ["a"]}}],
        [{"study": {"same_as": ["x"]}}, {"study": {"same_as": ["x"]}}],
        [{}, {"links": [{"to": "a", "as": "secondary-publication-of"}]}],
        [{"links": [{"to": "b", "as": "earlier-report-of"}]}, {}],
    ],
)
def test_reports_of_one_study(made: Any, links: list[dict[str, Any]]) -> None:
    found = section(
        [made.record("a", made.result(6, 15), **links[0]), made.record("b", made.result(6, 14), **links[1])]
    )
    assert rows(found) == [("a", "6/15")]
    assert whys(found) == [("b", "6/14", "another report of the study is counted: a")]


# A study within another one is left out where the other is counted, over any number of steps, and else counted.
def test_subsets(made: Any) -> None:
    whole, other = made.record("whole", made.result(20, 40)), made.record("other", made.result(1, 9))
    middle = made.record("middle", study={"subset_of": ["whole"]})
    part = made.record("part", made.result(5, 10), study={"subset_of": ["middle"]})
    found = section([part, middle, whole, other])
    assert rows(found) == [("other", "1/9"), ("whole", "20/40")]
    assert whys(found) == [("part", "5/10", "its patients are in a study that is counted: whole")]
    assert found.overlaps == ()
    assert rows(section([part, middle, other])) == [("other", "1/9"), ("part", "5/10")]


# Two studies that are each said to hold the other are counted once.
def test_subsets_of_each_other(made: Any) -> None:
    one = made.record("one", made.result(5, 10), study={"subset_of": ["two"]})
    two = made.record("two", made.result(5, 11), study={"subset_of": ["one"]})
    assert rows(section([one, two])) == [("one", "5/10")]


# Studies that may overlap are shown, told, and never added up: what is left out is said.
@pytest.mark.parametrize(
    "links",
    [
        [{"study": {"overlaps": ["b"]}}, {}],
        [{}, {"study": {"overlaps": ["a"]}}],
        [{"study": {"overlaps": ["b-registry"]}}, {"study": {"same_as": ["b-registry"]}}],
        [{"links": [{"to": "b", "as": "includes"}]}, {}],
        [{"study": {"overlaps": ["big"]}}, {"study": {"subset_of": ["big"]}}],
    ],
)
def test_overlaps(made: Any, links: list[dict[str, Any]]) -> None:
    records = [
        made.record("a", made.result(6, 9), **links[0]),
        made.record("b", made.result(10, 14), **links[1]),
        made.record("c", made.result(1, 3)),
    ]
    found = section(records)
    assert (rows(found), found.overlaps) == ([("a", "6/9"), ("b", "10/14"), ("c", "1/3")], (("a", "b"),))
    added = sum_of(found)
    assert (added.events, added.total, [row.record for row in added.rows]) == (11, 17, ["b", "c"])
    assert [(one.record, one.why) for one in added.left_out] == [("a", "may share patients with b, which is counted")]


# Two subsets of one study need not overlap.
def test_siblings_do_not_overlap(made: Any) -> None:
    parts = [made.record(name, made.result(3, 9), study={"subset_of": ["big"]}) for name in ("a", "b")]
    assert section(parts).overlaps == ()


# Reviews are shown and never counted: their patients come from other publications.
@pytest.mark.parametrize("more", [{"kind": "scoping-review"}, {"kind": "consensus"}, {"study": {"design": "review"}}])
def test_reviews(made: Any, more: dict[str, Any]) -> None:
    found = section([made.record("a", made.result(6, 9)), made.record("r", made.result(60, 90), **more)])
    assert rows(found) == [("a", "6/9")]
    assert [(row.record, row.counts) for row in found.reviews] == [("r", "60/90")]
    assert (sum_of(found).events, sum_of(found).total) == (6, 9)


# REAL-HLH as planted: 15 rheumatologic patients in the journal and 14 in the abstract, and 51 of 105 or of 98.
def test_real_hlh(made: Any) -> None:
    study = {"id": "real-hlh"}
    journal = made.record("journal", made.result(13, 15, outcome="survival"), study=study)
    abstract = made.record("abstract", made.result(12, 14, outcome="survival"), study=study, kind="meeting-abstract")
    share = [made.result(51, total, outcome="membership", label="secondary HLH") for total in (105, 98)]
    journal["results"].append(share[0])
    abstract["results"].append(share[1])
    found = select([abstract, journal]).sections
    survival, membership = found[Measure("survival", "mas")], found[Measure("membership", "mas", "secondary hlh")]
    assert (sum_of(survival).events, sum_of(survival).total) == (13, 15)
    assert (sum_of(membership).events, sum_of(membership).total) == (51, 105)
    assert whys(survival) == [("abstract", "12/14", "another report of the study is counted: journal")]
    assert whys(membership) == [("abstract", "51/98", "another report of the study is counted: journal")]


# A study is left out on request, under any of its names, and named among what is left out.
def test_without(made: Any) -> None:
    records = [made.record("a", made.result(6, 9), study={"overlaps": ["b"]}), made.record("b", made.result(10, 14))]
    found = section(records, without=["b"])
    assert (rows(found), found.overlaps) == ([("a", "6/9")], ())
    assert whys(found) == [("b", "10/14", "left out on request")]


# The order of the records changes nothing.
def test_order_of_records_is_nothing() -> None:
    records = [record.value for record in open_collection(open_repository(PROJECT)).records.values()]
    expected = select(records)
    for seed in range(3):
        random.Random(seed).shuffle(records)  # noqa: S311 - the same each time
        found = select(records)
        assert found.sections == expected.sections
        assert list(found.sections) == list(expected.sections)


# The real collection: no study is in a section twice, no sum holds cohorts that may overlap, and nothing is lost.
def test_real_collection() -> None:
    collection = open_collection(open_repository(PROJECT))
    evidence = evidence_of(collection)
    counted = 0
    for one in evidence.sections():
        names = [evidence.selection.studies.name(row.study) for row in one.rows]
        assert len(names) == len(set(names))
        added = evidence.sum(one)
        kept = {row.record for row in added.rows}
        assert not [pair for pair in one.overlaps if set(pair) <= kept]
        assert {row.record for row in one.rows} <= kept | {other.record for other in added.left_out}
        counted += len(one.rows) + len(one.reviews) + len(one.left_out)
    groups = {
        (r.id, g["id"]) for r in collection.records.values() for g in r.value.get("groups", ()) if "condition" in g
    }
    results = [
        result
        for record in collection.records.values()
        for result in record.value.get("results", ())
        if (record.id, result["group"]) in groups and {"proportion", "survival"} & result.keys()
    ]
    assert counted == len(results) - sum(
        row.derived.startswith("the sum") and row.group.count(" + ") for one in evidence.sections() for row in one.rows
    )
    survival = {row.record: row.counts for row in evidence.selection.sections[Measure("survival", "mas")].rows}
    assert survival["chandrakasan-2025-real-hlh-rheumatologic"] == "13/15"


# Of cohorts that may overlap, the largest stays; a chain of overlaps leaves out only what shares with what is counted.
def test_add_up_keeps_the_largest(made: Any) -> None:
    records = [made.record(name, made.result(1, total)) for name, total in (("a", 9), ("b", 8), ("c", 7))]
    found = section(records)
    added = add_up(found.rows, [("a", "b"), ("b", "c")])
    assert ([row.record for row in added.rows], added.total) == (["a", "c"], 16)
    assert add_up(found.rows, []).total == 24
