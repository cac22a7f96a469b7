"""What holds for any bytes, any text and any value: properties, tried on thousands of them."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tallysheet.reader import characters, read
from tallysheet.reader.accept import accept
from tallysheet.reader.examine import examine
from tallysheet.reader.text import decode

pytestmark = pytest.mark.usefixtures("way")

# Pieces that mean something to a parser or to a rule, to be strung together.
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
        "#",
        " #",
        "&a ",
        "*a",
        "!t ",
        "! ",
        "? ",
        "|\n",
        ">\n",
    ),
    *(
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\\",
        "\\n",
        "\\u00e9",
        "\\x07",
        "\\ud800",
        "\\U00110000",
        "\\\n",
        "\t",
        "\r",
        "\r\n",
    ),
    *(
        "\ufeff",
        "\u200b",
        "\xa0",
        "e\u0301",
        "\u2028",
        "\x85",
        "\0",
        "\x07",
        "😀",
        "\u200d",
        "\ufe0f",
        "\u0915",
        "é",
        "ü",
    ),
    *(
        "no",
        "010",
        "1e3",
        "1_0",
        "1:30",
        "2021-01-01",
        ".5",
        "~",
        "<<: ",
        "=",
        "null",
        "true",
        "1.5",
        "12",
        "-0",
        "%",
        "@",
        "`",
    ),
    *("a: 1\n", "b: x\n", "on: ", "n: 2\n", "a", " ", "  ", '""', "''", "<<<<<<< x\n", "key: "),
)
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.one_of(
    st.binary(max_size=200),
    texts.map(str.encode),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
printable = (
    st.text(
        st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cn", "Co", "Cc", "Cf", "Zl", "Zp")), max_size=20
    )
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(characters.is_clean)
)
numbers = st.integers(-(10**16) + 1, 10**16 - 1) | st.integers(-(10**9), 10**9).map(lambda number: number / 1000)
values = st.recursive(
    st.none() | st.booleans() | numbers | printable,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(printable, inner, max_size=4),
    max_leaves=20,
)
records = st.dictionaries(printable, values, min_size=1, max_size=6)


@given(anything)
@settings(max_examples=2000, deadline=None)
@example(b"")
@example(b"\xff\xfe\x00")
@example(b'a: "\\UFFFFFFFF"')
@example(b"a: !%ED%A0%80 x")
def test_any_bytes_make_a_document(data: bytes) -> None:
    document = read(data)
    assert (document.value is None) <= bool(document.faults)
    assert "" in document.places()
    lines = document.lines()
    for fault in document.faults:
        assert 1 <= fault.span.line <= fault.span.end_line <= len(lines) or document.text is None
        assert fault.message.isprintable()
        assert (fault.hint or "").isprintable()
    assert read(data)[:3] == document[:3]


@given(texts)
@settings(max_examples=3000, deadline=None)
def test_the_short_way_accepts_only_what_the_long_way_does_with_the_same_value(text: str) -> None:
    data = text.encode()
    decoded = decode(data)
    if isinstance(decoded, str):
        value = accept(data.removeprefix(b"\xef\xbb\xbf"), decoded)
        if value is not None:
            examined = examine(decoded)
            assert (exact(examined.value), examined.faults) == (exact(value), ())


def exact(value: Any) -> Any:
    """Return a value in which 1, 1.0 and true differ, and a YAML 1.1 loader's key `on` is a text."""
    if isinstance(value, dict):
        return {"on" if key is True else key: exact(item) for key, item in value.items()}
    return [exact(item) for item in value] if isinstance(value, list) else (type(value), value)


@given(texts)
@settings(max_examples=3000, deadline=None)
def test_what_is_accepted_is_the_same_to_a_yaml_1_1_loader(text: str) -> None:
    document = read(text.encode())
    if document.value is not None and not document.faults:
        assert exact(yaml.load(text.encode(), Loader=yaml.CSafeLoader)) == exact(document.value)


@given(records)
@settings(max_examples=500, deadline=None)
def test_json_is_read_as_json_is(record: dict[str, Any]) -> None:
    for source in (json.dumps(record, ensure_ascii=False), json.dumps(record, ensure_ascii=False, indent=1)):
        document = read(source.encode())
        assert document.faults == ()
        assert exact(document.value) == exact(json.loads(source))


@given(records)
@settings(max_examples=300, deadline=None)
def test_a_span_slices_to_what_is_written(record: dict[str, Any]) -> None:
    source = json.dumps(record, ensure_ascii=False, indent=2)
    document = read(source.encode())
    lines, places = document.lines(), document.places()
    for pointer, value in pointed("", record):
        span = places[pointer].value
        if span.line == span.end_line:
            assert json.loads(lines[span.line - 1][span.column - 1 : span.end_column - 1]) == value
        if (key := places[pointer].key) is not None:
            written = lines[key.line - 1][key.column - 1 : key.end_column - 1]
            assert json.loads(written).replace("~", "~0").replace("/", "~1") == pointer.rsplit("/", 1)[1]


def pointed(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every value below one, with its JSON pointer."""
    yield pointer, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from pointed(f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from pointed(f"{pointer}/{index}", item)
