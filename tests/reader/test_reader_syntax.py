"""Each way of breaking YAML gets one fault, at the place to mend, with the edit."""

from collections.abc import Callable

import pytest

from tallysheet.reader import read

pytestmark = pytest.mark.usefixtures("way")

# source, line, column, message, hint
BROKEN = [
    (
        "title: a: b\n",
        1,
        9,
        "a second colon with a space after it, in a value without quotes",
        'put the value in quotes: title: "a: b"',
    ),
    (
        "title Aspirin\ndoi: x\n",
        1,
        1,
        "title Aspirin has no colon with a space after it",
        "write key: value, or indent what goes on a text",
    ),
    (
        'a: "x" y\n',
        1,
        8,
        "y follows a value that has ended",
        'close the quotes at the end of the value, and write a quote within it as \\"',
    ),
    (
        "a: 'don't'\n",
        1,
        9,
        "t' follows a value that has ended",
        "close the quotes at the end of the value, and write a quote within it as ''",
    ),
    ("a: [1, 2\nb: 3\n", 1, 4, "[ is never closed", "close it with ]"),
    ("a: [1 2: 3, 4\n", 1, 4, "[ is never closed", "close it with ]"),
    ("a: {x: 1\nb: 2\n", 1, 4, "{ is never closed", "close it with }"),
    ('a: "open\nb: 2\n', 1, 4, 'the text that begins with " here never ends', 'close it with "'),
    (
        "a: >80\nb: 1\n",
        1,
        4,
        "> begins a text on the following lines, but more stands beside it",
        'put the value in quotes: a: ">80"',
    ),
    (
        "a: |x\nb: 1\n",
        1,
        4,
        "| begins a text on the following lines, but more stands beside it",
        'put the value in quotes: a: "|x"',
    ),
    ("{}...\n", 1, 3, "{}... stands outside the record, which ends before it", "remove it"),
    ("\ta: 1\n", 1, 1, "a tab stands where only spaces may indent", "replace it by spaces"),
    ("a:\n\tb: 1\n", 2, 1, "a tab stands where only spaces may indent", "replace it by spaces"),
    (
        "a: @x\n",
        1,
        4,
        "@ is reserved in YAML, and cannot begin a text without quotes",
        'put the value in quotes: a: "@x"',
    ),
    (
        "a: `x`\n",
        1,
        4,
        "` is reserved in YAML, and cannot begin a text without quotes",
        'put the value in quotes: a: "`x`"',
    ),
    (
        "a: - b\n",
        1,
        4,
        "a list cannot begin on the line of its key",
        "begin the list on the next line, or put the value in quotes if it is a text",
    ),
    (
        "a: 1\n b: 2\n",
        2,
        2,
        "b is indented deeper than the line above, which has its value already",
        "indent the keys of one mapping alike",
    ),
    (
        "a:\n  b: 1\n c: 2\n",
        3,
        2,
        "the line is indented by 1, which fits no line above it",
        "indent the keys of one mapping, and the items of one list, alike",
    ),
    (
        "  a: 1\nb: 2\n",
        2,
        1,
        "b: 2 stands outside the record, which ends before it",
        "indent all keys of the record alike",
    ),
    (
        "a:\n  - x\n - y\n",
        3,
        2,
        "a list item stands where a key would fit",
        "indent the items of one list alike, under their key",
    ),
    (
        "a:\n- x\nb\nc: 1\n",
        3,
        1,
        "b has no colon with a space after it",
        "write key: value, or indent what goes on a text",
    ),
    ("a: ]\n", 1, 4, "] closes nothing", "remove it, or put the text in quotes"),
    ("a: }\n", 1, 4, "} closes nothing", "remove it, or put the text in quotes"),
    ("a: , b\n", 1, 4, ", stands where a value would fit", 'put the value in quotes: a: ", b"'),
    ("]\n", 1, 1, "] closes nothing", "remove it, or put the text in quotes"),
    ('a: "\\q"\n', 1, 5, "\\q is no escape", "write \\\\q for a backslash, or put the text in single quotes"),
    ('a: "\\xZZ"\n', 1, 5, "\\x is not followed by 2 hexadecimal digits", "write them, or \\\\x for a backslash"),
    ('a: "\\u12"\n', 1, 5, "\\u is not followed by 4 hexadecimal digits", "write them, or \\\\u for a backslash"),
    ('a: "\\U00110000"\n', 1, 5, "\\U00110000 is beyond the last character there is", "write the character itself"),
    ("a: ? b\n", 1, 4, "a key cannot begin here", "put the text in quotes if it begins with ?"),
    (
        "a: {b: [1, 2}\n",
        1,
        13,
        "} where a comma or ] would fit, since [ is open",
        "put a comma between the items, and quotes around a text that holds , [ ] { } or :",
    ),
    ("a: [b, c]]\n", 1, 10, "] closes nothing", "remove it, or put the text in quotes"),
    (
        'a: "x"b\n',
        1,
        7,
        "b follows a value that has ended",
        'close the quotes at the end of the value, and write a quote within it as \\"',
    ),
    (
        'a: ["x" "y"]\n',
        1,
        9,
        '" where a comma or ] would fit, since [ is open',
        "put a comma between the items, and quotes around a text that holds , [ ] { } or :",
    ),
    (
        'a: {"x" "y"}\n',
        1,
        9,
        '" where a comma or } would fit, since { is open',
        "put a comma between the items, and quotes around a text that holds , [ ] { } or :",
    ),
    (
        "a: 1\n- b\n",
        2,
        1,
        "a list item stands where a key would fit",
        "indent the items of one list alike, under their key",
    ),
    (
        "a: x # c: d\nb: y: z # c\n",
        2,
        5,
        "a second colon with a space after it, in a value without quotes",
        'put the value in quotes: b: "y: z"',
    ),
    (
        "a: %x\n",
        1,
        4,
        "% begins a directive in YAML, and cannot begin a text without quotes",
        'put the value in quotes: a: "%x"',
    ),
    ("a: |\n x\n\ty\n", 3, 1, "a tab stands where only spaces may indent", "replace it by spaces"),
    (
        "a: |2\n x\n",
        2,
        2,
        "the line is indented by 1, which fits no line above it",
        "indent the keys of one mapping, and the items of one list, alike",
    ),
    ("a: |0\n x\n", 1, 4, "|0 begins no text", "write | alone"),
    ('a: "x\n', 1, 4, 'the text that begins with " here never ends', 'close it with "'),
    (": a\n", 1, 1, "a colon with no key before it", "write the key before the colon"),
    (
        "a: : b\n",
        1,
        4,
        "a second colon with a space after it, in a value without quotes",
        'put the value in quotes: a: ": b"',
    ),
    ("a:b\nc: 1\n", 1, 1, "a:b has no colon with a space after it", "write key: value, or indent what goes on a text"),
    ("a: [\n", 1, 4, "[ is never closed", "close it with ]"),
    ("a: {a: {b: c}\n", 1, 4, "{ is never closed", "close it with }"),
    ('"a: b\n', 1, 1, 'the text that begins with " here never ends', 'close it with "'),
    ("a: 'it\n", 1, 4, "the text that begins with ' here never ends", "close it with '"),
    ("{a: 1} b\n", 1, 8, "{a: 1} b stands outside the record, which ends before it", "remove it"),
    ("a: [x\n  , y: {\nb: 3\n", 2, 8, "{ is never closed", "close it with }"),
    (
        'a: "say "hi" now"\n',
        1,
        10,
        'hi" now" follows a value that has ended',
        'close the quotes at the end of the value, and write a quote within it as \\"',
    ),
    (
        "a: '\\d'\nb: \"\\d\"\n",
        2,
        5,
        "\\d is no escape",
        "write \\\\d for a backslash, or put the text in single quotes",
    ),
    (
        "a:\n  b: x\n   c: y\n",
        3,
        4,
        "c is indented deeper than the line above, which has its value already",
        "indent the keys of one mapping alike",
    ),
    (
        "a:\n    - b: 1\n      c: 2\n     d: 3\n",
        4,
        6,
        "d: 3 stands where a list item would fit",
        "indent the keys of one mapping, and the items of one list, alike",
    ),
    (
        "effect:\n  measure RR\n  estimate: 0.85\n",
        2,
        3,
        "measure RR has no colon with a space after it",
        "write key: value, or indent what goes on a text",
    ),
    (
        "a: [x:]\n",
        1,
        6,
        "a colon touches a bracket, comma or question mark, in a text without quotes",
        "put the text in quotes, or a space after the colon",
    ),
    ("a: |\n \tx\n", 2, 2, "a tab stands where only spaces may indent", "replace it by spaces"),
    (
        "id: x\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n",
        2,
        1,
        "<<<<<<< HEAD is a merge conflict marker: two versions of the record stand here",
        "keep one version, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>",
    ),
    (
        'note: "a\n<<<<<<< HEAD\nb"\n',
        2,
        1,
        "<<<<<<< HEAD is a merge conflict marker: two versions of the record stand here",
        "keep one version, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>",
    ),
    (
        "k" * 1025 + ": x\n",
        1,
        1,
        "a key of more than 1,024 characters, or a long line without a colon",
        "keys are short words; put a long text in quotes after its key",
    ),
    ('a: [b, "c\n', 1, 8, 'the text that begins with " here never ends', 'close it with "'),
    ('a: "x\\\n', 1, 4, 'the text that begins with " here never ends', 'close it with "'),
]

