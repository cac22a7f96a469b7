"""The parts beside the records: evidence and audit, and what is said where one is left out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tallysheet.collection import open_collection
from tallysheet.evidence import evidence_of, table_of
from tallysheet.repository import open_repository
from tallysheet.site import parts

PROJECT = Path(__file__).resolve().parents[2]


def document(path: Path) -> Any:
    """Return what a browser makes of a file."""
    return html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def words(tree: Any) -> str:
    """Return the text of a tree, blanks joined."""
    return " ".join("".join(tree.itertext()).split())


# Every outcome that is counted has its page, with a drawing that has a title and says in words what it shows.
def test_every_outcome_has_its_page(real: Path) -> None:
    evidence = evidence_of(open_collection(open_repository(PROJECT)))
    outcomes = {one.measure.outcome for one in evidence.sections() if one.rows or one.reviews}
    assert {path.stem for path in (real / "evidence").iterdir()} == outcomes
    for outcome in outcomes:
        tree = document(real / "evidence" / f"{outcome}.html")
        (drawing,) = [one for one in tree.iter() if one.tag.rpartition("}")[2] == "svg"]
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby")


# The table of a section says what the evidence says, row by row, and leads to the records.
def test_tables_say_what_the_plots_show(real: Path) -> None:
    evidence = evidence_of(open_collection(open_repository(PROJECT)))
    tree = document(real / "evidence" / "clinical-response.html")
    shown = [
        tuple(words(cell) for cell in row) for table in tree.iter("table") for row in table.find("tbody").iter("tr")
    ]
    sections = [one for one in evidence.sections("clinical-response") if one.rows or one.reviews]
    assert shown == [row for section in sections for row in table_of(section)[1:]]
    assert len(shown) > 5


# Reviews with a flow have it drawn, and listed for those who do not see it.
def test_flows_are_drawn(real: Path) -> None:
    tree = document(real / "evidence.html")
    flows = [words(one) for one in tree.iter("figcaption")]
    assert "PRISMA flow of emapalumab-hlh-scoping-review" in flows


# The audit shows what is to be done, each question, and places that lead to the results they speak of.
def test_audit_is_shown(real: Path) -> None:
    tree = document(real / "audit.html")
    assert words(tree.find(".//h1")) == "Audit"
    headings = [words(one) for one in tree.iter("h2")]
    assert headings[:2] == ["Most worth doing next", "Questions"]
    assert "Reports of one study give its groups one size" in headings
    links = [one.get("href") for one in tree.iter("a")]
    assert [one for one in links if one.startswith("records/") and "#result-" in one]


# Where the audit's extra is not installed, its page is left out everywhere, and the command says what would bring it.
def test_audit_that_is_not_installed(
    repo: Any, tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.good("a")
    monkeypatch.setattr(parts, "find_spec", lambda _: None)
    done = tallysheet("site", "--to", "site")
    expected = "left out: audit.html, which needs rapidfuzz: pip install 'tallysheet[audit]'"
    assert (done.code, done.out.splitlines()[1:]) == (0, [expected])
    assert not (repo.root / "site" / "audit.html").exists()
    assert "audit.html" not in (repo.root / "site" / "index.html").read_text(encoding="utf-8")
