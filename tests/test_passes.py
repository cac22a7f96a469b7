"""What is accepted at once is what the rule itself would accept: in C and in Python, and not a figure more or less."""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tallysheet import placeholders, rows, settled
from tallysheet.batch import same_as_stored
from tallysheet.engine import Engine
from tallysheet.figures import agreeing
from tallysheet.figures.proportion import judge_proportion
from tallysheet.identifiers.kinds import _PLAIN, _examiner
from tallysheet.pointers import written
from tallysheet.reader import read
from tallysheet.repository import open_repository
from tallysheet.rules import At, Consistent, NotCheckable, Rule
from tallysheet.shape import ways

PROJECT = Path(__file__).resolve().parents[1]
RECORDS = [read(path.read_bytes()).value for path in sorted((PROJECT / "records").glob("*.yaml"))]
COMPARED = b"""\
id: compared
status: active
kind: observational
citation: {title: T}
curation: {extracted: {by: A. Reader, on: "2026-11-23"}}
groups:
  - {id: a, label: A, n: 25}
  - {id: b, label: B, n: 21}
results:
  - outcome: survival
    group: a
    compared_with: b
    proportion: {events: 18, total: 25}
    ratio: {measure: odds-ratio, value: "0.80", interval: {lower: "0.20", upper: "3.20"}}
    test: {p: "0.747", test: fisher, sides: 2}
    source: {section: abstract}
  - {outcome: survival, group: b, proportion: {events: 16, total: 21}, source: {section: abstract}}
  - outcome: death
    group: a
    compared_with: b
    ratio: {measure: hazard-ratio, value: "0.64", interval: {lower: "0.43", upper: "0.97"}}
    test: {p: "0.034", test: log-rank}
    source: {section: abstract}
  - {outcome: death, group: b, ratio: {measure: risk-ratio, value: "1.2"}, source: {section: abstract}}
"""
"""Ratios and p values, of which the project's own records have few."""
RECORDS += [read(COMPARED).value] * 5
quote = import_module("tallysheet.validators.quote")
COMPILED = ways.follow is not ways.follow_in_python
WAYS = [pytest.param(True, marks=pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")), False]
FIGURES = (
    "events",
    "total",
    "percent",
    "n",
    "value",
    "from",
    "to",
    "missing",
    "quote",
    "pages",
    "online",
    "method",
    "p",
    "lower",
    "upper",
)
WORDS = {
    "relation": ("partition", "exclusive", "overlapping", "nested"),
    "basis": ("treated", "larger-cohort"),
    "outcome": ("survival", "death", "clinical-response", "complete-response", "partial-response", "age"),
    "percent": (
        "<1",
        "NR",
        "about 5",
        "0",
        "100",
        "100.0",
        "007",
        "5.",
        ".5",
        "33.3",
        "3·5",
        "12,5",
        "120",
        "9999.99999",
    ),
    "quote": ("no one, 2 of 3", "1,086", "6 of 25 … 6 of 26", "<title>", "twenty-one", "31/45; 68.9", "3\u2009100 (1)"),
    "decimal_mark": ("comma",),
    "pages": ("387-90", "12-3", "e12-e9", "99\u2013100", "100-99", "7", "9-10"),
    "published": ("2024", "2024-03", "2025-01-31", "2026-12-01"),
    "online": ("2024", "2024-03", "2025-01-31", "2026-12-01"),
    "method": ("model", "kaplan-meier", "cumulative-incidence"),
    "p": ("<0.001", "0.035", "<0.05", ">0.05", "1", ".000", "NR", "~0.7"),
    "test": ("chi-square", "t", "log-rank"),
    "lower": ("0.00", "0.63", "NE"),
    "level": ("95", "90"),
    "at": ("12 months", "day 100", "1 year", "baseline"),
    "by": ("A. Reader", "a reader", "B", "0000-0002-1825-0097"),
}
RARE = {"disposition", "flow", "interval"}
"""Rules whose blocks the records have too few of to be reached here: other tests make some."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(open_repository(PROJECT))


@pytest.fixture(params=WAYS)
def compiled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Judge with the compiled part, and as if there had been no compiler."""
    if not request.param:
        monkeypatch.setattr("tallysheet.asking.follow", ways.follow_in_python)
        monkeypatch.setattr(rows, "lay_out", rows.lay_out_in_python)
        monkeypatch.setattr(rows, "agrees", agreeing.agrees_in_python)
        monkeypatch.setattr("tallysheet.validators.proportion.agrees", agreeing.agrees_in_python)
        monkeypatch.setattr(quote, "carries", quote.carries_in_python)
        monkeypatch.setattr(quote, "carries_all", quote.carries_all_in_python)
        monkeypatch.setattr(quote, "carries_result", quote.carries_result_in_python)
        placeholder = import_module("tallysheet.validators.placeholder")
        monkeypatch.setattr(placeholder, "holds_no_sign", placeholders.holds_no_sign_in_python)
    return "compiled" if request.param else "in Python"


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container of a value with each of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


def nudged(chance: random.Random) -> dict[str, Any]:
    """Return a record in which a few figures or words are others, fields are gone, or entries stand twice."""
    record = copy.deepcopy(chance.choice([one for one in RECORDS if one and len(json.dumps(one)) < 12_000]))
    assert record is not None
    if chance.random() < 0.5:  # much that is printed alone keeps rules from having anything to add up
        for proportion in [box[key] for box, key in places(record) if key == "proportion"]:
            proportion.pop("percent" if "events" in proportion else "x", None)
    for _ in range(chance.randint(0, 4)):
        everywhere = list(places(record))
        likely = [one for one in everywhere if one[1] in FIGURES or chance.random() < 0.2]
        box, key = chance.choice(likely or everywhere)
        value = box[key]
        if key in WORDS and chance.random() < 0.5:
            box[key] = chance.choice(WORDS[key])
        elif type(value) is int:
            box[key] = max(0, value + chance.choice((-10, -1, 1, 7, -value, value)))
        elif isinstance(value, str) and (digits := [found.start() for found in re.finditer("[0-9]", value)]):
            at = chance.choice(digits)
            box[key] = value[:at] + chance.choice("0123456789") + value[at + 1 :]
        elif isinstance(value, str):
            words = [one[name] for one, name in everywhere if name == key and isinstance(one[name], str)]
            box[key] = chance.choice(words or ["x"])
        elif isinstance(box, list):
            box.append(copy.deepcopy(value))
        elif chance.random() < 0.5:
            del box[key]
    return record


def asked(engine: Engine, record: dict[str, Any]) -> Iterator[tuple[Rule, Any, At, At]]:
    """Yield each rule with each block that it is asked about, the block's place and the record's."""
    whole = At("", record, record.get("id", ""))
    for every, block, place in engine.judging.find(record)[0]:
        for (_, rules, _), sure in every:
            for rule, options, _ in rules if sure else ():
                yield rule, block, At(written(place), record, whole.stem, options), whole


# A rule that accepts a block at once would have said of it that so many figures hold, and nothing else; or that its
# one figure can't be checked, for the same reason.
@pytest.mark.parametrize("seed", range(4))
def test_what_passes_is_what_the_rule_says_nothing_of(engine: Engine, compiled: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    accepted: set[str] = set()
    records = [one for one in (nudged(chance) for _ in range(120)) if engine.accepts(one)]
    assert len(records) > 40
    for record in records:
        for rule, block, at, whole in asked(engine, record):
            whole.place = at.pointer
            if rule.passes and rule.judge and (held := rule.passes(block, whole)) is not None:
                said = [one.reason if isinstance(one, NotCheckable) else type(one) for one in rule.judge(block, at)]
                assert said == ([held] if isinstance(held, str) else [Consistent] * held), (rule.name, compiled)
                accepted.add(rule.name)
    assert accepted | RARE == {rule.name for rule in engine.rules.values() if rule.passes}


BOXES = ("started", "completed", "not_completed", "ongoing", "lost_to_follow_up", "died", "analysed")
STATIONS = (*("identified", "duplicates", "removed", "screened", "excluded", "sought", "not_retrieved", "assessed"),)
LAST = ("ineligible", "included", "included_reports", "other_sources")


# What becomes of patients and of publications is accepted where it adds up, and where the rule itself says so.
def test_flows_are_accepted_that_add_up(engine: Engine) -> None:
    chance, seen = random.Random(9), {"disposition": 0, "flow": 0}  # noqa: S311 - repeatable, no secret
    for _ in range(6_000):
        boxes = {name: chance.choice((0, 1, 2, 3)) for name in BOXES if chance.random() < 0.6}
        flow = {name: chance.choice((0, 0, 1, 2)) for name in (*STATIONS, *LAST) if chance.random() < 0.75}
        record = {"groups": [{"id": "a", "n": chance.choice((3, 4)), "disposition": boxes}], "flow": flow}
        for name, block, place in (("disposition", boxes, "/groups/0/disposition"), ("flow", flow, "/flow")):
            rule, at = engine.rules[name], At(place, record, "a")
            assert rule.passes
            assert rule.judge
            if (held := rule.passes(block, at)) is not None:
                assert [type(answer) for answer in rule.judge(block, at)] == [Consistent] * int(held), record
                seen[name] += bool(held)
    assert min(seen.values()) > 40


# What the tool's own rules keep of a record for comparing is the same once it is stored: nobody looks again.
def test_facts_are_the_same_when_they_are_stored(engine: Engine) -> None:
    chance, kept = random.Random(7), set[str]()  # noqa: S311 - repeatable, no secret
    for record in [one for one in (nudged(chance) for _ in range(150)) if engine.accepts(one)]:
        for rule, block, at, _ in asked(engine, record):
            if rule.gather and (facts := rule.gather(block, at)) is not None:
                assert same_as_stored(facts) == facts, rule.name
                kept.add(rule.name)
    assert kept == {rule.name for rule in engine.rules.values() if rule.gather}


# A repository whose records have results of another kind gets the arithmetic of our blocks as before.
def test_blocks_pass_in_records_of_another_shape(repo: Any, tallysheet: Callable[..., Any]) -> None:
    for name in ("proportion", "count", "printed", "interval"):
        file = f"{name}.schema.json"
        repo.write(f"own/{file}", (PROJECT / "schema" / file).read_text(encoding="utf-8"))
    results = {"type": "object", "additionalProperties": {"$ref": "proportion.schema.json"}}
    main = {"type": "object", "properties": {"results": results}, "unevaluatedProperties": False}
    repo.write("own/main.schema.json", json.dumps(main))
    repo.write("tallysheet.yaml", "schema: own/main.schema.json\n")
    repo.write("records/a.yaml", 'results: {a: {events: 6, total: 25, percent: "24"}}\n')
    done = tallysheet("check")
    assert done.code == 0, done
    assert "1 figure consistent" in done.out


# What a quote is accepted for is what looking closely says of it as well.
@pytest.mark.parametrize("seed", range(4))
def test_shortcuts_inside_a_rule_change_no_answer(
    engine: Engine, compiled: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    records = [one for one in (nudged(chance) for _ in range(120)) if engine.accepts(one)]

    def said() -> list[Any]:
        return [
            list(rule.judge(block, at))
            for record in records
            for rule, block, at, _ in asked(engine, record)
            if rule.name == "quote" and rule.judge
        ]

    short = said()
    for name in ("carries", "carries_result"):
        monkeypatch.setattr(quote, name, lambda *_: False)
    assert short == said(), compiled


QUOTED = (
    *(
        "1",
        "2",
        "10",
        "12",
        "34",
        "46",
        "1,086",
        "12,5",
        "12.5",
        "7,12",
        "1,08",
        "0.05",
        "3\u00b75",
        "1\u2009086",
        "007",
    ),
    *(
        "of",
        "of the",
        "out of",
        "/",
        "one",
        "Twenty-one",
        "no",
        "none",
        "tenfold",
        "someone",
        "patients",
        "at",
        "months",
    ),
    *(
        "(",
        ")",
        ",",
        ".",
        ";",
        "\u2026",
        "\u2013",
        "\u2265",
        "\u00d7",
        "%",
        "\u00e9",
        "\u017fix",
        "\u5341",
        "<",
        "p =",
        "95% CI",
    ),
)


# A quote is accepted only where looking closely at every number and word of it finds nothing.
@pytest.mark.parametrize("seed", range(3))
def test_quotes_are_accepted_that_carry_their_figures(
    compiled: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, accepted = random.Random(seed), 0  # noqa: S311 - repeatable, no secret
    closely = {name: lambda *_: False for name in ("carries", "carries_result")}
    for _ in range(6_000):
        words = chance.choices(QUOTED, k=chance.randint(1, 7))
        text = chance.choice(("", " ", " ", " ")).join(words)
        numbers = [word for word in words if word[:1].isdigit()] or ["1"]
        proportion: dict[str, Any] = {
            "events": chance.choice((1, 10, 12, 1086)),
            "total": chance.choice((34, 46, 1086, 10861)),
        }
        for name in [name for name in list(proportion) if chance.random() < 0.3]:
            digits = chance.choice(numbers).replace(",", "")
            proportion[name] = int(digits) if digits.isdecimal() and digits.isascii() else proportion[name]
        proportion |= {"percent": chance.choice((*numbers, "<1", "NR", "12.5"))} if chance.random() < 0.5 else {}
        for name in [name for name in list(proportion) if chance.random() < 0.2]:
            del proportion[name]
        result = {"outcome": "age", "group": "a", "proportion": proportion, "source": {"quote": text}}
        record: dict[str, Any] = {"groups": [], "results": [result]}
        if chance.random() < 0.3:
            record = {
                "groups": [{"id": "a", "n": proportion.get("total", 1), "source": {"quote": text}}],
                "results": [],
            }
        record |= {"decimal_mark": "comma"} if chance.random() < 0.3 else {}
        if quote.passes(record, At("", record, "a")) == 0:
            accepted += 1
            with monkeypatch.context() as patch:
                for name, never in closely.items():
                    patch.setattr(quote, name, never)
                said = list(quote.check(record, At("", record, "a", {"required": True})))
            assert said == [], (record, compiled)
    assert accepted > 100


# Every number in words that is understood keeps a quote from being taken for one of digits only, in C as in Python.
@pytest.mark.parametrize("word", sorted(quote.WORDS))
def test_numbers_in_words_are_left_to_who_reads_them(compiled: str, word: str) -> None:
    owner = {"source": {"quote": f"1 {word} 2 3 4 5 6"}}
    assert not quote.carries(owner, [1], False), compiled  # noqa: FBT003 - by place
    assert not quote.carries({"source": {"quote": f"{word.upper()} 1 2 3 4 5"}}, [1], False)  # noqa: FBT003 - the same


# The compiled part finds the same blocks and misplaced floats, and lays the same rows out.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
def test_compiled_part_finds_what_python_finds(engine: Engine) -> None:
    chance = random.Random(5)  # noqa: S311 - the same
    for record in [nudged(chance) for _ in range(400)]:
        for box, key in places(record):
            if type(box[key]) is int and chance.random() < 0.1:
                box[key] = chance.choice((float(box[key]), 0.5, float("inf"), -0.0))
        assert ways.follow(engine.judging.way, record) == ways.follow_in_python(engine.judging.way, record)
        if not engine.accepts(record):
            continue
        lists = (record.get("groups", []), record.get("results", []), record.get("breakdowns", []))
        found = rows.Rows(*rows.lay_out(*lists, False))  # noqa: FBT003 - by place
        laid = rows.Rows(*rows.lay_out_in_python(*lists, False))  # noqa: FBT003 - by place
        assert found._replace(alike=laid.alike, added=laid.added, settled=laid.settled) == laid
        assert found.alike <= laid.alike
        assert found.settled <= laid.settled
        assert found.added in (None, laid.added)


def proportion_of(chance: random.Random, events: int, total: int) -> dict[str, Any]:
    """Return a proportion that mostly agrees with itself."""
    found: dict[str, Any] = {"events": events, "total": total}
    if total % 8 == 0:  # an eighth is 12.5 %, which is printed as 12 or as 13
        found["percent"] = chance.choice(("12", "12", "13"))
    elif chance.random() < 0.5:
        found["percent"] = f"{100 * events / total:.{chance.choice((0, 0, 1))}f}"
    odd = chance.random()
    if odd < 0.05:
        name = chance.choice(list(found))
        found[name] = chance.choice(("50", "0", "100", "120")) if name == "percent" else chance.randint(0, 6)
    elif odd < 0.2:
        found.pop("events" if "percent" in found and chance.random() < 0.7 else chance.choice(list(found)))
    elif odd < 0.22:
        found = {"total": total, "percent": chance.choice(("100", "101", "120"))}
    elif odd < 0.25:
        found |= chance.choice(({"basis": "treated"}, {"method": "model"}))
    return found


def table(chance: random.Random) -> tuple[list[Any], list[Any], list[Any]]:
    """Return groups, results and breakdowns of few names and small counts, so that much adds up and much does not."""
    names, scale = (
        ["a", "b", "c", "d"],
        chance.choice((1, 1, 97)),
    )  # of many patients a percentage admits several counts
    groups = [{"id": name, "n": size * scale} for name, size in zip(names, (6, 2, 4, 8), strict=True)]
    groups += [{"id": chance.choice(names), "n": 3}] if chance.random() < 0.1 else []
    results: list[dict[str, Any]] = []
    for _ in range(chance.randint(0, 5)):
        what: dict[str, Any] = {"outcome": chance.choice((*sorted(settled.IN_COMPOSITES), "age"))}
        what |= {name: chance.choice("xy") for name in ("label", "time") if chance.random() < 0.2}
        parts = [chance.randint(0, size * scale) for size in (2, 4)]
        counts = {"a": (sum(parts), 6), "b": (parts[0], 2), "c": (parts[1], 4), "d": (scale, 8)}
        rows_of_it = [
            {**what, "group": name, "proportion": proportion_of(chance, events, size * scale)}
            for name, (events, size) in counts.items()
        ]
        results += [row for row in rows_of_it if chance.random() < 0.9]
    for result in [one for one in results if chance.random() < 0.05]:
        result[chance.choice(("group", "compared_with"))] = chance.choice((*names, "e"))
    for block in [chance.choice(("survival", "estimate")) for _ in range(chance.choice((0, 0, 1, 2)))]:
        figures: dict[str, Any] = {"total" if block == "survival" else "n": chance.choice((1, 7)), "range": {}}
        results.append({"outcome": "age", "group": chance.choice(names), block: figures})
    chance.shuffle(results)
    breakdowns: list[dict[str, Any]] = []
    for parts_of_it in chance.choices(
        (["b", "c"], ["b"], ["d", "e"], ["b", "c", "d"], ["b", "b"], []), (9, 2, 1, 1, 1, 1), k=2
    ):
        relation = chance.choice(("partition", "partition", "overlapping"))
        breakdowns.append({"of": chance.choice("aaab"), "relation": relation, "parts": parts_of_it})
        breakdowns[-1] |= {"missing": chance.randint(0, 1)} if chance.random() < 0.1 else {}
    return groups, results, breakdowns[: chance.randint(0, 2)]


# On small tables the compiled part says of each question just what Python says.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
def test_compiled_part_adds_up_as_python_does() -> None:
    chance, seen = random.Random(6), list[bool]()  # noqa: S311 - the same
    for _ in range(4_000):
        lists = table(chance)
        found = rows.Rows(*rows.lay_out(*lists, False))  # noqa: FBT003 - by place
        laid = rows.Rows(*rows.lay_out_in_python(*lists, False))  # noqa: FBT003 - by place
        assert found == laid, lists
        seen += [found.alike, found.settled, found.added is not None, found.named, found.whole, bool(found.added)]
    for answers in (seen[place::6] for place in range(6)):
        assert 100 < sum(answers) < len(answers) - 100


# A record of more results than are compared each with each is judged all the same.
@pytest.mark.parametrize("more", [0, 1])
def test_long_tables_are_laid_out_too(compiled: str, more: int) -> None:
    results = [
        {"outcome": "age", "label": str(index), "group": "a", "proportion": {"events": 1, "total": 2}}
        for index in range(rows.SHORT + more)
    ]
    record: dict[str, Any] = {"groups": [{"id": "a", "n": 2}], "results": results}
    assert rows.rows_of(record) == ({"a": 2}, True, True, True, 0, 0, 0, True), compiled
    results[-1]["label"] = "0"
    record["breakdowns"] = [{"of": "a", "relation": "partition", "parts": ["a"]}]
    assert rows.rows_of(record).added is None, compiled


# What is taken to agree is what the judgement calls consistent, or a tie.
@pytest.mark.parametrize("agrees", [agreeing.agrees, agreeing.agrees_in_python])
def test_what_agrees_is_consistent(agrees: Callable[..., bool]) -> None:
    chance, found = random.Random(3), 0  # noqa: S311 - the same
    for _ in range(20_000):
        total = chance.choice((chance.randint(0, 60), 10**9, 10**9 + 1, 10**30))
        events = chance.choice((chance.randint(0, 60), total, total // 3, total + 1))
        exact = 100 * events / max(total, 1)
        percent = chance.choice((f"{exact:.0f}", f"{exact:.1f}", f"{exact:.2f}", "0", "00", "5.", "", "12,5", "1.2.3"))
        if agrees(events, total, percent, False):  # noqa: FBT003 - by place
            assert judge_proportion(events, total, percent).verdict in ("consistent", "tie")
            found += 1
    assert found > 1_000


# Nothing else than what is expected is taken, and nothing crashes on it.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [None], {"source": 1}, {"source": {"quote": 1}}, "\ud800"])
def test_compiled_part_takes_any_value(engine: Engine, value: Any) -> None:
    from tallysheet import _plainly

    assert _plainly.carries(value, [1], False) is False  # noqa: FBT003 - by place
    assert _plainly.carries_result(value, 1, frozenset(), False) is False  # noqa: FBT003 - the same
    assert _plainly.agrees(value, value, value, True) is False  # noqa: FBT003 - by place
    assert _plainly.holds_no_sign(value) is True
    assert _plainly.follow(engine.judging.way, value)[1] == []
    odd = [{"group": "a", name: value} for name in ("proportion", "survival", "estimate", "outcome", "label")]
    counts = [{"group": "a", "proportion": {"events": value, "total": value, "percent": value}}]
    sizes = [{"id": "a", "n": value}]
    laid = _plainly.lay_out(sizes, [*odd, *counts, {"group": "a", "estimate": {"n": value}}], [value], False)  # noqa: FBT003 - by place
    assert laid[6:] == (None, False)
    assert _plainly.carries_all([value], [], {}, frozenset(), False) is False  # noqa: FBT003 - the same
    assert _plainly.carries_all([], [value], {}, frozenset(), False) is False  # noqa: FBT003 - the same
    for groups, results in (([value], []), ([], [value]), ([], [{}])):
        with pytest.raises((TypeError, KeyError)):
            _plainly.lay_out(groups, results, [], False)  # noqa: FBT003 - by place
    names = ("follow", "carries", "carries_all", "carries_result", "agrees", "lay_out")
    for call in (getattr(_plainly, name) for name in names):
        with pytest.raises(TypeError):
            call(value)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RecursionError):
        _plainly.holds_no_sign(deep)


class Odd:
    """Neither true nor false, and not to be compared."""

    __hash__ = None  # type: ignore[assignment]  # nor to be hashed

    def __bool__(self) -> bool:
        raise ValueError("odd")

    def __eq__(self, other: object) -> bool:
        raise ValueError("odd")


# A name that is no text, and a value that can't be compared, hashed or asked, are not plain; no exception stays behind.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
def test_compiled_part_leaves_odd_values_alone() -> None:
    from tallysheet import _plainly

    quoted: dict[str, Any] = {"source": {"quote": "1"}, "group": "a"}
    for name in (5, b"source", ("source",), None):
        assert _plainly.carries_result({**quoted, name: {}}, 1, frozenset(), False) is False  # type: ignore[dict-item]  # noqa: FBT003 - by place
        assert _plainly.carries_all([], [{**quoted, name: {}}], {}, frozenset(), False) is False  # noqa: FBT003 - the same
    assert _plainly.carries_result({**quoted, "estimate": {"n": Odd()}}, 1, frozenset(), False) is True  # noqa: FBT003 - the same
    no_sets: list[Any] = [[], None, {"unit": 1}]
    for skipped in no_sets:
        with pytest.raises(TypeError, match="the fields that are skipped are a set"):
            _plainly.carries_result({**quoted, "estimate": {"n": 1}}, 1, skipped, False)  # noqa: FBT003 - the same
        with pytest.raises(TypeError, match="the fields that are skipped are a set"):
            _plainly.carries_all([], [], {}, skipped, False)  # noqa: FBT003 - the same
    groups: list[Any] = [{"id": "a", "n": 1}]
    breakdown = {"of": "a", "parts": ["a"], "relation": "partition"}
    row: dict[str, Any] = {"group": "a", "proportion": {"events": 1, "total": 1}}
    whole = ({"a": 1}, True, True, True, 0, 0)
    assert _plainly.lay_out(groups, [row], [breakdown], False) == (*whole, 2, True)  # noqa: FBT003 - by place
    assert _plainly.lay_out(groups, [row], [breakdown | {"missing": Odd()}], False) == (*whole, None, False)  # noqa: FBT003
    for field in ("outcome", "label", "time"):
        assert _plainly.lay_out(groups, [row | {field: Odd()}], [], False) == (*whole, None, False)  # noqa: FBT003


# A way is made by way_of; what is none is refused wherever it stands, and never read beyond its end.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
@pytest.mark.parametrize("wrong", [5, (), [], [()], [None] * 6, [(), [], None, None, False, True], [(), {}, None]])
def test_what_is_no_way_is_not_followed(wrong: Any) -> None:
    from tallysheet import _plainly

    right: list[Any] = [((None, True),), {}, None, None, False, False]
    inside: list[tuple[list[Any], Any]] = [
        (wrong, {"a": 1}),
        ([(), {"a": wrong}, None, None, False, True], {"a": {}}),
        ([(), {"b": right}, wrong, None, False, True], {"b": 1, "a": 1}),
        ([(), {}, None, wrong, False, True], [1]),
    ]
    for way, value in inside:
        with pytest.raises(TypeError, match="follow takes a way"):
            _plainly.follow(way, value)


# The short way to an identifier that is canonical beyond doubt says what the long one says.
@pytest.mark.parametrize(
    ("kind", "raw"), [("pmid", "1"), ("pmid", "38429096"), ("pmcid", "PMC1"), ("pmcid", "PMC12345678")]
)
def test_plain_identifiers_are_what_their_module_says(kind: str, raw: str) -> None:
    from tallysheet.identifiers import examine

    assert _PLAIN[kind][0].fullmatch(raw)
    assert examine(kind, raw) == _examiner(kind)(raw)


ODDS = '{measure: odds-ratio, value: "0.80", interval: {lower: "0.20", upper: "3.20"}}'
HAZARD = '{measure: hazard-ratio, value: "0.64", interval: {lower: "0.43", upper: "0.97"}}'
SECOND = "  - {outcome: survival, group: b, proportion: {events: 2, total: 21}, source: {section: abstract}}"
UNTESTED = "no counts or statistic"
OTHERWISE: list[tuple[str, str, list[int | str | None]]] = [
    (ODDS, ODDS, [1, 1, 1, UNTESTED, 0]),
    (ODDS, ODDS.replace('"3.20"', '"7.97", method: wald'), [1, 1, 1, UNTESTED, 0]),
    (ODDS, ODDS.replace('"3.20"', '"0.70", method: wald'), [None, 1, 1, UNTESTED, 0]),
    (ODDS, '{measure: odds-ratio, value: "0.83"}', [None, 1, 1, UNTESTED, 0]),
    (ODDS, '{measure: odds-ratio, value: "0.83", adjusted: true}', [0, 1, 1, UNTESTED, 0]),
    (ODDS, '{measure: risk-ratio, value: "0.945"}', [1, 1, 1, UNTESTED, 0]),
    (ODDS, '{measure: odds-ratio, value: "0.8", interval: {lower: "0.0", upper: "30"}}', [1, 1, 1, UNTESTED, 0]),
    (HAZARD, HAZARD.replace('"0.43", upper: "0.97"', '"0.0", upper: "9.7"'), [1, 1, "limit at 0", UNTESTED, 0]),
    (HAZARD, HAZARD.replace('"0.97"', '"0.97", level: "95"'), [1, 1, 1, UNTESTED, 0]),
    (HAZARD, HAZARD.replace('"0.97"', '"0.97", level: "99"'), [1, 1, None, UNTESTED, 0]),
    ('p: "0.034"', 'p: "0.34"', [1, 1, None, UNTESTED, 0]),
    ('p: "0.034"', 'sides: 1, p: "0.34"', [1, 1, 1, UNTESTED, 0]),
    ('p: "0.747"', 'p: "0.04"', [None, None, 1, UNTESTED, 0]),
    ("test: fisher", "test: gray", [1, UNTESTED, 1, UNTESTED, 0]),
    ("test: fisher", 'test: unclear, null_value: "40"', [1, None, 1, UNTESTED, 0]),
    ("test: log-rank", 'test: t, statistic: "1.2", df: ["28"]', [1, 1, 1, None, 0]),
    ("events: 16, total: 21", "events: 21, total: 21", [1, None, 1, UNTESTED, 0]),
    ("survival, group: b", "survival, group: b, time: day 1", [1, UNTESTED, 1, UNTESTED, 0]),
    ("survival, group: b", "survival, group: b, label: x", [1, UNTESTED, 1, UNTESTED, 0]),
    ("  - outcome: death", f"{SECOND}\n  - outcome: death", [1, 1, 1, UNTESTED, 0]),
]


# Ratios and p values pass as the rules judge them, whatever else stands beside them.
@pytest.mark.parametrize(("old", "new", "passed"), OTHERWISE)
def test_ratios_and_p_values_pass_as_they_are_judged(engine: Engine, old: str, new: str, passed: list[Any]) -> None:
    text = COMPARED.decode()
    assert old in text
    record = read(text.replace(old, new).encode()).value
    assert record
    assert engine.accepts(record)
    found = []
    for rule, block, at, whole in asked(engine, record):
        whole.place = at.pointer
        if rule.name in ("ratio", "test") and rule.passes and rule.judge:
            said = [one.reason if isinstance(one, NotCheckable) else type(one) for one in rule.judge(block, at)]
            found.append(held := rule.passes(block, whole))
            assert held is None or said == ([held] if isinstance(held, str) else [Consistent] * held), block
    assert found == passed
