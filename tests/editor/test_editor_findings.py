"""The language server finds what `tallysheet check` finds, in the text as it is typed."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tallysheet.command import main

SEVERITIES = {
    types.DiagnosticSeverity.Error: "error",
    types.DiagnosticSeverity.Warning: "warning",
    types.DiagnosticSeverity.Information: "acknowledged",
}
RHEUMATIC = "records/chandrakasan-2025-real-hlh-rheumatologic.yaml"
REVIEW = "records/emapalumab-hlh-scoping-review.yaml"
GRAFT = "records/merli-2024-graft-failure-treatment.yaml"
COMMENTARY = "records/blood-2024-commentary-on-verkamp.yaml"
PRIMARY = "records/chandrakasan-2024-real-hlh-primary.yaml"
DAMAGES: list[tuple[str, str, Callable[[str], str]]] = [
    ("nothing", RHEUMATIC, lambda text: text),
    ("swapped digits", RHEUMATIC, lambda text: text.replace('"14.3"', '"41.3"')),
    ("a figure without quotes", RHEUMATIC, lambda text: text.replace('"60.0"', "60.0")),
    ("a word that is a truth value", RHEUMATIC, lambda text: text.replace("status: active", "status: NO")),
    ("a field misspelt", RHEUMATIC, lambda text: text.replace("percent: ", "percnt: ")),
    ("a group that is not there", RHEUMATIC, lambda text: text.replace("group: all", "group: al")),
    (
        "characters of two UTF-16 units before a finding in its line",
        RHEUMATIC,
        lambda text: text.replace(
            "{events: 9, total: 11,", '{basis: "\U0001f600\U00020000\U0001f9ec", events: 9, total: 12,'
        ),
    ),
    (
        "characters of two units in the finding itself",
        RHEUMATIC,
        lambda text: text.replace("outcome: age", "outcome: \U0001d49c\U0001d49ege # \U0001f600"),
    ),
    ("letters not composed", RHEUMATIC, lambda text: text.replace("CXCL9", unicodedata.normalize("NFD", "é"))),
    ("a character that is forbidden", RHEUMATIC, lambda text: text.replace("CXCL9", "CX\u2028CL\u202e9")),
    ("a tab for blanks", RHEUMATIC, lambda text: text.replace("  design:", "\tdesign:")),
    ("half a word", RHEUMATIC, lambda text: text.replace("    label: at diagnosis\n", "    la\n")),
    ("an open bracket", RHEUMATIC, lambda text: text.replace("parts: [all]", "parts: [all")),
    ("a text that does not end", RHEUMATIC, lambda text: text.replace('60.0%"}', "60.0%}", 1)),
    ("a key twice", RHEUMATIC, lambda text: text + "status: active\n"),
    ("two documents", RHEUMATIC, lambda text: text + "---\nid: b\n"),
    ("nothing at all", RHEUMATIC, lambda _: ""),
    ("a list", RHEUMATIC, lambda _: "- a\n- b\n"),
    ("an alias", RHEUMATIC, lambda text: text.replace("group: all", "group: *all", 1)),
    ("lines that end in CR LF", RHEUMATIC, lambda text: text.replace('"14.3"', '"41.3"').replace("\n", "\r\n")),
    ("a lone CR", RHEUMATIC, lambda text: text.replace("label: CXCL9\n", "label: CXCL9\r\n    time: 4\rweeks\n")),
    ("lines that end in CR", RHEUMATIC, lambda text: text.replace("\n", "\r")),
    ("a byte order mark", RHEUMATIC, lambda text: "\ufeff" + text.replace("id: ", "Id: ", 1).split("\n", 1)[1]),
    ("more than are shown", RHEUMATIC, lambda text: text + "".join(f"field_{n}: 1\n" for n in range(70))),
    ("sums that do not add up", REVIEW, lambda text: text.replace("n: 25", "n: 26")),
    (
        "a count that can't be",
        REVIEW,
        lambda text: text.replace('{total: 12, percent: "91.7"}', '{total: 13, percent: "91.7"}'),
    ),
    ("a DOI not in its canonical form", GRAFT, lambda text: text.replace('doi: "10.', 'doi: "https://doi.org/10.')),
    ("what the publication contradicts itself", COMMENTARY, lambda text: text),
    ("the DOI of another record", GRAFT, lambda text: re.sub(r'doi: "10[^"]*"', 'doi: "10.1056/NEJMoa1911326"', text)),
    (
        "a waiver",
        RHEUMATIC,
        lambda text: (
            text.replace('"14.3"', '"41.3"')
            + "waivers:\n  - {pointer: /results/0/proportion/percent, rule: quote, by: A. Reader, until: '2026-12-31', "
            "reason: We look at this one again soon.}\n"
        ),
    ),
    ("an entry that excuses nothing", PRIMARY, lambda text: text.replace("rule: proportion", "rule: joint")),
]
"""What is done to which record."""


def shown(diagnostics: list[types.Diagnostic], path: str, text: str, tools: Any) -> list[Any]:
    """Return diagnostics as `check --format json` would show them: places by line and character."""

    def place(where: types.Range, source: str) -> tuple[int, ...]:
        source_places = [tools["index_of"](source, at) for at in (where.start, where.end)]
        source_places = [max(0, index - source.startswith("\ufeff")) for index in source_places]
        source = source.removeprefix("\ufeff")
        return tuple(
            number
            for index in source_places
            for number in (source.count("\n", 0, index) + 1, index - (source.rfind("\n", 0, index) + 1) + 1)
        )

    found = []
    for one in diagnostics:
        assert one.severity is not None
        assert one.source == "tallysheet"
        also = []
        for related in one.related_information or ():
            other = related.location.uri.rpartition("/records/")[2]
            source = text if path == f"records/{other}" else Path("records", other).read_text(encoding="utf-8")
            also.append((f"records/{other}", *place(related.location.range, source), related.message))
        found.append((one.code, SEVERITIES[one.severity], *place(one.range, text), one.message, tuple(also)))
    return found


def told(report: dict[str, Any], path: str) -> list[Any]:
    """Return the findings of a JSON report of one file in the same form."""
    found = []
    for one in report["findings"]:
        if one["path"] != path:
            continue
        seen = one["acknowledged"]
        more = [f"hint: {one['hint']}"] if one["hint"] and not seen else []
        more += [f"acknowledged on {seen['on']} by {seen['by']}: {seen['why']}"] if seen else []
        also = tuple((each["path"], *span(each), each["message"]) for each in one["related"])
        found.append((one["rule"], one["severity"], *span(one), "\n".join([one["message"], *more]), also))
    return found


def span(place: dict[str, Any]) -> tuple[int, ...]:
    """Return where something stands in a JSON report."""
    return tuple(place[name] for name in ("line", "column", "end_line", "end_column"))


def checked(path: str, text: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return what check says of a text once it is saved."""
    before = Path(path).read_bytes()
    Path(path).write_bytes(text.encode())
    capsys.readouterr()
    main(["check", "--format", "json", path])
    Path(path).write_bytes(before)
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


