"""Each rule against its table: what passes, each finding with its words, and no statement of a rule without a case."""

import ast
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
import yaml

from tallysheet.repository import open_repository
from tallysheet.rulebook import load_rules
from tallysheet.run import Report, run

TABLES = Path(__file__).with_name("rules")
NAMES = sorted(load_rules())
CASES = [
    pytest.param(name, case, id=f"{name}: {case['case']}")
    for name in NAMES
    for case in yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
]
REST = {
    "id": "id: case",
    "status": "status: active",
    "kind": "kind: observational",
    "citation": "citation: {title: T}",
    "curation": 'curation: {extracted: {by: A. Reader, on: "2026-11-23"}}',
}
"""What every record needs; put behind a case's own lines, so that these keep their numbers."""
NOT_REACHED = {
    # Only with a schema of its own can a record be without id.
    "file-name": ["return"],
    # The solver gives up at a limit of work (tests/figures/test_joint.py): no record is known that reaches it, and none
    # in which a statement points at nothing.
    "joint": ['yield NotCheckable(part[0].pointer, "too many equations to decide")', "return []"],
}
"""Statements that no case reaches, with the reason."""


def completed(text: str, stem: str) -> str:
    """Return a record with the fields that every record needs and that the case leaves out."""
    given = {line.partition(":")[0] for line in text.splitlines()}
    rest = [line.replace("id: case", f"id: {stem}") for name, line in REST.items() if name not in given]
    return text + "\n".join(rest) + "\n"


def judge(name: str, case: dict[str, Any], folder: Path, *, broken: bool = False, short: bool = True) -> Report:
    """Return what one rule says about the records of a case.

    `broken` makes the rule say nothing at all; without `short` it works out what its short way would accept as well.
    """
    records = case.get("records") or {case.get("file", "case"): case["record"]}
    (folder / "records").mkdir(exist_ok=True)
    for stem, text in records.items():
        (folder / "records" / f"{stem}.yaml").write_text(completed(text, stem), encoding="utf-8")
    if "settings" in case:
        (folder / "tallysheet.yaml").write_text(case["settings"] + "\n", encoding="utf-8")
    repository = open_repository(folder)
    if broken:
        mute = repository.rules[name]._replace(
            judge=repository.rules[name].judge and (lambda value, at: iter(())),  # noqa: ARG005 - as a rule is called
            passes=None,
            compare=repository.rules[name].compare and (lambda entries: iter(())),  # noqa: ARG005 - the same
        )
        repository = repository._replace(rules={**repository.rules, name: mute})
    if not short:
        whole = repository.rules[name]._replace(passes=None)
        repository = repository._replace(rules={**repository.rules, name: whole})
    return run(repository, rules=[name])


def mistakes(case: dict[str, Any], report: Report, name: str) -> list[str]:
    """Return how a report differs from what the case expects of it."""
    expected, found = case.get("findings", []), report.findings
    wrong = [f"expected {len(expected)} findings, found {found}"] if len(expected) != len(found) else []
    for want, got in zip(expected, found, strict=False):
        facts = {
            "rule": (name, got.rule),
            "file": (f"records/{want.get('file', 'case')}.yaml", got.path),
            "at": (want["at"], f"{got.span.line}:{got.span.column}"),
            "severity": (want.get("severity", "error"), got.severity),
            "message": (want.get("message", got.message), got.message),
            "hint": (want.get("hint", got.hint), got.hint),
            "also": (want.get("also", [also.span.line for also in got.related]), [a.span.line for a in got.related]),
        }
        wrong += [f"{fact}: expected {one!r}, found {two!r}" for fact, (one, two) in facts.items() if one != two]
        parts = ((want.get("contains", ""), got.message), (want.get("contains_hint", ""), got.hint or ""))
        wrong += [f"{part!r} is not in {text!r}" for part, text in parts if part not in text]
    return wrong


def statements(module: ModuleType) -> dict[int, str]:
    """Return the statements by line that `check` and `facts` lead to in a module, but for docstrings.

    What only `passes` leads to is tried against `check` elsewhere.
    """
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    waiting, reached = sorted({"check", "facts"} & functions.keys()), set[str]()
    while waiting:
        reached.add(name := waiting.pop())
        used = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        waiting += sorted(used & functions.keys() - reached)
    inner = [node for name in reached for part in functions[name].body for node in ast.walk(part)]
    found = [node for node in inner if isinstance(node, ast.stmt) and not is_text(node)]
    return {node.lineno: source.splitlines()[node.lineno - 1].strip() for node in found}


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@contextmanager
def watched(module: ModuleType) -> Iterator[set[int]]:
    """Collect the lines of a module that run inside the block."""
    lines: set[int] = set()

    def on_line(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        if event == "line":
            lines.add(frame.f_lineno)
        return on_line

    def on_call(frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
        return on_line if frame.f_code.co_filename == module.__file__ else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        yield lines
    finally:
        sys.settrace(before)


# Every case of a rule's table finds exactly what it says, at the place it says, in the words it says.
@pytest.mark.parametrize(("name", "case"), CASES)
def test_rule_finds_what_its_table_says(name: str, case: dict[str, Any], tmp_path: Path) -> None:
    report = judge(name, case, tmp_path)
    assert not report.crashes
    assert mistakes(case, report, name) == []


# A rule that says nothing turns each of its failing cases red and no other: no case passes vacuously.
@pytest.mark.parametrize(("name", "case"), CASES)
def test_failing_case_goes_red_when_its_rule_is_mute(name: str, case: dict[str, Any], tmp_path: Path) -> None:
    red = mistakes(case, judge(name, case, tmp_path, broken=True), name)
    assert bool(red) == bool(case.get("findings"))


# A table shows both sides: what fails, and what passes.
@pytest.mark.parametrize("name", NAMES)
def test_table_shows_both_sides(name: str) -> None:
    cases = yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
    assert {bool(case.get("findings")) for case in cases} == {True, False}


# Every statement of a rule, each message among them, is reached by some case of its table; what its short way accepts
# is what the rule itself works out, to the number.
@pytest.mark.parametrize("name", NAMES)
def test_table_reaches_every_statement_of_its_rule(name: str, tmp_path: Path) -> None:
    module = importlib.import_module(f"tallysheet.validators.{name.replace('-', '_')}")
    cases = yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
    with watched(module) as lines:
        for number, case in enumerate(cases):
            (folder := tmp_path / str(number)).mkdir()
            short, whole = judge(name, case, folder), judge(name, case, folder, short=False)
            assert (short.findings, short.figures, short.reasons) == (whole.findings, whole.figures, whole.reasons)
    missed = [text for line, text in sorted(statements(module).items()) if line not in lines]
    assert missed == NOT_REACHED.get(name, [])


# There is a table for each rule, and a rule for each table.
def test_rules_and_tables_belong_together() -> None:
    assert sorted(path.stem for path in TABLES.glob("*.yaml")) == NAMES


# A rule's page says what holds, why, how to fix it and where its limits are.
@pytest.mark.parametrize("name", NAMES)
def test_page_of_a_rule_has_its_four_parts(name: str) -> None:
    page = load_rules()[name].page
    assert page.splitlines()[0].endswith(".")
    for part in ("Why. ", "How to fix. ", "Limits. "):
        assert f"\n\n{part}" in page
