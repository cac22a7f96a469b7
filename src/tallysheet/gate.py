"""The gate for strangers: records of a change are judged by the base's schema, rules and settings.

What a change does to these, to the waivers that are granted, and to records that were merged is a finding of its own.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from tallysheet.changes import Base, touched
from tallysheet.findings import TOP, Fault, Finding
from tallysheet.pointers import resolve
from tallysheet.reader import read
from tallysheet.reader.inert import inert
from tallysheet.repository import Repository, load_settings, open_repository
from tallysheet.settings import FILE, Settings
from tallysheet.trees import Folder, Tree
from tallysheet.unusable import Unusable
from tallysheet.waivers import Granted, Waiver, waivers_of
from tallysheet.words import counted

GUARDED = (
    FILE,
    ".github",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
    ".gitattributes",
    ".gitmodules",
    "CODEOWNERS",
    "action.yml",
)
"""Where collections keep what runs the gate: workflows, hooks, and how git writes files out."""
MOST = 5
"""Places that a line names."""
ALIKE = 0.6
"""Two records that share as much of their lines are one under two names."""


def guarded(settings: Iterable[Settings], schema_files: Iterable[str]) -> list[str]:
    """Return the files and folders that records are judged by: under the base's settings and under the change's own."""
    found = {*GUARDED, *schema_files}
    for one in settings:
        found.update(one.guarded, one.validators)
        found.update(path for path in (one.schema or "").rpartition("/")[:1] if path)
        found.update({one.schema} if one.schema else ())
    return sorted(path for path in found if not any(path.startswith(f"{other}/") for other in found))


def gate_changes(repository: Repository, base: Base) -> Iterator[Finding]:
    """Yield a finding for each file that the change has touched and that records are judged by."""
    settings = [repository.settings]
    try:
        settings.append(load_settings(repository.tree))
    except Unusable as reason:
        message = f"the change's own settings can't be used: {reason.lines[0]}"
        yield Finding("gate-change", "error", FILE, "", TOP, message, "mend them: they would stop every later check")
    schema = repository.schema
    files = [schema.path(name) for name in schema.files] if repository.settings.schema else []
    paths = dict(deed for place in guarded(settings, files) for deed in touched(repository.tree, base, place))
    # Attributes that lie deeper say how git writes out what is below them.
    deeper = dict(touched(repository.tree, base, repository.settings.records))
    paths.update({path: deed for path, deed in deeper.items() if path.rpartition("/")[2] == ".gitattributes"})
    if isinstance(repository.tree, Folder):  # what git leaves alone, such as what was built here, is of no change
        for path in base.here.git.ignored(path for path, deed in paths.items() if deed == "added"):
            del paths[path]
    for path, deed in sorted(paths.items()):
        message = f"{deed} since {base.name}: it is part of what records are judged by, or of what runs the check"
        hint = f"records were judged as {base.name} has it; put this into a change of its own, for a maintainer"
        yield Finding("gate-change", "error", inert(path, 200), "", TOP, message, hint)


def frozen_ids(repository: Repository, base: Base) -> Iterator[Finding]:
    """Yield a finding for each record that was merged and is gone, with the name that it may go by now."""
    folder = repository.settings.records
    mine = by_id(repository.tree, folder)
    known = by_id(base.here, folder)
    before = known if base.common is None else by_id(base.common, folder)
    new = [path for name, path in mine.items() if name not in known]
    for name, path in known.items():
        if name in mine or name not in before:
            continue
        message = f'the record "{name}" is gone since {base.name}: a record is retired, not removed'
        renamed = look_alike(repository.tree, new, base.here.open(path))
        if renamed:
            hint = f"{renamed} looks like it: give it back its name; an id never changes once merged"
        else:
            command = f"git restore --source={base.name.split()[0]} -- {path}"
            hint = f"bring it back ({command}) and set its status: withdrawn"
        yield Finding("id-frozen", "error", path, "", TOP, message, hint)


def by_id(tree: Tree, folder: str) -> dict[str, str]:
    """Return the paths of records by their ids, which are the names of their files."""
    return {path.rpartition("/")[2].removesuffix(".yaml"): path for path in tree.records(folder)[0]}


def look_alike(tree: Tree, paths: Iterable[str], data: bytes | Fault) -> str | None:
    """Return the path of the record that shares most of its lines with `data`, None if none shares enough."""
    if isinstance(data, Fault):
        return None
    matcher = SequenceMatcher(b=lines_of(data), autojunk=False)
    found: list[tuple[float, str]] = []
    for path in paths:
        other = tree.open(path)
        if isinstance(other, Fault):
            continue
        matcher.set_seq1(lines_of(other))
        if matcher.quick_ratio() >= ALIKE:  # an upper bound, in linear time: the lines that both have
            found.append((matcher.quick_ratio(), path))
    return max(found)[1] if found else None


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file, whatever its encoding."""
    return data.decode("latin-1").splitlines()


