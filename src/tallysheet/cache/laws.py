"""What records are judged by, as digests: as long as none has changed, what came of a record still holds."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from tallysheet import __path__ as package
from tallysheet import __version__
from tallysheet.findings import Fault
from tallysheet.reader.limits import FILE_BYTES
from tallysheet.trees import Folder, Tree

PARTS = (".py", ".json", ".so", ".pyd")
LIBRARIES = ("pyyaml-", "jsonschema-", "jsonschema_rs-", "jsonschema_specifications-", "referencing-", "cerberus-")


def tool_digest() -> str:
    """Return a digest of the tool's own files, of the libraries' versions and of Python: of all that judges."""
    found = [__version__, sys.version, *libraries()]
    for folder in [*package, *import_module("tallysheet.validators").__path__]:
        found += sorted(stamps(folder, ""))
        found += sorted(stamps(os.path.join(os.path.dirname(folder), "schema"), "schema/"))  # noqa: PTH118, PTH120 - start-up
    return hashlib.sha256("\n".join(found).encode("utf-8", "surrogatepass")).hexdigest()


def stamps(folder: str, inside: str) -> Iterator[str]:
    """Yield name, size and times of each file that takes part in judging."""
    try:
        entries = os.scandir(folder)
    except OSError:  # there is none: a checkout keeps its schema elsewhere
        return
    with entries:
        for entry in entries:
            if entry.name.endswith(PARTS):
                seen = entry.stat()
                yield f"{inside}{entry.name} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}"
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                yield from stamps(entry.path, f"{inside}{entry.name}/")


def libraries() -> list[str]:
    """Return the libraries that judge, with their versions, as their folders say."""
    found: set[str] = set()
    for place in sys.path:
        try:
            names = os.listdir(place)  # noqa: PTH208 - start-up
        except OSError:
            continue
        found.update(name for name in names if name.lower().startswith(LIBRARIES) and name.endswith("-info"))
    return sorted(found)


class Noted(Folder):
    """A folder that notes what is asked of it: settings, schema and rules, as they were when they were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.asked: dict[str, dict[str, Any]] = {"open": {}, "files": {}, "holds": {}}

    def open(self, path: str, limit: int = FILE_BYTES) -> bytes | Fault:
        """Return the bytes of a regular file, or the fault."""
        data = super().open(path, limit)
        self.asked["open"][path] = digest(data)
        return data

    def files(self, folder: str) -> Iterator[str]:
        """Yield the paths of all that is no folder below a folder."""
        found = list(super().files(folder))
        self.asked["files"][folder] = digest_of_names(found)
        yield from found

    def holds(self, path: str) -> bool:
        """Tell whether a file, a link or a folder is there."""
        found = super().holds(path)
        self.asked["holds"][path] = found
        return found


def still_so(tree: Tree, asked: Any) -> bool:
    """Tell whether every answer that was noted would be given again; raises one of batch.ODD for what is no note."""
    return (
        all(tree.holds(path) is found for path, found in asked["holds"].items())
        and all(digest_of_names(tree.files(folder)) == found for folder, found in asked["files"].items())
        and all(digest(tree.open(path)) == found for path, found in asked["open"].items())
    )


def digest(data: bytes | Fault) -> str | None:
    """Return the digest of a file's content, None for one that can't be read."""
    return None if isinstance(data, Fault) else hashlib.sha256(data).hexdigest()


def digest_of_names(names: Iterable[str]) -> str:
    """Return the digest of a list of paths."""
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()
