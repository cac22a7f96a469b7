"""Waivers excuse one rule at one place until a day, and are errors themselves when they are idle, too broad or over."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
RECORD = """\
id: waived
status: active
kind: observational
citation: {{title: A title, year: 2024, pages: 110-100}}
groups:
  - {{id: all, label: All, n: 25, source: {{section: abstract, quote: "25 patients"}}}}
curation: {{extracted: {{by: A. Reader, on: "2026-01-23"}}}}
waivers:
  - {{{waiver}}}
"""
WHY = 'reason: The publisher prints the pages backwards., by: B. Keeper, until: "2026-12-31"'
GOOD = f"pointer: /citation/pages, rule: citation, {WHY}"


def write(repo: Any, waiver: str) -> None:
    """Write a record whose pages run backwards, with a waiver."""
    repo.write("records/waived.yaml", RECORD.format(waiver=waiver))


# A waiver excuses its finding, which stays in the report with who, why and until when.
def test_waived_finding_stays_in_the_report(repo: Any, tallysheet: Run) -> None:
    write(repo, GOOD)
    done = tallysheet("check", "--today", "2026-12-31")
    assert done.code == 0
    assert done.out == (
        "1 finding waived:\n"
        '  records/waived.yaml:4:47: citation: pages "110-100" end before they begin (until 2026-12-31 by B. Keeper)\n'
        "\n"
        "0 figures consistent, 0 wrong, 0 not checkable, 0 not run\n"
        "1 record: all holds\n"
    )
    (found,) = tallysheet("check", "--today", "2026-12-31", "--format", "json").report["findings"]
    assert found["severity"] == "acknowledged"
    assert found["acknowledged"] == {
        "why": "The publisher prints the pages backwards.",
        "by": "B. Keeper",
        "on": None,
        "severity": "error",
        "until": "2026-12-31",
    }


# Each way in which an entry can be wrong is told at its own place, and then excuses nothing.
@pytest.mark.parametrize(
    ("waiver", "told"),
    [
        (GOOD.replace("2026-12-31", "2026-11-01"), "expired on 2026-11-01, 22 days ago"),
        (GOOD.replace("2026-12-31", "2029-01-01"), "2029-01-01 is more than two years ahead"),
        (GOOD + ', on: "2027-01-01"', "ends on 2026-12-31, before it began on 2027-01-01"),
        (GOOD.replace("rule: citation", "rule: citaton"), '"citaton" is no rule'),
        (GOOD.replace("rule: citation", "rule: curation"), "curation can't be waived"),
        (GOOD.replace("rule: citation", "rule: breakdown"), "breakdown can't be waived"),
        (GOOD.replace("rule: citation", "rule: syntax"), "syntax can't be waived"),
        (GOOD.replace("rule: citation", "rule: waiver"), "waiver can't be waived"),
        (GOOD.replace("/pages", ""), "/citation is too broad: citation finds fault inside it"),
        (GOOD.replace("/pages", "/year"), "excuses nothing: citation finds no fault at /citation/year"),
        (GOOD.replace("/pages", "/page"), "/citation/page is no place in this record"),
        (
            GOOD.replace("The publisher prints the pages backwards.", "no no no no no no"),
            '"no no no no no no" is no reason that another person can judge',
        ),
        (f"{GOOD}}}\n  - {{{GOOD}", "says the same as /waivers/0"),
    ],
)
def test_faulty_waiver_is_an_error(repo: Any, tallysheet: Run, waiver: str, told: str) -> None:
    write(repo, waiver)
    report = tallysheet("check", "--today", "2026-11-23", "--format", "json").report
    (faulty,) = [found for found in report["findings"] if found["rule"] == "waiver"]
    assert (faulty["message"], faulty["severity"]) == (told, "error")
    assert faulty["line"] >= 9
    excused = "says the same" in told
    assert [f["severity"] for f in report["findings"] if f["rule"] == "citation"] == [
        "acknowledged" if excused else "error"
    ]


# What a waiver lacks, or has too much, is told by the schema.
@pytest.mark.parametrize("lost", ["pointer", "rule", "reason", "by", "until"])
def test_waiver_needs_all_its_fields(repo: Any, tallysheet: Run, lost: str) -> None:
    write(repo, ", ".join(part for part in GOOD.split(", ") if not part.startswith(lost)))
    places = tallysheet("check", "--today", "2026-11-23", "--format", "json").places()
    assert ("schema", "records/waived.yaml", 9) in places


# A finding of a rule that compares records is waived in the record where it stands, and the entry ends with it.
def test_finding_between_records_is_waived(repo: Any, tallysheet: Run) -> None:
    waiver = f"pointer: /links/0/to, rule: dangling, {WHY}"
    text = RECORD.format(waiver=waiver).replace("pages: 110-100", 'volume: "1"')
    repo.write("records/waived.yaml", text + "links: [{to: soon, as: corrects}]\n")
    assert tallysheet("check", "--today", "2026-11-23").code == 0
    assert tallysheet("check", "--today", "2026-11-23", "records/waived.yaml").code == 0
    repo.good("soon")
    done = tallysheet("check", "--today", "2026-11-23")
    assert done.code == 1
    assert "excuses nothing: dangling finds no fault at /links/0/to" in done.out


# With only some rules run, an entry for another rule says nothing.
def test_waiver_of_a_rule_that_did_not_run_is_not_idle(repo: Any, tallysheet: Run) -> None:
    write(repo, GOOD.replace("/pages", "/year"))
    assert tallysheet("check", "--today", "2026-11-23", "--select", "proportion").code == 0


# Without --today the day of the clock counts: an entry of long ago is over.
def test_clock_ends_a_waiver(repo: Any, tallysheet: Run) -> None:
    write(repo, GOOD.replace("2026-12-31", "2020-01-01"))
    assert "expired on 2020-01-01" in tallysheet("check").out
    assert tallysheet("check", "--today", "soon").code == 2


# The list says of each waiver its age, until when it stands and whether it holds; git knows the day if it does not.
def test_waivers_are_listed_with_their_age(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-10-01T12:00:00Z")
    write(repo, f'{GOOD}, on: "2026-11-13"')
    other = GOOD.replace("2026-12-31", "2026-11-01")
    repo.write("records/other.yaml", RECORD.format(waiver=other).replace("id: waived", "id: other"))
    repo.good()
    repo.commit()
    done = tallysheet("waivers", "--today", "2026-11-23")
    assert done.code == 0
    assert done.out == (
        "record                 rule      pointer          by         age      until       state\n"
        "---------------------  --------  ---------------  ---------  -------  ----------  "
        "----------------------------------\n"
        "records/other.yaml:9   citation  /citation/pages  B. Keeper  53 days  2026-11-01  "
        "expired on 2026-11-01, 22 days ago\n"
        "records/waived.yaml:9  citation  /citation/pages  B. Keeper  10 days  2026-12-31  in force\n"
        "2 waivers: 1 in force, 1 at fault\n"
    )
    listed = tallysheet("waivers", "--today", "2026-11-23", "--format", "json").report
    assert [one["on"] for one in listed["waivers"]] == ["2026-10-01", "2026-11-13"]


# Without git the age of an entry that does not say it is unknown; without waivers the list is empty.
def test_age_may_be_unknown(repo: Any, tallysheet: Run) -> None:
    write(repo, GOOD)
    assert "  unknown  2026-12-31  in force" in tallysheet("waivers", "--today", "2026-11-23").out
    (repo.root / "records" / "waived.yaml").unlink()
    assert tallysheet("waivers").out == "0 waivers: 0 in force, 0 at fault\n"
