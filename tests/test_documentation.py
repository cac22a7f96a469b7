"""What the documentation shows is what happens: its examples are run."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.pages import ENGINE_PAGES
from tallysheet.reader import RulePage

PROJECT = Path(__file__).resolve().parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), PROJECT / "records" / "README.md"])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(#[^)]*)?\)")


def fences(page: Path) -> list[tuple[str, str]]:
    """Return the code blocks of a page: language and text."""
    return FENCE.findall(page.read_text(encoding="utf-8"))


# README opens with the two commands, and they are targets of the Makefile.
def test_readme_opens_with_the_two_commands() -> None:
    language, commands = fences(PROJECT / "README.md")[0]
    assert language == "sh"
    assert [line.split("#")[0].strip() for line in commands.splitlines()] == ["make check", "make test"]
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert "\ncheck:" in makefile
    assert "\ntest:" in makefile


# The failing run that README and CONTRIBUTING show is what the command says, letter by letter.
@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_failing_run_is_shown_as_it_is(name: str, repo: Any, tallysheet: Callable[..., Any]) -> None:
    path = "records/emapalumab-hlh-scoping-review.yaml"
    text = (PROJECT / path).read_text(encoding="utf-8")
    good = '{total: 12, percent: "91.7"}'
    assert good in text
    repo.write(path, text.replace(good, good.replace("12", "13")))
    page = (PROJECT / name).read_text(encoding="utf-8")
    shown = page.partition("<!-- example: wrong-denominator -->\n```\n")[2].partition("```\n")[0]
    assert shown == tallysheet("check").out


# The worked example of a rule of one's own works as it is written.
def test_own_rules_page_works(repo: Any, tallysheet: Callable[..., Any]) -> None:
    (_, effect), (_, trial), (_, rule), (_, settings), (_, record), (_, answer), *_ = fences(
        PROJECT / "docs/own-rules.md"
    )
    repo.write("schema/effect.schema.json", effect)
    repo.write("schema/trial.schema.json", trial)
    repo.write("rules/effect_interval.py", rule)
    repo.write("tallysheet.yaml", settings)
    repo.write("records/a.yaml", record)
    assert tallysheet("schema", "check").code == 0
    assert tallysheet("check").out == answer
    repo.write("records/a.yaml", record.replace("lower: 0.9", "lower: 0.7"))
    assert tallysheet("check").code == 0
    assert ["effect-interval", "effect"] in [line.split()[:2] for line in tallysheet("rules").out.splitlines()]
    assert "An estimate lies inside its interval." in tallysheet("explain", "effect-interval").out


# The settings page shows settings that are accepted.
def test_settings_page_shows_settings_that_work(repo: Any, tallysheet: Callable[..., Any]) -> None:
    (_, settings), *_ = fences(PROJECT / "docs/settings.md")
    for path in (PROJECT / "schema").glob("*.json"):
        repo.write(f"schema/{path.name}", path.read_text(encoding="utf-8"))
    (_, rule) = fences(PROJECT / "docs/own-rules.md")[2]
    repo.write(
        "validators/effect_interval.py",
        rule.replace('SCOPE = "effect"', 'SCOPE = "interval"').replace("estimate", "level"),
    )
    repo.write("tallysheet.yaml", settings)
    repo.good()
    assert tallysheet("check").code == 0


# The pieces of a record that CONTRIBUTING explains are pieces of a record that passes.
def test_contributing_explains_real_fields(repo: Any, tallysheet: Callable[..., Any]) -> None:
    pieces = [text for language, text in fences(PROJECT / "CONTRIBUTING.md") if language == "yaml"]
    head, citation, study, groups, results, curation, discrepancies = pieces
    repo.write("records/emapalumab-hlh-scoping-review.yaml", head + citation + study + groups + results + curation)
    found = tallysheet("check", "--format", "json").report["findings"]
    assert {finding["rule"] for finding in found} == {"references"}, "only groups that the shortened example leaves out"
    assert discrepancies.startswith("discrepancies:\n  - pointer: /results/")


# docs/rules/ is what its generator writes: no page is stale, missing or left over.
def test_pages_of_rules_are_fresh() -> None:
    assert list(generator().stale()) == [], "run make docs"


# A page of the engine shows a record that fails by its rule alone, with what is said of it, and the mended one passes.
@pytest.mark.parametrize("page", ENGINE_PAGES, ids=lambda page: str(page.name))
def test_examples_of_the_engine_are_what_happens(page: RulePage, repo: Any, tallysheet: Callable[..., Any]) -> None:
    generate = generator()
    if not generate.is_text(page):
        assert page.name in {"id-frozen", "gate-change", "too-many-findings", "unjudged"}
        return
    repo.write("records/case.yaml", generate.whole(page, page.failing))
    failed = tallysheet("check", "--today", str(generate.TODAY))
    assert failed.code == 1
    assert failed.out.startswith(generate.told(page) + "\n\n")
    assert {found["rule"] for found in tallysheet("check", "--format", "json").report["findings"]} == {page.name}
    repo.write("records/case.yaml", generate.whole(page, page.mended))
    assert tallysheet("check").code == 0


# Each page of a rule shows what the command says of the record above it, in a block of its own.
@pytest.mark.parametrize("page", sorted((PROJECT / "docs" / "rules").glob("*.md")), ids=lambda page: page.stem)
def test_page_shows_what_is_said(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = [block for _, block in fences(page) if re.match(r"records/\S+:[0-9]+:[0-9]+: (error|warning) ", block)]
    assert len(shown) == (page.stem != "README" and "## Refused\n\n```\n(" not in text)
    assert all(f" {page.stem}: " in block for block in shown)


def generator() -> Any:
    """Return the module that writes docs/rules/."""
    spec = importlib.util.spec_from_file_location("generate", PROJECT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    return generate


# Links between pages lead somewhere.
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target, _ in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


# The rules whose messages CONTRIBUTING explains are rules that exist.
def test_rules_named_in_contributing_exist(tallysheet: Callable[..., Any]) -> None:
    listed = {line.split()[0] for line in tallysheet("rules").out.splitlines()}
    table = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| rule | it says |")[2]
    named = {name for row in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE) for name in re.findall("`(.*?)`", row)}
    assert named <= listed
    assert len(named) > 10
