"""Asks git, by its plumbing only: nothing it is asked runs a hook, a filter or a textual conversion, or fetches.

Paths come from git by `-z`, since without it names with odd letters are quoted, and lost by who compares them.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from tallysheet.reader.inert import inert
from tallysheet.unusable import Unusable

PLAIN = ("--no-optional-locks", "--literal-pathspecs", "--no-replace-objects", "-c", "core.fsmonitor=false")
"""Options for every question: nothing is written, a path is a path, an object is what its name says."""
RELATIVE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
"""Variables that a hook may hold as paths from its own folder."""


class Git:
    """The repository that a folder lies in, as git sees it."""

    def __init__(self, folder: Path) -> None:
        """Find git and the folder's place in its repository; raises Unusable where there is none."""
        program = shutil.which("git")
        if program is None:
            raise Unusable("git is not installed, or not on the path")
        if Path(os.path.abspath(program)).is_relative_to(folder):  # noqa: PTH100 - resolve() would follow links
            raise Unusable(f"git would be run from the repository itself: {program!a}")
        self.program = program
        self.folder = folder
        self.objects: subprocess.Popen[bytes] | None = None
        self.asker = 0
        """The process that `objects` answers."""
        self.prefix = os.fsdecode(self.ask("rev-parse", "--show-prefix")).rstrip("\n")
        """The folder's path in the repository, empty or with a slash at its end."""
        self.algorithm = "sha256" if self.ask("rev-parse", "--show-object-format").strip() == b"sha256" else "sha1"

    def ask(self, *question: str) -> bytes:
        """Return git's answer; raises Unusable with what git says where it has none."""
        done = subprocess.run(  # noqa: S603 - git itself, asked by our own words
            [self.program, *PLAIN, *question], cwd=self.folder, env=surroundings(), capture_output=True, check=False
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines() or ["it does not say why"]
            raise Unusable(f"git {question[0]}: {inert(said[0].removeprefix('fatal: '), 300)}")
        return done.stdout

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return those of some paths that git leaves alone: they are not tracked, and a rule says so."""
        # It knows no literal paths, so that each begins with what begins no magic.
        given = b"".join(os.fsencode(f"./{path}\0") for path in paths)
        plain = [option for option in PLAIN if option != "--literal-pathspecs"]
        done = subprocess.run(  # noqa: S603 - as above
            [self.program, *plain, "check-ignore", "-z", "--stdin"],
            cwd=self.folder,
            env=surroundings(),
            input=given,
            capture_output=True,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise Unusable("git check-ignore: failed")
        return {os.fsdecode(path).removeprefix("./") for path in done.stdout.split(b"\0")[:-1]}

    def commit(self, ref: str) -> str:
        """Return the name of the commit that `ref` leads to; raises Unusable if it leads to none, or to several."""
        places = [f"refs/{kind}/{ref}" for kind in ("heads", "tags", "remotes")]
        known = set(self.ask("for-each-ref", "--format=%(refname)", *places).decode(errors="replace").split())
        if len(known.intersection(places)) > 1:
            raise Unusable(
                f"{ref!a} is both {' and '.join(sorted(known.intersection(places)))}: name one of them in full"
            )
        try:
            found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        except Unusable:
            raise Unusable(f"{ref!a}: there is no such commit here") from None
        return found.decode().strip()

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit that two have in common; None if there is none here, as in a shallow clone."""
        try:
            return self.ask("merge-base", "--end-of-options", one, other).decode().split()[0]
        except Unusable:
            return None

    def day_of_line(self, path: str, line: int) -> str | None:
        """Return the day, in UTC, on which a line of a file was committed as it stands; None if it is not yet."""
        told = self.ask("blame", "--porcelain", "--no-textconv", "-L", f"{line},{line}", "--", path).splitlines()
        facts = dict(fact.split(b" ", 1) for fact in told[1:-1] if b" " in fact)
        if set(told[0].split()[0]) == {ord("0")}:
            return None
        return datetime.fromtimestamp(int(facts[b"committer-time"]), UTC).date().isoformat()

    def blob(self, identity: str, limit: int) -> bytes | int | None:
        """Return the bytes of a file by the name of its object; its size if that is above `limit`, None if not here."""
        if self.objects is None or self.asker != os.getpid():  # a copy of this process asks for itself
            self.asker = os.getpid()
            self.objects = subprocess.Popen(  # noqa: S603 - as above
                [self.program, *PLAIN, "cat-file", "--batch"],
                cwd=self.folder,
                env=surroundings(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        asked, answer = pipes(self.objects)
        asked.write(identity.encode() + b"\n")
        asked.flush()
        words = answer.readline().split()
        if len(words) != 3 or words[1] != b"blob":  # noqa: PLR2004 - name, type and size
            return None
        size, data = int(words[2]), b""
        left = size + 1  # a line break comes after it
        while left:
            part = answer.read(min(left, limit + 1))
            if not part:
                raise Unusable("git cat-file: ended before it had answered")
            left -= len(part)
            data = part if size <= limit else b""
        return data[:-1] if size <= limit else size

    def close(self) -> None:
        """End the process that gives objects, if it was started."""
        if self.objects is not None:
            for pipe in pipes(self.objects):
                pipe.close()
            self.objects.wait()
            self.objects = None


def pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    """Return how a process is asked and how it answers; raises Unusable if it has no pipes."""
    if process.stdin is None or process.stdout is None:
        raise Unusable("git cat-file: has no pipes")
    return process.stdin, process.stdout


def surroundings() -> Mapping[str, str]:
    """Return the environment for git: no question on a terminal, no object fetched, paths as they were meant."""
    found = {name: os.path.abspath(value) for name in RELATIVE if (value := os.environ.get(name))}  # noqa: PTH100 - as given
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    return {**os.environ, **found, **quiet}