# Each kind of damage is shown as check shows it: the same rule, severity, text, place and second places; nothing is
# written to disk for that.
def test_what_is_typed_is_judged_as_check_judges_what_is_saved(
    collection: Path, tools: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [(name, path, damage(Path(path).read_bytes().decode())) for name, path, damage in DAMAGES]

    async def scenario(editor: Any) -> dict[str, list[types.Diagnostic]]:
        found: dict[str, list[types.Diagnostic]] = {}
        versions: dict[str, int] = {}
        for name, path, text in texts:
            versions[path] = versions.get(path, 0) + 1
            known = versions[path] > 1
            found[name] = await (editor.change(path, text, versions[path]) if known else editor.open(path, text))
        return found

    found = tools["speak"](collection, scenario)
    seen: set[tuple[str, str]] = set()
    for name, path, text in texts:
        expected = told(checked(path, text, capsys), path)
        assert expected == shown(found[name], path, text, tools), name
        assert bool(expected) is (name != "nothing"), name
        seen.update((one[0], one[1]) for one in expected)
    assert {severity for _, severity in seen} == {"error", "warning", "acknowledged"}
    assert len({rule for rule, _ in seen}) >= 19


# A finding names the page of its rule, and that page exists.
def test_each_finding_links_to_the_page_of_its_rule(collection: Path, tools: Any, project: Path) -> None:
    text = Path(RHEUMATIC).read_text(encoding="utf-8").replace('"14.3"', '"41.3"')

    async def scenario(editor: Any) -> list[types.Diagnostic]:
        found: list[types.Diagnostic] = await editor.open(RHEUMATIC, text)
        return found

    for one in tools["speak"](collection, scenario):
        address = one.code_description.href
        assert address == f"https://github.com/tallysheet/tallysheet/blob/main/docs/rules/{one.code}.md"
        assert (project / "docs" / "rules" / f"{one.code}.md").is_file()


# Where client and server agree on another encoding, places are counted in it; a client that offers none gets UTF-16.
@pytest.mark.parametrize(
    ("offered", "agreed", "unit", "size"),
    [
        (None, "utf-16", "utf-16-le", 2),
        (["utf-32", "utf-16"], "utf-32", "utf-32-le", 4),
        (["utf-8", "utf-16"], "utf-8", "utf-8", 1),
        (["utf-7", "utf-16"], "utf-16", "utf-16-le", 2),
    ],
)
def test_places_are_counted_as_agreed(
    offered: list[Any] | None, agreed: str, unit: str, size: int, collection: Path, tools: Any
) -> None:
    text = Path(RHEUMATIC).read_text(encoding="utf-8")
    text = text.replace('total: 105, percent: "14.3"', 'basis: "\U0001f600é", total: 105, percent: 14.3')

    async def scenario(editor: Any) -> Any:
        assert editor.capabilities.position_encoding == agreed
        found = await editor.open(RHEUMATIC, text)
        wanted = next(one for one in found if "14.3" in one.message)
        start = tools["index_of"](text, wanted.range.start, unit, size)
        end = tools["index_of"](text, wanted.range.end, unit, size)
        assert text[start:end] == "14.3"
        return [action.title for action in await editor.actions(RHEUMATIC, found)]

    assert 'write "14.3" for 14.3' in tools["speak"](collection, scenario, tools["can"](offered))


# A client that shows no second places reads them in the message.
def test_second_places_are_in_the_message_where_the_client_shows_none(collection: Path, tools: Any) -> None:
    text = Path(RHEUMATIC).read_text(encoding="utf-8") + "status: active\n"
    twice = text.replace("{id: cohort, label", "{id: all, label", 1)

    async def scenario(editor: Any) -> list[str]:
        found = await editor.open(RHEUMATIC, twice.removesuffix("status: active\n"))
        return [one.message for one in found if one.code == "references" and one.related_information is None]

    said = tools["speak"](collection, scenario, types.ClientCapabilities())
    assert (
        'a second group has the id "all"\nhint: give one of them another id\nalso: line 25: the first of this id'
        in said
    )
