"""tallysheet fix: mends form and layout in place, keeps every other byte, and never touches a figure."""

import os
import random
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.engine import Engine
from tallysheet.fixes import mend
from tallysheet.fixes import text as layout
from tallysheet.fixes.mending import Unsafe, with_edits
from tallysheet.fixes.scalars import Edit
from tallysheet.fixes.write import replace_record
from tallysheet.reader import read
from tallysheet.repository import open_repository

Run = Callable[..., Any]
PROJECT = Path(__file__).resolve().parents[1]
RECORDS = sorted((PROJECT / "records").glob("*.yaml"))
PATH = "records/good.yaml"
LINE = "# yaml-language-server: $schema=../schema/publication.schema.json\n"
HEAD = "id: good\nstatus: active\nkind: observational\n"
TAIL = 'curation: {extracted: {by: A. Reader, on: "2026-11-23"}}\n'
GROUP = '- {id: all, label: All, n: 25, source: {section: abstract, quote: "25 patients"}}\n'
CITATION = "citation: {title: A title}\n"
GROUPS = f"groups:\n  {GROUP}"
RESULT = (
    "results:\n  - outcome: clinical-response\n    group: all\n"
    '    proportion: {events: 6, total: 25, percent: "24"}\n    source: {section: abstract, quote: "6 of 25 (24%)"}\n'
)
GOOD = HEAD + CITATION + GROUPS + RESULT + TAIL


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Return the engine of this project's own collection."""
    return Engine(open_repository(PROJECT))


def fixed(engine: Engine, text: str | bytes) -> str:
    """Return what becomes of a text, which must be mended or in order."""
    data = text.encode() if isinstance(text, str) else text
    mended = mend(engine, PATH, data)
    assert mended.why is None
    return (mended.data or data).decode()


# A value takes quotes where the schema wants text, loses them where it wants a whole number, and keeps its characters.
@pytest.mark.parametrize(
    ("right", "before", "after"),
    [
        pytest.param('percent: "24"', "percent: 24", 'percent: "24"', id="a printed figure"),
        pytest.param('percent: "24"', "percent: 24.0", 'percent: "24.0"', id="a nought that counts"),
        pytest.param('percent: "24"', "percent:   24.00 ", 'percent:   "24.00" ', id="blanks around it"),
        pytest.param('percent: "24"', "percent: 024", 'percent: "024"', id="a number to some tools"),
        pytest.param('on: "2026-11-23"', "on: 2026-11-23", 'on: "2026-11-23"', id="a date"),
        pytest.param("label: All,", "label: no,", 'label: "no",', id="a truth value of old"),
        pytest.param("label: All,", "label: 1:30,", 'label: "1:30",', id="base 60"),
        pytest.param("label: All,", "label: 12345678901234567890,", 'label: "12345678901234567890",', id="many digits"),
        pytest.param("title: A title", "title: 1984", 'title: "1984"', id="a title of digits"),
        pytest.param("title: A title", "? title\n  : 1984\n", '? title\n  : "1984"\n', id="a marked key"),
        pytest.param("n: 25", 'n: "25"', "n: 25", id="a count in quotes"),
        pytest.param("events: 6", "events: '6'", "events: 6", id="a count in single quotes"),
        pytest.param("events: 6", '"events":"6"', '"events":6', id="a key in quotes"),
        pytest.param("  - {id: all", "  -   {id: 7", '  -   {id: "7"', id="an id of digits"),
        pytest.param("    group: all", "    group: off # 7", '    group: "off" # 7', id="block style and a comment"),
    ],
)
def test_single_values_are_put_as_the_schema_wants_them(engine: Engine, right: str, before: str, after: str) -> None:
    assert GOOD.count(right) == 1
    assert fixed(engine, GOOD.replace(right, before)) == GOOD.replace(right, after)
    assert fixed(engine, GOOD.replace(right, after)) == GOOD.replace(right, after)


