"""What is kept of unchanged records: it changes no report, and whatever happens to it costs time only."""

import io
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tallysheet import glance, judging, stamps
from tallysheet.cache import kept, laws, store
from tallysheet.commands.check import FORMATS
from tallysheet.engine import Engine
from tallysheet.reader import read

if TYPE_CHECKING:
    from types import FrameType

Run = Callable[..., Any]
RAISES = '''"""Fails on one record."""
SCOPE = "record"
SEVERITY = "error"
WAIVABLE = False
def check(record, at):
    if record["id"] == "crash":
        raise KeyError("x")
    yield from ()
'''
WAIVERS = """waivers:
  - {{pointer: /results/0/proportion/percent, rule: quote, reason: The table is not in reach for anybody., by: A. R., \
until: "{until}"}}
curation:"""


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files count as settled at once: a test waits for no clock."""
    for module in (stamps, judging):
        monkeypatch.setattr(module, "SETTLED", -(10**12))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the records that are judged or only asked for facts, as they are."""
    seen: list[str] = []
    judge, gather = Engine.judge, Engine.gather

    def judging_one(engine: Engine, path: str, data: bytes) -> Any:
        seen.append(path)
        return judge(engine, path, data)

    def gathering_one(engine: Engine, path: str, data: bytes) -> Any:
        seen.append(path)
        return gather(engine, path, data)

    monkeypatch.setattr(Engine, "judge", judging_one)
    monkeypatch.setattr(Engine, "gather", gathering_one)
    return seen


def all_kinds(repo: Any) -> None:
    """Write records of every kind: good, wrong, acknowledged, waived, unreadable, malformed, twins."""
    repo.good("good")
    repo.wrong("wrong")
    repo.write("records/twin.yaml", repo.good("twin").read_text().replace("id: twin", "id: good"))
    repo.write("records/unreadable.yaml", "id: [\n")
    repo.write("records/malformed.yaml", repo.good("malformed").read_text().replace("status: active", "status: activ"))
    waived = repo.good("waived").read_text().replace("(24%)", "(25%)")
    repo.write("records/waived.yaml", waived.replace("curation:", WAIVERS.format(until="2027-01-01")))
    entry = (
        'discrepancies: [{pointer: /results/0/proportion/percent, rule: proportion, printed: "6, 25 and 42", '
        'why: The publication prints it so., by: A. R., on: "2026-11-23"}]\ncuration:'
    )
    acknowledged = repo.wrong("acknowledged").read_text().replace("(24%)", "(42%)")
    repo.write("records/acknowledged.yaml", acknowledged.replace("curation:", entry))
    repo.write("records/notes.txt", "no record")


def cache_of(repo: Any) -> Path:
    """Return the file of the cache."""
    (found,) = (repo.root / ".tallysheet").glob("cache-????????????????")
    return Path(found)


def line_at(repo: Any, number: int) -> Any:
    """Return what is read at once of a line of the cache."""
    return json.loads(cache_of(repo).read_bytes().splitlines()[number][64:].partition(b"\t")[0])


# Cold and warm, with one process and with two, the same bytes come out in every format.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("form", FORMATS)
def test_cold_and_warm_give_the_same_bytes(repo: Any, tallysheet: Run, form: str, judged: list[str]) -> None:
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
def test_crashes_are_never_kept(repo: Any, tallysheet: Run) -> None:
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
def test_the_day_counts_where_there_are_waivers(repo: Any, tallysheet: Run, judged: list[str]) -> None:
    all_kinds(repo)
    before = tallysheet("check", "--format", "concise", "--today", "2026-11-23").out
    judged.clear()
    after = tallysheet("check", "--format", "concise", "--today", "2027-01-02").out
    assert judged == ["records/waived.yaml"]
    assert "records/waived.yaml:10:49: acknowledged quote:" in before
    assert "records/waived.yaml:10:49: error quote:" in after
    assert "waiver: expired on 2027-01-01" in after


