"""An audit as text, for people: a part for each question, the ten things most worth doing at its end.

Lines end before column 100 unless a path or a word is longer. All that a record says goes through `log_line`.
"""

import textwrap
from collections.abc import Iterator
from datetime import date

from tallysheet.audit.answers import KINDS, Answer, Place
from tallysheet.audit.asking import Question
from tallysheet.audit.history import Caught, History, Release
from tallysheet.audit.lines import Lines
from tallysheet.audit.steps import Step
from tallysheet.audit.whole import Audit
from tallysheet.report.sinks import log_line, log_path
from tallysheet.report.text import Style
from tallysheet.waivers import day_of
from tallysheet.words import counted

WIDTH = 100
MOST = 5
"""Answers to a question that are shown, unless all are asked for."""
MOST_PLACES = 3
"""Places of an answer, beside the first, that are shown."""
MOST_NAMES = 8
COLOURS = {"conflict": "1;31", "gap": "1;33", "hint": "1;36", "fact": "2"}


def write_text(audit: Audit, style: Style, *, all_of_them: bool = False) -> str:
    """Return the audit as text with a line break at its end; colours only if the style has them."""
    most = None if all_of_them else MOST
    parts = [list(head(audit))]
    parts += [list(section(audit, question, style, most)) for question in audit.asked]
    if audit.history:
        parts.append(list(history_lines(audit.history, style, most)))
    parts.append(list(next_lines(audit.steps, audit.lines, style)))
    return "\n".join("\n".join(lines) + "\n" for lines in parts)


def head(audit: Audit) -> Iterator[str]:
    """Yield what was audited, when, and what took no part."""
    collection = audit.collection
    studies = {record.study for record in collection.records.values()}
    number = f"{counted(len(collection.records), 'record')} of {counted(len(studies), 'study', 'studies')}"
    yield f"audit of {number} on {audit.today.isoformat()}"
    if audit.earlier:
        then = counted(len(audit.earlier.collection.records), "record")
        yield f"compared with {log_line(audit.earlier.name)}, which holds {then}"
    if collection.left_out:
        yield f"{counted(len(collection.left_out), 'file')} left out: the audit is of a part (see unsound)"
    for note in audit.notes:
        yield from wrapped(f"note: {note}", "")


def section(audit: Audit, question: Question, style: Style, most: int | None) -> Iterator[str]:
    """Yield the lines of one question."""
    answers, new = audit.answers[question.name], audit.new(question.name)
    yield style.paint(f"{question.name}: {question.title}", "1")
    kinds = [counted(number, kind) for kind in KINDS if (number := sum(one.kind == kind for one in answers))]
    yield f"  {', '.join(kinds) or 'nothing found'}"
    order = sorted(range(len(answers)), key=lambda index: index not in new)  # what is new is shown first
    for index in order[:most]:
        mark = ("new " if index in new else "kept ") if audit.earlier else ""
        yield from block(
            answers[index],
            audit.lines,
            style,
            audit.today,
            mark,
            brief=bool(question.together) and answers[index].kind == "gap",
        )
    if most is not None and len(answers) > most:
        yield f"  and {len(answers) - most:,} more: tallysheet audit --only {question.name} --all"
    gone = audit.gone(question.name)
    for answer in gone[:most] if audit.earlier else ():
        yield from wrapped(f"gone {answer.kind}: {answer.message}", "  ")
    if most is not None and len(gone) > most:
        yield f"  and {len(gone) - most:,} more that are gone"


