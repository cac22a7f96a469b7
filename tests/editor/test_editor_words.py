"""Hover and completion: what is known of a place, and what may be written there."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from tallysheet.editor.collection import as_bytes
from tallysheet.editor.completion import complete
from tallysheet.editor.hover import hover_text
from tallysheet.editor.places import place_at
from tallysheet.editor.positions import Positions
from tallysheet.engine import Engine
from tallysheet.reader import read
from tallysheet.repository import open_repository

PROJECT = Path(__file__).resolve().parents[2]
PATH = "records/emapalumab-hlh-scoping-review.yaml"
TEXT = (PROJECT / PATH).read_text(encoding="utf-8")
PERCENT = "percent: The percentage in quotes, exactly as printed, without the percent sign."
FITTING = (
    "91.7% of 12 fits 11\nverdict: consistent\ncounts of 12 that fit 91.7%: 11\n"
    f"count by all equations of the record: 11 (derived)\nproportion: holds\n\n{PERCENT}"
)
WRONG = (
    "5/13 = 38.461...%, printed 91.7%; 91.7% of 13 fits no count\nverdict: inconsistent\n"
    "exactly 500/13%, about 38.4615%\ncounts of 13 that fit 91.7%: none\ngroup-size: total is 13, "
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Return the engine of this project's own collection."""
    return Engine(open_repository(PROJECT))


def said(engine: Engine, text: str, marked: str) -> str | None:
    """Return what is said of the place before which `|` stands in a part of the text."""
    assert text.count(marked.replace("|", "")) >= 1, marked
    index = text.index(marked.replace("|", "")) + marked.index("|")
    positions, document = Positions(text), read(as_bytes(text))
    here = place_at(document, positions, index)
    return hover_text(engine, PATH, document, here) if here else None


# A figure is told with its exact value, its verdict and the counts that fit; a word with what the vocabulary says.
@pytest.mark.parametrize(
    ("before", "after", "marked", "expected"),
    [
        (
            "",
            "",
            '{total: 12, percent: "9|1.7"}',
            FITTING,
        ),
        (
            '{total: 12, percent: "91.7"}',
            '{events: 5, total: 13, percent: "91.7"}',
            "{|events: 5, total: 13",
            WRONG,
        ),
        ('{total: 12, percent: "91.7"}', '{total: 1, percent: "<b>1"}', "<|b>1", PERCENT),
        ('{total: 12, percent: "91.7"}', "{total: [], percent: 4}", "percent: |4", PERCENT),
        ("", "", "condition: |mas", "mas: Macrophage activation syndrome; HLH of rheumatic disease\ncondition: "),
        ("", "", "kind: scop|ing-review", "scoping-review: Scoping review\nkind: "),
        ("status: active", "status: actve", "status: a|ctve", "status: active, or what has become of the publication"),
        ("", "", "# yaml-lang|uage", None),
    ],
)
def test_hover_says_what_is_known(before: str, after: str, marked: str, expected: str | None, engine: Engine) -> None:
    found = said(engine, TEXT.replace(before, after, 1), marked)
    assert found == expected if expected is None else (found or "").startswith(expected), found


# The name of a rule is told with its page.
def test_hover_on_a_rule_shows_its_page(engine: Engine) -> None:
    text = (PROJECT / "records" / "blood-2024-commentary-on-verkamp.yaml").read_text(encoding="utf-8")
    rule = text.split("rule: ")[1].split()[0].strip(",}")
    assert (said(engine, text, f"rule: |{rule}") or "").startswith(f"{rule}\n{'=' * len(rule)}\n\n")


def labels(engine: Engine, text: str) -> list[tuple[str, str]]:
    """Return what may be written where `|` stands in a text: the word, and the text once it is taken."""
    index = text.index("|")
    text = text.replace("|", "", 1)
    positions = Positions(text)
    found = []
    for item in complete(engine, text, index, positions):
        assert isinstance(item.text_edit, types.TextEdit)
        start, end = positions.index(item.text_edit.range.start), positions.index(item.text_edit.range.end)
        found.append((item.label, text[:start] + item.text_edit.new_text + text[end:]))
    return found


HEAD = "id: a\nkind: cohort\ngroups:\n  - {id: all, label: All, n: 3}\n  - {id: 'part', label: A part, n: 1}\n"
GROUPS = ["all", "part"]


