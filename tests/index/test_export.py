"""What is exported is read back by the programs that it is for, is the same for the same records, and comes whole."""

import csv
import hashlib
import io
import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import rispy
from bibtexparser.entrypoint import parse_file, parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from tallysheet.collection import open_collection
from tallysheet.export import bibtex, csl, ris
from tallysheet.export.references import Author, author, reference
from tallysheet.export.revman import comparisons
from tallysheet.repository import open_repository

PROJECT = Path(__file__).resolve().parents[2]
NASTY = {
    "id": "nasty",
    "kind": "observational",
    "citation": {
        "title": "100% of {braces} & $math$ #1 _x_ ~ ^ \\input{x} @article{y,} },",
        "authors": ["De La Cruz-Ñandú MB", "=cmd Group", "Müller J-P"],
        "et_al": True,
        "journal": "J & J",
        "year": 2024,
        "volume": "1_2",
        "issue": "Suppl 1",
        "pages": "387–90",
        "published": "2024-05",
    },
    "identifiers": {"doi": "10.1002/(sici)1097{x}<1::aid>3.0.co;2-2", "pmid": "123", "issn": "1234-5679"},
}


def citations() -> list[Any]:
    """Return all records of the collection by id."""
    return [record.value for _, record in sorted(open_collection(open_repository(PROJECT)).records.items())]


@pytest.fixture(scope="module")
def records() -> list[Any]:
    return citations()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tallysheet.command import main

    folder = tmp_path_factory.mktemp("export") / "out"
    assert main(["export", "--root", str(PROJECT), "--to", str(folder)]) == 0
    return folder


