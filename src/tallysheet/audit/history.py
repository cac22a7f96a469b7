"""What git kept: what each release added, changed and retired, which rules came since, and what they would have caught.

A release is a tag that leads to a commit of this history. Nothing is checked out: git's own objects are read.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tallysheet.audit.studies import GONE
from tallysheet.findings import Fault
from tallysheet.reader import read
from tallysheet.repository import Repository, open_repository, rule_name
from tallysheet.run import run
from tallysheet.settings import FILE
from tallysheet.trees import Tree
from tallysheet.trees.git import Git
from tallysheet.trees.revision import Revision, revision
from tallysheet.unusable import Unusable

RULES = "validators"
"""Where the bundled rules lie in the repository of the tool itself."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a release, or the work tree, holds that the one before it did not: names of records and of rules."""

    name: str
    day: str | None
    """When it was tagged, in UTC; None for the work tree."""
    records: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    """Of those added or changed, the ones whose status became retracted or withdrawn."""
    rules: tuple[str, ...] = ()
    """Rules that it added."""
    judged_anew: bool = False
    """Whether the settings or the schema changed."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What rules that came after a release find in its records."""

    name: str
    rules: tuple[str, ...]
    found: dict[str, int] = field(default_factory=dict)
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The releases, the oldest first and the work tree last, and what later rules find in one of them."""

    releases: tuple[Release, ...]
    caught: Caught | None = None


def history_of(repository: Repository, git: Git, since: str | None = None) -> History:
    """Return what came about from release to release; rules are tried on `since`, else on the last release."""
    found = tags(git)
    trees: list[tuple[str, str | None, Tree]] = []
    for name, day in found:
        trees.append((name, day, revision(git, name)))
    trees.append((repository.tree.name, None, repository.tree))
    releases = [release(repository, *one, trees[index - 1][2] if index else None) for index, one in enumerate(trees)]
    tried = since or (found[-1][0] if found else None)
    return History(tuple(releases), caught(repository, revision(git, tried), tried) if tried else None)


def tags(git: Git) -> list[tuple[str, str]]:
    """Return the tags that lead to commits before this one, with the days of their making, the oldest first."""
    form = "--format=%(refname:strip=2) %(creatordate:unix)"
    order = ("--sort=version:refname", "--sort=creatordate")
    try:
        told = git.ask("for-each-ref", form, *order, "--merged=HEAD", "refs/tags")
    except Unusable:  # there is no commit yet
        return []
    pairs = [line.rsplit(" ", 1) for line in told.decode(errors="replace").splitlines()]
    return [(name, datetime.fromtimestamp(int(seconds), UTC).date().isoformat()) for name, seconds in pairs if seconds]


def release(repository: Repository, name: str, day: str | None, tree: Tree, before: Tree | None) -> Release:
    """Return what a tree holds that the one before it does not; of the first one, only how many records it has."""
    folder = repository.settings.records
    here = tree.records(folder)[0]
    if before is None:
        return Release(name, day, len(here), retired=tuple(stem(path) for path in here if is_gone(tree, path)))
    there = set(before.records(folder)[0])
    changed = [path for path in here if path in there and not same(tree, before, path)]
    added = [path for path in here if path not in there]
    over = [path for path in (*added, *changed) if is_gone(tree, path)]
    retired = [path for path in over if path not in there or not is_gone(before, path)]
    schema = (repository.settings.schema or "").rpartition("/")[0]
    judged_by = [FILE, *(path for path in tree.files(schema) if path.endswith(".json"))] if schema else [FILE]
    return Release(
        name,
        day,
        len(here),
        tuple(map(stem, added)),
        tuple(map(stem, changed)),
        tuple(stem(path) for path in sorted(there.difference(here))),
        tuple(sorted(map(stem, retired))),
        tuple(sorted(rules_in(repository, tree) - rules_in(repository, before))),
        any(tree.holds(path) != before.holds(path) or not same(tree, before, path) for path in judged_by),
    )


def same(tree: Tree, before: Tree, path: str) -> bool:
    """Tell whether a file is the same in two trees, of which the earlier one is git's; one in neither is."""
    entry = before.entries.get(path) if isinstance(before, Revision) else None
    return tree.is_same(path, entry) if entry else not tree.holds(path)


def is_gone(tree: Tree, path: str) -> bool:
    """Tell whether a record is retracted or withdrawn."""
    data = tree.open(path)
    if isinstance(data, Fault) or not any(status.encode() in data for status in GONE):
        return False
    value = read(data).value
    return value is not None and value.get("status") in GONE


def rules_in(repository: Repository, tree: Tree) -> set[str]:
    """Return the names of the rules whose files a tree holds."""
    folders = {*repository.settings.validators, RULES}
    files = (path for folder in sorted(folders) for path in tree.files(folder))
    names = (path.rpartition("/")[2] for path in files if path.endswith(".py"))
    return {rule_name(name) for name in names if not name.startswith("_")}


def caught(repository: Repository, tree: Tree, name: str) -> Caught:
    """Return what rules that `tree` had not find in its records, judged by today's settings and schema."""
    later = (rules_in(repository, repository.tree) - rules_in(repository, tree)) & repository.severities.keys()
    if not later:
        return Caught(name, ())
    report = run(open_repository(repository.root, tree, repository.laws), rules=later)
    found = [one for one in report.findings if one.rule in later and one.severity != "acknowledged"]
    counts = Counter(finding.rule for finding in found)
    places = tuple(f"{finding.path}:{finding.span.line}: {finding.rule}: {finding.message}" for finding in found)
    return Caught(name, tuple(sorted(later)), dict(sorted(counts.items())), places)


def stem(path: str) -> str:
    """Return the name of a record from its path."""
    return path.rpartition("/")[2].removesuffix(".yaml")
