"""Only regular files inside the repository are opened, and all that is there is told of. Windows is not tried here."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallysheet.findings import TOP, Fault
from tallysheet.reader import files
from tallysheet.reader.files import list_records
from tallysheet.reader.files import open_record as open_alone
from tallysheet.reader.limits import FILE_BYTES, FOLDERS
from tallysheet.trees import Folder, series
from tallysheet.trees.series import Series

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices are made as POSIX has them")


def open_in_series(root: Path, relative: str, limit: int = FILE_BYTES) -> bytes | Fault:
    """Open a record as one of several."""
    with Series(Folder(root)) as several:
        return several.open(relative, limit)


WAYS: dict[str, Callable[..., bytes | Fault]] = {"alone": open_alone}


def open_record(root: Path, relative: str, limit: int = FILE_BYTES) -> bytes | Fault:
    """Open a record in the way that the test is run for."""
    return WAYS["alone"](root, relative, limit)


@pytest.fixture(name="root", params=["openat", "compared", "series"])
def fixture_root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with a record, read by each of three ways: with `openat`, without, and one after another."""
    for module in (files, series):
        monkeypatch.setattr(module, "OPENAT", request.param != "compared")
        if request.param == "compared":
            monkeypatch.setattr(module, "FILE", os.O_NONBLOCK)  # what a platform without O_NOFOLLOW has left
    if request.param == "series":
        monkeypatch.setitem(WAYS, "alone", open_in_series)
    root = tmp_path / "repository"
    (root / "records" / "inner").mkdir(parents=True)
    (root / "records" / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (root / "records" / "inner" / "b.yaml").write_text("id: b\n", encoding="utf-8")
    (tmp_path / "outside.yaml").write_text("secret: 1\n", encoding="utf-8")
    return root


def rule(opened: bytes | Fault) -> str:
    assert isinstance(opened, Fault)
    assert opened.span == TOP
    assert opened.hint
    return opened.rule


def test_a_record_is_read(root: Path) -> None:
    assert open_record(root, "records/a.yaml") == b"id: a\n"
    assert open_record(root, "records/inner/b.yaml") == b"id: b\n"


def test_an_empty_record_is_read_as_such(root: Path) -> None:
    (root / "records" / "empty.yaml").touch()
    assert open_record(root, "records/empty.yaml") == b""


def test_the_repository_may_be_reached_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert open_record(tmp_path / "link", "records/a.yaml") == b"id: a\n"
    assert list_records(tmp_path / "link", "records")[0] == ["records/a.yaml", "records/inner/b.yaml"]


NAMES = [
    *("", "/", "records/", "/records/a.yaml", "records//a.yaml", "./records/a.yaml", "records/../records/a.yaml", ".."),
    *(
        "../outside.yaml",
        "records/A.yaml",
        "records/a b.yaml",
        "records/é.yaml",
        "records/a\n.yaml",
        "records/a.yaml\n",
    ),
    *("-a.yaml", "--help", "records/.a.yaml", "records\\a.yaml", "c:/a.yaml", "records/a.yaml:x", "records/a\0.yaml"),
    *(
        "records/\udcff.yaml",
        "records/\u202ea.yaml",
        "records/$(id).yaml",
        "records/%0a.yaml",
        "~/a.yaml",
        "records/*.yaml",
    ),
]


@pytest.mark.parametrize("name", NAMES)
def test_no_other_name_is_opened(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", None)
    monkeypatch.setattr(os, "lstat", None)
    fault = open_record(root, name)
    assert rule(fault) == "odd-name"
    assert isinstance(fault, Fault)
    assert fault.message.isprintable()


def test_a_name_is_shown_inertly_with_one_that_would_do(root: Path) -> None:
    assert open_record(root, "records/M\u202ey Paper\n1.yaml") == Fault(
        "odd-name",
        TOP,
        'the name "M\\u{202E}y Paper\\u{A}1.yaml" is not of a-z, 0-9, dot, dash and underscore,'
        " the first being a-z or 0-9",
        'rename it, for instance to "m-y-paper-1.yaml"',
    )


def link(path: Path, target: Path | str) -> None:
    path.symlink_to(target)


def fifo(path: Path, _: Path) -> None:
    os.mkfifo(path)


def listening(path: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        os.chdir(path.parent)  # the path of a socket may be short only
        bound.bind(path.name)


ODD: list[tuple[str, Callable[[Path, Path], None], str]] = [
    ("a link out", lambda path, root: link(path, root.parent / "outside.yaml"), "a symbolic link"),
    ("a link within", lambda path, root: link(path, root / "records" / "a.yaml"), "a symbolic link"),
    ("a relative link", lambda path, _: link(path, "a.yaml"), "a symbolic link"),
    ("a dangling link", lambda path, _: link(path, "nowhere.yaml"), "a symbolic link"),
    ("a link to itself", lambda path, _: link(path, path), "a symbolic link"),
    ("a link to a folder", lambda path, root: link(path, root / "records"), "a symbolic link"),
    ("a link to a device", lambda path, _: link(path, "/dev/zero"), "a symbolic link"),
    ("a folder", lambda path, _: path.mkdir(), "a folder"),
    ("a pipe", fifo, "a named pipe"),
    ("a socket", listening, "a socket"),
]


@pytest.mark.parametrize(("make", "what"), [(make, what) for _, make, what in ODD], ids=[name for name, *_ in ODD])
def test_only_regular_files_are_opened(
    root: Path, make: Callable[[Path, Path], None], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    make(root / "records" / "x.yaml", root)
    expected = Fault(
        "file-type", TOP, f"this is {what}, not a regular file", "put the record itself here, as a plain file"
    )
    assert open_record(root, "records/x.yaml") == expected
    assert list_records(root, "records") == (
        ["records/a.yaml", "records/inner/b.yaml"],
        [("records/x.yaml", expected)],
    )


def test_a_device_is_not_opened(root: Path) -> None:
    try:
        os.mknod(root / "records" / "x.yaml", 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("making a device is not permitted here")
    opened = open_record(root, "records/x.yaml")
    assert rule(opened) in {"file-type", "file-unreadable"}


def test_no_component_is_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "c.yaml").write_text("id: c\n", encoding="utf-8")
    (root / "records" / "out").symlink_to(tmp_path / "elsewhere")
    (root / "records" / "up").symlink_to(root / "records")
    assert rule(open_record(root, "records/out/c.yaml")) == "file-type"
    assert rule(open_record(root, "records/up/a.yaml")) == "file-type"
    assert rule(open_record(root, "records/a.yaml/b.yaml")) == "file-type"
    records, faults = list_records(root, "records")
    assert records == ["records/a.yaml", "records/inner/b.yaml"]
    assert [(path, fault.rule) for path, fault in faults] == [("records/out", "file-type"), ("records/up", "file-type")]


def test_the_folder_of_records_is_no_link(root: Path) -> None:
    (root / "linked").symlink_to(root / "records")
    records, ((path, fault),) = list_records(root, "linked")
    assert (records, path, fault.rule) == ([], "linked", "file-type")


def test_a_large_file_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / "records" / "sparse.yaml").open("wb") as sparse:
        sparse.truncate(2 << 30)
    monkeypatch.setattr(os, "read", None)
    assert open_record(root, "records/sparse.yaml") == Fault(
        "file-size",
        TOP,
        "the file has 2,147,483,648 bytes, more than the 1,048,576 allowed",
        "split it: a record is a few thousand bytes",
    )


def test_the_limit_is_the_last_size_that_is_read(root: Path) -> None:
    path = root / "records" / "x.yaml"
    path.write_bytes(b"#" * FILE_BYTES)
    assert open_record(root, "records/x.yaml") == b"#" * FILE_BYTES
    path.write_bytes(b"#" * (FILE_BYTES + 1))
    assert rule(open_record(root, "records/x.yaml")) == "file-size"
    assert rule(open_record(root, "records/a.yaml", limit=5)) == "file-size"
    assert open_record(root, "records/a.yaml", limit=6) == b"id: a\n"


def test_what_is_missing_or_not_permitted_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hint = "see that it exists and may be read"
    missing = Fault("file-unreadable", TOP, "there is no such file or folder", hint)
    assert open_record(root, "records/none.yaml") == missing
    assert open_record(root, "none/none.yaml") == missing
    assert list_records(root, "none") == ([], [("none", missing)])

    def refuse(*_: Any, **__: Any) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refuse)
    expected = Fault("file-unreadable", TOP, "reading it is not permitted", hint)
    assert open_record(root, "records/a.yaml") == expected


def descriptors() -> int:
    """Return how many files are open, where the platform tells."""
    return len(list(Path("/dev/fd").iterdir())) if Path("/dev/fd").exists() else 0


# The n-th call of each kind fails: every failure is told, no descriptor is left open.
@pytest.mark.parametrize("call", ["open", "fstat", "read", "lstat", "scandir"])
@pytest.mark.parametrize("error", [errno.EIO, errno.EMFILE, errno.EACCES, errno.ENOENT, errno.ENOMEM])
def test_every_failing_call_is_told_and_leaves_nothing_open(
    root: Path, call: str, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(os, call)
    before = descriptors()
    for failing in range(6):
        calls = iter(range(100))

        def sometimes(*args: Any, _calls: Any = calls, _failing: int = failing, **named: Any) -> Any:
            if next(_calls) == _failing:
                raise OSError(error, "no")
            return real(*args, **named)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, sometimes)
            opened = open_record(root, "records/inner/b.yaml")
            _, faults = list_records(root, "records")
        assert opened == b"id: b\n" or rule(opened) == "file-unreadable"
        assert {fault.rule for _, fault in faults} <= {"file-unreadable"}
    assert descriptors() == before


@pytest.mark.parametrize("change", [b"id: longer than before\n", b"", b"id: b\n"])
def test_a_file_that_changes_while_it_is_read_is_told(
    root: Path, change: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = root / "records" / "a.yaml", os.read

    def changing(file: int, size: int) -> bytes:
        path.write_bytes(change)
        os.utime(path, ns=(1, 1))
        return real(file, size)

    monkeypatch.setattr(os, "read", changing)
    expected = Fault("file-unreadable", TOP, "the file changed while it was read", "check again")
    assert open_record(root, "records/a.yaml") == expected


def test_a_read_that_gives_little_at_a_time_is_gone_on_with(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.read
    monkeypatch.setattr(os, "read", lambda file, size: real(file, min(size, 2)))
    assert open_record(root, "records/a.yaml") == b"id: a\n"


def test_all_that_is_no_record_is_told(root: Path) -> None:
    records = root / "records"
    for name in ("LICENSE", "README.md", ".gitkeep", ".DS_Store"):
        (records / name).touch()
    for name in ("c.yml", "d.json", "e", "f.yaml.bak", "g.YAML", "H.yaml", ".i.yaml", "-j.yaml", "k l.yaml", "license"):
        (records / name).touch()
    (records / ".hidden").mkdir()
    (records / ".hidden" / "m.yaml").touch()
    (records / "N").mkdir()
    (records / "N" / "o.yaml").touch()
    os.mkfifo(records / "pipe")
    found, faults = list_records(root, "records")
    assert found == ["records/a.yaml", "records/inner/b.yaml"]
    assert [(path.removeprefix("records/"), fault.rule) for path, fault in faults] == [
        ("-j.yaml", "odd-name"),
        (".hidden", "odd-name"),
        (".i.yaml", "odd-name"),
        ("H.yaml", "odd-name"),
        ("N", "odd-name"),
        ("c.yml", "not-a-record"),
        ("d.json", "not-a-record"),
        ("e", "not-a-record"),
        ("f.yaml.bak", "not-a-record"),
        ("g.YAML", "odd-name"),
        ("k l.yaml", "odd-name"),
        ("license", "not-a-record"),
        ("pipe", "not-a-record"),
    ]
    assert faults[5][1] == Fault(
        "not-a-record",
        TOP,
        "c.yml is neither a record (.yaml) nor a LICENSE or README.md",
        "name it after its id, with .yaml at the end, or move it out of the records",
    )


def test_names_that_a_file_system_allows_are_survived(root: Path) -> None:
    names = [
        b"\xff\xfe.yaml",
        b"a\nb.yaml",
        b"\x1b[2J.yaml",
        b"x" * 250 + b".yaml",
        "é\u202e.yaml".encode(),
        b"\x01",
        b"'\"`$.yaml",
    ]
    for name in names:
        os.close(os.open(os.fsencode(root / "records") + b"/" + name, os.O_CREAT | os.O_WRONLY))
    found, faults = list_records(root, "records")
    assert found == ["records/a.yaml", "records/inner/b.yaml", f"records/{'x' * 250}.yaml"]
    assert len(faults) == 6
    for path, fault in faults:
        assert path.isprintable()
        assert fault.message.isprintable()
        assert path.encode()
    assert open_record(root, found[-1]) == b""


def test_the_order_is_that_of_the_paths(root: Path) -> None:
    for name in ("c.yaml", "b.yaml", "inner/a.yaml", "inner-a.yaml", "10.yaml", "9.yaml"):
        (root / "records" / name).touch()
    found, faults = list_records(root, "records")
    assert found == sorted(found)
    assert len(found) == 8
    assert faults == []


def test_folders_are_looked_into_as_deep_as_the_limit(root: Path) -> None:
    folder = root / "records"
    for _ in range(FOLDERS + 3):
        folder = folder / "d"
        folder.mkdir()
        (folder / "x.yaml").touch()
    found, faults = list_records(root, "records")
    assert len(found) == 2 + FOLDERS
    assert [fault.message for _, fault in faults] == [f"folders are nested more than {FOLDERS} deep"]


def test_a_nested_folder_of_records_is_found(root: Path) -> None:
    assert list_records(root, "records/inner") == (["records/inner/b.yaml"], [])


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(root: Path) -> None:
    (root / "records" / "inner").chmod(0)
    try:
        found, faults = list_records(root, "records")
    finally:
        (root / "records" / "inner").chmod(0o755)
    assert found == ["records/a.yaml"]
    assert [(path, fault.rule) for path, fault in faults] == [("records/inner", "file-unreadable")]


def test_a_file_put_in_another_s_place_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def replacing(path: Any, flags: int, *args: Any, **named: Any) -> int:
        if str(path).endswith("a.yaml"):
            (root / "records" / "a.yaml").unlink()
            (root / "records" / "a.yaml").symlink_to(root.parent / "outside.yaml")
        return real(path, flags, *args, **named)

    monkeypatch.setattr(os, "open", replacing)
    assert rule(open_record(root, "records/a.yaml")) in {"file-type", "file-unreadable"}


@pytest.mark.parametrize(
    "folder", ["", ".", "..", "/", "/etc", "records/..", "records/../..", "records/", "Records", "a\n"]
)
def test_no_folder_outside_is_listed(root: Path, folder: str) -> None:
    found, ((path, fault),) = list_records(root, folder)
    assert (found, fault.rule) == ([], "odd-name")
    assert path.isprintable()


# Records of several folders come one after another, and what is seen of each is told; nothing stays open.
def test_records_are_opened_one_after_another(root: Path) -> None:
    before = descriptors()
    with Series(Folder(root)) as several:
        for path in ("records/a.yaml", "records/inner/b.yaml", "records/none.yaml", "records/a.yaml"):
            found = several.open(path)
            assert found == open_alone(root, path)
            assert (several.seen is None) == isinstance(found, Fault)
            assert isinstance(found, Fault) or (several.seen and several.seen.st_size == len(found))
        (root / "records").rename(root / "moved")
        assert isinstance(several.open("records/inner/b.yaml"), Fault)
    assert descriptors() == before
