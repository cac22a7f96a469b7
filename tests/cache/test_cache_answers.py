"""What is kept of unchanged records changes no report: what has changed is judged again, and by another law all is."""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from tallysheet import glance, stamps
from tallysheet.cache import kept, store
from tallysheet.commands.check import FORMATS
from tallysheet.reader import read

Run = Callable[..., Any]
Helper = Callable[..., Any]
RAISES = '''"""Fails on one record."""
SCOPE = "record"
SEVERITY = "error"
WAIVABLE = False
def check(record, at):
    if record["id"] == "crash":
        raise KeyError("x")
    yield from ()
'''


# Cold and warm, with one process and with two, the same bytes come out in every format.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("form", FORMATS)
def test_cold_and_warm_give_the_same_bytes(
    repo: Any, tallysheet: Run, form: str, judged: list[str], all_kinds: Helper
) -> None:
    all_kinds(repo)
    asked = ("check", "--format", form, "--today", "2026-11-23")
    without = tallysheet(*asked, "--no-cache")
    assert not (repo.root / ".tallysheet").exists()
    cold = tallysheet(*asked)
    judged.clear()
    warm = tallysheet(*asked)
    assert judged == [] or form == "sarif"  # what fix would write in the place of a finding is worked out anew
    assert without == cold == warm
    assert cold.code == 1


# A record on which a rule raised is never kept: the next run meets it again, and fails again.
@pytest.mark.usefixtures("settled")
def test_crashes_are_never_kept(repo: Any, tallysheet: Run, cache_of: Helper) -> None:
    repo.write("tallysheet.yaml", "validators: [own]\n")
    repo.write("own/raises.py", RAISES)
    repo.good("good")
    repo.good("crash")
    first = tallysheet("check")
    assert first.code == 3
    assert b"crash" not in cache_of(repo).read_bytes()
    assert b"good" in cache_of(repo).read_bytes()
    assert tallysheet("check") == first


# Only what is changed is judged again: by its content, its path, and whatever judges it.
@pytest.mark.usefixtures("settled")
def test_what_is_changed_is_judged_again(repo: Any, tallysheet: Run, judged: list[str]) -> None:
    repo.good("a")
    path = repo.good("b")
    repo.write("tallysheet.yaml", "records: records\n")
    tallysheet("check")
    judged.clear()
    path.write_text(path.read_text().replace('percent: "24"', 'percent: "42"'))
    done = tallysheet("check", "--format", "json")
    assert (done.places()[0][:2], judged) == (("proportion", "records/b.yaml"), ["records/b.yaml"])
    judged.clear()
    path.rename(path.with_name("c.yaml"))
    assert tallysheet("check", "--format", "json").places()[0][:2] == ("file-name", "records/c.yaml")
    assert judged == ["records/c.yaml"]
    judged.clear()
    repo.write("tallysheet.yaml", "severities: {proportion: warning}\n")
    done = tallysheet("check", "--format", "json")
    assert {found["rule"]: found["severity"] for found in done.report["findings"]}["proportion"] == "warning"
    assert judged == ["records/a.yaml", "records/c.yaml"]


# A rule of the repository's own counts by its source, and so does a rule that is new.
@pytest.mark.usefixtures("settled")
def test_changed_rule_judges_anew(repo: Any, tallysheet: Run) -> None:
    repo.write("tallysheet.yaml", "validators: [own]\n")
    repo.write("own/raises.py", RAISES)
    repo.good()
    assert tallysheet("check").code == 0
    assert tallysheet("check").code == 0
    repo.write("own/raises.py", RAISES.replace('"crash"', '"good"'))
    assert tallysheet("check").code == 3
    repo.write("own/raises.py", RAISES)
    repo.write("own/other.py", RAISES.replace('"crash"', '"good"'))
    assert tallysheet("check").code == 3


# A file of the schema counts by its content, also one that is only referred to.
@pytest.mark.usefixtures("settled")
def test_changed_schema_judges_anew(repo: Any, tallysheet: Run) -> None:
    repo.write("tallysheet.yaml", "schema: schema/main.json\n")
    repo.write("schema/main.json", '{"type": "object", "properties": {"kind": {"$ref": "kind.json"}}}')
    repo.write("schema/kind.json", '{"type": "string"}')
    repo.good()
    assert tallysheet("check").code == 0
    assert tallysheet("check").code == 0
    repo.write("schema/kind.json", '{"type": "boolean"}')
    assert tallysheet("check").code == 1


# A waiver runs out though its record is unchanged; a record without waivers does not care what day it is.
@pytest.mark.usefixtures("settled")
def test_the_day_counts_where_there_are_waivers(
    repo: Any, tallysheet: Run, judged: list[str], all_kinds: Helper
) -> None:
    all_kinds(repo)
    before = tallysheet("check", "--format", "concise", "--today", "2026-11-23").out
    judged.clear()
    after = tallysheet("check", "--format", "concise", "--today", "2027-01-02").out
    assert judged == ["records/waived.yaml"]
    assert "records/waived.yaml:10:49: acknowledged quote:" in before
    assert "records/waived.yaml:10:49: error quote:" in after
    assert "waiver: expired on 2027-01-01" in after


