"""Each question finds what its table plants, at its place, and leaves the rest alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallysheet.audit.answers import KINDS, Answer
from tallysheet.audit.asking import ORDER, ask_all, questions
from tallysheet.collection import Collection
from tallysheet.pointers import resolve

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))
CASES = [(name, case) for name, cases in TABLE.items() for case in cases]


def said(answer: Answer) -> str:
    """Return an answer in one line: kind, weight, places, message."""
    places = [f"{place.path.removeprefix('records/').removesuffix('.yaml')}{place.pointer}" for place in answer.places]
    return f"{' '.join([answer.kind, str(answer.weight), *places])}: {answer.message}"


# What the table plants is found, at its place and in these words; what it does not plant is not.
@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['holds']}" for name, case in CASES])
def test_question_answers_its_table(name: str, case: dict[str, Any], collect: Callable[..., Collection]) -> None:
    collection = collect(case["records"], case.get("files"))
    assert bool(collection.left_out) == case.get("leaves_out", False), collection.left_out
    [question] = questions({name})
    answers = ask_all(collection, [question])[name]
    assert case["answers"] == [said(answer) for answer in answers]
    records = {record.path: record for record in collection.records.values()}
    for answer in answers:
        assert answer.kind in KINDS
        assert answer.hint or answer.kind == "fact"
        for place in answer.places:
            if place.path in records:
                resolve(records[place.path].value, place.pointer)


# Every question has a case in which it finds something, and one in which it finds nothing.
def test_every_question_has_both_sides_in_the_table() -> None:
    names = [question.name for question in questions()]
    assert set(names) == TABLE.keys()
    for name, cases in TABLE.items():
        assert any(case["answers"] for case in cases), name
        assert any(not case["answers"] for case in cases), name


# The order in which questions are shown names those that there are.
def test_order_names_the_questions_that_there_are() -> None:
    assert list(ORDER) == [question.name for question in questions()]


# A question's page says what ought to hold, why, what is asked, how to fix it, and what it can't see.
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_page_of_a_question_is_whole(question: Any) -> None:
    first, *parts = question.page.split("\n\n")
    assert first.endswith(".")
    assert [part.split(".")[0] for part in parts] == ["Why", "What is asked", "How to fix", "Limits"]


# The page of the audit lists every question, with what ought to hold.
def test_page_of_the_audit_lists_the_questions() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "audit.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and line.count("|") == 3]
    listed = [row for row in rows if row.split(" ")[1] in ORDER]
    assert listed == [f"| {question.name} | {question.title} |" for question in questions()]