WELL_FORMED = [
    ("a: <80\n", {"a": "<80"}),
    ("a: b:c\n", {"a": "b:c"}),
    ("a: x #y\n", {"a": "x"}),
    ("a: it's\n", {"a": "it's"}),
    ("a: 'it''s'\n", {"a": "it's"}),
    ('a: "\\"x\\" \\\\ \\/ \\u00e9"\n', {"a": '"x" \\ / é'}),
    ("a: >-\n  b\n  c\n", {"a": "b c"}),
    ("a: |\n  b\n   c\n\n", {"a": "b\n c\n"}),
    ("a: |2\n   b\n", {"a": " b\n"}),
    ("a:\n- b\n- c\n", {"a": ["b", "c"]}),
    ("a:\n  - b: 1\n    c: 2\n", {"a": [{"b": 1, "c": 2}]}),
    ("{a: 1, b: [x, z], c: {d: e}}\n", {"a": 1, "b": ["x", "z"], "c": {"d": "e"}}),
    ("---\na: 1\n...\n# end\n", {"a": 1}),
    ("a: \tb\t# c\n", {"a": "b"}),
    ("a: b\tc\n", {"a": "b\tc"}),
    ("? a\n: b\n", {"a": "b"}),
    ("a:\nb: ~x\n", {"a": None, "b": "~x"}),
    ("a: b\n  c\n\n  d\n", {"a": "b c\nd"}),
    ("k" * 1024 + ": x\n", {"k" * 1024: "x"}),
    ('? "' + "k" * 2000 + '"\n: x\n', {"k" * 2000: "x"}),
    ("{}\n", {}),
]


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), BROKEN)
def test_broken_yaml_is_told_once_with_its_mend(
    source: str, line: int, column: int, message: str, hint: str, told: Callable[[str], list[object]]
) -> None:
    assert [("syntax", line, column, message, hint)] == told(source)
    assert read(source.encode()).value is None


