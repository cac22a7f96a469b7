"""An audit as JSON, for programs: the same bytes for the same collection, history and day."""

from pathlib import Path
from typing import Any

from tallysheet.audit.answers import KINDS, Answer, Place
from tallysheet.audit.history import History
from tallysheet.audit.lines import Lines
from tallysheet.audit.steps import Step
from tallysheet.audit.whole import Audit
from tallysheet.report.sinks import json_text

FORMAT_VERSION = 1
SCHEMA = Path(__file__).with_name("audit.schema.json")
"""What it looks like, as JSON Schema."""


def write_json(audit: Audit) -> str:
    """Return the whole audit as JSON text with a line break at its end; other than ASCII is escaped."""
    collection = audit.collection
    earlier = audit.earlier
    document = {
        "format_version": FORMAT_VERSION,
        "today": audit.today.isoformat(),
        "records": len(collection.records),
        "left_out": dict(sorted(collection.left_out.items())),
        "since": {"name": earlier.name, "records": len(earlier.collection.records)} if earlier else None,
        "questions": [question_as_json(audit, question.name, question.title) for question in audit.asked],
        "history": history_as_json(audit.history) if audit.history else None,
        "next": [step_as_json(step, audit.lines) for step in audit.steps],
        "notes": audit.notes,
    }
    return json_text(document, indent=2) + "\n"


def question_as_json(audit: Audit, name: str, title: str) -> dict[str, Any]:
    """Return a question with its answers, and those that are gone."""
    answers, new = audit.answers[name], audit.new(name)
    shown = [answer_as_json(answer, audit.lines) for answer in answers]
    if audit.earlier:
        shown = [{**one, "change": "new" if index in new else "kept"} for index, one in enumerate(shown)]
    gone = [answer_as_json(answer, audit.earlier.lines) for answer in audit.gone(name)] if audit.earlier else []
    counts = {kind: sum(answer.kind == kind for answer in answers) for kind in KINDS}
    return {"name": name, "title": title, "counts": counts, "answers": shown, "gone": gone}


def answer_as_json(answer: Answer, lines: Lines) -> dict[str, Any]:
    """Return one answer."""
    return {
        "kind": answer.kind,
        "message": answer.message,
        "hint": answer.hint,
        "weight": answer.weight,
        "patients": answer.patients,
        "since": answer.since,
        "places": [place_as_json(place, lines) for place in answer.places],
    }


def place_as_json(place: Place, lines: Lines) -> dict[str, Any]:
    """Return one place with its line."""
    return {"path": place.path, "pointer": place.pointer, "line": lines.line(place), "said": place.said}


def step_as_json(step: Step, lines: Lines) -> dict[str, Any]:
    """Return one thing to do."""
    return {
        "question": step.question,
        "message": step.message,
        "edit": step.edit,
        "answers": step.answers,
        "weight": step.weight,
        "patients": step.patients,
        "place": place_as_json(step.place, lines) if step.place else None,
    }


def history_as_json(history: History) -> dict[str, Any]:
    """Return the history."""
    releases = [
        {
            "name": one.name,
            "day": one.day,
            "records": one.records,
            "added": list(one.added),
            "changed": list(one.changed),
            "removed": list(one.removed),
            "retired": list(one.retired),
            "rules_added": list(one.rules),
            "settings_or_schema_changed": one.judged_anew,
        }
        for one in history.releases
    ]
    told = history.caught
    caught = {"name": told.name, "rules": list(told.rules), "found": told.found} if told else None
    return {"releases": releases, "caught": {**caught, "places": list(told.places)} if told and caught else None}
