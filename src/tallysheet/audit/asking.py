"""Puts the questions of the audit to a collection.

A question is a module of `tallysheet.audit.questions`. Its docstring is its page: the first line says what ought to
hold. `ask(collection)` yields answers, and asks neither the clock nor the network. `TOGETHER`, where it has one, is the
sentence that says what is to be done about all that is missing; with `OLDEST_FIRST` they are shown by age.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from collections.abc import Collection as Choice
from dataclasses import dataclass
from types import ModuleType

from tallysheet.audit.answers import Answer
from tallysheet.collection import Collection

QUESTIONS = "tallysheet.audit.questions"
ORDER = (
    *("unsound", "status", "same-publication", "same-patients", "study-links", "study-sizes", "figures-apart"),
    *("registries", "review-coverage", "acknowledged", "waived", "unverified", "unquoted", "not-checkable"),
)
"""What is asked first stands first; a question that is not named here comes after these."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, its page, and how it is asked."""

    name: str
    page: str
    ask: Callable[[Collection], Iterator[Answer]]
    together: str | None = None
    oldest_first: bool = False

    @property
    def title(self) -> str:
        """What ought to hold, in one sentence without a full stop."""
        return self.page.partition("\n")[0].rstrip(".")


Answers = dict[str, list[Answer]]
"""The answers by the names of their questions, each in order of weight."""
Asked = Callable[[int, int], None]
"""Told how many of how many questions are done."""


def questions(chosen: Choice[str] | None = None) -> list[Question]:
    """Return all questions, or those of the names that are given, in the order in which they are shown."""
    package = importlib.import_module(QUESTIONS)
    found = [
        question_of(importlib.import_module(f"{QUESTIONS}.{one.name}"))
        for one in pkgutil.iter_modules(package.__path__)
    ]
    found.sort(key=lambda one: (ORDER.index(one.name) if one.name in ORDER else len(ORDER), one.name))
    return [one for one in found if chosen is None or one.name in chosen]


def question_of(module: ModuleType) -> Question:
    """Return the question that a module holds."""
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    return Question(
        name,
        (module.__doc__ or "").strip(),
        module.ask,
        getattr(module, "TOGETHER", None),
        bool(getattr(module, "OLDEST_FIRST", False)),
    )


def ask_all(collection: Collection, asked: list[Question], progress: Asked | None = None) -> Answers:
    """Return the answers to all questions that are asked, those that weigh most first, else as they were given."""
    found: Answers = {}
    for done, question in enumerate(asked):
        if progress:
            progress(done, len(asked))
        answers = question.ask(collection)
        found[question.name] = sorted(answers, key=lambda one: one.age if question.oldest_first else one.rank)
    return found
