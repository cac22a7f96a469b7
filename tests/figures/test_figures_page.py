"""The page on figures shows what the code does."""

import re
from pathlib import Path

import tallysheet.figures

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"


# Each line of an example on the page gives what stands behind it.
def test_the_examples_on_the_page_are_true() -> None:
    names = {name: getattr(tallysheet.figures, name) for name in tallysheet.figures.__all__}
    lines = [
        line
        for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        for line in block.splitlines()
        if "  # " in line
    ]
    assert lines
    for line in lines:
        code, _, shown = line.partition("  # ")
        assert shown.strip() == repr(eval(code, dict(names)))  # noqa: S307 - our own page
