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
    **dict(zip("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u04cf\u0433", "aeopcyxijsdhqwlr", strict=True)),
    **dict(zip("\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405", "ABEKMHOPCTYXIJS", strict=True)),
    **dict(zip("\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03f2\u03f3", "aikvopucj", strict=True)),
    **dict(zip("\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7", "ABEZHIKMNOPTYX", strict=True)),
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
