"""No text of a record acts on what shows it: payloads as value, key, id and file name, in every format."""

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallysheet.commands.check import FORMATS
from tallysheet.findings import Acknowledgement, Finding, Related, Severity, Span
from tallysheet.judged import Crash
from tallysheet.reader.inert import inert
from tallysheet.report.formats import Surroundings, write_report
from tallysheet.report.text import Style
from tallysheet.run import Report

Read = Callable[[str, str], list[tuple[str, int, str]]]
PAYLOADS: dict[str, str] = yaml.safe_load(Path(__file__).with_name("payloads.yaml").read_text(encoding="utf-8"))
PAYLOADS |= {
    "long": "x" * 70_000,
    "long-wide": "患" * 5_000,
    "long-hidden": "\u200b" * 5_000,
    "long-ticks": "`" * 3_000,
}
EVERYWHERE = pytest.mark.parametrize("form", FORMATS)


def assert_inert(form: str, report: str) -> None:
    """Fail if anything in a report acts on a terminal, a log, a spreadsheet or the order of the text."""
    odd = {c for c in report if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}} - {"\n"}
    assert not odd
    assert "##[" not in report
    for line in report.split("\n"):
        assert not line.lstrip().startswith("::") or form == "github"
        assert not line.startswith(("=", "+", "@", "-", "\t", "＝")), "no formula"


def report_of(payload: str) -> Report:
    """Return a report that has the payload wherever a text of a record can stand."""
    span = Span(3, 2, 3, 9)
    also = (Related(f"records/{payload}", f"/{payload}", span, payload),)
    seen = Acknowledgement(payload, payload, payload, "error")
    severities: tuple[Severity, ...] = ("error", "warning", "acknowledged")
    return Report(
        [
            Finding("some-rule", one, path, f"/{payload}", span, payload, payload, also, seen if rank == 2 else None)
            for path in sorted((f"records/{payload[:100]}x", "records/b.yaml"))
            for rank, one in enumerate(severities)
        ],
        records=2,
    )


# Any text of a finding, in every format: nothing acts, and an independent reader sees six places and no seventh.
@EVERYWHERE
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_any_text_of_a_finding_is_inert(form: str, payload: str, read_places: Read) -> None:
    report = report_of(payload)
    around = Surroundings(lambda _: [payload] * 5, lambda _: payload, lambda: ["records/b.yaml", f"records/{payload}"])
    text = write_report(form, report, around, Style())
    assert_inert(form, text)
    expected = sorted((steps_of(inert(one.path, None)), 3, "some-rule") for one in report.findings)
    assert sorted((steps_of(inert(path, None)), *rest) for path, *rest in read_places(form, text)) == expected


def steps_of(path: str) -> str:
    """Return a path without empty steps and steps up, which a URI leaves out; no file of a repository has them."""
    return "/".join(step for step in path.split("/") if step not in {"", ".", ".."})


# A rule that raised is told with its path and name, which are as little to be trusted.
@EVERYWHERE
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_rule_that_raised_is_told_inertly(form: str, payload: str) -> None:
    around = Surroundings(lambda _: [], lambda _: None, list)
    report = Report(records=1, crashes=[Crash(payload, f"records/{payload}", payload)])
    text = write_report(form, report, around, Style())
    assert_inert(form, text)
    assert re.search(r"internal[ -_]error|failed to run", text)


# An annotation shows a line of a text, not a page of it.
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_annotations_are_short(payload: str) -> None:
    around = Surroundings(lambda _: [], lambda _: None, list)
    text = write_report("github", report_of(payload), around, Style())
    for line in text.split("::stop-commands::")[0].splitlines():
        for part in line.split("::", 2)[2].split("%0A"):
            assert len(re.sub(r"\\u\{[0-9A-F]+\}", "x", part.replace("%25", "%"))) <= 126


def quoted(text: str) -> str:
    """Return a text as YAML in double quotes, with escapes."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'


def write_hostile_records(repo: Any) -> None:
    """Write a record for each payload and each place that it can stand at, escaped and as it is."""
    text = repo.good("good").read_text()
    for number, payload in enumerate(PAYLOADS.values()):
        raw = payload.encode("utf-8", "surrogatepass").replace(b"\n", b"\n  ")
        for way, written in (("escaped", quoted(payload).encode()), ("raw", raw)):
            name = f"{number}-{way}"
            for place, old in (("value", "observational"), ("key", "kind"), ("id", "good")):
                path = repo.root / "records" / f"{place}-{name}.yaml"
                path.write_bytes(text.encode().replace(old.encode(), written, 1))
        named = payload.encode("utf-8", "surrogatepass").replace(b"/", b"").replace(b"\0", b"")[:200]
        (repo.root / "records" / os.fsdecode(named + b".yaml")).write_text(text)


# Whole repositories of hostile records: all formats in one run, each inert, all with the same places.
def test_hostile_repository_is_reported_inertly(repo: Any, tallysheet: Callable[..., Any], read_places: Read) -> None:
    write_hostile_records(repo)
    outputs = [f"--output={form}={form}.out" for form in FORMATS]
    done = tallysheet("check", "--format", "text", *outputs)
    assert done.code == 1
    assert_inert("text", done.out)
    places = read_places("json", (repo.root / "json.out").read_text())
    assert len(places) > 4 * len(PAYLOADS)
    for form in FORMATS:
        text = (repo.root / f"{form}.out").read_text(encoding="utf-8")
        assert_inert(form, text)
        assert sorted(read_places(form, text)) == sorted(places), form
        assert form != "text" or text == done.out


# There are enough payloads, no two alike.
def test_payloads_are_many_and_different() -> None:
    assert len(PAYLOADS) >= 100
    assert len({json.dumps(payload) for payload in PAYLOADS.values()}) == len(PAYLOADS)