def block(answer: Answer, lines: Lines, style: Style, today: date, mark: str, *, brief: bool) -> Iterator[str]:
    """Yield the lines of one answer; where many are alike, `brief` leaves out what to do about each."""
    word = f"  {mark}{style.paint(answer.kind, COLOURS[answer.kind])}"
    first = f" {where(answer.places[0], lines)}" if answer.places else ""
    age = f" ({age_of(answer.since, today)})" if answer.since else ""
    if not first:
        yield from wrapped(f"{mark}{answer.kind} {answer.message}{age}", "  ")
        return
    yield word + first
    yield from wrapped(f"{answer.message}{age}", "      ")
    if brief:
        return
    if answer.places[0].said:
        yield from wrapped(f"there: {answer.places[0].said}", "      ")
    for place in answer.places[1 : 1 + MOST_PLACES]:
        said = f": {log_line(place.said)}" if place.said else ""
        yield from wrapped(f"also {where(place, lines)}{said}", "      ")
    if len(answer.places) > 1 + MOST_PLACES:
        yield f"      and {counted(len(answer.places) - 1 - MOST_PLACES, 'more place')}"
    if answer.hint:
        yield from wrapped(f"hint: {answer.hint}", "      ")


def age_of(since: str, today: date) -> str:
    """Return since when something is so, and how long that is."""
    day = day_of(since)
    if day is None or day > today:
        return f"since {log_line(since)}"
    return f"since {since}" + (f", {counted((today - day).days, 'day')}" if day < today else "")


def where(place: Place, lines: Lines) -> str:
    """Return a place as `path:line`, so that terminals and editors can open it."""
    return f"{log_path(place.path)}:{lines.line(place)}"


def history_lines(history: History, style: Style, most: int | None) -> Iterator[str]:
    """Yield what each release added, changed and retired, the newest first."""
    yield style.paint("history: What each release added, changed and retired", "1")
    shown = list(reversed(history.releases))
    for release in shown if most is None else shown[: most + 1]:
        day = f", {release.day}" if release.day else ""
        yield f"  {log_line(release.name)}{day}: {counted(release.records, 'record')}"
        yield from changes(release)
    if most is not None and len(shown) > most + 1:
        yield f"  and {len(shown) - most - 1:,} more: tallysheet audit --only history --all"
    if len(shown) == 1:
        yield "  no tag leads to this commit: there is no release to compare with"
    if history.caught and history.caught.rules:
        yield from caught_lines(history.caught, most)


def changes(release: Release) -> Iterator[str]:
    """Yield a line for each kind of change that a release holds."""
    kinds = (
        ("added", release.added),
        ("changed", release.changed),
        ("removed", release.removed),
        ("retired", release.retired),
        ("rules added", release.rules),
    )
    for word, names in kinds:
        if names:
            more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
            yield from wrapped(f"{word}: {len(names):,} ({', '.join(names[:MOST_NAMES])}{more})", "      ")
    if release.judged_anew:
        yield "      settings or schema changed"


def caught_lines(caught: Caught, most: int | None) -> Iterator[str]:
    """Yield what rules that came later find in a release."""
    found = sum(caught.found.values())
    rules = counted(len(caught.rules), "rule")
    by_rule = ", ".join(f"{name} {number:,}" for name, number in caught.found.items())
    told = f"{counted(found, 'finding')} ({by_rule})" if found else "nothing"
    yield from wrapped(f"{rules} added since {caught.name} would have caught there: {told}", "  ")
    for place in caught.places[:most]:
        yield from wrapped(place, "      ")
    if most is not None and len(caught.places) > most:
        yield f"      and {len(caught.places) - most:,} more"


def next_lines(steps: list[Step], lines: Lines, style: Style) -> Iterator[str]:
    """Yield the things most worth doing, the most pressing first."""
    yield style.paint("most worth doing next", "1")
    if not steps:
        yield "  nothing is left to do"
    for number, step in enumerate(steps, 1):
        at = f"{where(step.place, lines)}: " if step.place and step.answers == 1 else ""
        yield from wrapped(f"{number:2}. {at}{step.message}: {step.edit}", "  ", hang="      ")


def wrapped(text: str, indent: str, hang: str | None = None) -> list[str]:
    """Return a text as lines, none of a stranger's making: what is not plainly visible is escaped before it is cut."""
    return textwrap.wrap(
        log_line(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  " if hang is None else hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
