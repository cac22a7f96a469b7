"""Each sink by a table: what goes in, and what is shown."""

import pytest

from tallysheet.report.sinks import (
    code_cell,
    command_data,
    command_property,
    csv_cell,
    json_text,
    log_line,
    log_path,
    relative_uri,
    sarif_message,
    svg_text,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain: a::b", "plain: a::b"),
        ("::error::x", ":\\u{3A}error::x"),
        ("  ::error::x", "  :\\u{3A}error::x"),
        ("\u200b::error::x", "\\u{200B}::error::x"),
        ("a\r\n##[error]", "a\\u{D}\\u{A}##\\u{5B}error]"),
    ],
)
def test_line_of_a_log_begins_no_command(text: str, shown: str) -> None:
    assert log_line(text) == shown


# A colon in a name could forge a place.
def test_path_in_a_line_has_no_colon() -> None:
    assert log_path("records/a:1:1: error.yaml") == "records/a\\u{3A}1\\u{3A}1\\u{3A} error.yaml"


@pytest.mark.parametrize(
    ("text", "data", "value"),
    [
        ("100%, 1:2", "100%25, 1:2", "100%25%2C 1%3A2"),
        ("%0A", "%250A", "%250A"),
        ("a\nb\r", "a\\u{A}b\\u{D}", "a\\u{A}b\\u{D}"),
        ("x" * 121, "x" * 117 + "...", "x" * 117 + "..."),
    ],
)
def test_command_is_escaped_as_actions_core_does(text: str, data: str, value: str) -> None:
    assert (data, value) == (command_data(text), command_property(text))


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("records/a.yaml", "records/a.yaml"),
        ("records/a b%é.yaml", "records/a%20b%25%C3%A9.yaml"),
        ("a:b?c#d", "a%3Ab%3Fc%23d"),
        ("//host/x", "host/x"),
        ("a/../../b", "a/b"),
        ("a\\b", "a%5Cb"),
    ],
)
def test_uri_is_relative_and_encoded(path: str, uri: str) -> None:
    assert relative_uri(path) == uri


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{events: 6}", "{events: 6}"),
        ("{0} \x85", "{ 0 } \\u{ 85 }"),
        ("[a](0) [b]", "[a] (0) [b]"),
    ],
)
def test_sarif_message_has_no_placeholder_and_no_link(text: str, shown: str) -> None:
    assert sarif_message(text) == shown


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a", "`a`"),
        ("a|b\\|c", "`a\\|b\\\\|c`"),
        ("`a``b", "``` `a``b ```"),
        (" a ", "`  a  `"),
        ("", ""),
        ("`" * 41, "`" + "\\u{60}" * 41 + "`"),
    ],
)
def test_cell_is_code_whatever_it_holds(text: str, cell: str) -> None:
    assert code_cell(text) == cell


# JSON is the same to a program and no command to a viewer of logs.
def test_json_is_ascii_and_no_command() -> None:
    assert json_text({"é": "##[x\u2028"}) == '{"\\u00e9": "##\\u005bx\\u2028"}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(float("nan"))


# A spreadsheet takes no cell for a formula, also where blanks or quotation marks stand before it; a number is none.
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Locatelli 2020", "Locatelli 2020"),
        ("week 8 - end", "week 8 - end"),
        ("=1+1", "'=1+1"),
        ("+1", "+1"),
        ("+1+A1", "'+1+A1"),
        ("-1", "-1"),
        ("-1|x", "'-1|x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (' "=1', "' \"=1"),
        ("\t=1", "\\u{9}=1"),
    ],
)
def test_cell_is_no_formula(text: str, cell: str) -> None:
    assert csv_cell(text) == cell


# What stands in a drawing is text in XML and in HTML, between tags and in an attribute.
def test_text_of_a_drawing_is_escaped() -> None:
    assert svg_text("<b a='\"'>&amp;]]>\n") == "&lt;b a=&#39;&quot;&#39;&gt;&amp;amp;]]&gt;\\u{A}"