# A file that was changed a moment ago is known by its content, not by its times: those may not have moved yet.
def test_fresh_files_are_hashed(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, judged: list[str]) -> None:
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
def test_odd_places_are_looked_up_again(repo: Any, tallysheet: Run, judged: list[str], last: bytes) -> None:
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


def copied(file: Path) -> None:
    """Bring the folder of the cache back as a check-out would: the same files, made anew."""
    contents = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    for one in file.parent.iterdir():
        one.rename(file.parent.parent / f"old-{one.name}")
    for name, data in contents.items():
        (file.parent / name).write_bytes(data)


# Nothing but a regular file that has just been made here, whole and by this version, is believed.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: os.truncate(file, file.read_bytes().index(b"\n") + 500), id="torn"),
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"\0" * 5000), id="zeros"),
        pytest.param(lambda file: file.write_bytes(b"{}\n" * 50), id="foreign"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes().replace(b"wrong", b"wrung")), id="poisoned"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="folder"),
        pytest.param(lambda file: (file.unlink(), file.symlink_to("/dev/zero")), id="link"),
        pytest.param(lambda file: (file.unlink(), subprocess.run(["mkfifo", file], check=True)), id="fifo"),
        pytest.param(lambda file: os.truncate(file, store.MOST_BYTES + 1), id="huge"),
        pytest.param(copied, id="copied"),
    ],
)
def test_what_is_not_believed_is_judged_again(
    repo: Any, tallysheet: Run, judged: list[str], spoil: Callable[[Path], Any]
) -> None:
    all_kinds(repo)
    asked = ("check", "--today", "2026-11-23", "--format", "json")
    cold = tallysheet(*asked)
    spoil(cache_of(repo))
    judged.clear()
    assert tallysheet(*asked) == cold
    assert "records/good.yaml" in judged


# What a stranger has forged, hashes and all, says nothing: no check-out can bring the seal of the folder it makes.
@pytest.mark.usefixtures("settled")
def test_committed_cache_is_not_believed(repo: Any, tallysheet: Run) -> None:
    path = repo.wrong()
    tallysheet("check")
    lines = [line[64:] for line in cache_of(repo).read_bytes().splitlines()]
    light, _, heavy = lines[1].partition(b"\t")
    forged = json.dumps({**json.loads(light), "more": {}}).encode()
    store.write_lines(repo.root, cache_of(repo).name, [lines[0], forged + b"\t" + heavy])
    assert tallysheet("check").code == 0, "whoever can write here and now could change the record as well"
    copied(cache_of(repo))
    assert path.exists()
    assert tallysheet("check").code == 1