# Ids of groups, words of vocabularies and names of fields are offered where they may stand, in a text half typed.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("results:\n  - outcome: survival\n    group: |\n    proportion: {\n", GROUPS),
        ("results:\n  - {outcome: survival, group: p|", GROUPS),
        ('results:\n  - group: "|"\n', GROUPS),
        ("breakdowns:\n  - {of: |, by: x}\n", GROUPS),
        ("breakdowns:\n  - {of: all, by: x, parts: [part, |", GROUPS),
        ("breakdowns:\n  - of: all\n    parts:\n      - |\n", GROUPS),
        ("results:\n  - compared_with: |", GROUPS),
        ("status: |", ["active", "corrected", "retracted", "withdrawn"]),
        ("status: 'a|c'\n%%%\n: [", ["active", "corrected", "retracted", "withdrawn"]),
        ("breakdowns:\n  - relation: |", ["partition", "exclusive", "overlapping", "nested"]),
        ("breakdowns:\n  - {of: all, |}", ["by", "parts", "relation", "missing"]),
        ("breakdowns:\n  - of: all\n    |\n  - of: part\n", ["by", "parts", "relation", "missing"]),
        ("breakdowns:\n  - of: all\n    re|: nested\n", ["by", "parts", "missing", "relation"]),
        ("breakdowns:\n  - |\n", ["by", "of", "parts", "relation", "missing"]),
        ("not_reported: [|", []),
        ("no_such_field: |", []),
        ("# |", []),
        ("citation: {title: so |", []),
    ],
)
def test_completion_offers_what_may_stand(text: str, expected: list[str], engine: Engine) -> None:
    found = [label for label, _ in labels(engine, HEAD + text)]
    assert sorted(expected) == sorted(found)


# Once taken, a word stands where the cursor was, with the colon that a name of a field needs, and only that.
@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("results:\n  - group: p|a\n", "part", "results:\n  - group: part\n"),
        ('results:\n  - group: "|"\n', "part", 'results:\n  - group: "part"\n'),
        ("breakdowns:\n  - {of: all, re|}", "relation", "breakdowns:\n  - {of: all, relation: }"),
        ("breakdowns:\n  - {of: all, re|: x}", "relation", "breakdowns:\n  - {of: all, relation: x}"),
    ],
)
def test_completion_replaces_the_word(text: str, label: str, expected: str, engine: Engine) -> None:
    assert HEAD + expected in [after for found, after in labels(engine, HEAD + text) if found == label]


# A word that is something else than text to some tools is offered in quotes.
def test_an_ambiguous_word_is_offered_in_quotes(repo: Any) -> None:
    known = ["no", "yes", "a b", "plain"]
    words = {"enum": known, "x-terms": {word: {"label": f"\x1b[31m{word}"} for word in known}}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"answer": words},
        "additionalProperties": False,
    }
    repo.write("tallysheet.yaml", "schema: own/main.json\n")
    repo.write("own/main.json", json.dumps(schema))
    found = complete(Engine(open_repository(repo.root)), "answer: \n", 8, Positions("answer: \n"))
    assert [getattr(item.text_edit, "new_text", None) for item in found] == ['"no"', '"yes"', '"a b"', "plain"]
    assert found[0].detail == "\\u{1B}[31mno"


# However a record is cut off, and wherever the cursor stands in it, neither hover nor completion fails.
@pytest.mark.parametrize("step", [61])
def test_nothing_fails_while_a_record_is_typed(step: int, engine: Engine) -> None:
    for index in range(0, len(TEXT), step):
        for text in (TEXT[:index], TEXT[:index] + "\n" + TEXT[index + 5 :]):
            positions, document = Positions(text), read(as_bytes(text))
            here = place_at(document, positions, index)
            assert here is None or hover_text(engine, PATH, document, here) != ""
            assert isinstance(complete(engine, text, index, positions), list)


TEXTS = st.text(st.sampled_from(["a", "\n", "\r", "é", "\U0001f600", "\ud800", "\u2028", "\ufeff", "{", ":", '"', " "]))


# Every index has one position, and that leads back to it, in each encoding; between CR and LF there is none.
@given(TEXTS, st.sampled_from([("utf-8", "utf-8", 1), ("utf-16", "utf-16-le", 2), ("utf-32", "utf-32-le", 4)]))
def test_positions_lead_back(text: str, counted: tuple[str, str, int]) -> None:
    encoding, codec, size = counted
    positions = Positions(text, encoding)
    for index in range(len(text) + 1):
        if text[index - 1 : index + 1] == "\r\n" and index:
            continue
        found = positions.position(index)
        assert positions.index(found) == index
        line = text[:index].replace("\r\n", "\n").replace("\r", "\n").rpartition("\n")[2]
        assert found.character == len(line.encode(codec, "surrogatepass")) // size


# A position behind a line's end is that end, one behind the text the text's: editors may send either.
def test_positions_behind_an_end_are_that_end() -> None:
    positions = Positions("ab\U0001f600\r\ncd")
    assert positions.index(types.Position(0, 99)) == 3
    assert positions.index(types.Position(1, 99)) == 7
    assert positions.index(types.Position(9, 0)) == 7


# Over the protocol both are answered for the text as it is typed.
def test_both_are_answered_over_the_protocol(collection: Path, tools: Any) -> None:
    text = "# \U0001f600\n" + TEXT.replace('percent: "91.7"}', 'percent: "91.7", basis: }')

    async def scenario(editor: Any) -> None:
        await editor.open(PATH, text)
        hover = await editor.hover(PATH, tools["position"](text, text.index('"91.7"') + 2))
        assert hover.startswith("91.7% of 12 fits 11\nverdict: consistent\n")
        offered = await editor.complete(PATH, tools["position"](text, text.index("basis: }") + 7))
        assert [item.label for item in offered][:2] == ["evaluable", "treated"]

    tools["speak"](collection, scenario)
