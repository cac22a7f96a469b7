"""docs/reports.md shows what happens."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallysheet.commands.check import FORMATS


# The commands of the page run, its example is what is printed, and its table names every format.
def test_reports_page_shows_what_happens(repo: Any, tallysheet: Callable[..., Any], project: Path) -> None:
    page = (project / "docs" / "reports.md").read_text(encoding="utf-8")
    commands, example = re.findall(r"^```\w*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    repo.wrong()
    for command in commands.splitlines():
        name, *arguments = shlex.split(command, comments=True)
        done = tallysheet(*arguments)
        assert (name, done.code, done.err) == ("tallysheet", 1, "")
    assert tallysheet("check", "--format", "concise").out == example
    table = page.partition("| format | for |")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == FORMATS
