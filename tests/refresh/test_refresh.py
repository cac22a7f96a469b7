"""The command as a whole: what it asks, what it writes, how it goes on, and what the snapshots say of the records."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.collection import open_collection
from tallysheet.refresh import same
from tallysheet.refresh.metadata import metadata, statuses
from tallysheet.refresh.snapshots import load_snapshots
from tallysheet.repository import open_repository

RECORD = """\
id: {id}
status: active
kind: observational
citation:
  title: "Emapalumab in Children with Primary Hemophagocytic Lymphohistiocytosis"
  authors: [Locatelli F, "Müller-Øst J"]
  journal: N Engl J Med
  year: 2020
  volume: "382"
  pages: "1811-22"
identifiers: {identifiers}
groups:
  - {{id: all, label: All, n: 25, source: {{section: abstract, quote: "25 patients"}}}}
curation: {{extracted: {{by: A. Reader, on: "2026-11-23"}}}}
"""
LIST = (
    "Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionDOI,RetractionPubMedID,RetractionDate,"
    "RetractionNature\n"
    '1,"A, title",10.1000/OTHER,0,10.1000/x,0,1/1/2020 0:00,Retraction\n'
    "2,Title,10.1000/TWO,0,10.1000/notice-two,0,3/9/2024 0:00,Retraction\n"
    "3,Title,unavailable,33333333,10.1000/eoc,0,12/24/2023 0:00,Expression of concern\n"
)


def work(doi: str, **more: Any) -> dict[str, Any]:
    """Return an answer of Crossref's."""
    message = {
        "DOI": doi,
        "title": ["Emapalumab in children with primary hemophagocytic lymphohistiocytosis."],
        "container-title": ["New England Journal of Medicine"],
        "issued": {"date-parts": [[2020, 5, 7]]},
        "volume": "382",
        "page": "1811–1822",
        "author": [{"family": "Locatelli", "given": "Franco"}, {"family": "Muller-Ost", "given": "J."}],
        **more,
    }
    return {"status": "ok", "message": message}


def summary(pmid: str, **more: Any) -> dict[str, Any]:
    """Return an answer of PubMed's."""
    entry = {
        "uid": pmid,
        "title": "Emapalumab in children with primary hemophagocytic lymphohistiocytosis.",
        "fulljournalname": "The New England journal of medicine",
        "source": "N Engl J Med",
        "pubdate": "2020 May 7",
        "volume": "382",
        "pages": "1811-1822",
        "authors": [{"name": "Locatelli F"}, {"name": "Müller-Øst J"}],
        **more,
    }
    return {"result": {"uids": [pmid], pmid: entry}}


class Desk:
    """A repository, a registry, and the command between them."""

    def __init__(self, repo: Any, registry: Any, clock: Any, capsys: pytest.CaptureFixture[str]) -> None:
        self.repo, self.registry, self.clock, self.capsys = repo, registry, clock, capsys
        self.server = sys.modules[type(registry).__module__]
        self.say, self.say_json = self.server.say, self.server.say_json
        registry.scripts["/list.csv"] = [self.say(200, LIST.encode(), "text/csv", etag='"v1"')]

    def record(self, name: str, identifiers: str) -> None:
        """Write a record."""
        self.repo.write(f"records/{name}.yaml", RECORD.format(id=name, identifiers=identifiers))

    def crossref(self, doi: str, *script: Any) -> None:
        """Tell what Crossref says of a DOI."""
        self.registry.scripts[f"/works/{doi.replace('/', '%2F')}"] = list(script)

    def pubmed(self, *script: Any) -> None:
        """Tell what PubMed says."""
        self.registry.scripts["/entrez/eutils/esummary.fcgi"] = list(script)

    def refresh(self, *more: str) -> tuple[int, dict[str, Any]]:
        """Run the command by the still clock; return its exit code and its report."""
        command = importlib.import_module("tallysheet.commands.refresh")
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        where = ["--crossref", self.registry.url, "--pubmed", self.registry.url]
        where += ["--retraction-watch", f"{self.registry.url}/list.csv", "--root", str(self.repo.root)]
        who = [] if "--mailto" in more else ["--mailto", "a@example.org"]
        self.capsys.readouterr()
        code = command.refresh(parser.parse_args([*where, *who, "--format", "json", *more]), self.clock)
        return code, json.loads(self.capsys.readouterr().out)

    def answers(self, *more: str) -> dict[tuple[str, str], str]:
        """Return the answer for each record and source."""
        return {(one["record"], one["source"]): one["answer"] for one in self.refresh(*more)[1]["answers"]}

    def snapshot(self, name: str) -> dict[str, Any]:
        """Return what is written of a record."""
        found: dict[str, Any] = json.loads((self.repo.root / "snapshots" / f"{name}.json").read_bytes())
        return found

    def loaded(self) -> tuple[Any, Any]:
        """Return collection and snapshots."""
        repository = open_repository(self.repo.root)
        return open_collection(repository), load_snapshots(repository.tree)


