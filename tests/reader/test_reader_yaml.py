"""What YAML has and a record does without: each is refused by a rule of its own, all of them in one pass."""

from collections.abc import Callable

import pytest

from tallysheet.reader import read

pytestmark = pytest.mark.usefixtures("way")

COPIED = "names a value so that others can copy it"
STANDS = "stands for a value that is written elsewhere"
TYPED = "gives the value a type of its own"


def removed(what: str) -> str:
    return f"remove {what}, or put the text in quotes if it belongs there"


def written_out(name: str) -> str:
    return f"write out what stands at &{name}, or put the text in quotes"


# source, and what is told: rule, line, column, message, hint
REFUSED: list[tuple[str, list[tuple[str, int, int, str, str]]]] = [
    # anchors and aliases, as value, item, key, of a collection, on a line of its own
    ("a: &x 1\n", [("anchor", 1, 4, f"&x {COPIED}", removed("&x"))]),
    ("a: [b, &x c]\n", [("anchor", 1, 8, f"&x {COPIED}", removed("&x"))]),
    ("&x a: 1\n", [("anchor", 1, 1, f"&x {COPIED}", removed("&x"))]),
    ("a: &x\n  b: 1\n", [("anchor", 1, 4, f"&x {COPIED}", removed("&x"))]),
    ("a: &x\n  - 1\n", [("anchor", 1, 4, f"&x {COPIED}", removed("&x"))]),
    ("a: &x {b: 1}\n", [("anchor", 1, 4, f"&x {COPIED}", removed("&x"))]),
    ("a: &x\n", [("anchor", 1, 4, f"&x {COPIED}", removed("&x"))]),
    ("--- &x\na: 1\n", [("anchor", 1, 5, f"&x {COPIED}", removed("&x"))]),
    (
        "a: &x !!str 1\n",
        [("anchor", 1, 4, f"&x {COPIED}", removed("&x")), ("tag", 1, 7, f"!!str {TYPED}", removed("!!str"))],
    ),
    (
        "a: !!str &x 1\n",
        [("tag", 1, 4, f"!!str {TYPED}", removed("!!str")), ("anchor", 1, 10, f"&x {COPIED}", removed("&x"))],
    ),
    ("a: & b\n", [("anchor", 1, 4, f"& {COPIED}", removed("&"))]),
    ("a: *x\n", [("alias", 1, 4, f"*x {STANDS}", written_out("x"))]),
    (
        "a: [*x, *y]\n",
        [("alias", 1, 5, f"*x {STANDS}", written_out("x")), ("alias", 1, 9, f"*y {STANDS}", written_out("y"))],
    ),
    ("a: {b: *x}\n", [("alias", 1, 8, f"*x {STANDS}", written_out("x"))]),
    ("*x : 1\n", [("alias", 1, 1, f"*x {STANDS}", written_out("x"))]),
    ("a:\n  - *x\n", [("alias", 2, 5, f"*x {STANDS}", written_out("x"))]),
    ("*x\n", [("alias", 1, 1, f"*x {STANDS}", written_out("x"))]),
    (
        "a: *very* old\n",
        [
            (
                "alias",
                1,
                4,
                "*very* begins like an alias, which stands for a value written elsewhere",
                'put the value in quotes: a: "*very* old"',
            )
        ],
    ),
    # merge keys: plain ones only
    (
        "<<: {b: 1}\n",
        [
            (
                "merge-key",
                1,
                1,
                "<< merges another mapping in for some tools, and is a plain key to others",
                "write out the fields that are meant",
            )
        ],
    ),
    (
        "a: {<<: *x}\n",
        [
            (
                "merge-key",
                1,
                5,
                "<< merges another mapping in for some tools, and is a plain key to others",
                "write out the fields that are meant",
            ),
            ("alias", 1, 9, f"*x {STANDS}", written_out("x")),
        ],
    ),
    # tags: core, local, verbatim, without a handle, malformed, on keys and collections, and the bare one
    ("a: !!str 1\n", [("tag", 1, 4, f"!!str {TYPED}", removed("!!str"))]),
    ("a: !local 1\n", [("tag", 1, 4, f"!local {TYPED}", removed("!local"))]),
    ("a: !<tag:x,2000:y> 1\n", [("tag", 1, 4, f"!<tag:x,2000:y> {TYPED}", removed("!<tag:x,2000:y>"))]),
    ("a: !e!x 1\n", [("tag", 1, 4, f"!e!x {TYPED}", removed("!e!x"))]),
    ("a: !%zz 1\n", [("tag", 1, 4, f"!%zz {TYPED}", removed("!%zz"))]),
    ("a: !%ED%A0%80 1\n", [("tag", 1, 4, f"!%ED%A0%80 {TYPED}", removed("!%ED%A0%80"))]),
    ("a: !<x\n", [("tag", 1, 4, f"!<x {TYPED}", removed("!<x"))]),
    ("a: ! 1\n", [("tag", 1, 4, f"! {TYPED}", removed("!"))]),
    ("a: ! 'x'\n", [("tag", 1, 4, f"! {TYPED}", removed("!"))]),
    ("a: ! {}\n", [("tag", 1, 4, f"! {TYPED}", removed("!"))]),
    ("a: ! []\n", [("tag", 1, 4, f"! {TYPED}", removed("!"))]),
    ("a: !!set {b}\n", [("tag", 1, 4, f"!!set {TYPED}", removed("!!set"))]),
    ("!!str a: 1\n", [("tag", 1, 1, f"!!str {TYPED}", removed("!!str"))]),
    ("--- !!map\na: 1\n", [("tag", 1, 5, f"!!map {TYPED}", removed("!!map"))]),
    ("a: !important\n", [("tag", 1, 4, f"!important {TYPED}", removed("!important"))]),
    # directives
    ("%YAML 1.1\n---\na: 1\n", [("directive", 1, 1, "%YAML 1.1 is a directive to the parser", "remove the line")]),
    (
        "# x\n%TAG ! y\n%FOO bar\n---\na: 1\n",
        [
            ("directive", 2, 1, "%TAG ! y is a directive to the parser", "remove the line"),
            ("directive", 3, 1, "%FOO bar is a directive to the parser", "remove the line"),
        ],
    ),
    ("%YAML 1.2\n", [("directive", 1, 1, "%YAML 1.2 is a directive to the parser", "remove the line")]),
    (
        "a: 1\n%b: 2\n",
        [
            (
                "directive",
                2,
                1,
                "a line that begins with % is a directive",
                "remove the line, or indent and quote the text it belongs to",
            )
        ],
    ),
    # several documents
    (
        "a: 1\n---\nb: 2\n",
        [
            (
                "several-documents",
                2,
                1,
                "a second document begins here; a file holds one record",
                "move it to a file of its own",
            )
        ],
    ),
    (
        "---\n---\na: 1\n",
        [("several-documents", 2, 1, "a second document begins here; a file holds one record", "remove line 2")],
    ),
    (
        "a: 1\n...\n\n# c\nb: 2\n",
        [
            (
                "several-documents",
                5,
                1,
                "a second document begins here; a file holds one record",
                "move it to a file of its own",
            )
        ],
    ),
    (
        "a: 1\n...\n%YAML 1.2\n---\nb: 2\n",
        [
            (
                "several-documents",
                3,
                1,
                "a second document begins here; a file holds one record",
                "move it to a file of its own",
            )
        ],
    ),
    (
        "a: 1\n--- # empty\n",
        [
            (
                "several-documents",
                2,
                1,
                "a second document begins here; a file holds one record",
                "move it to a file of its own",
            )
        ],
    ),
    # nothing at all
    ("", [("empty-file", 1, 1, "the file is empty", "write the record, or remove the file")]),
    ("\ufeff", [("empty-file", 1, 1, "the file is empty", "write the record, or remove the file")]),
    (" \n\n", [("empty-file", 1, 1, "the file is empty", "write the record, or remove the file")]),
    ("# later\n", [("empty-file", 1, 1, "the file holds no record", "write the record, or remove the file")]),
    ("---\n", [("empty-file", 1, 1, "the file holds no record", "write the record, or remove the file")]),
    ("...\n", [("empty-file", 1, 1, "the file holds no record", "write the record, or remove the file")]),
    ("---\n...\n", [("empty-file", 1, 1, "the file holds no record", "write the record, or remove the file")]),
    # the top is a mapping
    (
        "- a\n",
        [("top-level", 1, 1, "the file holds a list, not a mapping", "write key: value lines; one record is one file")],
    ),
    (
        "[]\n",
        [("top-level", 1, 1, "the file holds a list, not a mapping", "write key: value lines; one record is one file")],
    ),
    (
        "42\n",
        [("top-level", 1, 1, "the file holds 42, not a mapping", "write key: value lines, such as id: some-name")],
    ),
    (
        "null\n",
        [("top-level", 1, 1, "the file holds null, not a mapping", "write key: value lines, such as id: some-name")],
    ),
    ("~\n", [("top-level", 1, 1, "the file holds ~, not a mapping", "write key: value lines, such as id: some-name")]),
    (
        '""\n',
        [("top-level", 1, 1, 'the file holds "", not a mapping', "write key: value lines, such as id: some-name")],
    ),
    (
        "a\nb\n",
        [("top-level", 1, 1, "the file holds a, not a mapping", "write key: value lines, such as id: some-name")],
    ),
    # duplicate keys: plain and quoted, escaped, NFC, nested, in flow, three times
    ("a: 1\na: 1\n", [("duplicate-key", 2, 1, '"a" is given twice: first on line 1', "keep the one that is right")]),
    ('a: 1\n"a": 2\n', [("duplicate-key", 2, 1, '"a" is given twice: first on line 1', "keep the one that is right")]),
    (
        'a: 1\n"\\x61": 2\n',
        [("duplicate-key", 2, 1, '"a" is given twice: first on line 1', "keep the one that is right")],
    ),
    (
        "b: {a: 1, 'a': 2}\n",
        [("duplicate-key", 1, 11, '"a" is given twice: first on line 1', "keep the one that is right")],
    ),
    (
        "b:\n  - a: 1\n    a: 2\n",
        [("duplicate-key", 3, 5, '"a" is given twice: first on line 2', "keep the one that is right")],
    ),
    (
        '"1": a\n"1": b\n',
        [("duplicate-key", 2, 1, '"1" is given twice: first on line 1', "keep the one that is right")],
    ),
    (
        "a: 1\na: 2\na: 3\n",
        [
            ("duplicate-key", 2, 1, '"a" is given twice: first on line 1', "keep the one that is right"),
            ("duplicate-key", 3, 1, '"a" is given twice: first on line 1', "keep the one that is right"),
        ],
    ),
    # keys that are no text
    *(
        (f"{key}: a\n", [("key-type", 1, 1, f"the key {key} is not text to every tool", f'write "{key}": (in quotes)')])
        for key in (
            "1",
            "1.5",
            "-0",
            "010",
            "true",
            "False",
            "null",
            "~",
            "2021-01-01",
            ".nan",
            "no",
            "Yes",
            "OFF",
            "=",
            "1:30",
        )
    ),
    (": a\n", [("syntax", 1, 1, "a colon with no key before it", "write the key before the colon")]),
    ("?\n: a\n", [("key-type", 1, 2, "the key is empty", "write the key before the colon")]),
    ("a: {? : b}\n", [("key-type", 1, 7, "the key is empty", "write the key before the colon")]),
    ("? [a, b]\n: c\n", [("key-type", 1, 3, "the key is a list", "write a text as key")]),
    ("? {a: no, a: 1}\n: c\n", [("key-type", 1, 3, "the key is a mapping", "write a text as key")]),
    ("a: {[b]: c}\n", [("key-type", 1, 5, "the key is a list", "write a text as key")]),
    (
        'a: {1: b, "1": c}\n',
        [("key-type", 1, 5, "the key 1 is not text to every tool", 'write "1": (in quotes)')],
    ),
]

