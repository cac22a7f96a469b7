"""Text of a stranger, made fit to be shown: nothing in it moves a cursor, hides or reorders what stands around it."""

import re

# Printable to Python, yet nothing is seen: fillers, a blank Braille cell, variation selectors, inherent vowels.
_HIDDEN = frozenset(
    map(
        chr,
        (
            *(0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x16FE4, 0x1D159),
            *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
        ),
    )
)
# Compiled when first used: most texts are ASCII, and a command that starts and ends has none else.
_ODD = r"[^ -~]"
# The fifth accent in a row and those after it would climb out of the line.
_STACKED = r"(?<=[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f]"


def inert(text: str, limit: int | None = 60) -> str:
    r"""Return `text` on one line, with all that is not plainly visible as `\u{XX}`, cut to `limit` characters.

    The cut is made before the escapes, so that no escape is cut in two; `limit=None` cuts nothing.
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 3] + "..."
    if "##[" in text:  # a log viewer's command, wherever it stands in a line
        text = text.replace("##[", "##\\u{5B}")
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_ODD, _shown, re.sub(_STACKED, _escaped, text))


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    return character if character.isprintable() and character not in _HIDDEN else _escaped(match)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match.group()):X}}}"
