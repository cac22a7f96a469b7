"""What the editor offers to mend is what `tallysheet fix` mends, and never a figure."""

import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from tallysheet.editor.mends import edited, edits_of_lines

RECORD = "records/chandrakasan-2025-real-hlh-rheumatologic.yaml"
DAMAGES: dict[str, Callable[[str], str]] = {
    "figures without quotes": lambda text: re.sub(r'percent: "([0-9.]+)"', r"percent: \1", text),
    "counts in quotes": lambda text: re.sub(r"total: ([0-9]+)", r'total: "\1"', text),
    "a DOI as an address": lambda text: text.replace('doi: "10.', 'doi: "https://doi.org/10.'),
    "no schema line": lambda text: text.split("\n", 1)[1],
    "no line end at the end": lambda text: text.rstrip("\n"),
    "blanks at line ends": lambda text: text.replace("\n  - outcome", "  \n  - outcome"),
    "letters not composed": lambda text: text.replace("CXCL9", "Sjo\u0308gren, e\u0301 and \U0001f600"),
    "characters of two units": lambda text: text.replace(
        'total: 105, percent: "14.3"', 'basis: "\U0001f600", total: "105", percent: 14.3'
    ),
    "lines that end in CR LF": lambda text: text.replace("\n", "\r\n"),
    "lines that end in CR": lambda text: text.replace("\n", "\r"),
    "a byte order mark": lambda text: "\ufeff" + text.replace('"14.3"', "14.3"),
}


# "Mend all" makes of a text what fix makes of the same text on disk.
def test_mend_all_gives_what_fix_gives(collection: Path, tools: Any, tallysheet: Callable[..., Any]) -> None:
    clean = Path(RECORD).read_bytes()
    texts = {name: damage(clean.decode()) for name, damage in DAMAGES.items()}

    async def scenario(editor: Any) -> dict[str, list[types.CodeAction]]:
        offered = {}
        for version, (name, text) in enumerate(texts.items(), 1):
            found = await (editor.open(RECORD, text) if version == 1 else editor.change(RECORD, text, version))
            offered[name] = await editor.actions(RECORD, found, [types.CodeActionKind.SourceFixAll])
        return offered

    for name, offered in tools["speak"](collection, scenario).items():
        assert [str(action.kind) for action in offered] == ["source.fixAll.tallysheet"], name
        (edits,) = offered[0].edit.changes.values()
        Path(RECORD).write_bytes(texts[name].encode())
        assert tallysheet("fix", RECORD).code == 0, name
        assert tools["applied"](texts[name], edits) == Path(RECORD).read_bytes().decode(), name
        Path(RECORD).write_bytes(clean)


# A quick fix settles the finding that it is offered for, with an edit that fix makes too, and nothing else.
def test_a_quick_fix_settles_its_finding(repo: Any, tools: Any) -> None:
    text = repo.good().read_text(encoding="utf-8").replace('percent: "24"', "percent: 42").replace("n: 25", 'n: "25"')

    async def scenario(editor: Any) -> None:
        found = await editor.open("records/good.yaml", text)
        assert [one.code for one in found] == ["schema", "schema"]
        offered = await editor.actions("records/good.yaml", found, [types.CodeActionKind.QuickFix])
        assert [action.title for action in offered] == ['write 25 for "25"', 'write "42" for 42']
        assert [list(action.diagnostics) for action in offered] == [[one] for one in found]
        mended = tools["applied"](text, offered[1].edit.changes[editor.uri("records/good.yaml")])
        assert mended == text.replace("percent: 42", 'percent: "42"')
        # The digits are swapped, and that is not for a machine to mend.
        assert [one.code for one in await editor.change("records/good.yaml", mended, 2)] == ["schema", "proportion"]
        both = tools["applied"](mended, offered[0].edit.changes[editor.uri("records/good.yaml")])
        left = await editor.change("records/good.yaml", both, 3)
        assert [one.code for one in left] == ["proportion"]
        assert await editor.actions("records/good.yaml", left) == []

    tools["speak"](repo.root, scenario)


# A record that fix leaves alone gets no mend; a client that can show why is told why.
def test_what_can_not_be_mended_is_told(repo: Any, tools: Any) -> None:
    text = repo.good().read_text(encoding="utf-8") + "groups: [\n"
    why = "left alone: it can't be read: line 13: duplicate-key: "

    async def scenario(editor: Any) -> list[types.CodeAction]:
        found: list[types.CodeAction] = await editor.actions(
            "records/good.yaml", await editor.open("records/good.yaml", text)
        )
        return found

    (offered,) = tools["speak"](repo.root, scenario)
    assert offered.edit is None
    assert offered.disabled.reason.startswith(why)
    assert tools["speak"](repo.root, scenario, types.ClientCapabilities()) == []


# The edits make of any text any other one.
@given(st.lists(st.sampled_from(["a", "b", "\r", " ", "\U0001f600"])), st.integers(0, 2**32))
def test_edits_make_one_text_of_another(letters: list[str], seed: int) -> None:
    one = "".join(letters).replace("b", "\n")
    other = list(one)
    shuffled = random.Random(seed)  # noqa: S311 - a seeded choice of edits
    for _ in range(3):
        place = shuffled.randint(0, len(other))
        other[place : place + shuffled.randint(0, 2)] = shuffled.choice(["", "\n", "x", "a\n", "\r\n"])
    after = "".join(other)
    edits = list(edits_of_lines(one, after))
    assert edited(one, edits) == after
    assert all(first.end <= second.start for first, second in pairwise(edits))


# The kinds that are asked for are the ones that are given, and those below them.
@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (None, ["quickfix", "source.fixAll.tallysheet"]),
        (["quickfix"], ["quickfix"]),
        (["source"], ["source.fixAll.tallysheet"]),
        (["source.fixAll.tallysheet"], ["source.fixAll.tallysheet"]),
        (["source.fix"], []),
        (["refactor"], []),
    ],
)
def test_kinds_are_as_asked(only: list[str] | None, kinds: list[str], repo: Any, tools: Any) -> None:
    text = repo.good().read_text(encoding="utf-8").replace('percent: "24"', "percent: 24")

    async def scenario(editor: Any) -> list[str]:
        offered = await editor.actions("records/good.yaml", await editor.open("records/good.yaml", text), only)
        return [getattr(action.kind, "value", action.kind) for action in offered]

    assert tools["speak"](repo.root, scenario) == kinds
