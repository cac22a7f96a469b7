"""Limits hold before any costly step: at the limit a record passes, one beyond it the reader stops."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tallysheet.reader import RULES, read
from tallysheet.reader.events import events
from tallysheet.reader.limits import DEPTH, EVENTS, FAULTS, FILE_BYTES, SCALAR_BYTES

WORST = Path(__file__).with_name("worst_inputs.py")
HINT = "split the record, or cut what does not belong in it"


def test_the_limits_are_those_that_the_pages_name() -> None:
    assert (FILE_BYTES, DEPTH, EVENTS, SCALAR_BYTES, FAULTS) == (1024 * 1024, 32, 50_000, 64 * 1024, 20)
    assert "1 MiB" in RULES["file-size"].summary
    assert "32" in RULES["depth"].summary
    assert "50,000" in RULES["events"].summary
    assert "64 KiB" in RULES["scalar-size"].summary
    assert "20" in RULES["too-many-faults"].summary


def nested(depth: int, form: str) -> str:
    """Return a record whose innermost collection is the `depth`-th."""
    if form == "list":
        return "a: " + "[" * (depth - 1) + "]" * (depth - 1) + "\n"
    if form == "mapping":
        return "{a: " * depth + "1" + "}" * depth + "\n"
    if form == "block":
        return "".join(" " * level + "a:\n" for level in range(depth))
    return "a:\n  " + "- " * (depth - 1) + "1\n"


@pytest.mark.parametrize("form", ["list", "mapping", "block", "dashes"])
@pytest.mark.usefixtures("way")
def test_depth_is_counted_from_the_record_down(form: str, told: Callable[[str], list[Any]]) -> None:
    assert read(nested(DEPTH, form).encode()).value is not None
    (fault,) = told(nested(DEPTH + 1, form))
    assert (fault[0], fault[3], fault[4]) == ("depth", f"lists and mappings are nested more than {DEPTH} deep", HINT)


@pytest.mark.parametrize(
    "source", ["[" * 1_000_000, "{a: " * 200_000, "- " * 400_000, "? " * 400_000, "a: " + "[" * 900_000]
)
@pytest.mark.usefixtures("way")
def test_depth_ends_the_reading(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = counted(monkeypatch)
    assert "depth" in {fault.rule for fault in read(source.encode()).faults}
    assert len(taken) < 200


def counted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list of the parser events that are taken from now on, by the short way and the long."""
    taken: list[object] = []

    def counting(text: str | bytes) -> Iterator[Any]:
        for event in events(text):
            taken.append(event)
            yield event

    monkeypatch.setattr("tallysheet.reader.from_events.events", counting)
    monkeypatch.setattr("tallysheet.reader.build.events", counting)
    return taken


def of_events(count: int) -> str:
    """Return a record of as many events: beginnings and ends of stream, document, mapping and list are seven, a key."""
    return "a: [" + ",".join("1" for _ in range(count - 8)) + "]\n"


@pytest.mark.usefixtures("way")
def test_events_are_counted_to_the_end_of_the_document(told: Callable[[str], list[Any]]) -> None:
    assert read(of_events(EVENTS).encode()).value is not None
    (fault,) = told(of_events(EVENTS + 1))
    assert (fault[0], fault[3]) == ("events", f"the file holds more than {EVENTS:,} keys, values and collections")


@pytest.mark.usefixtures("way")
def test_events_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = counted(monkeypatch)
    read(("a: [" + "1," * 500_000).encode())
    assert len(taken) == 2 * EVENTS


@pytest.mark.parametrize(
    ("before", "fill", "after"),
    [
        ("a: ", "x", "\n"),
        ("a: '", "x", "'\n"),
        ('a: "', "é", '"\n'),
        ('? "', "x", '"\n: 1\n'),
        ("a: |\n  ", "x", ""),
        ("a: [", "😀", "]\n"),
    ],
)
@pytest.mark.usefixtures("way")
def test_a_scalar_is_measured_in_bytes(before: str, fill: str, after: str) -> None:
    size = len(fill.encode())
    fits = before + fill * (SCALAR_BYTES // size) + after
    assert read(fits.encode()).value is not None
    (fault,) = read((before + fill * (SCALAR_BYTES // size + 1) + after).encode()).faults
    count = SCALAR_BYTES // size + 1
    assert fault.message == f"a text of {count:,} characters is longer than the {SCALAR_BYTES:,} bytes allowed"
    assert (fault.rule, fault.hint) == ("scalar-size", HINT)


def test_a_file_is_measured_before_it_is_decoded() -> None:
    comment = b"a: 1\n# " + b"\xff" * FILE_BYTES
    assert [fault.rule for fault in read(comment[:FILE_BYTES]).faults] == ["encoding"]
    document = read(comment[: FILE_BYTES + 1])
    assert [(f.rule, f.message) for f in document.faults] == [
        ("file-size", "the file has 1,048,577 bytes, more than the 1,048,576 allowed")
    ]
    assert (document.text, document.value) == (None, None)
    assert read(b"a: 1\n#" + b"x" * (FILE_BYTES - 6)).value == {"a": 1}


# What stalls or fills a careless reader is read in a process of its own, with 200 MB beyond what Python takes.
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit of memory is set by what Linux tells")
@pytest.mark.parametrize("half", ["0", "1"])
def test_no_input_takes_two_hundred_megabytes_or_hangs(half: str) -> None:
    run = subprocess.run([sys.executable, str(WORST), half], capture_output=True, text=True, timeout=600, check=False)
    assert run.stderr == ""
    assert run.stdout.endswith("inputs were read\n")
