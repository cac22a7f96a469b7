"""The escapes of a double-quoted text, taken apart so that each character of the value is found in the source."""

import re

_TOKEN = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r?\n[ \t]*)|([^\n]))|[^\\]", re.DOTALL
)
_SHORT = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_UNICODE = 0x110000


def unescape(source: str) -> tuple[str, list[int]]:
    """Return the characters of a double-quoted source, quotes and line folds left as they are, and where each stands.

    The list of places has one more entry, for the end.
    """
    characters: list[str] = []
    origins: list[int] = []
    for match in _TOKEN.finditer(source):
        two, four, eight, fold, single = match.groups()
        digits = two or four or eight
        if fold is not None:
            continue
        if digits:
            point = int(digits, 16)
            characters.append(chr(point) if point < _UNICODE else "\ufffd")
        else:
            characters.append(match.group() if single is None else _SHORT.get(single, single))
        origins.append(match.start())
    return "".join(characters), [*origins, len(source)]
