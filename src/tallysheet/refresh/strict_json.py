"""JSON that came from a stranger: one value, in UTF-8, without a name twice, not nested without end."""

import html
import json
import re
from typing import Any

DEEPEST = 60
LONGEST = 2000
"""Characters of a text that is kept."""


class NotJson(ValueError):  # noqa: N818 - it says what the bytes are not
    """The bytes are no JSON that can be used; its message is the reason."""


def read_json(data: bytes) -> Any:
    """Return the value; raises NotJson for whatever is wrong with it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotJson(f"no UTF-8 at byte {error.start}") from error
    if not text.strip():
        raise NotJson("an empty answer")
    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=no_constant)
    except RecursionError as error:
        raise NotJson("nested too deeply") from error
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson("no JSON, or cut off") from error
    if depth(value) > DEEPEST:
        raise NotJson("nested too deeply")
    return value


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raises NotJson where a name stands twice: who reads the first and who the last disagree."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJson("a name stands twice in one object")
    return found


def no_constant(name: str) -> Any:
    """Refuse NaN and the infinities, which are no JSON."""
    raise NotJson(f"{name} is no JSON")


def depth(value: Any) -> int:
    """Return how deep a value is nested, without nesting itself."""
    deepest, waiting = 0, [(value, 1)]
    while waiting and deepest <= DEEPEST:
        here, level = waiting.pop()
        deepest = max(deepest, level)
        inner = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        waiting += [(one, level + 1) for one in inner]
    return deepest


def texts(value: Any) -> list[str]:
    """Return the texts of a list, or a text alone; nothing of what is something else."""
    found = value if isinstance(value, list) else [value]
    return [cleaned for one in found if isinstance(one, str) and (cleaned := clean(one))]


def text_of(value: Any) -> str | None:
    """Return a text, or the first of a list; None for anything else."""
    return next(iter(texts(value)), None)


def clean(text: str) -> str:
    """Return a text on one line, without markup and control characters, cut where it is too long to be one."""
    plain = html.unescape(re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", text[: 2 * LONGEST]))
    kept = "".join(character if character.isprintable() else " " for character in plain)
    return " ".join(kept.split())[:LONGEST].strip()
