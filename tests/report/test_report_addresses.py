"""Every finding leads to the page of its rule, and every address to a page that is there."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from tallysheet.pages import HOME, address_of, pages_on_the_web

Run: TypeAlias = Callable[..., Any]


# An address is that of a page of the documentation, at the address of the project; every page has one.
def test_addresses_are_those_of_the_pages(project: Path) -> None:
    urls = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert urls["Source"] == HOME
    pages = {path.stem for path in (project / "docs" / "rules").glob("*.md")} - {"README"}
    assert pages_on_the_web() == pages
    assert {address_of(name) for name in pages} == {f"{HOME}/blob/main/docs/rules/{name}.md" for name in pages}
    assert address_of("own-rule") is None


# A rule of a repository's own has no address in any format, a rule of ours has one; no text of a record is linked.
def test_own_rule_has_no_address(repo: Any, tallysheet: Run) -> None:
    repo.wrong()
    repo.write("tallysheet.yaml", "validators: [own]\n")
    says = 'yield Problem(at / "id", "[a](https://example.org)")'
    head = 'from tallysheet.rules import Problem\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\n'
    repo.write("own/mine.py", f'"""X."""\n{head}def check(record, at):\n    {says}\n')
    found = tallysheet("check", "--format", "json").report["findings"]
    assert {one["rule"]: one["help"] for one in found} == {"mine": None, "proportion": address_of("proportion")}
    (run,) = json.loads(tallysheet("check", "--format", "sarif").out)["runs"]
    rules = {rule["id"]: rule.get("helpUri") for rule in run["tool"]["driver"]["rules"]}
    assert rules == {one["rule"]: one["help"] for one in found}
    rows = [row for row in tallysheet("check", "--format", "markdown").out.splitlines() if row.startswith("| error")]
    assert any("| `mine` | `[a](https://example.org)` |" in row for row in rows)
    assert any(f"| [`proportion`]({address_of('proportion')}) |" in row for row in rows)


# The last line of the text for people is the command that shows the page; where nothing is wrong there is none.
def test_text_ends_with_the_command_that_explains(repo: Any, tallysheet: Run) -> None:
    path = repo.wrong()
    done = tallysheet("check")
    assert done.out.splitlines()[-1] == "why, and how to mend it: tallysheet explain proportion"
    path.write_text(path.read_text().replace("group: all", "group: none"))
    done = tallysheet("check")
    assert done.out.splitlines()[-1] == "why, and how to mend it: tallysheet explain RULE, such as references"
    repo.write("records/wrong.yaml", repo.good().read_text().replace("good", "wrong"))
    assert "explain" not in tallysheet("check").out
