"""Characters that stand where an ASCII one belongs: what typesetting, keyboards and copying put in its place."""

import unicodedata

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\u207b\u208b\u2796\ufe58\ufe63\uff0d\u30fc\u2500"
"""Hyphens and dashes that are no U+002D."""

_TABLE = dict.fromkeys(DASHES, "-") | {
    "\u2044": "/", "\u2215": "/", "\u2571": "/", "\u29f8": "/",
    "\u2024": ".", "\u3002": ".", "\uff61": ".", "\u00b7": ".", "\u2219": ".", "\u22c5": ".",
    "\u2236": ":", "\ua789": ":", "\ufe55": ":", "\u037e": ";", "\ufe54": ";",
    "\u2039": "<", "\u203a": ">", "\u3008": "<", "\u3009": ">", "\u27e8": "<", "\u27e9": ">", "\u2329": "<",
    "\u232a": ">", "\u02c2": "<", "\u02c3": ">", "\u201a": ",", "\u2017": "_",
    "\u0131": "i", "\u0237": "j", "\u0261": "g",
}  # fmt: skip
# Letters of other scripts that print as a Latin one.
_LETTERS = {
    "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0443": "y", "\u0445": "x",
    "\u0456": "i", "\u0458": "j", "\u0455": "s", "\u0501": "d", "\u04bb": "h", "\u051b": "q", "\u051d": "w",
    "\u04cf": "l", "\u0410": "A", "\u0412": "B", "\u0415": "E", "\u041a": "K", "\u041c": "M", "\u041d": "H",
    "\u041e": "O", "\u0420": "P", "\u0421": "C", "\u0422": "T", "\u0423": "Y", "\u0425": "X", "\u0406": "I",
    "\u0408": "J", "\u0405": "S",
    "\u03b1": "a", "\u03b9": "i", "\u03ba": "k", "\u03bd": "v", "\u03bf": "o", "\u03c1": "p", "\u03c5": "u",
    "\u03f2": "c", "\u03f3": "j", "\u0391": "A", "\u0392": "B", "\u0395": "E", "\u0396": "Z", "\u0397": "H",
    "\u0399": "I", "\u039a": "K", "\u039c": "M", "\u039d": "N", "\u039f": "O", "\u03a1": "P", "\u03a4": "T",
    "\u03a5": "Y", "\u03a7": "X",
}  # fmt: skip
_FOLDS = _TABLE | _LETTERS


def fold_look_alikes(text: str) -> tuple[str, str | None]:
    """Return the text in ASCII where a look-alike is known, and the first character that was replaced, described.

    Known are dashes, slashes, dots and angle brackets, letters of other scripts, and whatever compatibility
    normalisation (UAX 15, NFKC) turns into ASCII: full-width forms, ligatures, superscripts, mathematical letters.
    """
    if text.isascii():
        return text, None
    first: str | None = None
    folded = []
    for character in text:
        plain = character if character < "\x80" else _fold(character)
        if plain != character and first is None:
            first = f'{describe(character)} for "{plain}"'
        folded.append(plain)
    return "".join(folded), first


def _fold(character: str) -> str:
    known = _FOLDS.get(character)
    if known is not None:
        return known
    if unicodedata.decomposition(character).startswith("<super>"):
        # A footnote mark, more likely than a digit of the name.
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    # A space that comes out of a spacing accent is no reading of it.
    return plain if plain.isascii() and plain.isprintable() and " " not in plain else character


def describe(character: str) -> str:
    """Return the code point of a character and its name in lower case."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} {name}".rstrip()
