"""`tallysheet evidence` as it is run."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

Run = Callable[..., Any]
PROJECT = Path(__file__).resolve().parents[2]
RECORD = """\
id: {id}
status: active
kind: observational
citation: {{title: A title}}
study: {{id: {id}, design: cohort}}
groups:
  - {{id: all, label: "{label}", n: {total}, condition: mas, source: {{section: abstract, quote: "{total} patients"}}}}
results:
  - outcome: clinical-response
    group: all
    time: week 8
    proportion: {{events: {events}, total: {total}}}
    source: {{section: abstract, quote: "{events} of {total}"}}
curation: {{extracted: {{by: A. Reader, on: "2026-11-23"}}}}
"""


def write(repo: Any, identity: str, events: int, total: int, label: str = "All") -> None:
    """Write a record that counts one outcome."""
    text = RECORD.format(id=identity, events=events, total=total, label=label)
    repo.write(f"records/{identity}.yaml", text)


@pytest.fixture
def three(repo: Any) -> Any:
    """Return a repository of three studies."""
    for identity, events, total in (("doe-2019", 3, 10), ("poe-2021", 18, 20), ("roe-2020", 0, 12)):
        write(repo, identity, events, total)
    return repo


# The text shows each study with counts and intervals, what is pooled, and what is added up, in at most 100 columns.
def test_text(three: Any, tallysheet: Run) -> None:
    found = tallysheet("evidence")
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "Overall response – Macrophage activation syndrome; HLH of rheumatic disease\n"
        "                                                  events       %  Wilson 95 %     Clopper-Pearson\n"
        "  doe-2019                                         3/10     30.0  10.8-60.3       6.7-65.2\n"
        "      week 8\n"
        "  poe-2021                                        18/20     90.0  69.9-97.2       68.3-98.8\n"
        "      week 8\n"
        "  roe-2020                                         0/12      0.0  0.0-24.2        0.0-26.5\n"
        "      week 8\n"
        "  pooled: 26.3% (<0.1 to 98.7), 21/42 of 3 studies\n"
        "    a new study: <0.1 to 100.0%; tau2 8.360, I2 94%, G = 33.00 on 2 df, p < 0.001; tau2 = 0: p <\n"
        "      0.001\n"
        "    few studies: tau and the prediction interval are uncertain\n"
        "  added: 21/42 of 3 studies; each study once, no cohorts that may overlap\n"
        "\n"
        "1 measure, 3 rows of 3 studies\n"
    )
    assert three.root.joinpath("records").is_dir()


# The real collection is shown in at most 100 columns, the same bytes each time.
def test_real_collection(tallysheet: Run) -> None:
    found = tallysheet("evidence", "--root", PROJECT)
    assert found.code == 0
    assert max(map(len, found.out.splitlines())) <= 100
    assert "  [review] emapalumab-hlh-scoping-review" in found.out
    assert tallysheet("evidence", "--root", PROJECT).out == found.out


# One outcome, one condition, or both; where nothing is counted this is said.
def test_choice(three: Any, tallysheet: Run) -> None:
    assert "3 rows" in tallysheet("evidence", "--outcome", "clinical-response", "--condition", "mas").out
    nothing = tallysheet("evidence", "--outcome", "survival")
    assert (nothing.code, nothing.out) == (0, "0 measures, 0 rows of 0 studies\n")
    assert three.root.is_dir()


# A word that is none gets the nearest one, and a study that no record reports is refused.
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--outcome", "survivl"], '--outcome: "survivl" is no outcome; did you mean "survival"?'),
        (["--condition", "mass"], '--condition: "mass" is no condition; did you mean "mas"?'),
        (["--without", "doe-2018"], '--without: no record reports a study "doe-2018"; did you mean "doe-2019"?'),
        (
            ["--format", "svg"],
            "--format svg: draws several files; name a folder with --output, or one outcome with --outcome",
        ),
    ],
)
def test_wrong_words(three: Any, tallysheet: Run, arguments: list[str], said: str) -> None:
    found = tallysheet("evidence", *arguments)
    assert (found.code, found.out, found.err) == (2, "", f"tallysheet: {said}\n")
    assert three.root.is_dir()


# JSON holds the sections with intervals as proportions, what is pooled, the map and the flows.
def test_json(three: Any, tallysheet: Run) -> None:
    report = tallysheet("evidence", "--format", "json").report
    (section,) = report["sections"]
    assert (section["outcome"], section["condition"], section["label"], section["among"]) == (
        "clinical-response",
        "mas",
        "",
        "",
    )
    assert [(row["record"], row["events"], row["total"], row["time"]) for row in section["rows"]] == [
        ("doe-2019", 3, 10, "week 8"),
        ("poe-2021", 18, 20, "week 8"),
        ("roe-2020", 0, 12, "week 8"),
    ]
    assert section["rows"][2]["wilson"][0] == 0
    assert section["pooled"]["k"] == 3
    assert section["sum"] == {"events": 21, "total": 42, "studies": 3, "derived": 0}
    assert report["map"] == [{"outcome": "clinical-response", "condition": "mas", "patients": 42, "reviewed": 0}]
    without = tallysheet("evidence", "--format", "json", "--without", "doe-2019").report["sections"][0]
    assert without["pooled"] == {"refused": "2 studies: fewer than 3"}
    assert without["left_out"][0]["why"] == "left out on request"
    assert three.root.is_dir()


# Where no patient has the event, JSON holds no infinity.
def test_json_of_nobody(repo: Any, tallysheet: Run) -> None:
    for identity in ("a-1", "b-1", "c-1"):
        write(repo, identity, 0, 9)
    found = tallysheet("evidence", "--format", "json").report["sections"][0]["pooled"]
    assert (found["estimate"], found["mu"], found["se"], found["tau2"], found["prediction"]) == (
        0.0,
        None,
        None,
        None,
        None,
    )


# CSV has a line for all that is counted, pooled or left out, and no cell is a formula.
def test_csv(three: Any, tallysheet: Run) -> None:
    write(three, "evil-2022", 2, 9, "=HYPERLINK(1)")
    lines = list(csv.DictReader(io.StringIO(tallysheet("evidence", "--format", "csv").out)))
    assert [(line["use"], line["record"], line["events"], line["total"]) for line in lines] == [
        ("counted", "doe-2019", "3", "10"),
        ("counted", "evil-2022", "2", "9"),
        ("counted", "poe-2021", "18", "20"),
        ("counted", "roe-2020", "0", "12"),
        ("pooled", "", "23", "51"),
    ]
    assert lines[1]["group"] == "'=HYPERLINK(1)"
    assert (lines[3]["wilson_lower"], lines[3]["percent"]) == ("0.000000", "0.000000")


# One outcome is drawn to the terminal; everything goes into a folder, which is made, and the files are named.
def test_svg(three: Any, tallysheet: Run) -> None:
    one = tallysheet("evidence", "--format", "svg", "--outcome", "clinical-response")
    ET.fromstring(one.out)  # noqa: S314 - our own
    three.write(
        "records/review-2025.yaml",
        RECORD.format(id="review-2025", events=1, total=9, label="All")
        .replace("kind: observational", 'kind: scoping-review\nsearch: {databases: [PubMed], through: "2025-09"}')
        .replace("results:", 'flow: {included: 31, source: {section: abstract, quote: "31 reports"}}\nresults:'),
    )
    found = tallysheet("evidence", "--format", "svg", "--output", "drawn")
    names = ["forest-clinical-response.svg", "evidence-map.svg", "flow-review-2025.svg"]
    assert (found.code, found.out.split()) == (0, [f"drawn/{name}" for name in names])
    for name in names:
        ET.fromstring((three.root / "drawn" / name).read_text(encoding="utf-8"))  # noqa: S314 - our own


# The other formats go into a folder as well.
@pytest.mark.parametrize(
    ("form", "name"), [("text", "evidence.txt"), ("json", "evidence.json"), ("csv", "evidence.csv")]
)
def test_output(three: Any, tallysheet: Run, form: str, name: str) -> None:
    shown = tallysheet("evidence", "--format", form).out
    assert tallysheet("evidence", "--format", form, "--output", "out").out == f"out/{name}\n"
    assert (three.root / "out" / name).read_text(encoding="utf-8") == shown


# What can't be written is refused before anything is.
def test_output_that_is_none(three: Any, tallysheet: Run) -> None:
    three.write("file", "")
    assert tallysheet("evidence", "--output", "file").code == 2
    assert (
        tallysheet("evidence", "--output", "no/such").err
        == "tallysheet: --output: no/such: No such file or directory\n"
    )
    (three.root / "out" / "evidence.csv").mkdir(parents=True)
    found = tallysheet("evidence", "--format", "csv", "--output", "out")
    assert (found.code, found.err) == (2, "tallysheet: --output: out/evidence.csv: is there already, and no file\n")


# Records that are not well formed take no part, and this is said; with none left nothing can be shown.
def test_records_left_out(three: Any, tallysheet: Run) -> None:
    three.write("records/broken.yaml", "id: [")
    assert tallysheet("evidence").out.startswith(
        "1 record takes no part:\n  records/broken.yaml: can't be read\n\nOverall"
    )
    for form in ("csv", "svg"):
        told = tallysheet("evidence", "--format", form, "--outcome", "clinical-response").err
        assert told == "tallysheet: 1 record takes no part:\ntallysheet:   records/broken.yaml: can't be read\n"
    assert json.loads(tallysheet("evidence", "--format", "json").out)["records_left_out"] == {
        "records/broken.yaml": "can't be read"
    }
    for name in ("doe-2019", "poe-2021", "roe-2020"):
        (three.root / "records" / f"{name}.yaml").unlink()
    found = tallysheet("evidence")
    assert (found.code, found.err) == (
        2,
        "tallysheet: there is no record that is well formed: tallysheet check says why\n",
    )
