"""What is most worth doing next: the answers of the audit, ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

from tallysheet.audit.answers import Answer, Place
from tallysheet.audit.asking import Answers, Question

MOST = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what is the matter, where to begin, and the command or edit."""

    question: str
    place: Place | None
    message: str
    edit: str
    answers: int
    weight: int
    patients: int
    since: str | None


def next_steps(asked: Iterable[Question], answers: Answers) -> list[Step]:
    """Return what weighs most first, then what concerns most patients, then what is oldest: ten steps at the most."""
    found = [step for question in asked for step in steps_of(question, answers[question.name])]
    found.sort(key=lambda step: (-step.weight, -step.patients, step.since or "9999"))
    return found[:MOST]


def steps_of(question: Question, answers: list[Answer]) -> list[Step]:
    """Return a step for each answer that asks for one; a single one where they are best done together."""
    open_ones = [answer for answer in answers if answer.kind != "fact" and answer.hint]
    if not question.together or len(open_ones) < 2:  # noqa: PLR2004 - one alone is said in its own words
        return [step(question, answer, 1) for answer in open_ones]
    first = min(open_ones, key=lambda answer: answer.age if question.oldest_first else answer.rank)
    path = first.places[0].path if first.places else ""
    message = question.together.format(count=len(open_ones), first=path)
    heaviest = max(answer.weight for answer in open_ones)
    since = min((answer.since for answer in open_ones if answer.since), default=None)
    place = first.places[0] if first.places else None
    edit = f"tallysheet audit --only {question.name} --all"
    return [Step(question.name, place, message, edit, len(open_ones), heaviest, first.patients, since)]


def step(question: Question, answer: Answer, number: int) -> Step:
    """Return the step of one answer."""
    place = answer.places[0] if answer.places else None
    edit = answer.hint or ""
    return Step(question.name, place, answer.message, edit, number, answer.weight, answer.patients, answer.since)
