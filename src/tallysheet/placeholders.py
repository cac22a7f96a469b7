"""What a new record holds in the place of what only its author can fill in: `<title as printed>`."""

import re

PLACEHOLDER = re.compile(r"<[A-Za-z][^<>]*>")


def is_placeholder(text: str) -> bool:
    """Tell whether a text is still to be filled in."""
    return PLACEHOLDER.fullmatch(text) is not None