# What needs judgement, and what is no fault at all, stays as it is to the last byte.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("n: 25,", 'n: "025",', id="a leading zero"),
        pytest.param("n: 25,", "n: 25.0,", id="a whole number with a point"),
        pytest.param("n: 25,", 'n: "２５",', id="digits of another script"),
        pytest.param("n: 25,", 'n: " 25",', id="a blank inside quotes"),
        pytest.param("n: 25,", "n: 1_000,", id="an ambiguous number where a number is wanted"),
        pytest.param("label: All,", "label: ~,", id="nothing, perhaps"),
        pytest.param("label: All,", "label: NULL,", id="nothing, in capitals"),
        pytest.param("label: All,", "label: true,", id="a truth value"),
        pytest.param("label: All,", "label: .nan,", id="a missing value of a table"),
        pytest.param("label: All,", "lable: 7,", id="a field that the schema does not know"),
        pytest.param("kind: observational", "kind: 7", id="a word that is none of a list"),
        pytest.param('"6 of 25 (24%)"', '"6 of 25\n      (24%)"', id="a text on two lines"),
        pytest.param("title: A title", "title: |-\n    A title  \n     ", id="blanks of a block text"),
        pytest.param("title: A title", 'title: "A\\ \n  title"', id="an escaped blank"),
    ],
)
def test_what_needs_judgement_stays(engine: Engine, before: str, after: str) -> None:
    text = GOOD.replace(" {title: A title}", "\n  title: A title").replace(before, after)
    assert after in text
    assert fixed(engine, text) == text


# An identifier takes its canonical form where nothing is guessed; what is doubtful, malformed or open stays.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("doi: https://doi.org/10.1182/ABC.1", 'doi: "10.1182/abc.1"'),
        ('doi: "DOI: 10.1182/abc.1" # kept', 'doi: "10.1182/abc.1" # kept'),
        ("pmid: 38429096", 'pmid: "38429096"'),
        ("pmcid: pmc11117018", 'pmcid: "PMC11117018"'),
        ("registry: [nct01818492, 'NCT03312751']", "registry: [\"NCT01818492\", 'NCT03312751']"),
        ("registry:\n    - nct01818492  # one", 'registry:\n    - "NCT01818492"  # one'),
        ('doi: "10.1182/abc.1"', 'doi: "10.1182/abc.1"'),
        ('doi: "<DOI, without https://doi.org/>"', 'doi: "<DOI, without https://doi.org/>"'),
        ('doi: "10.1l82/abc.1"', 'doi: "10.1l82/abc.1"'),
        ('pmid: "38429O96"', 'pmid: "38429O96"'),
        ("doi: >-\n    10.1182/ABC.1", "doi: >-\n    10.1182/ABC.1"),
    ],
)
def test_identifiers_take_their_canonical_form(engine: Engine, before: str, after: str) -> None:
    old, new = (HEAD + CITATION + f"identifiers:\n  {text}\n" + GROUPS + RESULT + TAIL for text in (before, after))
    assert fixed(engine, old) == new


# An identifier that is no field of the identifiers block is text like any other.
def test_identifiers_elsewhere_stay(engine: Engine) -> None:
    text = GOOD.replace("title: A title", "title: https://doi.org/10.1182/ABC.1")
    assert fixed(engine, text) == text


