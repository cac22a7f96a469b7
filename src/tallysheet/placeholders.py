"""What a new record holds in the place of what only its author can fill in: `<title as printed>`."""

import marshal
import re
from typing import Any

__all__ = ["holds_no_sign", "holds_no_sign_in_python", "is_placeholder"]

PLACEHOLDER = re.compile(r"<[A-Za-z][^<>]*>")
STORED = re.compile(rb"<[A-Za-z][^<>]*>")


def is_placeholder(text: str) -> bool:
    """Tell whether a text is still to be filled in."""
    return PLACEHOLDER.fullmatch(text) is not None


def holds_no_sign_in_python(value: Any) -> bool:
    """Tell whether there is surely no placeholder in a value: none among its bytes, as Python would store it."""
    return STORED.search(marshal.dumps(value)) is None


try:
    from tallysheet._plainly import holds_no_sign
except ImportError:  # installed without a compiler
    holds_no_sign = holds_no_sign_in_python
