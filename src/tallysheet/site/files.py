"""A file of the site: its path, and its bytes in pieces, so that a large one is never held whole."""

from collections.abc import Iterable

File = tuple[str, Iterable[bytes]]
