"""Without libyaml, PyYAML's own parser gives the same documents: the same values, rules and lines."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallysheet.reader import Document, read
from tallysheet.reader.pure import PurePython

FILES = sorted((Path(__file__).parents[1] / "hostile" / "files").iterdir())
PARSER = "tallysheet.reader.events.Parser"
PIECES = (
    *(
        '"',
        "'",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        " #",
        "&a ",
        "*a",
        "!t ",
        "? ",
        "|\n ",
        ">\n ",
        "\t",
    ),
    *(
        "---\n",
        "...\n",
        "\\",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "\\U00110000",
        "\r\n",
        "a: 1\n",
        "b: x\n",
        "a",
        " ",
        "x:y",
        "no",
    ),
)


def read_in_pure_python(data: bytes) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PARSER, PurePython)
        patch.setattr("tallysheet.reader.accept.read_plain", None)
        document = read(data)
        document.places()
    return document


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_the_corpus_is_read_alike(path: Path) -> None:
    data = path.read_bytes()
    fast, slow = read(data), read_in_pure_python(data)
    assert slow[:3] == fast[:3]
    assert slow.places() == fast.places()


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=2000, deadline=None)
def test_it_accepts_nothing_else(text: str) -> None:
    slow = read_in_pure_python(text.encode())
    if not slow.faults:
        assert read(text.encode())[:3] == slow[:3]


@pytest.mark.parametrize(
    "source",
    [
        "a: \tx\t# c\n",
        "a: b\tc\n",
        "[a, \tb]\n",
        "a:\n\tb: 1\n",
        "a: x\n\ty\n",
        "a: |\n \tx\n",
        'a: "\\ud83d\\ude00"\n',
        'a: "\\UFFFFFFFF"\n',
        'a: "\\U00110000"\n',
        "a: !%ED%A0%80 x\n",
        "a: [b:]\n",
        "a: 1\n%b: 2\n",
        "a: b\n  c\n\n  d\n",
    ],
)
def test_what_the_two_parsers_would_read_otherwise_is_brought_in_line(source: str) -> None:
    fast, slow = read(source.encode()), read_in_pure_python(source.encode())
    assert slow.value == fast.value
    assert [(f.rule, f.span.line) for f in slow.faults] == [(f.rule, f.span.line) for f in fast.faults]


# What it is stricter about is said in its docstring.
@pytest.mark.parametrize("source", ["a: |\t\n  x\n", "[a? b]\n"])
def test_what_it_cannot_read_it_refuses(source: str) -> None:
    assert "syntax" in {fault.rule for fault in read_in_pure_python(source.encode()).faults}


def test_it_is_taken_where_libyaml_is_missing() -> None:
    script = (
        "import sys; sys.modules['yaml._yaml'] = sys.modules['tallysheet.reader._plain'] = None\n"
        "from tallysheet.reader import events, read\n"
        "from tallysheet.reader.pure import PurePython\n"
        "assert events.Parser is PurePython\n"
        "print(read(b'a: [1, \"x\"]').value, [fault.rule for fault in read(b'a: no').faults])\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "{'a': [1, 'x']} ['ambiguous-scalar']\n"
