"""JSON pointers (RFC 6901): how rules and findings name a place inside a record."""

from typing import Any, TypeAlias

Place: TypeAlias = tuple[Any, str | int] | None
"""Where something stands, as it is found: the place around it and the step from there; None at the top."""


def written(place: Place) -> str:
    """Return a place as a pointer: most are never asked for."""
    return "" if place is None else written(place[0]) + pointer(place[1])


def follow(value: Any, place: Place) -> Any:
    """Return what stands at a place of a value."""
    return value if place is None else follow(value, place[0])[place[1]]


def pointer(*steps: str | int) -> str:
    """Return the pointer that follows `steps` from the top."""
    if len(steps) == 1 and ((step := steps[0]).__class__ is int or ("~" not in step and "/" not in step)):  # type: ignore[operator] # a text
        return f"/{step}"
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def steps(text: str) -> list[str]:
    """Return the steps of a pointer, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:]]


def resolve(value: Any, text: str) -> Any:
    """Return what a pointer leads to.

    Raises LookupError where it leads nowhere.
    """
    for step in steps(text):
        if isinstance(value, dict):
            value = value[step]
        elif isinstance(value, list) and step.isascii() and step.isdigit():
            value = value[int(step)]
        else:
            raise LookupError(text)
    return value


def lies_within(inner: str, outer: str) -> bool:
    """Tell whether `inner` names the place that `outer` names, or one inside it."""
    return inner == outer or inner.startswith(outer + "/")