# The layout of the text is mended, and nothing that is part of a value.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(GOOD.replace("\n", "\r\n"), GOOD, id="CRLF"),
        pytest.param(GOOD.replace("\n", "\r"), GOOD, id="CR"),
        pytest.param("\ufeff" + GOOD, GOOD, id="BOM"),
        pytest.param(GOOD.replace("A title", "e\u0301\u200b"), GOOD.replace("A title", "e\u0301\u200b"), id="a doubt"),
        pytest.param("\ufeff\ufeff\ufeff" + GOOD, GOOD, id="BOM upon BOM"),
        pytest.param(GOOD.rstrip(), GOOD, id="no line end at the end"),
        pytest.param(GOOD + "\n\n \n", GOOD, id="empty lines at the end"),
        pytest.param(GOOD.replace("\n", " \t\n"), GOOD, id="trailing blanks"),
        pytest.param("# a \n" + GOOD, "# a\n" + GOOD, id="a blank after a comment"),
        pytest.param(GOOD.replace("A title", "E\u0301tude"), GOOD.replace("A title", "\xc9tude"), id="NFC in a value"),
        pytest.param("# e\u0301\n" + GOOD, "# \xe9\n" + GOOD, id="NFC in a comment"),
        pytest.param("# \xe9 ≤ β 日本\n" + GOOD + "\n", "# \xe9 ≤ β 日本\n" + GOOD, id="other scripts"),
        pytest.param(
            GOOD + "# e \nresearch_notes: |+\n  a  \n\n", GOOD + "# e\nresearch_notes: |+\n  a  \n\n", id="a kept end"
        ),
        pytest.param(GOOD + "x: |\n  a", GOOD + "x: |\n  a", id="a block text without line end"),
        pytest.param(GOOD + "x: >-  \n  a  \n  b\ny: 1 \n", GOOD + "x: >-\n  a  \n  b\ny: 1\n", id="a folded text"),
        pytest.param(
            "\ufeff"
            + GOOD.replace('"24"', "24.0 ")
            .replace("n: 25", 'n: "25"')
            .replace("A t", "o\u0308 t")
            .replace("\n", "\r\n")
            + "# end ",
            GOOD.replace('"24"', '"24.0" ').replace("A t", "\xf6 t") + "# end\n",
            id="all together",
        ),
    ],
)
def test_layout_is_mended(engine: Engine, before: str, after: str) -> None:
    assert fixed(engine, before) == after
    assert fixed(engine, after) == after


# The schema line comes first where it has no counterpart, and one that is there is its author's.
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GOOD, LINE + GOOD),
        (LINE + GOOD, LINE + GOOD),
        ("# a comment\n" + GOOD, LINE + "# a comment\n" + GOOD),
        ("# yaml-language-server: $schema=other.json\n" + GOOD, "# yaml-language-server: $schema=other.json\n" + GOOD),
        ("# a comment\n" + LINE + GOOD, "# a comment\n" + LINE + GOOD),
    ],
)
def test_schema_line_comes_first(engine: Engine, text: str, wanted: str) -> None:
    assert (mend(engine, PATH, text.encode(), LINE.rstrip()).data or text.encode()).decode() == wanted


# A repository has the line where it has a schema, each record from where it lies, or where its records have it.
def test_schema_line_is_that_of_the_repository(repo: Any, tallysheet: Run) -> None:
    repo.good()
    assert tallysheet("fix").code == 0
    assert (repo.root / PATH).read_text().startswith("id: good\n")
    url = "https://raw.githubusercontent.com/tallysheet/tallysheet/main/schema/publication.schema.json"
    repo.write("records/other.yaml", f"# yaml-language-server: $schema={url}\n" + GOOD.replace("good", "other"))
    assert tallysheet("fix").code == 0
    assert (repo.root / PATH).read_text().startswith(f"# yaml-language-server: $schema={url}\nid: good\n")
    repo.write("tallysheet.yaml", "schema: own/s.json\n")
    repo.write("own/s.json", '{"type": "object", "properties": {"id": {"type": "string"}}}')
    repo.write("records/a/b/deep.yaml", "id: 7 # seven\n")
    assert tallysheet("fix", "records/a").code == 0
    wanted = '# yaml-language-server: $schema=../../../own/s.json\nid: "7" # seven\n'
    assert (repo.root / "records/a/b/deep.yaml").read_text() == wanted


