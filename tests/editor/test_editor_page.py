"""What stands ready for editors fits this repository, and the page about them is true."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallysheet.command import COMMANDS
from tallysheet.editor.features import ALL
from tallysheet.editor.server import WAIT


# The schema that the settings tie to the records is there, and so are the records.
def test_settings_tie_the_schema_to_the_records(project: Path) -> None:
    settings = json.loads((project / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    ((schema, records),) = settings["yaml.schemas"].items()
    assert (project / schema).is_file()
    assert set(project.glob(records)) == set((project / "records").rglob("*.yaml"))
    assert settings["files.eol"] == "\n"


# The task's pattern takes apart what check prints.
def test_the_task_reads_what_check_prints(project: Path, repo: Any, tallysheet: Callable[..., Any]) -> None:
    (task,) = json.loads((project / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    repo.wrong()
    pattern = task["problemMatcher"]["pattern"]
    found = [re.search(pattern["regexp"], line) for line in tallysheet(*task["args"]).out.splitlines()]
    places = [{name: match[pattern[name]] for name in pattern if name != "regexp"} for match in found if match]
    assert [(one["file"], one["line"], one["column"], one["severity"], one["code"]) for one in places] == [
        ("records/wrong.yaml", "10", "49", "error", "proportion")
    ]
    assert places[0]["message"].startswith("6/25 = 24%, printed 42%")


# The page names the delay, the kind of action and the command as they are; its TOML is TOML.
def test_the_page_is_true(project: Path) -> None:
    page = (project / "docs" / "editors.md").read_text(encoding="utf-8")
    assert f"{WAIT} seconds after the last key" in page
    assert f"`{ALL}`" in page
    assert "lsp" in COMMANDS
    toml = tomllib.loads(page.split("```toml\n")[1].split("```")[0])
    assert toml["language-server"]["tallysheet"] == {"command": "tallysheet", "args": ["lsp"]}
