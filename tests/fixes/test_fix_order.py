"""fix and fmt put keys in the order of the schema, with the comments that are theirs, or say why not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tallysheet.engine import Engine
from tallysheet.fixes import form
from tallysheet.repository import open_repository

Run: TypeAlias = Callable[..., Any]
PATH = "records/a.yaml"
GOOD = Path(__file__).with_name("good.yaml").read_text(encoding="utf-8")
SCHEMA = """{
  "type": "object",
  "properties": {
    "a": {}, "b": {"properties": {"x": {}, "y": {}, "z": {}}},
    "c": {"items": {"properties": {"x": {}, "y": {}, "z": {}}}},
    "d": {}, "e": {"properties": {"x": {"properties": {"x": {}, "y": {}}}, "y": {}}}
  }
}"""


@pytest.fixture
def small(repo: Any) -> Engine:
    """Return the engine of a repository whose records have a few letters as keys."""
    repo.write("tallysheet.yaml", "schema: schema/s.json\n")
    repo.write("schema/s.json", SCHEMA)
    return Engine(open_repository(repo.root))


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


# A key moves with the comments above it, the one at its line's end, and all that is nested in it.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(lines("b: {}", "a: 1"), lines("a: 1", "b: {}"), id="two lines"),
        pytest.param(
            lines("a: 1", "# of d", "# too", "d: 4 # four", "# of c", "c: [] # none"),
            lines("a: 1", "# of c", "c: [] # none", "# of d", "# too", "d: 4 # four"),
            id="comments above and behind",
        ),
        pytest.param(
            lines("b: # behind", "  y: 2", "  # of which?", "", "  x: 1", "    # in x", "a: 1"),
            lines("a: 1", "b: # behind", "  y: 2", "  # of which?", "", "  x: 1", "    # in x"),
            id="what is in doubt moves whole",
        ),
        pytest.param(
            lines("b: # behind", "  y: 2", "  # in x", "  x: 1", "    # at the end of x", "a: 1"),
            lines("a: 1", "b: # behind", "  # in x", "  x: 1", "    # at the end of x", "  y: 2"),
            id="inside what moves",
        ),
        pytest.param(
            lines("c:", "  # of the entry", "  - y: 2 # two", "    x: 1 # one", "  - x: 1", "    y: 2"),
            lines("c:", "  # of the entry", "  - x: 1 # one", "    y: 2 # two", "  - x: 1", "    y: 2"),
            id="the first key of a list entry",
        ),
        pytest.param(
            lines("c:", "- y: 2", "  x: {}", "-", "  # of y", "  y: 2", "  x: 1"),
            lines("c:", "- x: {}", "  y: 2", "-", "  x: 1", "  # of y", "  y: 2"),
            id="a list that is not indented, an entry below its dash",
        ),
        pytest.param(
            lines("d: |", "  text", "  # no comment", "a: >-", "  folded", "", "  twice"),
            lines("a: >-", "  folded", "", "  twice", "d: |", "  text", "  # no comment"),
            id="block texts",
        ),
        pytest.param(
            lines('d: "on two', '  lines"', "a: plain", "  on two"),
            lines("a: plain", "  on two", 'd: "on two', '  lines"'),
            id="texts on two lines",
        ),
        pytest.param(
            lines("d: 4", "", "# of c", "c: []", "", "", "a: 1"),
            lines("a: 1", "", "# of c", "c: []", "", "", "d: 4"),
            id="blank lines stay where they are",
        ),
        pytest.param(lines("# top", "", "d: 4", "a: 1"), lines("# top", "", "a: 1", "d: 4"), id="the head of a file"),
        pytest.param(lines("d: 4", "a: 1", "", "# foot"), lines("a: 1", "d: 4", "", "# foot"), id="its foot"),
        pytest.param(
            lines("# yaml-language-server: $schema=../schema/s.json", "d: 4", "a: 1"),
            lines("# yaml-language-server: $schema=../schema/s.json", "a: 1", "d: 4"),
            id="the schema line",
        ),
        pytest.param(
            lines("---", "d: 4", "a: 1", "..."), lines("---", "a: 1", "d: 4", "..."), id="marks of a document"
        ),
        pytest.param("d: 4\r\na: 1", lines("a: 1", "d: 4"), id="CRLF, no line end at the end"),
        pytest.param(lines('"d": 4', "'a': 1"), lines("'a': 1", '"d": 4'), id="keys in quotes"),
        pytest.param(lines("b: { y: 2 ,x: 1 } # c"), lines("b: { x: 1 ,y: 2 } # c"), id="in braces, blanks stay"),
        pytest.param(lines('b: {"y":[2, 3],"x":{}}'), lines('b: {"x":{},"y":[2, 3]}'), id="as JSON"),
        pytest.param(
            lines("b: {", "    y: 2,", "    x: [ # in x", "    1],", "  }"),
            lines("b: {", "    x: [ # in x", "    1],", "    y: 2,", "  }"),
            id="braces on several lines",
        ),
        pytest.param(lines("e: {y: 2, x: {y: 2, x: 1}}"), lines("e: {x: {x: 1, y: 2}, y: 2}"), id="braces in braces"),
        pytest.param(lines("{d: 4, a: 1}"), lines("{a: 1, d: 4}"), id="a record in braces"),
        pytest.param(
            lines("c:", "  - z: {y: 1, x: 2}", "    x: 1"),
            lines("c:", "  - x: 1", "    z: {y: 1, x: 2}"),
            id="no order known",
        ),
    ],
)
def test_keys_move_with_what_is_theirs(small: Engine, before: str, after: str) -> None:
    made = form(small, PATH, before.encode())
    assert (made.data or before.encode()).decode() == after
    assert form(small, PATH, after.encode()).data is None


# Where it is in doubt what belongs to a key, its mapping stays as it is to the last byte, and the line of it is told.
@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            lines("# of d?", "d: 4", "a: 1"),
            "line 1: … the record …: a comment may belong to the first of them, or to all",
        ),
        (
            lines("d: 4", "a: 1", "# of a?"),
            "line 3: … the record …: a comment may belong to the last of them, or to none",
        ),
        (lines("d: 4", "# apart", "", "a: 1"), "line 2: … the record …: a comment stands apart from the key below it"),
        (
            lines("b:", "  y: 1", "# left", "  x: 2"),
            "line 3: … /b …: a comment between them is not indented as one of them",
        ),
        (
            lines("b:", "# left", "  y: 1", "  x: 2"),
            "line 2: … /b …: a comment may belong to the first of them, or to all",
        ),
        (
            lines("c:", "  - y: 1", "    # of x", "    x: 2"),
            "line 3: … /c/0 …: a comment above one of them can't stand behind a dash",
        ),
        (
            lines("c:", "  - y: 1", "    x: 2", "    # of x?"),
            "line 4: … /c/0 …: a comment may belong to the last of them, or to none",
        ),
        (
            lines("d: |+", "  kept", "", "a: 1"),
            "line 1: … the record …: a text that ends with blank lines is among them",
        ),
        (lines("b: {y: 2, # two", "  x: 1}"), "line 1: … /b …: more than a comma stands between two of them"),
        (lines("b: { # all", "  y: 2, x: 1}"), "line 1: … /b …: more than the keys stands between the braces"),
        (lines("? d", ": 4", "a: 1"), "line 1: … the record …: more than blanks stands before the first of them"),
        (lines("d: 4", "? a", ": 1"), "line 2: … the record …: more than blanks stands before one of them"),
        (
            lines("d: 4", "own: 3", "a: 1"),
            "line 2: … the record …: a key that the schema does not name has no place among them",
        ),
        (lines("b: {y: 1, w: 2, x: 3}"), "line 1: … /b …: a key that the schema does not name has no place among them"),
        (lines("d:", "a: 1"), "line 1: … the record …: a key without a value has no clear end"),
    ],
)
def test_what_is_in_doubt_stays(small: Engine, text: str, doubt: str) -> None:
    made = form(small, PATH, text.encode())
    told = [one.replace("the keys of", "…").replace("keep their order", "…") for one in made.doubts]
    assert (made.data, made.why, told) == (None, None, [doubt])


# Where keys are in order, or the schema names none of them, there is no doubt to tell.
@pytest.mark.parametrize(
    "text",
    [lines("# of a", "a: 1", "own: 2", "d: 4", "# foot"), lines("w: 1", "v: {y: 1, x: 2}"), lines("a: {y: 1, x: 2}")],
)
def test_order_that_is_right_or_free_is_no_doubt(small: Engine, text: str) -> None:
    made = form(small, PATH, text.encode())
    assert (made.data, made.why, made.doubts) == (None, None, ())


# What stands under a condition of the schema does not come before what always holds.
def test_condition_does_not_change_the_order(engine: Engine) -> None:
    text = GOOD.replace("{id: all, label: All, n: 25,", "{n: 25, label: All, id: all,")
    made = form(engine, PATH, text.encode())
    assert (made.data or b"").decode() == GOOD


# fmt mends order and layout, and leaves to fix whatever a value says.
def test_fmt_changes_no_value(repo: Any, tallysheet: Run) -> None:
    text = GOOD.replace('"24"', "24.0").replace("n: 25", 'n: "25"').replace("status: active\n", "")
    path = repo.write("records/good.yaml", text.replace("kind:", "# kind\nkind:") + "status: active \n\n")
    assert tallysheet("fmt", "--check", "--no-diff").code == 1
    done = tallysheet("fmt")
    assert (done.code, done.err) == (0, "1 record: 1 mended, 0 left alone\n")
    assert "\n+status: active\n # kind\n kind: observational\n" in done.out
    wanted = GOOD.replace('"24"', "24.0").replace("n: 25", 'n: "25"').replace("kind:", "# kind\nkind:")
    assert path.read_text() == wanted
    again = tallysheet("fmt", "--check")
    assert (again.code, again.out, again.err) == (0, "", "1 record: 0 to mend, 0 left alone\n")


# A doubt is told and is no failure: the record is as good as it can be made.
def test_doubt_is_told_and_passes(repo: Any, tallysheet: Run) -> None:
    result = "  - group: all\n    # apart\n\n    outcome: clinical-response\n"
    text = GOOD.replace("  - outcome: clinical-response\n    group: all\n", result)
    repo.write("records/good.yaml", text)
    done = tallysheet("fmt", "--check")
    doubt = "line 9: the keys of /results/0 keep their order: a comment stands apart from the key below it"
    assert (done.code, done.out) == (0, "")
    assert done.err == f"tallysheet: records/good.yaml: {doubt}\n1 record: 0 to mend, 0 left alone\n"
