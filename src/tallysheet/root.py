"""Where a repository begins."""

import os
from collections.abc import Sequence
from pathlib import Path

from tallysheet.settings import FILE, Settings
from tallysheet.unusable import Unusable


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that is a repository's top, or None.

    A project file or .git marks it: nothing above the one that is nearest has a say.
    """
    return next((one for one in (start, *start.parents) if any(os.path.lexists(one / m) for m in (FILE, ".git"))), None)


def root_of(given: Path | None, paths: Sequence[str] = ()) -> Path:
    """Return the root that is given, else the one of this folder, else of the first of `paths` if that lies elsewhere.

    What lies inside this folder's repository is never taken for a repository of its own: a record's neighbour could
    bring settings. Raises Unusable for a root that is no folder.
    """
    if given is not None:
        if not given.is_dir():
            raise Unusable(f"--root: {given} is no folder")
        return Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links
    marked = find_root(Path.cwd())
    here = marked or Path.cwd()
    first = Path(os.path.abspath(paths[0])) if paths else here  # noqa: PTH100 - the same
    if first.is_relative_to(here) and (marked or (here / Settings().records).is_dir()):
        return here
    return find_root(first if first.is_dir() else first.parent) or here
