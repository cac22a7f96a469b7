"""Facts as columns: what is packed comes back as it was, and what is not looked at changes no answer."""

import copy
import json
import random
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from tallysheet.batch import Batch
from tallysheet.columns import field, pack, unpack
from tallysheet.comparison import problems_of
from tallysheet.findings import TOP, Finding
from tallysheet.gathered import Gathered, Part, twice
from tallysheet.judged import Crash, Judged
from tallysheet.line import Line, line_of, lines_of
from tallysheet.rules import Entry, rule_of

if TYPE_CHECKING:
    from tallysheet.run import Records

VALUES: tuple[Any, ...] = (None, True, False, 0, 1, -1, 1.0, -0.0, 2**60, "", "a", "a|b", "\u2028é", "\ud800", [], {})
NESTED: tuple[Any, ...] = ([1, [True]], {"a": 1}, {"a": None, "b": []}, {"b": 1, "a": 2}, {"a": "x|y"}, [[]])


def written(value: Any) -> str:
    """Return a value so that two are alike only if they are the same in every way, down to the order of names."""
    return json.dumps(value)


def chance_of(seed: object) -> random.Random:
    """Return the same chance each time."""
    return random.Random(str(seed))  # noqa: S311 - any sequence will do


def some(chance: random.Random) -> list[Any]:
    """Return a column: of one value, of few, or of all kinds."""
    kinds = chance.choices(VALUES + NESTED, k=chance.randint(1, 5))
    return copy.deepcopy(chance.choices(kinds, weights=[chance.random() ** 3 for _ in kinds], k=chance.randint(0, 30)))


# Whatever JSON can hold comes back the same: true is not 1, and 1 is not 1.0; no two rows share a list.
@pytest.mark.parametrize("seed", range(300))
def test_columns_come_back_as_they_were(seed: int) -> None:
    values = some(chance_of(seed))
    packed = json.loads(json.dumps(pack(values)))
    found = unpack(packed, len(values))
    assert written(found) == written(values)
    made = [id(value) for value in found if isinstance(value, (list, dict))]
    assert len(made) == len(set(made))
    if values and all(isinstance(value, dict) for value in values):
        assert written(field(packed, "a", len(values))) == written([value.get("a") for value in values])
    if packed:
        with pytest.raises(ValueError, match="a column of another length"):
            unpack(packed if isinstance(packed, list) else {"texts": "a|b|c"}, len(values) + 3)


# A plain column is one text, and mappings of one kind are as many as they have fields.
@pytest.mark.parametrize(
    ("values", "packed"),
    [
        ([], []),
        (["a", "b"], {"texts": "a|b"}),
        (["a", "b|c"], ["a", "b|c"]),
        (["a"], {"most": "a", "but": {}}),
        ([1, 1, True], [1, 1, True]),
        ([1, 1, 1, True], {"most": 1, "but": {"3": True}}),
        ([{"a": "x"}, {"a": "y"}], {"fields": [["a", None, {"texts": "x|y"}]], "count": 2}),
        (
            [{"a": "x"}, {"a": "y", "b": 1}],
            {"fields": [["a", None, {"texts": "x|y"}], ["b", [1], {"most": 1, "but": {}}]], "count": 2},
        ),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]),
    ],
)
def test_columns_are_few_pieces(values: list[Any], packed: Any) -> None:
    assert json.dumps(pack(values)) == json.dumps(packed)


# What stands twice is told wherever it stands; nothing is no value.
@pytest.mark.parametrize(
    ("values", "places"),
    [([], []), (["a", "b"], []), (["a", "b", "a"], [0, 2]), ([None, None, "a"], []), ([None, "a", None, "a"], [1, 3])],
)
def test_twice_tells_all_places(values: list[Any], places: list[int]) -> None:
    assert twice(values) == places


def judged(number: int, chance: random.Random) -> Judged:
    """Return what might have come of a record."""
    found = Judged(f"records/{chance.choice(('', 'a/', 'b/'))}{number:04}.yaml")
    if chance.random() < 0.1:
        found.findings.append(Finding("rule", "error", found.path, "", TOP, "a message"))
    if chance.random() < 0.1:
        found.crashes.append(Crash("rule", found.path, "trace"))
    found.readable = chance.random() < 0.9
    for outcome in ("consistent", "wrong"):
        found.figures[outcome] = chance.randint(0, 20)
    for reason in ("no events", "no total"):
        if chance.random() < 0.5:
            found.reasons[reason] = chance.randint(1, 4)
    for rule in ("one", "two"):
        for place in range(chance.choice((0, 1, 1, 1, 2))):
            facts = {"id": f"r{number}", "links": [["/a", "b"]] * (chance.random() < 0.2)}
            found.facts.setdefault(rule, []).append(Entry(found.path, f"/{place}", facts))
    return found


def batch_of(seed: int, most: int = 60) -> Batch:
    """Return what might have come of some records."""
    chance = chance_of(seed)
    found = Batch()
    for number in range(chance.randint(1, most)):
        stamp, digest = (chance.choice((f"{number:0{size}x}", "")) for size in (64, 64))
        found.add(judged(number, chance), stamp, digest, whole=chance.random() < 0.9)
    return found


def columns_of(batch: Batch) -> str:
    """Return all that is in a batch."""
    return batch.write().decode()


