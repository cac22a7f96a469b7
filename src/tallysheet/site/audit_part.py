"""The audit: what the whole collection says, and where it disagrees with itself; what is most worth doing first."""

from collections import Counter
from collections.abc import Iterator

from tallysheet.audit.answers import KINDS, Answer, Place
from tallysheet.audit.asking import Question, ask_all, questions
from tallysheet.audit.form import validator
from tallysheet.audit.steps import Step, next_steps
from tallysheet.collection import Collection
from tallysheet.site.figures import badge
from tallysheet.site.files import File
from tallysheet.site.frame import page
from tallysheet.site.gathered import Gathered
from tallysheet.site.links import within
from tallysheet.site.markup import Content, Html, joined, said, tag
from tallysheet.site.tables import section, table
from tallysheet.words import counted

MOST = 200
"""Answers to a question that are shown."""
MOST_PLACES = 10


def write_audit(gathered: Gathered) -> Iterator[File]:
    """Yield the page of the audit. Ages are left out, so that the page is the same whatever day it is."""
    collection = readable(gathered.collection)
    asked = questions()
    answers = ask_all(collection, asked)
    by_path = {record.path: record.id for record in collection.records.values()}
    shown = Shown(gathered, by_path)
    yield (
        "audit.html",
        [
            page(
                gathered.frame,
                "audit.html",
                "Audit",
                tag("h1", "Audit"),
                tag("p", "Where the records disagree with each other, what is missing, and what to do about it."),
                section("next", "Most worth doing next", shown.steps(next_steps(asked, answers))),
                shown.contents(asked, answers),
                *(shown.question(one, answers[one.name]) for one in asked),
            ).encode()
        ],
    )


def readable(collection: Collection) -> Collection:
    """Return the collection without records that the audit can't read."""
    records = {name: one for name, one in collection.records.items() if validator().is_valid(one.value)}
    return Collection(collection.repository, collection.report, records, collection.left_out)


class Shown:
    """Answers as HTML, with links to the records that they speak of."""

    def __init__(self, gathered: Gathered, by_path: dict[str, str]) -> None:
        self.gathered = gathered
        self.by_path = by_path

    def steps(self, found: list[Step]) -> Html:
        """Return what weighs most, as a numbered list."""
        items = []
        for step in found:
            at = joined(self.place(step.place), ": ") if step.place and step.answers == 1 else Html("")
            question = tag("a", step.question, href=within(f"#{step.question}"), class_="rule")
            items.append(
                tag("li", at, said(step.message), tag("p", said(step.edit), " (", question, ")", class_="also"))
            )
        return tag("ol", *items) if items else tag("p", "Nothing is left to do.")

    def contents(self, asked: list[Question], answers: dict[str, list[Answer]]) -> Html:
        """Return the questions with how many answers of each kind they got."""
        rows: list[tuple[Content, ...]] = []
        for question in asked:
            kinds = Counter(answer.kind for answer in answers[question.name])
            link = tag("a", question.title, href=within(f"#{question.name}"))
            rows.append((link, *(kinds[kind] for kind in KINDS)))
        names = [f"{kind.capitalize()}s" for kind in KINDS]
        return section(
            "questions", "Questions", table("What ought to hold", ["It holds that", *names], rows, numbers=names)
        )

    def question(self, question: Question, answers: list[Answer]) -> Html:
        """Return the answers to one question, those that weigh most first."""
        items = [self.answer(one) for one in answers[:MOST]]
        if len(answers) > MOST:
            command = tag("code", f"tallysheet audit --only {question.name} --all")
            items.append(tag("li", f"and {len(answers) - MOST:,} more: ", command))
        found = tag("ul", *items, class_="answers") if items else tag("p", "Nothing found.", class_="quiet")
        return section(question.name, question.title, found)

    def answer(self, answer: Answer) -> Html:
        """Return one answer: its kind, where it stands, what it says, and what may be done."""
        places = [self.place(one) for one in answer.places[:MOST_PLACES]]
        more = len(answer.places) - len(places)
        at = joined(*places, *([f"and {counted(more, 'more place')}"] if more > 0 else []), by=", ")
        since = joined(" since ", answer.since) if answer.since else ""
        hint = tag("p", "hint: ", said(answer.hint), class_="also") if answer.hint else ""
        return tag("li", badge(answer.kind), " ", said(answer.message), since, tag("p", at, class_="also"), hint)

    def place(self, place: Place) -> Html:
        """Return a place as a link to its record, and to the result where it is one."""
        identity = self.by_path.get(place.path)
        text = joined(" (", said(place.said), ")") if place.said else ""
        if identity is None:
            return joined(tag("code", place.path), text)
        _, *steps = place.pointer.split("/")
        is_result = len(steps) > 1 and steps[0] == "results" and steps[1].isdigit()
        spot = f"#result-{int(steps[1])}" if is_result else ""
        return joined(tag("a", identity, href=within(f"records/{identity}.html{spot}")), text)