def everything_below(folder: Path) -> dict[str, str]:
    """Return the digest of each file by its path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


# The data package is valid by the program of the standard: every cell, key and link between the tables.
def test_data_package_is_valid(exported: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what that program depends on is not ours
        import frictionless

        report = frictionless.validate(str(exported / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert len(report.tasks) == len(list((exported / "csv").iterdir()))


# A wrong cell makes the package invalid, so that the test above can fail.
def test_wrong_cell_makes_the_package_invalid(exported: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(exported, tmp_path / "copy")
    path = copy / "csv" / "groups.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("locatelli-2020-nejm", "nobody", 1), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        report = frictionless.validate(str(copy / "datapackage.json"))
    assert not report.valid


# Each field of the descriptor says what it means, and each file is as long and has the digest that is said.
def test_descriptor_describes_every_field(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in package["resources"]:
        data = (exported / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])
        header = next(csv.reader(io.StringIO(data.decode())))
        assert header == [field["name"] for field in resource["schema"]["fields"]]


# Parquet holds the same rows as CSV.
def test_parquet_holds_what_csv_holds(exported: Path) -> None:
    for path in sorted((exported / "parquet").iterdir()):
        with duckdb.connect() as connection:
            found = connection.execute("select count(*) from read_parquet(?)", [str(path)]).fetchall()
        with (exported / "csv" / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
            assert found == [(len(list(csv.reader(file))) - 1,)], path.name


# Two exports of the same records are the same bytes, and an export takes the place of an earlier one as a whole.
def test_exports_are_the_same_bytes(exported: Path, tmp_path: Path, tallysheet: Callable[..., Any]) -> None:
    again = tmp_path / "again"
    assert tallysheet("export", "--root", PROJECT, "--to", again).code == 0
    (again / "stale.csv").write_text("x", encoding="ascii")
    assert tallysheet("export", "--root", PROJECT, "--to", again).code == 0
    assert everything_below(again) == everything_below(exported)
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


# The one JSON holds all records as they are.
def test_everything_is_in_one_json(exported: Path, records: list[Any]) -> None:
    document = json.loads((exported / "everything.json").read_text(encoding="ascii"))
    assert document["records"] == records
    assert document["summary"]["records"]["judged"] == len(records)
    assert document["left_out"] == {}


# rispy reads all references back: title, authors, DOI, year and pages.
def test_ris_is_read_back(exported: Path, records: list[Any]) -> None:
    found = rispy.loads((exported / "references.ris").read_bytes().decode())
    assert [entry["id"] for entry in found] == [record["id"] for record in records]
    for entry, record in zip(found, records, strict=True):
        citation = record["citation"]
        assert entry["title"] == citation["title"]
        assert entry.get("doi") == record.get("identifiers", {}).get("doi")
        assert entry.get("year") == (str(citation["year"]) if "year" in citation else None)
        assert len(entry.get("authors", [])) == len(citation.get("authors", []))


# bibtexparser reads all references back.
def test_bibtex_is_read_back(exported: Path, records: list[Any]) -> None:
    library = parse_file(str(exported / "references.bib"))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [record["id"] for record in records]
    for entry, record in zip(library.entries, records, strict=True):
        assert ("doi" in entry) == ("doi" in record.get("identifiers", {}))
        if "doi" in entry:
            assert entry["doi"] == record["identifiers"]["doi"]


# A citation processor formats every reference.
def test_csl_is_formatted(exported: Path, records: list[Any]) -> None:
    items = json.loads((exported / "references.json").read_text(encoding="ascii"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for record in records:
        bibliography.register(Citation([CitationItem(record["id"])]))
    assert len(bibliography.bibliography()) == len(records)
    text = "\n".join(str(entry) for entry in bibliography.bibliography())
    assert "Al-Salama, Z.T. (2019) “Emapalumab: First Global Approval”, Drugs" in text


# What would be a command, a brace too many or a tag of its own in a title comes through every format.
def test_nasty_titles_come_through() -> None:
    one = reference(NASTY)
    (entry,) = rispy.loads(ris.write_ris([one]))
    assert entry["title"] == NASTY["citation"]["title"]  # type: ignore[index]
    assert entry["authors"] == ["De La Cruz-Ñandú, M. B.", "=cmd Group", "Müller, J. P."]
    assert (entry["start_page"], entry["end_page"], entry["number"]) == ("387", "90", "Suppl 1")
    library = parse_string(bibtex.write_bibtex([one, reference({**NASTY, "id": "next"})]))
    assert library.failed_blocks == []
    assert [found.key for found in library.entries] == ["nasty", "next"]
    assert library.entries[0]["doi"] == "10.1002/(sici)1097%7Bx%7D<1::aid>3.0.co;2-2"
    assert library.entries[0]["title"] == (
        r"{100\% of \textbraceleft{}braces\textbraceright{} \& \$math\$ \#1 \_x\_ \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{}input\textbraceleft{}x\textbraceright{} @article\textbraceleft{}y,\textbraceright{} "
        r"\textbraceright{},}"
    )
    assert library.entries[0]["author"] == "De La Cruz-Ñandú, M. B. and {=cmd Group} and Müller, J. P. and others"
    assert csl.item(one)["issued"] == {"date-parts": [[2024, 5]]}
    assert csl.item(one)["page"] == "387-90"


# An author is a family name with initials; what has none is a body.
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Locatelli F", Author("Locatelli", "F")),
        ("de Min C", Author("de Min", "C")),
        ("Dapena Diaz JL", Author("Dapena Diaz", "JL")),
        ("Study Group", Author("Study Group")),
        ("WHO", Author("WHO")),
        ("Kim J-H", Author("Kim", "J-H")),
    ],
)
def test_authors_are_read(name: str, expected: Author) -> None:
    assert author(name) == expected


# RevMan's table has the printed counts of both groups, and nothing that is no count or is given twice over.
def test_comparisons_are_of_printed_counts() -> None:
    def result(group: str, events: int, **more: Any) -> dict[str, Any]:
        found = {"outcome": "survival", "group": group, "proportion": {"events": events, "total": 20}}
        return {**found, "source": {"section": "abstract"}, **more}

    groups = [{"id": "a", "label": "A", "n": 20}, {"id": "b", "label": "B", "n": 20}]
    kept = {"id": "kept", "groups": groups, "results": [result("a", 5, compared_with="b"), result("b", 7)]}
    percent = {"outcome": "survival", "group": "b", "proportion": {"total": 20, "percent": "35"}, "source": {}}
    no_count = {"id": "no-count", "groups": groups, "results": [result("a", 5, compared_with="b"), percent]}
    twice = {**kept, "id": "twice", "results": [*kept["results"], result("b", 8)]}
    other = {**kept, "id": "other", "results": [result("a", 5, compared_with="b"), result("b", 7, time="week 8")]}
    assert list(comparisons([kept, no_count, twice, other])) == [
        ("kept", "kept", "survival", None, None, "A", 5, 20, "B", 7, 20)
    ]


# A folder with anything else in it, or among the records, is left alone.
def test_export_refuses_odd_places(repo: Any, tallysheet: Callable[..., Any]) -> None:
    repo.good()
    repo.write("full/letter.txt", "mine")
    repo.write("file", "mine")
    (repo.root / "link").symlink_to(repo.root / "full")
    said = {
        place: tallysheet("export", "--to", place).err for place in ("records/out", ".", "full", "file", "link", "a/b")
    }
    assert said == {
        "records/out": "tallysheet: --to: records/out: the records lie there\n",
        ".": "tallysheet: --to: .: the records lie there\n",
        "full": "tallysheet: --to: full: holds something else than an earlier export\n",
        "file": "tallysheet: --to: file: is there already, and no folder\n",
        "link": "tallysheet: --to: link: is there already, and no folder\n",
        "a/b": "tallysheet: --to: a/b: there is no folder a\n",
    }
    assert (repo.root / "full" / "letter.txt").read_text(encoding="utf-8") == "mine"


# Whatever fails on the way, the earlier export stays as it was and nothing lies beside it.
def test_export_comes_whole_or_not_at_all(
    repo: Any, tallysheet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.good()
    assert tallysheet("export", "--to", "out").code == 0
    before = everything_below(repo.root / "out")
    repo.good("another")

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tallysheet.export.contents.everything", fail)
        with pytest.raises(OSError, match="No space"):
            tallysheet("export", "--to", "out")
    assert everything_below(repo.root / "out") == before
    assert sorted(path.name for path in repo.root.iterdir()) == ["out", "records"]
    rename = Path.rename

    def rename_once(path: Path, target: Path) -> Path:
        if path.suffix == ".tmp":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename_once)
        with pytest.raises(OSError, match="Input/output"):
            tallysheet("export", "--to", "out")
    assert everything_below(repo.root / "out") == before
    assert sorted(path.name for path in repo.root.iterdir()) == ["out", "records"]