# A link where the folder would be leads nowhere: nothing is read or written through it.
@pytest.mark.usefixtures("settled")
def test_link_in_place_of_the_folder_is_left_alone(
    repo: Any, tallysheet: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (repo.root / ".tallysheet").symlink_to(outside)
    repo.good()
    assert tallysheet("check").code == 0
    assert list(outside.iterdir()) == []


# Another version of the tool keeps nothing of what this one said.
@pytest.mark.usefixtures("settled")
def test_other_version_judges_anew(
    repo: Any, tallysheet: Run, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.good()
    tallysheet("check")
    judged.clear()
    monkeypatch.setattr(laws, "__version__", "99")
    tallysheet("check")
    assert judged == ["records/good.yaml"]
    judged.clear()
    monkeypatch.setattr(kept, "FORMAT", kept.FORMAT + 1)
    tallysheet("check")
    assert judged == ["records/good.yaml"]


# The digest of the tool is the same in every process, however its sets are ordered.
def test_tool_digest_is_the_same_in_every_process(project: Path) -> None:
    code = "from tallysheet.cache.laws import tool_digest; print(tool_digest())"
    asked = [sys.executable, "-B", "-c", code]
    found = {
        subprocess.run(
            asked, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, cwd=project
        ).stdout
        for seed in "123"
    }
    assert len(found) == 1


# The gate for strangers, a commit and what is staged are judged by themselves, and leave nothing behind.
def test_gate_uses_none(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.commit()
    for arguments in (["--base", "HEAD"], ["--rev", "HEAD"], ["--staged"]):
        assert tallysheet("check", *arguments).code == 0
    assert not (repo.root / ".tallysheet").exists()


# git does not see the folder.
def test_folder_is_out_of_gits_sight(repo: Any, tallysheet: Run) -> None:
    repo.good()
    repo.commit()
    tallysheet("check")
    assert cache_of(repo).exists()
    assert repo.git("status", "--porcelain", "--untracked-files=all") == ""


# Where only some records are named, the facts of the others are kept for the next time; what is said stays the same.
@pytest.mark.usefixtures("settled")
def test_named_records_use_and_add_to_what_is_kept(repo: Any, tallysheet: Run, judged: list[str]) -> None:
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


# Each choice of rules is kept by itself, and of many the oldest go.
@pytest.mark.usefixtures("settled")
def test_choices_of_rules_are_kept_apart(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_FILES", 2)
    repo.wrong()
    assert tallysheet("check", "--select", "references").code == 0
    assert tallysheet("check").code == 1
    assert tallysheet("check", "--select", "study").code == 0
    assert tallysheet("check", "--select", "references").code == 0
    assert len(list((repo.root / ".tallysheet").glob("cache-*"))) == 2


# What a killed run has left is swept once it can be nobody's any more; what may be another run's is not.
def test_left_over_files_are_swept(repo: Any, tallysheet: Run) -> None:
    path = repo.good()
    tallysheet("check")
    old, new = (cache_of(repo).with_name(f"cache-1234567890abcdef.{name}.tmp") for name in ("old", "new"))
    for one in (old, new):
        one.write_text("half")
    os.utime(old, (0, 0))
    path.write_text(path.read_text() + "\n")
    tallysheet("check")
    assert (old.exists(), new.exists()) == (False, True)


# When so many records have gone that most of the file is out of date, it is written anew.
@pytest.mark.usefixtures("settled")
def test_file_does_not_grow_for_ever(repo: Any, tallysheet: Run) -> None:
    paths = [repo.good(f"r{number}") for number in range(8)]
    tallysheet("check")
    first = cache_of(repo).stat().st_size
    for turn in range(12):
        for path in paths[:4]:
            path.write_text(path.read_text() + f"# {turn}\n")
        assert tallysheet("check").code == 0
    assert cache_of(repo).stat().st_size < 2.5 * first


# A run over one record by rules that compare nothing drops nothing of what is known of the others.
@pytest.mark.usefixtures("settled")
def test_run_over_one_record_keeps_the_others(repo: Any, tallysheet: Run, judged: list[str]) -> None:
    for number in range(8):
        repo.good(f"r{number}")
    asked = ("check", "--select", "proportion")
    tallysheet(*asked)
    path = repo.good("r8")
    tallysheet(*asked, "records/r8.yaml")
    path.write_text(path.read_text() + "# longer\n")
    tallysheet(*asked, "records/r8.yaml")
    judged.clear()
    tallysheet(*asked)
    assert judged == []


# Runs over a record or two leave small lines, which are joined before they are many; nothing is judged again for it.
@pytest.mark.usefixtures("settled")
def test_small_lines_are_joined(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch, judged: list[str]) -> None:
    monkeypatch.setattr(kept, "MANY", 3)
    paths = [repo.good(f"r{number:02}") for number in range(40)]
    tallysheet("check")
    seen = set()
    for path in paths[:12]:
        seen.add(len(cache_of(repo).read_bytes().splitlines()))
        path.write_text(path.read_text() + "# longer\n")
        judged.clear()
        tallysheet("check", path.relative_to(repo.root).as_posix())
        assert judged == [path.relative_to(repo.root).as_posix()]
    judged.clear()
    assert tallysheet("check") == tallysheet("check", "--no-cache")
    assert sorted(judged) == [f"records/{path.name}" for path in paths]
    assert max(seen) <= 6
    assert len(seen) > 2


CALLS = ("open", "read", "replace", "stat", "mkdir", "listdir", "unlink", "fstat")


# Whichever call to the file system fails, the first, the second or any other, the answer is right.
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("warm", [False, True])
def test_answer_is_right_whatever_fails(
    repo: Any,
    tallysheet: Run,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    warm: bool,  # noqa: FBT001 - a column of a table
) -> None:
    repo.good()
    path = repo.wrong()
    right = tallysheet("check", "--no-cache")
    real = getattr(os, call)
    for number in range(200):
        if warm:
            tallysheet("check")
            path.write_text(path.read_text() + "\n")
        calls = {"left": number, "failed": 0}

        def failing(*arguments: Any, counter: dict[str, int] = calls, **named: Any) -> Any:
            frame: FrameType | None = sys._getframe(1)
            while frame and not frame.f_code.co_filename.endswith(("cache/store.py", "cache/kept.py")):
                frame = frame.f_back
            if frame:
                counter["left"] -= 1
                if counter["left"] < 0 and not counter["failed"]:
                    counter["failed"] = 1
                    raise OSError(28, "No space left on device")
            return real(*arguments, **named)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            done = tallysheet("check")
        assert done == right
        assert not list(repo.root.glob(".tallysheet/*.tmp")) or call in ("unlink", "replace")
        if not calls["failed"]:
            return
    pytest.fail("there was always one more")


# A disk that is full when the folder is made leaves nothing half written behind.
def test_full_disk_leaves_no_part_of_a_seal(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        def write(self, _: Any) -> int:
            raise OSError(28, "No space left on device")

    repo.good()
    monkeypatch.setattr(store, "open", Full, raising=False)
    assert tallysheet("check").code == 0
    assert list((repo.root / ".tallysheet").iterdir()) == []


# A root that can't be written to costs time only.
def test_unwritable_root_is_judged(repo: Any, tallysheet: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    repo.good()
    monkeypatch.setattr(os, "mkdir", refuse)
    assert tallysheet("check").code == 0
    assert not (repo.root / ".tallysheet").exists()


# Many runs at once all give the right answer, and leave a cache that can be used.
def test_many_runs_at_once_are_safe(repo: Any, tallysheet: Run) -> None:
    all_kinds(repo)
    asked = [sys.executable, "-m", "tallysheet", "check", "--format", "json", "--today", "2026-11-23"]
    right = tallysheet("check", "--no-cache", "--format", "json", "--today", "2026-11-23").out
    found: list[str] = []

    def once() -> None:
        found.append(subprocess.run(asked, cwd=repo.root, capture_output=True, text=True, check=False).stdout)

    threads = [threading.Thread(target=once) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [right] * 6
    assert list((repo.root / ".tallysheet").glob("*.tmp")) == []
    assert store.read_lines(repo.root, cache_of(repo).name)


# What facts a rule keeps is the same in memory and on the disk; what JSON can't hold is the rule's failure.
def test_facts_that_can_not_be_stored_are_a_crash(repo: Any, tallysheet: Run) -> None:
    repo.write("tallysheet.yaml", "validators: [own]\n")
    rule = RAISES.replace('"record"', '"repository"\nBLOCK = "publication"').replace(
        "check(record, at)", "facts(r, at)"
    )
    repo.write(
        "own/keeps.py", rule.split("    if record")[0] + "    return {1, 2}\ndef check(entries):\n    yield from ()\n"
    )
    repo.good()
    done = tallysheet("check")
    assert done.code == 3
    assert "rule keeps failed on records/good.yaml" in done.err
    assert "Object of type set is not JSON serializable" in done.err


# The bytes of the report hang on no locale, no seed of hashes and no number of processes.
@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_report_is_the_same_everywhere(repo: Any, jobs: str) -> None:
    all_kinds(repo)
    asked = [sys.executable, "-m", "tallysheet", "check", "--format", "json", "--today", "2026-11-23", "--jobs", jobs]
    found = {
        subprocess.run(asked, cwd=repo.root, env={**os.environ, **around}, capture_output=True, check=False).stdout
        for around in (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        )
    }
    one = subprocess.run([*asked[:-1], "1", "--no-cache"], cwd=repo.root, capture_output=True, check=False).stdout
    assert found == {one}
    assert judging.cores() >= 1