FINE = [
    ('"<<": 1\n', {"<<": 1}),
    ('"1": a\n', {"1": "a"}),
    ('"no": a\n', {"no": "a"}),
    ('"": a\n', {"": "a"}),
    ("n: 1\n", {"n": 1}),
    ("a&b: c*d!e\n", {"a&b": "c*d!e"}),
    ("a: R&D, x*y, wow!\n", {"a": "R&D, x*y, wow!"}),
    ("a: 'x & y'\n", {"a": "x & y"}),
    ("A: 1\na: 2\n", {"A": 1, "a": 2}),
    ("a: {b: 1}\nc: {b: 2}\n", {"a": {"b": 1}, "c": {"b": 2}}),
    ("a: 50 %\n", {"a": "50 %"}),
    ("a: |\n  ---\n  %x\n  *a\n  &b\n  !c\n", {"a": "---\n%x\n*a\n&b\n!c\n"}),
    ("---\na: 1\n", {"a": 1}),
    ("a: 1\n...\n", {"a": 1}),
    ("__proto__: {a: 1}\nconstructor: x\n$ref: z\n", {"__proto__": {"a": 1}, "constructor": "x", "$ref": "z"}),
]


@pytest.mark.parametrize(("source", "expected"), REFUSED)
def test_what_a_record_does_without_is_refused(
    source: str, expected: list[object], told: Callable[[str], list[object]]
) -> None:
    assert told(source) == expected
    assert read(source.encode()).value is None


