"""Pages of the rules about characters, numbers and words."""

from tallysheet.reader.rule_page import RulePage

PAGES = (
    RulePage(
        name="encoding",
        summary="a file is UTF-8",
        why="In another encoding, letters beyond a-z are read as other letters, or not at all.",
        mend="Save the file as UTF-8; editors offer it under Save As or in the status line.",
        failing="(a file saved as Windows-1252, where é is the byte E9)",
        mended="(the same file saved as UTF-8, where é is the bytes C3 A9)",
    ),
    RulePage(
        name="not-nfc",
        summary="letters with accents are written as one character (Unicode NFC)",
        why="An é of two characters looks like an é of one, and is found by no search for it.",
        mend="Type the letter anew, or run the text through a normaliser.",
        failing='title: "cafe\\u0301"\n',
        mended='title: "café"\n',
    ),
    RulePage(
        name="forbidden-character",
        summary="no character is invisible, reorders text, breaks lines for some tools, or passes for a plain space",
        why="Such a record shows something else than what is stored. They come in by copying from PDF and web pages.",
        mend="Delete it and type anew. Joiners may stay where a script or an emoji needs them, but in no key.",
        failing='title: "a\\u200Bb"\n',
        mended='title: "ab"\n',
    ),
    RulePage(
        name="ambiguous-scalar",
        summary="a value without quotes means the same to every tool",
        why="YAML 1.1 and 1.2 differ: `no` is false or text, `010` is 8 or 10, `1:30` is 90 or text.",
        mend="Put text in quotes; write numbers as JSON does, truth values as true and false, and nothing as null.",
        failing="country: NO\n",
        mended='country: "NO"\n',
    ),
    RulePage(
        name="number",
        summary="a number has at most 16 digits, or 17 with a fraction, and is neither endless nor next to nothing",
        why="Beyond that, tools keep another number than the one that is written.",
        mend="Put identifiers and printed figures in quotes.",
        failing="pmid: 12345678901234567\n",
        mended='pmid: "12345678901234567"\n',
    ),
)
