"""The compiled part takes what all records share, declines all else, and never disagrees with the strict reader."""

import gc
import importlib.util
import shutil
import sys
import sysconfig
import tracemalloc
from array import array
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tallysheet.reader import characters, limits, read
from tallysheet.reader.accept import accept_events, read_marks, read_plain
from tallysheet.reader.marks import Marks
from tallysheet.reader.scalars import REFUSED, WORDS, resolve

COMPILER = (sysconfig.get_config_var("CC") or "cc").split()[0]
pytestmark = pytest.mark.skipif(
    read_plain is None and shutil.which(COMPILER) is None, reason="it is not built where there is no compiler"
)

PROJECT = Path(__file__).resolve().parents[2]
RECORDS = sorted((PROJECT / "records").glob("*.yaml"))
BOUNDS = ("FILE_BYTES", "DEPTH", "EVENTS", "SCALAR_BYTES", "INTEGER_DIGITS")
TAKEN: list[tuple[str, Any]] = [
    ("a: 1\nb: -2\nc: 1.50\n", {"a": 1, "b": -2, "c": 1.5}),
    ("a: true\nb: null\nc: false\n", {"a": True, "b": None, "c": False}),
    ("# c\n\na: \"x\" # c\nb: 'it''s'  \n", {"a": "x", "b": "it's"}),
    ('"on": x\nn: 3', {"on": "x", "n": 3}),
    ("a:\n  b:\n  - c\n  - d: 1\n    e: 2\n", {"a": {"b": ["c", {"d": 1, "e": 2}]}}),
    ("a: [b, 'c', \"d\", {e: 1}, []]\nf: {}\n", {"a": ["b", "c", "d", {"e": 1}, []], "f": {}}),
    ("a:\n  [b, # c\n\n   c\n  ]\n", {"a": ["b", "c"]}),
    ('a: "b\n  c\n\n  \\"d\\""\n', {"a": 'b c\n"d"'}),
    ("a:\n  'b\n   c'\n", {"a": "b c"}),
    ("a: >-\n  b\n  c\n\n  d\n    e\n  f\nb: 1\n", {"a": "b c\nd\n  e\nf", "b": 1}),
    ("a: |\n  b\n   c\n\n", {"a": "b\n c\n"}),
    ("a: Nguyễn – ≥ 5 漢\n", {"a": "Nguyễn – ≥ 5 漢"}),
    ("a: x:y #z\nb: x#y\n", {"a": "x:y", "b": "x#y"}),
    ("a: b \n  c-d\n\n\n (e)  \nf: 1\n", {"a": "b c-d\n\n(e)", "f": 1}),
    ("a:\n- b\n c\n- 1\n 2\nd:\n  e\n  f # g\n", {"a": ["b c", "1 2"], "d": "e f"}),
    ("a: no\n  more\nb: y\n é", {"a": "no more", "b": "y é"}),
]
DECLINED = [
    *("", "# c\n", "a", "- a\n", "{a: 1}\n", "a:\n", "a: 1\n b: 2\n", "a: 1\na: 2\n", "a: b: c\n", "a: b\n  c: d\n"),
    *(
        "a: b\n  # c\n  d\n",
        "a: b # c\n  d\n",
        "a: b\n  - c\n",
        "a: b\n  'c'\n",
        "a: b\n  c #d\n  e\n",
        "a: [b\n  c]\n",
    ),
    *("a: no\n  b: 1\n", "a:\n  - b\n  c\n", "- a\n  b\n"),
    *("a: 'b\nc'\n", "a: [b,]\n", "a: [b\n", "a: [\nb]\n", "a: {b}\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "? a\n"),
    *("a: no\n", "a: Yes\n", "yes: 1\n", "a: ~\n", "a: 010\n", "a: 1_0\n", "a: 1:30\n", "a: 2021-01-01\n", "a: .inf\n"),
    *("a: 99999999999999999\n", "a: 1e999\n", "<<: 1\n", "1: a\n", "a:\tb\n", "a: b\r\n", "a: \x07\n", "a: \x7f\n"),
    *(
        "---\na: 1\n",
        "a: 1\n---\n",
        "a: 1\n...\n",
        "%YAML 1.2\n",
        "a: 1\n<<<<<<< x\n",
        'a: "\\x07"\n',
        'a: "\\u00e9"\n',
    ),
    *(
        "a: e\u0301\n",
        "a: \u200b\n",
        "a: \xa0\n",
        "\ufeffa: 1\n",
        "a: \u2028\n",
        "a: |2\n   b\n",
        "a: >+\n  b\n",
        "a: |\n",
    ),
    *("a: >\n\n  b\n", "a: |\n  b", 'a: "b" c\n', 'a: "b"#c\n', "a: [b]c\n", "a: [b]: c\n", "a: [b: c]\n", "a: @b\n"),
    *(
        "a:\n  - b\n c: 1\n",
        "a:\n - b\n - c: 1\n  d: 2\n",
        "- - a\n",
        "a: - b\n",
        "a: 'b\n",
        'a: "b\\',
        "a: {b:\n  c}\n",
    ),
]
EVERYTHING = """\
a: "a text that is too long to be kept"
b: [x, {c: 1.5, d: 'it''s'}, "e
  f"]
g: >-
  h
  i
j:
- k: 123456
- [l]
"""


def plain(text: str | bytes) -> Any:
    return read_plain(text.encode() if isinstance(text, str) else text, resolve, REFUSED)


@pytest.fixture(scope="module", name="differences")
def fixture_differences() -> ModuleType:
    """Return the script beside this file."""
    path = Path(__file__).with_name("plain_differences.py")
    spec = importlib.util.spec_from_file_location("plain_differences", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Every record of the collection takes the short way, as do all that are written like it.
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: str(path.stem))
def test_it_takes_every_record(path: Path) -> None:
    data = path.read_bytes()
    assert repr(plain(data)) == repr(accept_events(data, data.decode()))
    assert plain(data) is not None


# What it takes has the value that YAML gives it.
@pytest.mark.parametrize(("source", "value"), TAKEN)
def test_it_takes_what_records_are_written_in(source: str, value: Any) -> None:
    assert repr(plain(source)) == repr(value)
    assert repr(accept_events(source.encode(), source)) == repr(value)


# Where it says that a key or value stands, the long way sees it stand.
@pytest.mark.parametrize("source", [*(source for source, _ in TAKEN), EVERYTHING, *RECORDS], ids=str)
def test_values_stand_where_the_long_way_sees_them(source: str | Path, differences: ModuleType) -> None:
    assert differences.compare(source.encode() if isinstance(source, str) else source.read_bytes(), explain=True)


# What is looked up one by one is what a whole record's places say, and nothing is where there is nothing.
@pytest.mark.parametrize("text", ["é: 1\n", "a: {b: [é, x]}\n", "a: |\n  é\n\n# c\nb: 'é''\n  f'\n", "a:\n- - 1\n"])
def test_places_are_looked_up_one_by_one(text: str) -> None:
    one, whole = read(text.encode()), read(text.encode())
    places = whole.places()
    for pointer, place in places.items():
        found, again = one.place(pointer), whole.place(pointer)
        assert found is not None
        assert again == place
        assert (found.key, found.value[:2]) == (place.key, place.value[:2])
    for pointer in ("/b/b", "/a/9", "/a/b/9", "/a/x", "/a/-1", "/a/0x", "/a/²", "/a/0/0/0"):
        assert (one.place(pointer) is None) == (pointer not in places)


# What is wrong, odd or rare is left to the strict reader.
@pytest.mark.parametrize("source", DECLINED)
def test_it_declines_all_else(source: str) -> None:
    assert plain(source) is None


# Windows' line ends cost nothing: the text is the same, and read as fast.
def test_line_ends_of_windows_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from tallysheet.reader import accept, read

    monkeypatch.setattr(accept, "accept_events", None)
    assert read(b"a: >-\r\n  b\r\n  c\r\n").value == {"a": "b c"}


# Each bound is that of the strict reader.
def test_the_bounds_are_those_of_the_reader() -> None:
    from tallysheet.reader import _plain

    assert [getattr(_plain, name) for name in BOUNDS] == [getattr(limits, name) for name in BOUNDS]


def at_bounds(more: int) -> list[str]:
    """Return texts that reach a bound, or exceed it by as much as is said."""
    depth, length, digits = limits.DEPTH - 1 + more, limits.SCALAR_BYTES + more, limits.INTEGER_DIGITS + more
    # Events beside those of the pairs: three of stream and document, two of the record, three of `a` and its list.
    pairs, items = divmod(limits.EVENTS - 8, 2)
    return [
        f"a: {'[' * depth}{']' * depth}\n",
        "".join(f"{' ' * column}b:\n" for column in range(depth)) + f"{' ' * depth}c: 1\n",
        f'a: "{"é" * (length // 2)}{"x" * (length % 2)}"\n',
        f"a: {'9' * digits}\n",
        "".join(f"k{number}: {number}\n" for number in range(pairs - 1))
        + f"a: [{', '.join(['1'] * (2 + items + more))}]\n",
    ]


# What is at a bound is taken, as by the strict reader; what is beyond is declined, since that one refuses it.
@pytest.mark.parametrize("index", range(5))
def test_the_bounds_hold(index: int) -> None:
    within, beyond = at_bounds(0)[index], at_bounds(1)[index]
    assert plain(within) is not None
    assert plain(within) == accept_events(within.encode(), within)
    assert plain(beyond) is None
    assert accept_events(beyond.encode(), beyond) is None


# A character is plain here if, and only if, it is plain there.
def test_the_characters_are_those_of_the_reader() -> None:
    fine = {chr(point) for point in range(0x20, 0x7F)} | {"\n"}
    whole = characters._plain()
    for point in range(0x110000):
        letter = chr(point)
        data = b"# " + letter.encode("utf-8", "surrogatepass") + b"\na: 1\n"
        if (plain(data) is not None) != (letter in fine or (point > 0x7F and whole.fullmatch(letter) is not None)):
            pytest.fail(f"U+{point:04X} is judged otherwise")


# No sequence of bytes that is not UTF-8 is taken for text.
@pytest.mark.parametrize("data", [b"\xc3", b"\xc3a", b"\xc1\x81", b"\xe0\x83\xa9", b"\xf0\x9f\x98", b"\xff", b"\xa9"])
def test_bytes_that_are_no_text_are_declined(data: bytes) -> None:
    assert plain(b"a: 1\n# " + data) is None
    assert plain(b"a: 1\n# " + data + b"\n") is None


# The words that YAML 1.1 gives a meaning have it here too, as value and as key.
@pytest.mark.parametrize("place", ["a: {}\n", "a: [{}]\n", "{}: x\n"])
def test_words_are_those_of_the_reader(place: str) -> None:
    for word in (*WORDS, "yesx", "nul", "nulll", "Y1", "_"):
        text = place.format(word)
        taken = plain(text)
        strict = accept_events(text.encode(), text)
        assert taken is None or repr(taken) == repr(strict)
        assert taken is not None or strict is None or word == "" or not word[0].isalpha()


# On spoilt texts of every kind nothing is taken that the strict reader refuses or reads otherwise.
def test_it_agrees_on_what_is_spoilt(differences: ModuleType) -> None:
    texts = [path.read_bytes() for path in (*RECORDS, *(PROJECT / "tests" / "hostile" / "files").iterdir())]
    count = differences.spoil(1, 4000, [text for text in texts if len(text) < 20_000])
    assert count.accepted > 500
    assert count.explained == 200


# The comparison sees a value of another type, another sign of zero, another order of keys, and what is no record.
@pytest.mark.parametrize(
    ("source", "wrong"),
    [("a: 1\n", {"a": True}), ("a: -0.0\n", {"a": 0.0}), ("a: 1\nb: 2\n", {"b": 2, "a": 1}), ("a", {})],
)
def test_the_comparison_sees_a_difference(
    source: str, wrong: Any, differences: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "read_plain", lambda *_: wrong)
    with pytest.raises(AssertionError, match="to the strict reader"):
        differences.compare(source.encode(), explain=False)


# Nor does it overlook that a value is said to stand elsewhere, or nowhere.
@pytest.mark.parametrize("marks", [[0, 0, 0, 1, 3, 5], [0, 0, 0, 1, 2, 3], [0, 0, 1, 1, 3, 4], [1, 1, 0, 1, 3, 4]])
def test_the_comparison_sees_what_stands_elsewhere(
    marks: list[int], differences: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, value = "a: 1\n", {"a": 1}
    assert differences.compare(text.encode(), explain=True)
    wrong = Marks(text, value, array("i", marks).tobytes())
    monkeypatch.setattr(differences, "marks_of", lambda *_: wrong)
    with pytest.raises(AssertionError, match="to the long way at"):
        differences.compare(text.encode(), explain=True)


# Nothing is lost or let go of twice, whatever is taken or declined.
def test_memory_is_given_back() -> None:
    texts = [source.encode() for source in (*DECLINED, *(source for source, _ in TAKEN))]
    texts += [data[: len(data) // 2] for data in (path.read_bytes() for path in RECORDS[:5])]

    def work(rounds: int) -> tuple[int, list[int]]:
        for _ in range(rounds):
            for text in texts:
                plain(text)
                read_marks(text, resolve, REFUSED)
        gc.collect()
        return tracemalloc.get_traced_memory()[0], [
            sys.getrefcount(one) for one in (None, True, False, REFUSED, resolve)
        ]

    tracemalloc.start()
    try:
        work(5)
        before, counts = work(5)
        after, counts_after = work(100)
    finally:
        tracemalloc.stop()
    assert after - before < 2_000
    assert all(abs(one - other) < 20 for one, other in zip(counts, counts_after, strict=True))


# Whichever allocation fails, that is raised, and nothing is lost, let go of twice, or taken for a value.
@pytest.mark.parametrize("take", [read_plain, read_marks])
def test_every_allocation_may_fail(take: Callable[..., Any]) -> None:
    python = pytest.importorskip("_testcapi", reason="this Python was installed without its own test modules")
    data = EVERYTHING.encode()
    value, raised = take(data, resolve, REFUSED), 0
    assert value is not None
    for allocation in range(400):
        found = None
        python.set_nomemory(allocation, allocation + 1)
        try:
            found = take(data, resolve, REFUSED)
        except MemoryError:
            raised += 1
        finally:
            python.remove_mem_hooks()
        assert found in (None, value)
    assert raised > 10
    assert take(data, resolve, REFUSED) == value


# What goes wrong in Python is raised, not taken for a text that is not plain.
def test_what_resolve_raises_is_raised() -> None:
    def fail(text: str) -> Any:
        raise KeyError(text)

    with pytest.raises(KeyError, match=r"1\.5"):
        read_plain(b"a: [b, {c: 1.5}]\n", fail, REFUSED)
    with pytest.raises(TypeError, match="3 arguments, not 1"):
        read_plain(b"a: 1\n")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError, match="read_marks takes 3 arguments, not 1"):
        read_marks(b"a: 1\n")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError, match="bytes"):
        read_plain("a: 1\n", resolve, REFUSED)  # type: ignore[arg-type]  # that is the point