@pytest.mark.parametrize(("source", "value"), FINE)
def test_what_only_looks_like_it_is_fine(source: str, value: object) -> None:
    document = read(source.encode())
    assert (document.value, document.faults) == (value, ())


def test_a_fault_points_at_the_value_it_spoils() -> None:
    source = "a:\n  - {b/c: &x 1}\n  - *x\nd~e: !t 2\n1: {f: no}\n"
    pointers = [(fault.rule, fault.pointer) for fault in read(source.encode()).faults]
    assert pointers == [
        ("anchor", "/a/0/b~1c"),
        ("alias", "/a/1"),
        ("tag", "/d~0e"),
        ("key-type", "/1"),
        ("ambiguous-scalar", "/1/f"),
    ]


def test_the_rest_is_judged_where_only_single_values_are_wrong() -> None:
    document = read(b'a: no\nb: 12345678901234567\nc: "x\\u200By"\nd: "cafe\\u0301"\ne: 1\n')
    assert document.value == {"a": "no", "b": "12345678901234567", "c": "x\u200by", "d": "café", "e": 1}
    assert [fault.pointer for fault in document.faults] == ["/a", "/b", "/c", "/d"]


def test_of_many_faults_the_first_are_told_and_the_others_counted(told: Callable[[str], list[object]]) -> None:
    faults = told("a:\n" + "  - no\n" * 30)
    assert len(faults) == 20
    assert faults[0][:3] == ("ambiguous-scalar", 2, 5)  # type: ignore[index]  # rule, line and column
    last = ("too-many-faults", 21, 5, "11 more faults from here on are left out", "mend those above, then check again")
    assert faults[-1] == last


def test_twenty_faults_are_all_told(told: Callable[[str], list[object]]) -> None:
    assert {each[0] for each in told("a:\n" + "  - no\n" * 20)} == {"ambiguous-scalar"}  # type: ignore[index]  # the rule