# A record that can't be read, or would be worse for its mends, is left alone, and the reason is told.
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD.replace("All,", "no,") + "x: [\n", "it can't be read: line 13: syntax: "),
        (GOOD.encode("utf-16"), "it can't be read: line 1: encoding: the file is UTF-16, not UTF-8"),
        (GOOD + "id: again \n", "duplicate-key"),
        ("", "empty-file"),
        ("# \u200b\n" + GOOD + " \n", "forbidden-character"),
        (GOOD.replace("\n", "\r", 1), "forbidden-character"),
    ],
)
def test_what_can_not_be_read_is_left_alone(engine: Engine, text: str | bytes, why: str) -> None:
    mended = mend(engine, PATH, text if isinstance(text, bytes) else text.encode())
    assert mended.data is None
    assert why in str(mended.why)


# Where quotes would bring to light more than they mend, nothing is written.
def test_findings_never_rise(engine: Engine) -> None:
    text = GOOD.replace("\n", "\r") + "research: 1\rresearch_two: 2\r"
    mended = mend(engine, PATH, text.encode())
    assert (mended.data, "mended, it would have 1 more finding, such as schema at /research" in str(mended.why)) == (
        None,
        True,
    )


# A figure that changed on the way, were there ever a way, is found before anything is written.
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mend_encoding", lambda text: text.replace("24", "42")),
        ("add_schema_line", lambda text, _: text.replace("24", "42")),
    ],
)
def test_changed_figure_is_never_written(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, name: str, wrong: Callable[..., str]
) -> None:
    monkeypatch.setattr(layout, name, wrong)
    mended = mend(engine, PATH, GOOD.encode())
    assert (mended.data, "would change" in str(mended.why)) == (None, True)


# A rule that fails is no reason to write.
def test_rule_that_fails_stops_a_mend(repo: Any, tallysheet: Run) -> None:
    path = repo.write(PATH, GOOD.rstrip())
    repo.write("tallysheet.yaml", "validators: [own]\n")
    rule = '"""X."""\nSCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = True\ndef check(record, at):\n    yield 1 / 0\n'
    repo.write("own/mine.py", rule)
    done = tallysheet("fix")
    assert (done.code, path.read_text()) == (1, GOOD.rstrip())
    assert "left alone: the rule mine failed on it\n" in done.err


# An identifier stays as it is where the rule on identifiers is off.
def test_identifiers_stay_where_their_rule_is_off(repo: Any, tallysheet: Run) -> None:
    repo.write(PATH, GOOD.replace("groups:", "identifiers: {pmcid: pmc11117018}\ngroups:"))
    repo.write("tallysheet.yaml", 'severities: {identifiers: "off"}\n')
    assert tallysheet("fix", "--check").code == 0
    repo.write("tallysheet.yaml", "records: records\n")
    assert tallysheet("fix", "--check").code == 1


# No text makes the work grow faster than the text.
def test_long_runs_of_blanks_take_no_time(engine: Engine) -> None:
    text = GOOD + "# a" + " " * 900_000 + "b"
    assert fixed(engine, text) == text + "\n"


# An edit that would be read as something else than it promises is refused.
def test_edit_that_reads_otherwise_is_refused() -> None:
    document = read(b"a: 1\nb: 2\n")
    with pytest.raises(Unsafe, match="read as another one"):
        with_edits(document, [Edit(3, 4, "yes #", "/a", "yes #")])


# The real records are in order, and stay so.
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_real_records_are_in_order(engine: Engine, path: Path) -> None:
    assert mend(engine, f"records/{path.name}", path.read_bytes(), LINE.rstrip()).data is None


