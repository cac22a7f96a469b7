"""fix mends the text as a whole: line ends, blanks, the end of the file, the schema line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tallysheet.engine import Engine
from tallysheet.fixes import mend

Fixed: TypeAlias = Callable[[str | bytes], str]
Run: TypeAlias = Callable[..., Any]
PATH = "records/good.yaml"
GOOD = Path(__file__).with_name("good.yaml").read_text(encoding="utf-8")
LINE = "# yaml-language-server: $schema=../schema/publication.schema.json\n"


# The layout of the text is mended, and nothing that is part of a value.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(GOOD.replace("\n", "\r\n"), GOOD, id="CRLF"),
        pytest.param(GOOD.replace("\n", "\r"), GOOD, id="CR"),
        pytest.param("\ufeff" + GOOD, GOOD, id="BOM"),
        pytest.param(GOOD.replace("A title", "e\u0301\u200b"), GOOD.replace("A title", "e\u0301\u200b"), id="a doubt"),
        pytest.param("\ufeff\ufeff\ufeff" + GOOD, GOOD, id="BOM upon BOM"),
        pytest.param(GOOD.rstrip(), GOOD, id="no line end at the end"),
        pytest.param(GOOD + "\n\n \n", GOOD, id="empty lines at the end"),
        pytest.param(GOOD.replace("\n", " \t\n"), GOOD, id="trailing blanks"),
        pytest.param("# a \n" + GOOD, "# a\n" + GOOD, id="a blank after a comment"),
        pytest.param(GOOD.replace("A title", "E\u0301tude"), GOOD.replace("A title", "\xc9tude"), id="NFC in a value"),
        pytest.param("# e\u0301\n" + GOOD, "# \xe9\n" + GOOD, id="NFC in a comment"),
        pytest.param("# \xe9 ≤ β 日本\n" + GOOD + "\n", "# \xe9 ≤ β 日本\n" + GOOD, id="other scripts"),
        pytest.param(
            GOOD + "# e \nresearch_notes: |+\n  a  \n\n", GOOD + "# e\nresearch_notes: |+\n  a  \n\n", id="a kept end"
        ),
        pytest.param(GOOD + "x: |\n  a", GOOD + "x: |\n  a", id="a block text without line end"),
        pytest.param(GOOD + "x: >-  \n  a  \n  b\ny: 1 \n", GOOD + "x: >-\n  a  \n  b\ny: 1\n", id="a folded text"),
        pytest.param(
            "\ufeff"
            + GOOD.replace('"24"', "24.0 ")
            .replace("n: 25", 'n: "25"')
            .replace("A t", "o\u0308 t")
            .replace("\n", "\r\n")
            + "# end ",
            GOOD.replace('"24"', '"24.0" ').replace("A t", "\xf6 t") + "# end\n",
            id="all together",
        ),
    ],
)
def test_layout_is_mended(fixed: Fixed, before: str, after: str) -> None:
    assert fixed(before) == after
    assert fixed(after) == after


# The schema line comes first where it has no counterpart, and one that is there is its author's.
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GOOD, LINE + GOOD),
        (LINE + GOOD, LINE + GOOD),
        ("# a comment\n" + GOOD, LINE + "# a comment\n" + GOOD),
        ("# yaml-language-server: $schema=other.json\n" + GOOD, "# yaml-language-server: $schema=other.json\n" + GOOD),
        ("# a comment\n" + LINE + GOOD, "# a comment\n" + LINE + GOOD),
    ],
)
def test_schema_line_comes_first(engine: Engine, text: str, wanted: str) -> None:
    assert (mend(engine, PATH, text.encode(), LINE.rstrip()).data or text.encode()).decode() == wanted


# A repository has the line where it has a schema, each record from where it lies, or where its records have it.
def test_schema_line_is_that_of_the_repository(repo: Any, tallysheet: Run) -> None:
    repo.good()
    assert tallysheet("fix").code == 0
    assert (repo.root / PATH).read_text().startswith("id: good\n")
    url = "https://raw.githubusercontent.com/tallysheet/tallysheet/main/schema/publication.schema.json"
    repo.write("records/other.yaml", f"# yaml-language-server: $schema={url}\n" + GOOD.replace("good", "other"))
    assert tallysheet("fix").code == 0
    assert (repo.root / PATH).read_text().startswith(f"# yaml-language-server: $schema={url}\nid: good\n")
    repo.write("tallysheet.yaml", "schema: own/s.json\n")
    repo.write("own/s.json", '{"type": "object", "properties": {"id": {"type": "string"}}}')
    repo.write("records/a/b/deep.yaml", "id: 7 # seven\n")
    assert tallysheet("fix", "records/a").code == 0
    wanted = '# yaml-language-server: $schema=../../../own/s.json\nid: "7" # seven\n'
    assert (repo.root / "records/a/b/deep.yaml").read_text() == wanted


# No text makes the work grow faster than the text.
def test_long_runs_of_blanks_take_no_time(fixed: Fixed) -> None:
    text = GOOD + "# a" + " " * 900_000 + "b"
    assert fixed(text) == text + "\n"
