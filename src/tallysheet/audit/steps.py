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
    """Return a step for each answer that asks for one; a single one for gaps that are best filled together."""
    wanted = [answer for answer in answers if answer.kind != "fact" and answer.hint]
    gaps = [answer for answer in wanted if answer.kind == "gap"]
    if not question.together or len(gaps) < 2:  # noqa: PLR2004 - one alone is said in its own words
        return [step(question, answer) for answer in wanted]
    first = gaps[0]
    place = first.places[0] if first.places else None
    message = question.together.format(count=f"{len(gaps):,}", first=place.path if place else "")
    heaviest = max(answer.weight for answer in gaps)
    since = min((answer.since for answer in gaps if answer.since), default=None)
    edit = f"tallysheet audit --only {question.name} --all"
    together = Step(question.name, place, message, edit, len(gaps), heaviest, first.patients, since)
    return [*(step(question, answer) for answer in wanted if answer.kind != "gap"), together]


def step(question: Question, answer: Answer) -> Step:
    """Return the step of one answer."""
    place = answer.places[0] if answer.places else None
    edit = answer.hint or ""
    return Step(question.name, place, answer.message, edit, 1, answer.weight, answer.patients, answer.since)
