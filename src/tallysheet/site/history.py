"""When each record was changed, by whom and why, as git kept it: asked once for all records, up to a bound."""

from typing import NamedTuple

from tallysheet.repository import Repository
from tallysheet.trees.git import Git
from tallysheet.unusable import Unusable

COMMITS = 2_000
"""Commits that are read, the latest first."""
OF_A_RECORD = 20
"""Commits that are kept of one record, the latest first."""
FIELDS = 4


class Change(NamedTuple):
    """One commit that touched a record."""

    day: str
    commit: str
    author: str
    subject: str


class History(NamedTuple):
    """The changes of each record by its path, latest first, or why there are none."""

    changes: dict[str, list[Change]]
    absent: str = ""
    whole: bool = True
    """Whether all commits were read."""


def read_history(repository: Repository) -> History:
    """Return the history of all records, empty where the folder is no git repository."""
    try:
        git = Git(repository.root)
        shallow = git.ask("rev-parse", "--is-shallow-repository").strip() == b"true"
        git.commit("HEAD")
    except Unusable as reason:
        return History({}, absent=str(reason))
    asked = ("log", f"--max-count={COMMITS + 1}", "--no-show-signature", "--no-mailmap", "--no-notes", "--no-renames")
    form = "--format=%x00%x01%cs%x00%h%x00-%an%x00-%s"  # a name or a subject never follows a NUL
    out = git.ask(*asked, "--abbrev=12", "--no-ext-diff", "--name-only", "-z", form, "--", repository.settings.records)
    commits = out.decode(errors="replace").split("\0\x01")[1:]
    changes: dict[str, list[Change]] = {}
    for commit in commits[:COMMITS]:
        day, name, author, subject, *paths = commit.split("\0")
        change = Change(day, name, author[1:], subject[1:])
        for path in paths:
            if at := path.removeprefix("\n").removeprefix(git.prefix):
                kept = changes.setdefault(at, [])
                if len(kept) < OF_A_RECORD:
                    kept.append(change)
    return History(changes, whole=len(commits) <= COMMITS and not shallow)