@pytest.fixture
def desk(repo: Any, registry: Any, clock: Any, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(repo, registry, clock, capsys)


# All sources are asked; what they say is written, dated, one file a record, and nothing but the facts.
def test_snapshots_are_written(desk: Desk) -> None:
    desk.record("one", '{doi: "10.1000/one", pmid: "11111111"}')
    desk.crossref("10.1000/one", desk.say_json(work("10.1000/ONE", abstract="long"), etag='W/"abc"'))
    desk.pubmed(desk.say_json(summary("11111111")))
    code, report = desk.refresh()
    assert code == 0
    assert report["summary"] == {
        "crossref": {"found": 1},
        "pubmed": {"found": 1},
        "retraction_watch": {"not listed": 1},
    }
    assert desk.snapshot("one") == {
        "format_version": 1,
        "record": "one",
        "crossref": {
            "on": "2026-11-23",
            "identifier": "10.1000/one",
            "etag": 'W/"abc"',
            "facts": {
                "title": "Emapalumab in children with primary hemophagocytic lymphohistiocytosis.",
                "years": ["2020"],
                "journals": ["New England Journal of Medicine"],
                "volume": "382",
                "pages": "1811–1822",
                "authors": ["Locatelli F", "Muller-Ost J"],
            },
        },
        "pubmed": {
            "on": "2026-11-23",
            "identifier": "11111111",
            "facts": {
                "title": "Emapalumab in children with primary hemophagocytic lymphohistiocytosis.",
                "years": ["2020"],
                "journals": ["The New England journal of medicine", "N Engl J Med"],
                "volume": "382",
                "pages": "1811-1822",
                "authors": ["Locatelli F", "Müller-Øst J"],
            },
        },
        "retraction_watch": {
            "on": "2026-11-23",
            "identifier": "10.1000/one; 11111111",
            "etag": '"v1"',
            "facts": {},
        },
    }
    text = (desk.repo.root / "snapshots" / "one.json").read_text(encoding="utf-8")
    assert "Müller-Øst" in text
    assert [one.verdict for one in metadata(*desk.loaded())] == ["agrees"] * 12


# A 429, a time-out, an unknown DOI and a failure are different answers; only what was said is kept.
def test_answers_are_told_apart(desk: Desk) -> None:
    for name in ("busy", "gone", "ok", "odd", "slow"):
        desk.record(name, f'{{doi: "10.1000/{name}"}}')
    desk.record("none", '{isbn: "9780306406157"}')
    desk.crossref("10.1000/busy", desk.say(429, retry_after="3600"))
    desk.crossref("10.1000/odd", desk.say(200, b"{", "application/json"))
    desk.crossref("10.1000/ok", desk.say_json(work("10.1000/ok")))
    desk.crossref("10.1000/slow", lambda _: desk.registry.hang.wait(30))
    code, report = desk.refresh(
        "--source", "crossref", "--timeout", "0.05", "gone", "none", "odd", "ok", "slow", "busy"
    )
    found = {one["record"]: (one["answer"], one["reason"]) for one in report["answers"]}
    assert code == 1
    assert found == {
        "busy": ("busy", "status 429: come back in 3,600 s"),
        "gone": ("unknown", "status 404"),
        "none": ("no identifier", "has no doi"),
        "odd": ("failed", "no JSON, or cut off"),
        "ok": ("found", ""),
        "slow": ("timed out", "no answer in time"),
    }
    assert sorted(path.stem for path in (desk.repo.root / "snapshots").iterdir()) == ["gone", "ok"]
    assert desk.snapshot("gone")["crossref"]["facts"] is None


# Once a host has asked to be left alone, it is not asked for the records that follow.
def test_a_busy_host_is_left_alone(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.record(name, f'{{doi: "10.1000/{name}"}}')
    desk.crossref("10.1000/a", desk.say(429, retry_after="3600"))
    found = desk.answers("--source", "crossref")
    assert list(found.values()) == ["busy", "not asked", "not asked"]
    assert len(desk.registry.asked) == 1


# A host that does not answer three times in a row is not there: the records that follow need not wait for it.
def test_a_silent_host_is_left_alone(desk: Desk) -> None:
    for name in ("a", "b", "c", "d"):
        desk.record(name, f'{{doi: "10.1000/{name}"}}')
        desk.crossref(f"10.1000/{name}", lambda handler: handler.reset())
    _, report = desk.refresh("--source", "crossref")
    assert [one["answer"] for one in report["answers"]] == ["failed", "failed", "failed", "not asked"]
    assert report["answers"][-1]["reason"] == "the host did not answer 3 times in a row"


# With --max-age 0 everything is asked anew: what an earlier snapshot claims is not taken for known.
def test_all_can_be_asked_anew(desk: Desk) -> None:
    desk.record("a", '{doi: "10.1000/a"}')
    desk.crossref("10.1000/a", desk.say_json(work("10.1000/a"), etag='"1"'))
    desk.refresh()
    desk.registry.asked.clear()
    assert desk.answers("--max-age", "0")["a", "crossref"] == "unchanged"
    assert [set(headers) & {"If-None-Match", "If-Modified-Since"} for _, headers in desk.registry.asked] == [
        set(),
        set(),
    ]


# Interrupted, a run has kept what was answered; the next one asks for the rest alone.
def test_an_interrupted_run_goes_on(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.record(name, f'{{doi: "10.1000/{name}"}}')
        desk.crossref(f"10.1000/{name}", desk.say_json(work(f"10.1000/{name}")))
    sleep = desk.clock.sleep
    waits = 0

    def interrupt(seconds: float) -> None:
        nonlocal waits
        waits += 1
        if waits == 2:
            raise KeyboardInterrupt
        sleep(seconds)

    desk.clock.sleep = interrupt
    with pytest.raises(KeyboardInterrupt):
        desk.refresh("--source", "crossref")
    assert sorted(path.name for path in (desk.repo.root / "snapshots").iterdir()) == ["a.json", "b.json"]
    desk.clock.sleep = sleep
    desk.registry.asked.clear()
    assert list(desk.answers("--source", "crossref").values()) == ["lately asked", "lately asked", "found"]
    assert [path.partition("?")[0] for path, _ in desk.registry.asked] == ["/works/10.1000%2Fc"]


# What was asked lately is asked again after some days, with the conditions that the host gave.
def test_conditional_requests(desk: Desk) -> None:
    desk.record("a", '{doi: "10.1000/a"}')
    then = "Sun, 01 Nov 2026 00:00:00 GMT"
    desk.crossref("10.1000/a", desk.say_json(work("10.1000/a"), etag='"1"', last_modified=then), desk.say(304))
    assert set(desk.answers().values()) == {"found", "no identifier", "not listed"}
    before = desk.snapshot("a")
    desk.registry.asked.clear()
    desk.registry.scripts["/list.csv"] = [desk.say(304)]
    assert desk.answers()["a", "crossref"] == "lately asked"
    desk.clock.sleep(7 * 86_400)
    assert desk.answers() == {
        ("a", "crossref"): "unchanged",
        ("a", "pubmed"): "no identifier",
        ("a", "retraction_watch"): "unchanged",
    }
    (_, first), (_, second) = desk.registry.asked
    assert (first["If-None-Match"], first["If-Modified-Since"]) == ('"1"', then)
    assert second["If-None-Match"] == '"v1"'
    after = desk.snapshot("a")
    assert (after["crossref"]["on"], after["crossref"]["facts"]) == ("2026-11-30", before["crossref"]["facts"])


# A new record makes the whole list be taken again, since nobody has looked it up for that record.
def test_new_records_are_looked_up_in_the_whole_list(desk: Desk) -> None:
    desk.record("a", '{doi: "10.1000/a"}')
    assert desk.answers("--source", "retraction_watch") == {("a", "retraction_watch"): "not listed"}
    desk.record("two", '{doi: "10.1000/two"}')
    desk.registry.asked.clear()
    desk.clock.sleep(7 * 86_400)
    found = desk.answers("--source", "retraction_watch")
    assert found == {("a", "retraction_watch"): "not listed", ("two", "retraction_watch"): "found"}
    assert "If-None-Match" not in desk.registry.asked[0][1]


# What has become of a publication is found, whichever source tells it, and so is whether its record knows.
def test_statuses(desk: Desk) -> None:
    desk.record("two", '{doi: "10.1000/two", pmid: "22222222"}')
    desk.record("three", '{pmid: "33333333"}')
    desk.record("four", '{doi: "10.1000/four"}')
    text = RECORD.format(id="five", identifiers='{doi: "10.1000/five"}')
    desk.repo.write("records/five.yaml", text.replace("status: active", "status: corrected"))
    day = {"date-parts": [[2024, 3, 9]]}
    retraction = {"type": "retraction", "DOI": "10.1000/notice-two", "updated": day, "source": "publisher"}
    desk.crossref("10.1000/two", desk.say_json(work("10.1000/two", **{"updated-by": [retraction]})))
    preprint = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/Article"}]}
    desk.crossref("10.1000/four", desk.say_json(work("10.1000/four", relation=preprint)))
    erratum = {"type": "erratum", "DOI": "10.1000/erratum", "updated": day}
    # A notice says of itself what it updates: that is nothing that has become of the notice.
    desk.crossref(
        "10.1000/five", desk.say_json(work("10.1000/five", **{"updated-by": [erratum], "update-to": [retraction]}))
    )
    more = {"pubtype": ["Journal Article", "Retracted Publication"]}
    desk.pubmed(desk.say_json(summary("33333333")), desk.say_json(summary("22222222", **more)))
    code, _ = desk.refresh()
    assert code == 0
    found = [(one.record, one.kind, one.source, one.notice, one.on, one.known) for one in statuses(*desk.loaded())]
    assert found == [
        ("five", "corrected", "crossref", "10.1000/erratum", "2024-03-09", True),
        ("four", "superseded preprint", "crossref", "10.1000/article", None, False),
        ("three", "expression of concern", "retraction_watch", "10.1000/eoc", "2023-12-24", False),
        ("two", "retracted", "crossref", "10.1000/notice-two", "2024-03-09", False),
        ("two", "retracted", "pubmed", None, None, False),
        ("two", "retracted", "retraction_watch", "10.1000/notice-two", "2024-03-09", False),
    ]
    assert desk.loaded()[1].by_record["five"].said["crossref"].facts.notice_of == ("10.1000/notice-two",)


# PubMed says of a number that it does not have in an answer that is otherwise good.
def test_unknown_pmid(desk: Desk) -> None:
    desk.record("one", '{pmid: "11111111"}')
    desk.pubmed(
        desk.say_json({"result": {"uids": [], "11111111": {"uid": "11111111", "error": "cannot get document"}}})
    )
    assert desk.answers("--source", "pubmed") == {("one", "pubmed"): "unknown"}


# A list that is none changes nothing.
def test_a_list_that_is_none(desk: Desk) -> None:
    desk.record("one", '{doi: "10.1000/one"}')
    desk.registry.scripts["/list.csv"] = [desk.say(200, b"a,b\n1,2\n", "text/csv")]
    code, report = desk.refresh("--source", "retraction_watch")
    assert (code, report["answers"][0]["reason"]) == (
        1,
        "no list of Retraction Watch: it has no column OriginalPaperDOI",
    )
    assert not (desk.repo.root / "snapshots").exists()


# Every field that differs is told, with both texts and the pointer; what a source does not give is not checkable.
def test_metadata_that_differs(desk: Desk) -> None:
    desk.record("one", '{doi: "10.1000/one"}')
    other = {
        "title": ["Emapalumab in adults"],
        "issued": {"date-parts": [[2021]]},
        "container-title": ["Blood"],
        "volume": "383",
        "page": "1811-1823",
        "author": [{"family": "Locatelli", "given": "Franco"}, {"family": "Schmidt", "given": "J"}],
    }
    desk.crossref(
        "10.1000/one", desk.say_json(work("10.1000/one", **other)), desk.say_json({"message": {"DOI": "10.1000/one"}})
    )
    desk.refresh("--source", "crossref")
    found = {one.pointer: (one.verdict, one.ours, one.theirs) for one in metadata(*desk.loaded())}
    title = "Emapalumab in Children with Primary Hemophagocytic Lymphohistiocytosis"
    assert found == {
        "/citation/title": ("differs", title, "Emapalumab in adults"),
        "/citation/year": ("differs", "2020", "2021"),
        "/citation/journal": ("differs", "N Engl J Med", "Blood"),
        "/citation/volume": ("differs", "382", "383"),
        "/citation/pages": ("differs", "1811-22", "1811-1823"),
        "/citation/authors/1": ("differs", "Müller-Øst J", "Schmidt J"),
    }
    desk.refresh("--source", "crossref", "--max-age", "0")
    assert {one.verdict for one in metadata(*desk.loaded())} == {"not checkable"}


# A snapshot that is none is named, and nothing of it is believed; files of other kinds are none of ours.
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no JSON, or cut off"),
        ("[]", "no snapshot of this format"),
        ('{"format_version": 2, "record": "one"}', "no snapshot of this format"),
        ('{"format_version": 1, "record": "two"}', "is of another record than its name says"),
        ('{"format_version": 1, "record": "one", "crossref": {}}', "says not when it was asked, or for what"),
        ('{"format_version": 1, "record": "one", "record": "one"}', "a name stands twice in one object"),
    ],
)
def test_snapshots_that_are_none(desk: Desk, text: str, why: str) -> None:
    desk.record("one", '{doi: "10.1000/one"}')
    desk.repo.write("snapshots/one.json", text)
    desk.repo.write("snapshots/README.md", "what stands here")
    assert desk.loaded()[1].unreadable == {"snapshots/one.json": why}
    assert metadata(*desk.loaded()) == []
    assert desk.refresh("--source", "pubmed")[1]["unreadable"] == {"snapshots/one.json": why}


# Whoever asks says whom to write to, by an option or in the settings.
def test_contact_is_required(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    expected = (
        "tallysheet: give --mailto ADDRESS, or contact: in tallysheet.yaml: registries want to know whom to write to\n"
    )
    assert (tallysheet("refresh").code, tallysheet("refresh").err) == (2, expected)
    assert tallysheet("refresh", "--mailto", "nobody").err == expected
    assert tallysheet("refresh", "--mailto", "a@b.org\r\nX: y").err == expected
    repo.write("tallysheet.yaml", 'contact: "a@example.org"\n')
    assert (tallysheet("refresh").code, tallysheet("refresh").err) == (0, "")
    said = tallysheet("refresh", "nothing")
    assert (said.code, said.err) == (2, "tallysheet: nothing: there is no such record, or it is not well formed\n")
    said = tallysheet("refresh", "--crossref", "file:///etc")
    assert (said.code, said.err) == (2, "tallysheet: file:///etc: is no web address\n")


# Nothing is written through a link.
def test_snapshots_are_not_written_through_links(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    from tallysheet.unusable import Unusable

    elsewhere = tmp_path_factory.mktemp("elsewhere")
    desk.record("one", '{doi: "10.1000/one"}')
    (desk.repo.root / "snapshots").symlink_to(elsewhere)
    with pytest.raises(Unusable, match="snapshots is there and no folder"):
        desk.refresh()
    assert list(elsewhere.iterdir()) == []


# The check knows nothing of a network.
def test_check_imports_nothing_with_a_network() -> None:
    import subprocess

    script = (
        "import sys; from tallysheet.command import main; main(['check', 'records/locatelli-2020-nejm.yaml']);"
        "loaded = {'httpx', 'tallysheet.refresh.asking', 'duckdb', 'urllib.request', 'http.client'} & set(sys.modules);"
        "assert not loaded, loaded"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# Names of journals are compared as people read them.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("N Engl J Med", "New England Journal of Medicine", True),
        ("Blood Adv", "Blood Advances", True),
        ("J Natl Cancer Inst", "JNCI: Journal of the National Cancer Institute", False),
        ("J Natl Cancer Inst", "Journal of the National Cancer Institute", True),
        ("Lancet", "The Lancet", True),
        ("Lancet Haematol", "The Lancet", False),
        ("Blood", "Blood Advances", False),
        ("Ann Rheum Dis", "Annals of the Rheumatic Diseases", True),
        ("Pediatr Blood Cancer", "Pediatric Blood &amp Cancer", False),
        ("Pediatr Blood Cancer", "Pediatric Blood & Cancer", True),
        ("Front Immunol", "Frontiers in Immunology", True),
        ("J Immunol", "Journal of Immunopathology", False),
        ("Z Rheumatol", "Zeitschrift für Rheumatologie", True),
    ],
)
def test_journals(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert same.journal(one, other) is expected
    assert same.journal(other, one) is expected


# Pages are compared written out.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("387-90", "387-390", True),
        ("1811-1822", "1811–22", True),
        ("387-90", "387-91", False),
        ("e28900", "E28900", True),
        ("e28900", "28900", False),
        ("S12-S14", "S12-4", True),
        ("12", "12-15", True),
        ("12-15", "13-15", False),
        ("387-90", "90-387", False),
        ("101-2", "101-102", True),
    ],
)
def test_pages(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert same.pages(one, other) is expected
    assert same.pages(other, one) is expected


# Authors are compared by family name and first initial, in order; "et al" lets the list end early.
@pytest.mark.parametrize(
    ("ours", "theirs", "et_al", "expected"),
    [
        (["Locatelli F"], ["Locatelli FA"], False, None),
        (["Müller J"], ["Mueller J"], False, 0),
        (["Müller J", "Øst B"], ["Muller J", "Ost B"], False, None),
        (["de Min C"], ["Min C"], False, None),
        (["Locatelli F"], ["Locatelli G"], False, 0),
        (["Locatelli F", "Jordan MB"], ["Jordan MB", "Locatelli F"], False, 0),
        (["Locatelli F"], ["Locatelli F", "Jordan MB"], False, 1),
        (["Locatelli F"], ["Locatelli F", "Jordan MB"], True, None),
        (["Locatelli F", "Jordan MB"], ["Locatelli F"], True, 1),
        (["Study Group"], ["Study Group"], False, None),
        (["Study Group"], ["Other Group"], False, 0),
    ],
)
def test_authors(ours: list[str], theirs: list[str], et_al: bool, expected: int | None) -> None:  # noqa: FBT001
    assert same.first_difference(ours, theirs, et_al=et_al) == expected


# Titles are the same whatever their case, punctuation, hyphens and diacritics.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Interferon-gamma: a review.", "Interferon gamma – A Review", True),
        ("Chediak-Higashi syndrome", "Chédiak–Higashi syndrome", True),
        ("Interferon-γ", "Interferon-gamma", False),
        ("In children", "In adults", False),
    ],
)
def test_titles(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert same.title(one, other) is expected
