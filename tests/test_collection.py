"""The real collection: it is green, nothing in it is hidden, and no figure in it can slip unseen."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tallysheet.engine import Engine
from tallysheet.pointers import resolve
from tallysheet.reader import read
from tallysheet.repository import open_repository
from tallysheet.run import run

numbers_in = importlib.import_module("tallysheet.validators.quote").numbers_in

PROJECT = Path(__file__).resolve().parents[1]
RECORDS = sorted((PROJECT / "records").glob("*.yaml"))
COUNTS = frozenset(
    {
        *("events", "total", "n", "missing", "censored", "at_risk", "identified", "duplicates", "removed", "screened"),
        *("excluded", "sought", "not_retrieved", "assessed", "ineligible", "other_sources", "included"),
        *("started", "completed", "not_completed", "lost_to_follow_up", "withdrawn", "died", "analysed"),
    }
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(open_repository(PROJECT))


class Mutant(NamedTuple):
    """A record with one slip in it, and the line that it stands on."""

    data: bytes
    line: int
    slip: str


def scalars(text: str) -> Iterator[tuple[str, Any, int, int, int]]:
    """Yield each scalar of a record: pointer, value, where it starts and ends in the text, and its line."""
    document = read(text.encode())
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for place, found in document.places().items():
        value = resolve(document.value, place)
        span = found.value
        if not isinstance(value, (dict, list)) and span.line == span.end_line:
            start = starts[span.line - 1]
            yield place, value, start + span.column - 1, start + span.end_column - 1, span.line


def off_by_one_unit(printed: str) -> list[str]:
    """Return a printed figure with one more and one less in its last digit."""
    number = re.search(r"[0-9]+(?:[.][0-9]+)?", printed)
    if number is None:
        return []
    digits = number.group()
    decimals = len(digits.partition(".")[2])
    whole = int(digits.replace(".", ""))
    texts = [f"{value:0{decimals + 1}d}" for value in (whole + 1, whole - 1) if value >= 0]
    numbers = [f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text for text in texts]
    return [printed[: number.start()] + text + printed[number.end() :] for text in numbers]


def damaged(doi: str) -> list[str]:
    """Return a DOI damaged in the ways that reference lists show."""
    middle = len(doi) // 2
    return [
        doi + ".",
        doi + ")",
        doi + "/",
        doi + "/full",
        doi + ".pdf",
        doi + " ",
        doi + ";",
        doi.replace("/", " /", 1),
        doi.replace("/", "", 1),
        doi.replace(".", "", 1),
        doi.replace("10.", "1O.", 1),
        doi.replace("10.", "10,", 1),
        doi.removeprefix("10."),
        "https://doi.org/" + doi,
        "doi:" + doi,
        doi.upper() if doi.upper() != doi else doi + ",",
        doi[:middle] + " " + doi[middle:],
        doi[: doi.index("/") + 1],
        doi + doi,
        doi + ", " + doi,
    ]


def mutants(text: str) -> Iterator[Mutant]:
    """Yield a record with every count off by one, every percentage off by one unit, every DOI damaged."""
    for place, value, start, end, line in scalars(text):
        name = place.rpartition("/")[2]
        others: list[str] = []
        if name in COUNTS and isinstance(value, int):
            others = [str(value + 1), *([str(value - 1)] if value else [])]
        elif name == "percent" and isinstance(value, str):
            others = [f'"{other}"' for other in off_by_one_unit(value)]
        elif name == "doi":
            others = [f'"{other}"' for other in damaged(value)]
        for other in others:
            yield Mutant((text[:start] + other + text[end:]).encode(), line, f"{place}: {text[start:end]} -> {other}")


# The collection holds at least thirty publications, and every one of them passes.
def test_collection_is_green() -> None:
    report = run(open_repository(PROJECT))
    assert report.exit_code == 0
    assert report.records == len(RECORDS) >= 30


# What the publications print wrongly is entered as printed, and acknowledged.
@pytest.mark.parametrize(
    ("record", "printed"),
    [
        ("chandrakasan-2024-real-hlh-primary", "54.4"),
        ("zoref-lorenz-2025-real-hlh-malignancy", "17.7"),
        ("real-hlh-transplant-ash-2024", "35"),
        ("chen-2025-low-dose-mas", "33.9"),
        ("verkamp-2024-ric-hsct", "48"),
        ("us-label-2018-primary-hlh", "82"),
    ],
)
def test_contradictions_of_the_publications_are_acknowledged(engine: Engine, record: str, printed: str) -> None:
    path = f"records/{record}.yaml"
    judged = engine.judge(path, (PROJECT / path).read_bytes())
    acknowledged = [finding for finding in judged.findings if finding.severity == "acknowledged"]
    assert printed in {figure for finding in acknowledged for figure in finding.figures}


# The first line of every record names its schema, so that an editor completes and checks as one types.
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_first_line_names_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schema/publication.schema.json"


# Quotes are fragments that carry a figure, never sentences.
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_quotes_are_fragments(path: Path) -> None:
    for place, value, *_ in scalars(path.read_text(encoding="utf-8")):
        if place.endswith("/quote"):
            assert len(value.split()) <= 12, value
            assert numbers_in(value), value


# One slip in any count, percentage or DOI of any real record is found at the line that it stands on.
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_slip_is_found_at_its_line(engine: Engine, path: Path) -> None:
    name = f"records/{path.name}"
    missed = []
    for mutant in mutants(path.read_text(encoding="utf-8")):
        judged = engine.judge(name, mutant.data)
        assert not judged.crashes
        if not any(f.span.line == mutant.line and f.severity != "acknowledged" for f in judged.findings):
            missed.append((mutant.slip, [(f.rule, f.span.line) for f in judged.findings]))
    assert missed == []
