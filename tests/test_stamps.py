"""What a file system says of many files at once, and what a folder of records holds: in C and in Python the same."""

import os
import random
import socket
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tallysheet import stamps
from tallysheet.reader.files import list_records
from tallysheet.reader.limits import FOLDERS
from tallysheet.trees import listing

NOW = 10**18
COMPILED = find_spec("tallysheet._plainly") is not None
pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing is opened by the descriptor of its folder there")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[int]:
    """Open the folder of the test."""
    opened = os.open(tmp_path, os.O_RDONLY)
    yield opened
    os.close(opened)


def odd_files(root: Path) -> list[str]:
    """Write files of every kind; return names, also of what is not there."""
    (root / "plain.yaml").write_text("x")
    (root / "large").write_bytes(b"x" * 70_000)
    (root / "é.yaml").write_text("x")
    (root / "link").symlink_to("plain.yaml")
    (root / "folder").mkdir()
    os.mkfifo(root / "pipe")
    (root / "old").write_text("x")
    os.utime(root / "old", ns=(-1_500_000_001, -1_500_000_001))
    return ["plain.yaml", "large", "link", "folder", "pipe", "old", "missing", ""]


# Compiled or not, the stamps are the same letter by letter: of regular files that are settled, and of nothing else.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
def test_compiled_stamps_are_those_of_python(tmp_path: Path, folder: int) -> None:
    from tallysheet import _plainly

    names = odd_files(tmp_path)
    late = time.time_ns() + NOW
    found = stamps.stamped_in_python(folder, names, late)
    assert _plainly.stamped(folder, names, late) == found
    assert len(found) == len(names) * stamps.SIZE
    parts = [found[at : at + stamps.SIZE] for at in range(0, len(found), stamps.SIZE)]
    assert [part == stamps.NONE for part in parts] == [False, False, True, True, True, False, True, True]
    seen = (tmp_path / "old").stat()
    numbers = (seen.st_ino, 1, seen.st_mtime_ns % 2**64, seen.st_ctime_ns)
    assert parts[5] == "".join(f"{number:016x}" for number in numbers)
    early = seen.st_ctime_ns
    assert _plainly.stamped(folder, ["old"], early) == stamps.NONE == stamps.stamped_in_python(folder, ["old"], early)
    assert _plainly.stamped(folder, ["old"], early + 1) != stamps.NONE
    assert _plainly.stamped(folder, [], late) == ""


# Times far from ours, as a file from an archive may bear, and any limit: the stamps are the same, with no overflow.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
@pytest.mark.parametrize("touched", [-(2**31) * 10**9, -1, 0, 999_999_999, 2**63 - 1, 2**63, 10**19, 2**64 + 5])
def test_compiled_stamps_are_the_same_at_any_time(tmp_path: Path, folder: int, touched: int) -> None:
    from tallysheet import _plainly

    (tmp_path / "far").write_text("x")
    os.utime(tmp_path / "far", ns=(touched, touched))  # a file system that can't keep it keeps the nearest
    seen = (tmp_path / "far").stat()
    for near in (seen.st_mtime_ns, seen.st_ctime_ns, -1_500_000_000, 0, time.time_ns() + NOW):
        for settled in range(near - 1, near + 2):
            if settled < 2**63:
                found = stamps.stamped_in_python(folder, ["far"], settled)
                assert _plainly.stamped(folder, ["far"], settled) == found, (seen.st_mtime_ns, settled)


# A number that opens no folder is refused, and not cut down to one that does; a negative one means no folder at all.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
@pytest.mark.parametrize("number", [-1, -100, 2**31, 2**32, 2**70, "0", None])
def test_what_is_no_descriptor_is_refused(tmp_path: Path, number: int) -> None:
    from tallysheet import _plainly

    (tmp_path / "file").write_text("x")
    with pytest.raises((TypeError, ValueError, OverflowError)):
        _plainly.stamped(number, [str(tmp_path / "file")], NOW)
    with pytest.raises((TypeError, ValueError, OverflowError)):
        _plainly.listed(number, "records/")


