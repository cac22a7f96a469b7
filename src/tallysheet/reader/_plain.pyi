from collections.abc import Callable
from typing import Any

FILE_BYTES: int
DEPTH: int
EVENTS: int
SCALAR_BYTES: int
INTEGER_DIGITS: int

def read_marks(data: bytes, resolve: Callable[[str], Any], refused: object, /) -> bytes | None: ...
def read_plain(data: bytes, resolve: Callable[[str], Any], refused: object, /) -> dict[str, Any] | None: ...
