"""What a check is asked to judge, and by what: the folder, what is staged or a commit; all of it, or a change.

Without a word on git, git is not asked, and nothing that asks it is imported.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tallysheet.judged import Day
from tallysheet.pointers import lies_within
from tallysheet.reader.inert import inert
from tallysheet.reader.problems_of_files import shown
from tallysheet.repository import Repository, open_repository
from tallysheet.run import Report
from tallysheet.settings import FILE, Settings
from tallysheet.trees import Folder, Tree
from tallysheet.unusable import Unusable

if TYPE_CHECKING:
    from datetime import date

    from tallysheet.changes import Base
    from tallysheet.trees.git import Git
    from tallysheet.trees.revision import Revision


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    rev: str | None = None
    staged: bool = False
    base: str | None = None
    changed_since: str | None = None
    own_rules: bool = True
    strict: bool = True
    """Whether a change of the gate fails it."""
    today: "date | None" = None

    @property
    def needs_git(self) -> bool:
        """Whether nothing can be judged without git."""
        return bool(self.rev or self.staged or self.base)


@dataclass(slots=True)
class Scope:
    """What is judged: all records of the repository, or those at `paths`."""

    repository: Repository
    base: "Base | None" = None
    """The commit whose schema, rules, settings and waivers judge the change."""
    since: "Base | None" = None
    """The commit that tells which records are changed."""
    paths: list[str] | None = None
    notes: list[str] = field(default_factory=list)
    day: Day = field(default_factory=Day)

    def finish(self, report: Report, asked: Asked) -> None:
        """Enter what is to say of the change as a whole, beside what its records are found to be."""
        report.notes[:0] = self.notes
        compared = self.base or self.since
        if compared is None:
            return
        from tallysheet.changes import touched
        from tallysheet.gate import frozen_ids, gate_changes, judged_apart, open_discrepancies

        tree, folder = self.repository.tree, self.repository.settings.records
        if self.paths is not None:
            report.unchanged = max(0, len(tree.records(folder)[0]) - report.records)
        report.changed = frozenset(path for path, _ in touched(tree, compared, folder))
        report.findings += frozen_ids(self.repository, compared)
        if self.base:
            deeds = list(gate_changes(self.repository, self.base))
            judges = tuple(laws_of(self.repository.settings))
            if any(deed.path.startswith(judges) for deed in deeds):
                report.notes.append(judged_apart(self.repository, report.findings))
            report.findings += deeds if asked.strict else ()
            report.notes += () if asked.strict else [f"gate-change: {deed.path}: {deed.message}" for deed in deeds]
            report.notes += open_discrepancies(report.findings, report.changed)
        report.findings.sort(key=lambda finding: finding.sort_key)


@contextmanager
def open_scope(root: Path, asked: Asked) -> Iterator[Scope]:
    """Open what is asked for; raises Unusable for what is not there, or if the gate's own test fails."""
    git, refused = ask_git(root, asked)
    try:
        tree = tree_of(root, git, asked)
        if git and asked.base:
            yield strict_scope(root, tree, git, asked)
            return
        scope = Scope(open_repository(root, tree, own=asked.own_rules), day=Day(asked.today))
        if asked.changed_since or asked.staged:
            narrow(scope, git, asked, refused)
        yield scope
    finally:
        if git:
            git.close()


def ask_git(root: Path, asked: Asked) -> "tuple[Git | None, str | None]":
    """Return git if it is asked for anything, or why there is none; raises Unusable if nothing is judged without it."""
    if not asked.needs_git and not asked.changed_since:
        return None, None
    from tallysheet.trees.git import Git

    try:
        return Git(root), None
    except Unusable as reason:
        if asked.needs_git:
            raise
        return None, reason.lines[0]


def tree_of(root: Path, git: "Git | None", asked: Asked) -> Tree:
    """Return the files that are judged."""
    if git is None or not (asked.staged or asked.rev):
        return Folder(root)
    from tallysheet.trees.revision import revision, staged

    return revision(git, asked.rev) if asked.rev else staged(git)


def strict_scope(root: Path, tree: Tree, git: "Git", asked: Asked) -> Scope:
    """Return the scope of the gate for strangers; raises Unusable if it does not refuse what is known to be bad."""
    from tallysheet.changes import base_of
    from tallysheet.gate import granted_by
    from tallysheet.selftest import unrefused

    base = base_of(git, asked.base or "", asked.rev or "HEAD")
    if holes := unrefused():
        raise Unusable("the gate does not refuse what it should, so it judges nothing", *holes)
    repository = open_repository(root, tree, base.here, own=asked.own_rules)
    scope = Scope(
        repository, base, day=Day(asked.today, granted_by(base, tree, repository.settings.records), base.name)
    )
    scope.notes.append(f"judged by the schema, rules, settings and waivers of {base.name}")
    if asked.changed_since or asked.staged:
        narrow(scope, git, asked, None)
    return scope


def narrow(scope: Scope, git: "Git | None", asked: Asked, refused: str | None) -> None:
    """Judge only the records that are changed, unless it is not known which, or what judges them is changed too."""
    from tallysheet.changes import Base, touched

    settings = scope.repository.settings
    try:
        start = start_of(git, asked) if git else None
    except Unusable as reason:
        start, refused = None, reason.lines[0]
    if start is None:
        scope.notes.append(f"every record was judged, since it is not known which are changed: {refused}")
        return
    scope.since = Base(start, None)
    tree = scope.repository.tree
    laws = [path for place in laws_of(settings) for path, _ in touched(tree, scope.since, place)]
    if laws:
        scope.notes.append(f"every record was judged, since {inert(laws[0])} is changed since {start.name}")
        return
    known, faults = tree.records(settings.records)
    there, wanted = set(known), set[str]()
    for path, deed in touched(tree, scope.since, settings.records):
        if path in there:
            wanted.add(path)
        elif deed != "removed":
            wanted.update(fault for fault, _ in faults if lies_within(shown(path), fault))
    scope.paths = sorted(wanted)


def laws_of(settings: Settings) -> list[str]:
    """Return the files and folders that say how records are judged."""
    schema = settings.schema or FILE
    return [FILE, *settings.validators, schema.rpartition("/")[0] or schema]


def start_of(git: "Git", asked: Asked) -> "Revision":
    """Return the commit where the change began; an empty one before the first commit of a repository."""
    from tallysheet.changes import left_at
    from tallysheet.trees.revision import Revision, revision

    if asked.changed_since:
        return left_at(git, asked.changed_since, asked.rev or "HEAD")
    try:
        return revision(git, "HEAD")
    except Unusable:
        return Revision(git, "the beginning", {})