# A name that a file system may spell in another way is left to Python, and so is what is no name.
@pytest.mark.skipif(not COMPILED, reason="it was built without a compiler")
@pytest.mark.parametrize("name", ["é.yaml", "a\0b", "\ud800", None, 1, b"plain.yaml"])
def test_names_that_are_not_plain_are_left_to_python(tmp_path: Path, folder: int, name: str) -> None:
    from tallysheet import _plainly

    odd_files(tmp_path)
    assert _plainly.stamped(folder, ["plain.yaml", name], NOW) is None
    for wrong in (name, (), None):
        with pytest.raises(TypeError):
            _plainly.stamped(folder, wrong, NOW)  # type: ignore[arg-type]  # as nobody calls it


# An open folder can be listed again and again, by whichever part: none leaves it read to its end.
def test_open_folder_can_be_listed_again(tmp_path: Path, folder: int) -> None:
    (tmp_path / "a.yaml").write_text("x")
    compiled = vars(listing)["listed"]
    for call in (compiled, listing.listed_in_python) * 2:
        assert call(folder, "records/") == (["records/a.yaml"], [])


# Stamps come in the order of the paths, whichever folders these are in and whatever their names; no link is followed.
def test_stamps_come_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "SETTLED", -NOW)
    odd_files(tmp_path)
    for name in ("a", "b"):
        (tmp_path / "folder" / name).write_text(name)
    (tmp_path / "around").symlink_to("folder")
    paths = ["folder/a", "plain.yaml", "folder/b", "folder/c", "é.yaml", "around/a", "none/a", "a\0b"]
    found = stamps.stamps_in(tmp_path, stamps.runs_of(paths))
    alone = [stamps.stamps_in(tmp_path, stamps.runs_of([path])) for path in paths]
    assert found == "".join(alone)
    assert [stamp != stamps.NONE for stamp in alone] == [True, True, True, False, True, False, False, False]


ODD = ["a.YAML", "A.yaml", "-a.yaml", ".yaml", ".b.yaml", "x.txt", "sp ace.yaml", "é.yaml", "LICENSE.yml", "a\nb.yaml"]
PLAIN = ["a.yaml", "0.yaml", "a.b-c_d.yaml", "README.md", "LICENSE", ".gitkeep", "x" * 200 + ".yaml"]


# Compiled or not, a folder in which all is in its place is listed as the reader lists it; any other is left to it.
@pytest.mark.parametrize("compiled", ["compiled", ""])
@pytest.mark.parametrize("seed", range(40))
def test_listing_is_the_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: str, seed: int) -> None:
    if not compiled:
        monkeypatch.setattr(listing, "listed", listing.listed_in_python)
    chance = random.Random(seed)  # noqa: S311 - any sequence will do, if it is the same each time
    for place in ("records", "records/a", "records/a/b", "records/0"):
        (tmp_path / place).mkdir()
        for name in chance.sample(PLAIN, 4):
            (tmp_path / place / name).write_text("x")
    odd = seed % 2 == 1
    if odd:
        target = tmp_path / chance.choice(("records", "records/a/b"))
        deeds: list[Callable[[], object]] = [
            *[lambda name=name: (target / name).write_text("x") for name in ODD],
            lambda: (target / "link.yaml").symlink_to("a.yaml"),
            lambda: (target / "link").symlink_to("."),
            (target / "folder.yaml").mkdir,
            (target / "Folder").mkdir,
            (target / ".hidden").mkdir,
            lambda: os.mkfifo(target / "pipe"),
            lambda: socket.socket(socket.AF_UNIX).bind(os.path.relpath(target / "socket")),
        ]
        chance.choice(deeds)()
    right = list_records(tmp_path, "records")
    assert listing.records_below(tmp_path, "records") == right
    assert listing.plain_records(tmp_path, "records") == (None if odd else right[0])


# Folders that are nested too deep, and one that is not there, are the reader's to speak of.
@pytest.mark.parametrize("deeper", [0, 1])
def test_depth_is_the_readers(tmp_path: Path, deeper: int) -> None:
    deep = tmp_path / "/".join(["records", *"a" * (FOLDERS + deeper)])
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text("x")
    right = list_records(tmp_path, "records")
    assert len(right[1]) == deeper
    assert listing.records_below(tmp_path, "records") == right
    assert listing.plain_records(tmp_path, "nowhere") is None
    assert listing.records_below(tmp_path, "nowhere") == list_records(tmp_path, "nowhere")