def granted_by(base: Base, tree: Tree, folder: str) -> Granted:
    """Return who tells whether a waiver is in force: the same entry stands in the base, for the same value."""
    paths = by_id(base.here, folder)

    @cache
    def values(path: str) -> tuple[Any, Any]:
        name = path.rpartition("/")[2].removesuffix(".yaml")
        return value_of(base.here, paths[name]) if name in paths else None, value_of(tree, path)

    def is_granted(path: str, waiver: Waiver) -> bool:
        there, here = values(path)
        if there is None or at(there, waiver.pointer) != at(here, waiver.pointer):
            return False
        return any(same_entry(waiver, other) for other in waivers_of(there))

    return is_granted


def same_entry(one: Waiver, other: Waiver) -> bool:
    """Tell whether two entries say the same, wherever they stand in their lists."""
    names = ("pointer", "rule", "reason", "by", "until", "on")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def value_of(tree: Tree, path: str) -> Any:
    """Return what a record holds, or None if it can't be read."""
    data = tree.open(path)
    return None if isinstance(data, Fault) else read(data).value


def at(value: Any, place: str) -> tuple[Any, ...]:
    """Return what stands at a place as the one item of a tuple, which is empty if nothing does."""
    try:
        return (resolve(value, place),)
    except LookupError:
        return ()


def open_discrepancies(findings: Iterable[Finding], changed: frozenset[str]) -> list[str]:
    """Return a line on what changed records acknowledge: only the publication tells whose contradictions they are."""
    seen = [one for one in findings if one.acknowledged and not one.acknowledged.until and one.path in changed]
    places = sorted({f"{one.path}:{one.span.line}" for one in seen})
    if not places:
        return []
    shown = ", ".join(places[:MOST]) + (f" and {len(places) - MOST} more" if len(places) > MOST else "")
    return [f"discrepancies of changed records, to compare with the publication: {shown}"]


def judged_apart(repository: Repository, findings: Iterable[Finding]) -> str:
    """Return what would become of the findings if the change's own schema and settings judged; its code is not run."""
    from tallysheet.run import run

    try:
        report = run(open_repository(repository.root, repository.tree, own=False))
    except Unusable as reason:
        return f"by the change's own schema and settings nothing can be judged: {inert(reason.lines[0], 300)}"
    own = {rule.name for rule in repository.rules.values() if rule.own} | {"gate-change", "id-frozen", "waiver"}
    now = {known_by(one): one for one in findings if one.severity != "acknowledged" and one.rule not in own}
    then = {known_by(one): one for one in report.findings if one.severity != "acknowledged" and one.rule != "waiver"}
    lost = [place(one) for key, one in sorted(now.items()) if key not in then]
    more = [place(one) for key, one in sorted(then.items()) if key not in now]
    words = [f"{counted(len(lost), 'finding')} would be gone{said(lost)}", f"{len(more):,} would be new{said(more)}"]
    return f"by the change's own schema and settings {' and '.join(words)}; its rules were not run"


def known_by(finding: Finding) -> tuple[str, str, str]:
    """Return what makes two findings of two runs the same."""
    return (finding.path, finding.pointer, finding.rule)


def place(finding: Finding) -> str:
    """Return where a finding stands, and its rule."""
    return f"{finding.path}:{finding.span.line} {finding.rule}"


def said(places: list[str]) -> str:
    """Return the first of some places in brackets, nothing for none."""
    more = ", ..." if len(places) > MOST else ""
    return f" ({', '.join(places[:MOST])}{more})" if places else ""