def damage(chance: random.Random, text: str) -> bytes:
    """Return a text with a few of the faults that people and editors make, at random places."""
    for _ in range(chance.randint(1, 8)):
        kind = chance.randrange(9)
        if kind == 0:
            text = unicodedata.normalize("NFD", text)
        elif kind == 1:
            text = text.replace("10.1", chance.choice(["https://doi.org/10.1", "DOI:10.1", "10.l"]), 1)
        elif kind == 2:
            text = text.rstrip("\n") + chance.choice(["", "\n\n", " \n", "\n# the end"])
        else:
            pattern, edit = [
                (r'"([-0-9.]+)"', r"\1"),
                (r"(?<=n: )(\d+)", r'"\1"'),
                (r"(?<=total: )(\d+)", r"'\1'"),
                (r"$", "  "),
                (r"(?<=: )[a-z]+$", "no"),
                (r".", chance.choice(["\t", '"', "{", "\u200b", "\xa0", "7", "", "&a ", "'"])),
            ][kind - 3]
            spots = list(re.finditer(pattern, text, re.MULTILINE))
            for spot in chance.sample(spots, min(len(spots), chance.choice([1, 1, 3, 1000 if kind < 7 else 1]))):
                """Chosen on the text as it was; each is made once, wherever it stands by then."""
                text = text.replace(spot.group(), spot.expand(edit), 1) if spot.group() else text + edit
    text = chance.choice([text, text, text.replace("\n", "\r\n"), text.replace("\n", "\r")])
    return (chance.choice(["", "", "\ufeff"]) + text).encode()


def outside(text: str) -> str:
    """Return a text without all that a mend may change, in whatever form."""
    return re.sub(r"[\s\"'\ufeff]", "", unicodedata.normalize("NFC", text))


# Whatever is wrong with a record: fix is idempotent, adds no finding, and changes no figure and no other character.
@pytest.mark.parametrize("seed", range(120))
def test_damaged_records_are_mended_safely(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chosen so that it comes again
    source = chance.choice(RECORDS)
    path = f"records/{source.name}"
    data = damage(chance, source.read_text(encoding="utf-8"))
    mended = mend(engine, path, data, LINE.rstrip())
    if mended.data is None:
        return
    again = mend(engine, path, mended.data, LINE.rstrip())
    assert (again.data, again.why) == (None, None)
    assert len(engine.judge(path, mended.data).findings) <= len(engine.judge(path, data).findings)
    before, after = data.decode(), mended.data.decode()
    assert "\r" not in after
    assert "\ufeff" not in after
    lines = Counter(outside(line) for line in re.split(r"\r\n|\r|\n", before))
    odd = Counter(outside(line) for line in after.split("\n")) - lines
    assert all(re.match(r"$|doi:10|#yaml-language-server", line) for line in odd), odd


# Most damaged records are mended, or the test above would show nothing.
def test_damaged_records_are_mostly_mended(engine: Engine) -> None:
    done = 0
    for seed in range(30):
        chance = random.Random(seed)  # noqa: S311 - chosen so that it comes again
        source = chance.choice(RECORDS)
        data = damage(chance, source.read_text(encoding="utf-8"))
        done += mend(engine, f"records/{source.name}", data, LINE.rstrip()).data is not None
    assert done > 10


# The example of the documentation is what happens, and the record then passes.
def test_documented_example_is_what_happens(repo: Any, tallysheet: Run) -> None:
    page = (PROJECT / "docs" / "fixes.md").read_text(encoding="utf-8")
    repo.write(PATH, page.partition("```yaml\n")[2].partition("```\n")[0])
    assert page.partition("```diff\n")[2].partition("```\n")[0] == tallysheet("fix").out
    assert tallysheet("check").code == 0


# What changes is shown as a diff, written with the same permissions, and is not there the second time.
def test_fix_shows_and_writes(repo: Any, tallysheet: Run) -> None:
    path = repo.write(PATH, GOOD.replace('"24"', "24.0").replace("n: 25", 'n: "25"'))
    path.chmod(0o640)
    done = tallysheet("fix")
    assert (done.code, done.err) == (0, "1 record: 1 mended, 0 left alone\n")
    assert done.out.startswith(f"--- a/{PATH}\n+++ b/{PATH}\n@@ -3,10 +3,10 @@\n kind: observational\n")
    assert "\n-    proportion: {events: 6, total: 25, percent: 24.0}\n" in done.out
    assert '\n+    proportion: {events: 6, total: 25, percent: "24.0"}\n' in done.out
    assert path.read_text() == GOOD.replace('"24"', '"24.0"')
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in path.parent.iterdir()] == ["good.yaml"]
    again = tallysheet("fix")
    assert (again.code, again.out, again.err) == (0, "", "1 record: 0 mended, 0 left alone\n")


