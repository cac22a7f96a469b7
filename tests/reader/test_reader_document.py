"""What a document gives: values, lines, and where everything stands."""

import pytest

from tallysheet.findings import Span
from tallysheet.reader import Places, read

pytestmark = pytest.mark.usefixtures("way")

SOURCE = """\
# a comment
id: smith-2021
citation:
  title: "Two words"   # why
  authors: [Smith J, 'Müller K']
groups:
  - {id: all, n: 86}
  - id: some
    n:

    note: >-
      folded
      text

tail: |
  😀

"""

VALUE = {
    "id": "smith-2021",
    "citation": {"title": "Two words", "authors": ["Smith J", "Müller K"]},
    "groups": [{"id": "all", "n": 86}, {"id": "some", "n": None, "note": "folded text"}],
    "tail": "😀\n",
}

# pointer, key, value: line, column, end line, end column
STANDS: list[tuple[str, tuple[int, int, int, int] | None, tuple[int, int, int, int]]] = [
    ("", None, (2, 1, 16, 4)),
    ("/id", (2, 1, 2, 3), (2, 5, 2, 15)),
    ("/citation", (3, 1, 3, 9), (4, 3, 5, 33)),
    ("/citation/title", (4, 3, 4, 8), (4, 10, 4, 21)),
    ("/citation/authors", (5, 3, 5, 10), (5, 12, 5, 33)),
    ("/citation/authors/0", None, (5, 13, 5, 20)),
    ("/citation/authors/1", None, (5, 22, 5, 32)),
    ("/groups", (6, 1, 6, 7), (7, 3, 13, 11)),
    ("/groups/0", None, (7, 5, 7, 21)),
    ("/groups/0/id", (7, 6, 7, 8), (7, 10, 7, 13)),
    ("/groups/0/n", (7, 15, 7, 16), (7, 18, 7, 20)),
    ("/groups/1", None, (8, 5, 13, 11)),
    ("/groups/1/id", (8, 5, 8, 7), (8, 9, 8, 13)),
    ("/groups/1/n", (9, 5, 9, 6), (9, 7, 9, 7)),
    ("/groups/1/note", (11, 5, 11, 9), (11, 11, 13, 11)),
    ("/tail", (15, 1, 15, 5), (15, 7, 16, 4)),
]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values_and_places_are_the_same_with_any_line_ends_and_mark(newline: str, mark: str) -> None:
    document = read((mark + SOURCE.replace("\n", newline)).encode())
    assert document.faults == ()
    assert document.value == VALUE
    expected = {pointer: Places(Span(*key) if key else None, Span(*value)) for pointer, key, value in STANDS}
    assert document.places() == expected
    assert document.lines() == SOURCE.split("\n")


def test_keys_are_kept_in_their_order() -> None:
    value = read(b"b: 1\na: 2\nc: {z: 1, x: 2}\n").value
    assert value is not None
    assert list(value) == ["b", "a", "c"]


def test_a_pointer_escapes_what_rfc_6901_escapes() -> None:
    places = read(b'"a/b~c%d": {"": 1, " ": 2}\n').places()
    assert list(places) == ["/a~1b~0c%d/", "/a~1b~0c%d/ ", "/a~1b~0c%d", ""]


def test_places_are_found_at_the_first_call_and_kept() -> None:
    document = read(b"a: 1\n")
    assert document.places() is document.places()


@pytest.mark.parametrize(
    ("source", "pointers"),
    [
        ("", [""]),
        ("- a\n- b\n", ["/0", "/1", ""]),
        ("42\n", [""]),
        ("a: 1\nb: [2, 3\nc: 4\n", ["/a", "/b/0", "/b", ""]),
        ("a: 1\na: {b: 2}\n", ["/a", "/a/b", ""]),
        ("a: &x 1\n? [b, c]\n: {d: e}\nf: 1\n", ["/a", "/", "/f", ""]),
    ],
)
def test_places_are_there_as_far_as_a_broken_file_goes(source: str, pointers: list[str]) -> None:
    assert set(pointers) <= set(read(source.encode()).places())


def test_of_two_keys_alike_the_first_has_the_pointer() -> None:
    assert read(b"a: 1\na: 2\n").places()["/a"] == Places(Span(1, 1, 1, 2), Span(1, 4, 1, 5))


def test_lines_are_counted_as_an_editor_does() -> None:
    assert read(b"a: 1\r\nb: 2\n\n# c").lines() == ["a: 1", "b: 2", "", "# c"]
    assert read(b"a: 1\rb: 2\n").lines() == ["a: 1\rb: 2", ""]
    assert read("a: x\x85y\u2028z\n".encode()).lines() == ["a: x\x85y\u2028z", ""]
    assert read(b"").lines() == [""]


def test_a_document_does_not_change() -> None:
    document = read(b"a: 1\n")
    with pytest.raises(AttributeError):
        document.value = None  # type: ignore[misc]  # that is what is tried
