"""What a change does to the files of a repository, seen from a commit that it is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tallysheet.trees import Tree
from tallysheet.trees.git import Git
from tallysheet.trees.revision import Revision, revision
from tallysheet.unusable import Unusable

Deed: TypeAlias = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Base:
    """The commit that a change is compared with, as it stands now, and the one where the change left it.

    `common` is None where it is not known, as in a shallow clone: what the base has got since then is taken for the
    change's doing.
    """

    here: Revision
    common: Revision | None

    @property
    def name(self) -> str:
        """How people call it."""
        return self.here.name


def base_of(git: Git, ref: str, head: str) -> Base:
    """Return what the change that ends at `head` is compared with; raises Unusable if `ref` leads to no commit."""
    here = git.commit(ref)
    common = git.merge_base(here, git.commit(head))
    return Base(revision(git, ref), None if common is None else revision(git, common))


def left_at(git: Git, ref: str, head: str) -> Revision:
    """Return the commit where a change left `ref`; raises Unusable if that is not known here."""
    common = git.merge_base(git.commit(ref), git.commit(head))
    if common is None:
        raise Unusable(f"{ref!a}: where the change left it is not known in this clone")
    return revision(git, common)


def touched(tree: Tree, base: Base, folder: str) -> Iterator[tuple[str, Deed]]:
    """Yield the files below a folder that the change has added, changed or removed, in the order of their paths."""
    mine = set(tree.files(folder))
    theirs = set(base.here.files(folder))
    for path in sorted(mine | theirs):
        if is_as_in(tree, path, base.here, there=path in mine):
            continue
        if base.common is not None and is_as_in(tree, path, base.common, there=path in mine):
            continue
        yield path, "removed" if path not in mine else "changed" if path in theirs else "added"


def is_as_in(tree: Tree, path: str, other: Revision, *, there: bool) -> bool:
    """Tell whether a file is as in another commit; `there` says whether the tree has it."""
    entry = other.entries.get(path)
    return not there if entry is None else there and tree.is_same(path, entry)