# A line is the batch that it was made of, whole or without some rows, and it sums and gathers what these have.
@pytest.mark.parametrize("seed", range(60))
def test_line_says_what_its_batch_says(seed: int) -> None:
    batch, chance = batch_of(seed), chance_of(seed)
    gone = {row for row in range(len(batch)) if chance.random() < 0.3} if seed % 3 else set[int]()
    gone = set(range(len(batch))) if seed % 10 == 1 else gone
    rest = batch.select([row for row in range(len(batch)) if row not in gone])
    line = Line(line_of(batch).body).without(gone)
    assert columns_of(line.batch()) == columns_of(rest)
    assert (len(line), line.sums()) == (len(rest), list(map(sum, rest.figures)))
    assert dict(line.reason_sums()) == {reason: sum(numbers) for reason, (_, numbers) in rest.reasons.items()}
    told = list(rest.more.values())
    assert [finding.path for finding in line.findings()] == [
        row[2] for more in told for row in more.get("findings", ())
    ]
    assert [crash.path for crash in line.crashes()] == [row[1] for more in told for row in more.get("crashes", ())]
    assert list(line.more.values()) == list(rest.more.values())
    assert [line.paths[row] for row in line.gathered] == [rest.paths[row] for row in rest.gathered]
    for rule in ("one", "two", "three"):
        of_line, of_rest = (Gathered(filter(None, [one.part(rule)])) for one in (line, rest))
        assert of_line.entries() == of_rest.entries()
        assert of_line.field("id") == of_rest.field("id") == [value["id"] for value in of_rest.values()]
    asked = {path: chance.random() < 0.5 for path in batch.paths}
    wanted = rest.select([row for row, path in enumerate(rest.paths) if asked[path]])
    assert columns_of(line.wanted(asked).batch()) == columns_of(wanted)


# Batches become lines of at least so many records, and nothing is lost on the way.
def test_lines_hold_what_the_batches_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallysheet.line.RECORDS", 50)
    batches = [batch_of(seed, 20) for seed in range(30)]
    before = [entry for batch in batches for entry in Gathered(filter(None, [batch.part("one")])).entries()]
    paths = [path for batch in batches for path in batch.paths]
    lines = list(lines_of(batches))
    assert [path for line in lines for path in line.paths] == paths
    assert all(len(line) >= 50 for line in lines[:-1])
    after = Gathered(filter(None, (line.part("one") for line in lines)))
    assert after.entries() == sorted(before, key=lambda entry: entry.path)


# What is no line is told as such when it is read, or when its facts are.
@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.replace(b"\t", b" "),
        lambda body: body.replace(b'"stamps":"', b'"stamps":"0'),
        lambda body: body.replace(b'"sums":[', b'"sums":[1,'),
        lambda body: body.replace(b'"paths":', b'"path":'),
        lambda body: body.replace(b'"paths":[', b'"paths":[["records",[7],1],'),
    ],
)
def test_what_is_no_line_is_refused(spoil: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Line(spoil(line_of(batch_of(1)).body))


def facts_of(rule: str, number: int, chance: random.Random) -> Any:
    """Return what a rule might keep of a record, and now and then something that clashes."""
    name = f"r{number}" if chance.random() < 0.97 else f"r{chance.randrange(40)}"
    if rule == "unique_id":
        return name
    if rule == "unique_doi":
        kinds = [kind for kind in ("doi", "pmid", "pmcid") if chance.random() < 0.6]
        return {kind: f"{kind}-{name}" for kind in kinds} or None
    links = [["/links/0/to", f"r{chance.randrange(40)}"]] if chance.random() < 0.1 else []
    studies = [["/study/overlaps/0", f"s{chance.randrange(40)}"]] if chance.random() < 0.1 else []
    study = f"s{number}" if chance.random() < 0.9 else None
    return {"id": name, "study": study, "records": links, "studies": studies}


# A rule that is shown only what it suspects says what it says when it is shown all; often that is nothing.
@pytest.mark.parametrize("rule", ["unique_id", "unique_doi", "dangling"])
def test_suspects_are_all_that_matters(rule: str) -> None:
    judge = rule_of(import_module(f"tallysheet.validators.{rule}"), own=False)
    assert judge.suspects is not None
    assert judge.compare is not None
    silent = spared = 0
    for seed in range(300):
        chance = chance_of(f"{rule} {seed}")
        batches = []
        for first in (0, 20):
            batch = Batch()
            for number in range(first, first + 20):
                found = Judged(f"records/{chance.randrange(10)}-{number}.yaml")
                if (facts := facts_of(rule, number, chance)) is not None:
                    found.facts[judge.name] = [Entry(found.path, "/x", facts)]
                batch.add(found)
            batches.append(batch)
        both: list[Records] = [batches[0], line_of(batches[1])]
        gathered = Gathered(part for one in both if (part := one.part(judge.name)))
        right = list(judge.compare(gathered.entries()))
        assert problems_of(judge, both) == right
        silent += not right
        spared += len(judge.suspects(gathered)) < len(gathered)
    assert 0 < silent < 300
    assert spared > 0


# Only rules that come with the tool are asked what they suspect: a repository's own see everything.
def test_own_rules_see_everything() -> None:
    assert rule_of(import_module("tallysheet.validators.unique_id"), own=True).suspects is None


# The places that count are told in the order of the facts.
def test_parts_keep_their_order() -> None:
    first = Part(["b", "a"], range(2), ["", ""], {"texts": "x|y"}, b"\0\1")
    second = Part(["c"], [0], [""], ["z"])
    gathered = Gathered([first, second])
    assert (len(gathered), gathered.values()) == (2, ["y", "z"])
    assert gathered.entries([1]) == [Entry("c", "", "z")]
