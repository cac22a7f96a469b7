"""Opens a repository for a run: in outline where nothing that judges is changed since the last one, else all of it."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallysheet.batch import ODD
from tallysheet.cache.kept import Kept
from tallysheet.cache.laws import Noted, tool_digest
from tallysheet.outline import Outline, outline_from, outline_of
from tallysheet.settings import FILE
from tallysheet.trees import Folder
from tallysheet.unusable import Unusable

if TYPE_CHECKING:
    from tallysheet.repository import Repository


def open_kept(root: Path, choice: Any, *, own: bool) -> tuple[Outline, Kept, Mapping[str, Any]]:
    """Return the repository, what is kept of it for a choice of rules, and what it is to be kept under.

    `own` is false to run none of its code. Raises Unusable for whatever is wrong with it.
    """
    tree = Folder(root)
    tool = tool_digest()  # before anything is read by the tool, so that what it is replaced by keeps nothing of it
    kept = Kept(tree, choice, tool)
    if kept.head is not None:
        with suppress(*ODD):
            opener = partial(open_known, laws=kept.head["laws"], own=own)
            return outline_from(root, tree, kept.head["outline"], opener), kept, kept.head
        kept.forget()
    from tallysheet.repository import open_repository

    noted = Noted(root)
    outline = outline_of(open_repository(root, tree, noted, own=own))
    return outline, kept, {"laws": noted.asked, "outline": outline.as_json()}


def open_known(outline: Outline, *, laws: Any, own: bool) -> "Repository":
    """Return a repository whose settings, schema and rules are as they were; raises Unusable if they just changed."""
    from tallysheet.repository import open_repository

    noted = Noted(outline.root)
    if noted.holds(FILE):
        noted.open(FILE)
    repository = open_repository(outline.root, outline.tree, noted, own=own, known=outline.settings)
    if noted.asked != laws:
        raise Unusable("settings, schema or rules were changed while they were read: run it again")
    return repository