# A file that was changed a moment ago is known by its content, not by its times: those may not have moved yet.
def test_fresh_files_are_hashed(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, judged: list[str], line_at: Helper
) -> None:
    path = repo.good()
    tallysheet("check")
    assert line_at(repo, 1)["stamps"] == "f" * 64
    times = path.stat()
    path.write_text(path.read_text().replace('percent: "24"', 'percent: "42"'))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert tallysheet("check").code == 1
    judged.clear()
    monkeypatch.setattr(stamps, "SETTLED", -(10**12))
    assert tallysheet("check").code == 1
    assert judged == []
    assert line_at(repo, -1)["stamps"] != "f" * 64


# Where a finding on two records stands is looked up once: again only where one of them is changed.
@pytest.mark.usefixtures("settled")
def test_places_are_looked_up_once(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = repo.good("good")
    repo.write("records/twin.yaml", repo.good("twin").read_text().replace("id: twin", "id: good"))
    looked_up: list[bytes] = []

    def reading(data: bytes) -> Any:
        looked_up.append(data)
        return read(data)

    monkeypatch.setattr(glance, "read", reading)
    asked = ("check", "--select", "unique-id", "--format", "json")
    cold = tallysheet(*asked)
    assert len(looked_up) == 2
    for _ in range(2):
        assert tallysheet(*asked) == cold
    assert len(looked_up) == 2
    first.write_text("# longer by a line\n" + first.read_text())
    moved = tallysheet(*asked)
    assert looked_up[2:] == [first.read_bytes()]
    assert moved == tallysheet(*asked) == tallysheet(*asked, "--no-cache")
    (found,) = moved.report["findings"]
    assert (found["path"], found["line"], found["related"][0]["line"]) == ("records/twin.yaml", 1, 2)


# What is kept of places is worth nothing where it is torn or of another kind; the records beside it are still known.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "last",
    [b"", b"{}", b"[", b'{"stands":[]}', b'{"stands":{"records/good.yaml":[]}}', b'{"stands":{"records/good.yaml":7}}'],
)
def test_odd_places_are_looked_up_again(
    repo: Any, tallysheet: Run, judged: list[str], last: bytes, all_kinds: Helper, cache_of: Helper
) -> None:
    all_kinds(repo)
    cold = tallysheet("check", "--format", "json", "--today", "2026-11-23")
    lines = [line[64:] for line in cache_of(repo).read_bytes().splitlines()]
    assert lines[-1].startswith(b'{"stands"')
    store.write_lines(repo.root, cache_of(repo).name, [*lines[:-1], last])
    judged.clear()
    assert tallysheet("check", "--format", "json", "--today", "2026-11-23") == cold
    assert judged == []


# A record that is written anew with other content of another length is not even read to see that.
@pytest.mark.usefixtures("settled")
def test_other_length_is_other_content(
    repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, judged: list[str]
) -> None:
    path = repo.good()
    tallysheet("check")
    asked: list[str] = []
    is_alike = kept.Kept.is_alike

    def asking(self: kept.Kept, path: str, digest: str) -> bool:
        asked.append(path)
        return is_alike(self, path, digest)

    monkeypatch.setattr(kept.Kept, "is_alike", asking)
    path.write_text(path.read_text() + "\n")
    judged.clear()
    tallysheet("check")
    assert (asked, judged) == ([], ["records/good.yaml"])
    path.write_text(path.read_text())
    judged.clear()
    tallysheet("check")
    assert (asked, judged) == (["records/good.yaml"], [])


# Records in several folders, of which many change, go and come back, are told of as they lie there now.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_is_seen(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr("tallysheet.line.RECORDS", 3)
    chance = random.Random(seed)  # noqa: S311 - any sequence will do
    texts = {}
    for name in ("a", "b", "c", "d", "e", "f", "g", "h"):
        good = repo.good(name)
        texts[name] = good.read_text()
        good.unlink()
    for _ in range(12):
        for name, text in texts.items():
            path = repo.root / "records" / chance.choice(("", "x", "x/y")) / f"{name}.yaml"
            deed = chance.choice(("write", "break", "twin", "remove", "leave"))
            if deed == "remove":
                path.unlink(missing_ok=True)
            elif deed != "leave":
                other = text.replace('percent: "24"', 'percent: "42"') if deed == "break" else text
                other = text.replace(f"id: {name}", "id: a") if deed == "twin" else other
                repo.write(path.relative_to(repo.root).as_posix(), other)
        inside = [*(repo.root / "records/x").rglob("*.yaml")] if chance.random() < 0.3 else []
        asked = ("check", "--format", "json", *(["records/x"] if inside else []))
        warm = tallysheet(*asked)
        assert warm == tallysheet(*asked, "--no-cache")
        assert warm == tallysheet(*asked)


# Where only some records are named, the facts of the others are kept for the next time; what is said stays the same.
@pytest.mark.usefixtures("settled")
def test_named_records_use_and_add_to_what_is_kept(
    repo: Any, tallysheet: Run, judged: list[str], all_kinds: Helper
) -> None:
    all_kinds(repo)
    asked = ("check", "--format", "json", "--today", "2026-11-23", "records/wrong.yaml", "records/twin.yaml")
    cold = tallysheet(*asked)
    judged.clear()
    assert tallysheet(*asked) == cold
    assert judged == []
    whole = tallysheet("check", "--format", "json", "--today", "2026-11-23")
    assert "records/good.yaml" in judged, "of which only the facts were known"
    assert whole == tallysheet("check", "--no-cache", "--format", "json", "--today", "2026-11-23")
    judged.clear()
    assert tallysheet(*asked) == cold
    assert judged == []
