"""What is known of the figure, field, word or rule under the cursor, as plain text: no record's text is markup."""

from collections.abc import Iterator, Mapping
from typing import Any

from tallysheet.computations import count_of, verdict_of
from tallysheet.editor.places import Here, first, node_at, terms
from tallysheet.engine import Engine, is_hidden
from tallysheet.equations import statements
from tallysheet.figures import judge_proportion
from tallysheet.figures.joint import solve
from tallysheet.figures.proportion import describe
from tallysheet.pages import page_of
from tallysheet.pointers import lies_within, resolve, steps
from tallysheet.reader import Document
from tallysheet.reader.inert import inert
from tallysheet.rules import At, Consistent, NotCheckable
from tallysheet.shape.keywords import MOST_MISFITS

LONGEST = 400
MOST_LINES = 12
FIGURES = {"count", "printed"}
"""The blocks that are a figure."""
COUNTS = 12
"""More fitting counts than these are shown by the first and the last."""


def hover_text(engine: Engine, path: str, document: Document, here: Here) -> str | None:
    """Return what is known of a place, None where that is nothing."""
    try:
        value = resolve(document.value, here.pointer) if document.value is not None else None
    except LookupError:
        value = None
    last = (steps(here.pointer) or [""])[-1]
    if last == "rule" and not here.on_key and isinstance(value, str):
        return page_of(value, engine.repository.rules)
    parts = [list(of_figure(engine, path, document, here.pointer)), of_field(engine, here, last, value)]
    return "\n\n".join("\n".join(part) for part in parts if part) or None


def of_field(engine: Engine, here: Here, name: str, value: Any) -> list[str]:
    """Return what the schema says of a field, and of the word of a vocabulary that stands there."""
    schema = engine.repository.schema
    node = node_at(engine.blocks.top, here.pointer)
    if node is None or not here.pointer:
        return []
    lines = []
    term = terms(schema, node).get(value) if isinstance(value, str) and not here.on_key else None
    if term:
        lines.append(f"{inert(str(value))}: " + "; ".join(inert(str(said), LONGEST) for said in term.values()))
    title, description = (first(schema, node, keyword) for keyword in ("title", "description"))
    if isinstance(description, str):
        shown = title if name.isdigit() and isinstance(title, str) else name
        lines.append(f"{inert(shown)}: {inert(description, LONGEST)}")
    return lines


def of_figure(engine: Engine, path: str, document: Document, place: str) -> Iterator[str]:
    """Yield what is known of the figure at a place: the proportion that it is part of, then what each rule says."""
    record = document.value
    if record is None or isinstance(resolve(record, place), (dict, list)):
        return
    at = At("", record, path.rpartition("/")[2].removesuffix(".yaml"))
    for block in engine.blocks.find(record):
        inside = block.name == "proportion" and place.rpartition("/")[0] == block.pointer
        if inside and engine.applies(block) and isinstance(block.value, dict):
            yield from of_proportion(engine, at, block.pointer, block.value)
    node = node_at(engine.blocks.top, place)
    if node is not None and FIGURES & {name for name, _ in node.blocks}:
        said = dict.fromkeys(by_rules(engine, path, document, place))
        yield from list(said)[:MOST_LINES]


def of_proportion(engine: Engine, at: At, place: str, proportion: Mapping[str, Any]) -> Iterator[str]:
    """Yield the exact value of a proportion, the verdict on it, and the counts that fit."""
    events, total, percent = (proportion.get(name) for name in ("events", "total", "percent"))
    counts = all(count is None or type(count) is int for count in (events, total))
    if not counts or not isinstance(percent, str | None):
        return  # half typed: the finding at this place says what is wrong with it
    printed = at.read(percent)
    if percent is not None and printed is None:
        return  # no figure: the rule printed says so
    judgement = judge_proportion(events, total, printed)
    yield inert(describe(judgement), LONGEST)
    yield f"verdict: {'not applicable' if 'method' in proportion else verdict_of(judgement)}"
    if (exact := judgement.exact) is not None and exact.denominator != 1:
        yield f"exactly {exact}%, about {float(exact):.4f}%"
    if percent is not None and total is not None:
        yield f"counts of {total} that fit {inert(percent)}%: {in_words(judgement.fitting_counts)}"
    if events is None and (derived := derived_count(engine, at, f"{place}/events", proportion)):
        yield f"count by all equations of the record: {derived}"


def in_words(counts: range) -> str:
    """Return counts as text."""
    if len(counts) > COUNTS:
        return f"{counts[0]:,} to {counts[-1]:,}"
    return ", ".join(map(str, counts)) or "none"


def derived_count(engine: Engine, at: At, place: str, proportion: Mapping[str, Any]) -> str:
    """Return the count that follows from all equations together, as `tallysheet figures` shows it; "" for none."""
    if not engine.accepts(at.record):
        return ""
    solution = solve([one.equation for one in statements(at.record, at)])
    return "" if solution.conflict else count_of(proportion, solution.bounds.get(place))


def by_rules(engine: Engine, path: str, document: Document, place: str) -> Iterator[str]:
    """Yield what the rules say of a figure and of all that it stands with, up to the entry of a list."""
    misfits = engine.misfits(document.value, engine.judging.find(document.value)[1])
    hidden = [fault.pointer for fault in document.faults] + [misfit.pointer for misfit in misfits]
    if len(misfits) >= MOST_MISFITS or is_hidden(place, [pointer for pointer in hidden if pointer]):
        return
    whole = place
    while (above := whole.rpartition("/")[0]) and not steps(above)[-1].isdigit():
        whole = above
    for rule, answer in engine.answers(path, document.value, hidden):
        if not lies_within(answer.pointer, whole):
            continue
        if isinstance(answer, Consistent):
            yield f"{rule.name}: holds"
        elif isinstance(answer, NotCheckable):
            yield f"{rule.name}: not checkable: {inert(answer.reason, LONGEST)}"
        else:
            yield f"{rule.name}: {inert(answer.message, LONGEST)}"
