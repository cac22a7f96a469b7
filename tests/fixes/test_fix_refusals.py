"""fix leaves a record alone where a mend would not be safe, and says why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tallysheet.engine import Engine
from tallysheet.fixes import mend
from tallysheet.fixes import text as layout

Run: TypeAlias = Callable[..., Any]
PATH = "records/good.yaml"
GOOD = Path(__file__).with_name("good.yaml").read_text(encoding="utf-8")


# A record that can't be read, or would be worse for its mends, is left alone, and the reason is told.
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD.replace("All,", "no,") + "x: [\n", "it can't be read: line 13: syntax: "),
        (GOOD.encode("utf-16"), "it can't be read: line 1: encoding: the file is UTF-16, not UTF-8"),
        (GOOD + "id: again \n", "duplicate-key"),
        ("", "empty-file"),
        ("# \u200b\n" + GOOD + " \n", "forbidden-character"),
        (GOOD.replace("\n", "\r", 1), "forbidden-character"),
    ],
)
def test_what_can_not_be_read_is_left_alone(engine: Engine, text: str | bytes, why: str) -> None:
    mended = mend(engine, PATH, text if isinstance(text, bytes) else text.encode())
    assert mended.data is None
    assert why in str(mended.why)


# Where quotes would bring to light more than they mend, nothing is written.
def test_findings_never_rise(engine: Engine) -> None:
    text = GOOD.replace("\n", "\r") + "research: 1\rresearch_two: 2\r"
    mended = mend(engine, PATH, text.encode())
    assert (mended.data, "mended, it would have 1 more finding, such as schema at /research" in str(mended.why)) == (
        None,
        True,
    )


# A figure that changed on the way, were there ever a way, is found before anything is written.
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mend_encoding", lambda text: text.replace("24", "42")),
        ("add_schema_line", lambda text, _: text.replace("24", "42")),
    ],
)
def test_changed_figure_is_never_written(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, name: str, wrong: Callable[..., str]
) -> None:
    monkeypatch.setattr(layout, name, wrong)
    mended = mend(engine, PATH, GOOD.encode())
    assert (mended.data, "would change" in str(mended.why)) == (None, True)


# A rule that fails is no reason to write.
def test_rule_that_fails_stops_a_mend(repo: Any, tallysheet: Run) -> None:
    path = repo.write(PATH, GOOD.rstrip())
    repo.write("tallysheet.yaml", "validators: [own]\n")
    rule = '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\ndef check(record, at):\n    yield 1 / 0\n'
    repo.write("own/mine.py", rule)
    done = tallysheet("fix")
    assert (done.code, path.read_text()) == (1, GOOD.rstrip())
    assert "left alone: the rule mine failed on it\n" in done.err
