"""One audit: all questions put to a collection, compared with an earlier one, with its history and what to do next."""

from collections.abc import Callable
from collections.abc import Collection as Choice
from dataclasses import dataclass, field
from datetime import date

from tallysheet.audit.answers import Answer
from tallysheet.audit.asking import Answers, Question, ask_all, questions
from tallysheet.audit.form import leave_out_others
from tallysheet.audit.history import History, history_of
from tallysheet.audit.lines import Lines
from tallysheet.audit.steps import Step, next_steps
from tallysheet.collection import Collection, open_collection
from tallysheet.engine import Day
from tallysheet.repository import Repository, open_repository
from tallysheet.run import Progress
from tallysheet.trees.git import Git
from tallysheet.trees.revision import revision
from tallysheet.unusable import Unusable

HISTORY = "history"
"""The name by which the history is chosen, beside those of the questions."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same questions put to the collection as it was at a tag."""

    name: str
    collection: Collection
    answers: Answers
    lines: Lines


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit came to."""

    today: date
    collection: Collection
    asked: list[Question]
    answers: Answers
    steps: list[Step]
    lines: Lines
    earlier: Earlier | None = None
    history: History | None = None
    notes: list[str] = field(default_factory=list)
    """What could not be asked, and why."""

    def new(self, question: str) -> set[int]:
        """Return the indexes of the answers to a question that were not given then; none if there was no then."""
        if self.earlier is None:
            return set()
        known = {one.identity for one in self.earlier.answers[question]}
        return {index for index, one in enumerate(self.answers[question]) if one.identity not in known}

    def gone(self, question: str) -> list[Answer]:
        """Return the answers to a question that were given then, and are not now."""
        if self.earlier is None:
            return []
        known = {one.identity for one in self.answers[question]}
        return [one for one in self.earlier.answers[question] if one.identity not in known]


@dataclass(frozen=True, slots=True)
class Watch:
    """Told of progress: records that are read, questions that are asked."""

    reading: Callable[[], Progress | None] = lambda: None
    asking: Callable[[], Progress | None] = lambda: None


def audit(
    repository: Repository,
    today: date,
    chosen: Choice[str] | None = None,
    since: str | None = None,
    watch: Watch | None = None,
) -> Audit:
    """Put all questions, or those chosen, to the records of a repository; raises Unusable where there is no `since`."""
    git, why = git_of(repository)
    if since is not None and git is None:
        raise Unusable(f"--since: {why}")
    try:
        asking = Asking(questions(chosen), Day(today), watch or Watch())
        there = revision(git, since) if git and since else None
        collection, answers = asking.of(repository)
        earlier = None
        if there:
            then, told = asking.of(open_repository(repository.root, there, repository.laws))
            earlier = Earlier(there.name, then, told, Lines(then))
        wanted = chosen is None or HISTORY in chosen
        history = history_of(repository, git, since) if wanted and git else None
        notes = [f"history: {why}"] if wanted and not git else []
        steps = next_steps(asking.asked, answers)
        return Audit(today, collection, asking.asked, answers, steps, Lines(collection), earlier, history, notes)
    finally:
        if git:
            git.close()


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, on which day."""

    asked: list[Question]
    day: Day
    watch: Watch

    def of(self, repository: Repository) -> tuple[Collection, Answers]:
        """Return the collection of a repository, and its answers."""
        collection = open_collection(repository, self.watch.reading(), self.day)
        leave_out_others(collection)
        return collection, ask_all(collection, self.asked, self.watch.asking())


def git_of(repository: Repository) -> tuple[Git | None, str]:
    """Return git for the repository's folder, or None and why there is none."""
    try:
        return Git(repository.root), ""
    except Unusable as reason:
        return None, reason.lines[0]