# With --check nothing is written, and the exit code says whether something would be.
def test_check_writes_nothing(repo: Any, tallysheet: Run) -> None:
    path = repo.write(PATH, GOOD.rstrip())
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    done = tallysheet("fix", "--check")
    assert (done.code, done.err) == (1, "1 record: 1 to mend, 0 left alone\n")
    assert "\\ No newline at end of file\n" in done.out
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert tallysheet("fix", "--no-diff").out == ""
    assert tallysheet("fix", "--check").code == 0


# A write that fails leaves the old file, whole, and nothing beside it.
@pytest.mark.parametrize("step", ["replace", "fsync", "fchmod"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_interrupted_write_leaves_the_old_file(
    repo: Any, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = repo.good()
    before = path.read_bytes()

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        replace_record(repo.root, PATH, b"id: new\n")
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["good.yaml"]


# The command tells of a write that failed, and does not end well.
def test_failed_write_is_told(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repo.write(PATH, GOOD.rstrip())

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    done = tallysheet("fix")
    assert (done.code, done.out) == (1, "")
    assert "left alone: it can't be written: No space left on device\n" in done.err
    assert path.read_text() == GOOD.rstrip()


# Nothing is written through a link, whether the record is one or a folder on the way.
def test_links_are_refused(repo: Any, tallysheet: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    target = elsewhere / "good.yaml"
    target.write_text(GOOD.rstrip())
    (repo.root / "records").mkdir()
    (repo.root / PATH).symlink_to(target)
    (repo.root / "records" / "folder").symlink_to(elsewhere)
    for asked in ([], [PATH], ["records"]):
        done = tallysheet("fix", *asked)
        assert (done.code, done.out) == (1, "")
        assert f"{PATH}: left alone: this is a symbolic link, not a regular file\n" in done.err
    for path in (PATH, "records/folder/good.yaml"):
        with pytest.raises(OSError, match=r"regular file|directory|link"):
            replace_record(repo.root, path, b"x")
    assert target.read_text() == GOOD.rstrip()


# What is no record is never written, wherever it lies.
def test_only_records_are_mended(repo: Any, tallysheet: Run) -> None:
    repo.good()
    stray = repo.write("notes.yaml", GOOD.rstrip())
    for asked in ("notes.yaml", "missing.yaml", os.devnull):
        assert tallysheet("fix", asked).code == 2
    assert stray.read_text() == GOOD.rstrip()
    (repo.root / PATH).unlink()
    assert tallysheet("fix").code == 2


# A file that somebody else writes at the same time is theirs.
def test_file_that_changes_meanwhile_is_left_alone(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repo.write(PATH, GOOD.rstrip())
    judge = Engine.judge

    def late(self: Engine, name: str, data: bytes) -> Any:
        path.write_text("id: theirs\n")
        return judge(self, name, data)

    monkeypatch.setattr(Engine, "judge", late)
    done = tallysheet("fix")
    assert (done.code, path.read_text()) == (1, "id: theirs\n")
    assert "left alone: it changed meanwhile\n" in done.err


# Nothing of a record moves a cursor, ends a line or starts a command where the diff is shown.
def test_diff_is_inert(repo: Any, tallysheet: Run) -> None:
    hostile = "# \x1b[31mred\x07 \u202e ##[error]x\n"
    repo.write(PATH, GOOD + "curious: |\n    ::error::x\n    b \n# end ")
    repo.write("records/odd.yaml", hostile + GOOD.replace("good", "odd") + " \n")
    done = tallysheet("fix", "--check")
    assert " \n" in done.out
    assert "::error" not in done.out
    assert ":\\u{3A}error::x" in done.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]|##\\[", done.out + done.err)