@pytest.mark.parametrize(("source", "value"), WELL_FORMED)
def test_well_formed_yaml_is_read(source: str, value: object) -> None:
    document = read(source.encode())
    assert (value, ()) == (document.value, document.faults)


# Where the hint shows a line to write, that line is right.
@pytest.mark.parametrize(
    "source", [source for source, *_, hint in BROKEN if hint.startswith("put the value in quotes: ")]
)
def test_the_edit_shown_mends_the_file(source: str) -> None:
    (fault,) = read(source.encode()).faults
    assert fault.hint
    lines = source.split("\n")
    lines[fault.span.line - 1] = fault.hint.removeprefix("put the value in quotes: ")
    assert read("\n".join(lines).encode()).faults == ()


# What a parser says of a text never comes through as such.
@pytest.mark.parametrize("source", [source for source, *_ in BROKEN])
def test_no_message_is_the_parsers(source: str) -> None:
    for fault in read(source.encode()).faults:
        assert "expected" not in fault.message
        assert fault.message.isprintable()
        assert fault.hint is not None
        assert fault.hint.isprintable()


def test_what_is_wrong_before_an_error_of_syntax_is_told_too(told: Callable[[str], list[object]]) -> None:
    rules = [each[:2] for each in told("a: &x 1\nb: no\na: 2\nc: [\n")]  # type: ignore[index]  # rule and line
    assert rules == [("anchor", 1), ("ambiguous-scalar", 2), ("duplicate-key", 3), ("syntax", 4)]


def test_a_scalar_that_goes_on_into_an_error_is_not_judged(told: Callable[[str], list[object]]) -> None:
    assert [each[0] for each in told("title: no: really\n")] == ["syntax"]  # type: ignore[index]  # the rule
