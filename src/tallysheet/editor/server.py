"""The server itself: takes what an editor sends over stdio, and answers by the modules beside it."""

import asyncio
import os
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from tallysheet import __version__
from tallysheet.editor.collection import Collection, Round
from tallysheet.editor.diagnostics import as_diagnostic, in_lines, said_of
from tallysheet.editor.positions import Positions
from tallysheet.engine import Engine
from tallysheet.findings import Finding, Related
from tallysheet.repository import find_root, root_of
from tallysheet.rules import Rule
from tallysheet.unusable import Unusable

WAIT = 0.2
"""Seconds without a change after which a text is judged: while somebody types on, nothing is."""
SLICE = 16
"""Records judged in a row before the editor is listened to again."""


class Opened(NamedTuple):
    """A record that is open: what it is judged by, its path, its text, and the schema line that it should have."""

    engine: Engine
    path: str
    text: str
    schema_line: str | None


class Server(LanguageServer):
    """A language server for records; `given` is the only repository that it serves, if one is given.

    `own` is false to run no code of a repository.
    """

    def __init__(self, given: Path | None = None, *, own: bool = True) -> None:
        # Whole texts only: pygls finds the place of a change by lines as Python splits them, at U+2028 too.
        super().__init__("tallysheet", __version__, types.TextDocumentSyncKind.Full)
        self.given = given
        self.own = own
        self.collections: list[Collection] = []
        self.asked_to_end = self.ended = False
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._shown: dict[str, types.PublishDiagnosticsParams] = {}
        self._told: set[str] = set()

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Tell of what failed inside; a request that failed has its answer already."""
        if source is not FeatureRequestError:
            self.tell(f"internal error: {error}")

    def tell(self, what: str) -> None:
        """Show one line to whoever sits at the editor."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"tallysheet: {in_lines(what)}"))

    def find_repositories(self) -> None:
        """Look up which repositories the editor has open: the one given, else those of its folders."""
        folders = [to_fs_path(folder.uri) for folder in self.workspace.folders.values()] or [self.workspace.root_path]
        roots = [find_root(Path(path)) or Path(path) for path in folders if path]
        chosen = [root_of(self.given)] if self.given or not roots else list(dict.fromkeys(roots))
        known = {collection.root: collection for collection in self.collections}
        self.collections = [known.get(root) or Collection(root, own=self.own) for root in chosen]

    def record_of(self, uri: str) -> tuple[Collection, str] | None:
        """Return the collection that an address belongs to and its path there, None for what is no record."""
        path = to_fs_path(uri)
        if not path:
            return None
        file = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        for collection in self.collections:
            if (relative := collection.path_of(file)) is not None:
                return collection, relative
        return None

    def opened(self, uri: str) -> Opened | None:
        """Return an open record with what it is judged by, None for what is none, or where nothing can be judged."""
        found, document = self.record_of(uri), self.workspace.text_documents.get(unquote(uri))
        if found is None or document is None or (engine := found[0].engine) is None:
            return None
        line = found[0].schema_lines.line_for(found[1]) if found[0].schema_lines else None
        return Opened(engine, found[1], document.source, line)

    def positions(self, text: str) -> Positions:
        """Return a text as the client counts it."""
        return Positions(text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    def schedule(self, wait: float) -> None:
        """Judge what is open after a time in which nothing changes."""
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(wait, self._start)

    def _start(self) -> None:
        if self._task and not self._task.done():
            self._again = True
            return
        self._again = False
        self._task = asyncio.get_running_loop().create_task(self._refresh())

    async def _refresh(self) -> None:
        """Judge all open records and show what is found; whatever fails is told."""
        shown: dict[str, types.PublishDiagnosticsParams] = {}
        told: dict[str, str] = {}
        for collection in self.collections:
            try:
                await self._judge(collection, shown, told)
            except Unusable as reason:
                told |= {line: line for line in reason.lines}
            except Exception as error:  # noqa: BLE001 - the last wall: told, and the server goes on
                told[traceback.format_exc()] = f"internal error: {type(error).__name__}: {error}"
        for uri in self._shown.keys() - shown.keys():
            shown[uri] = types.PublishDiagnosticsParams(uri, [])
        for uri, params in shown.items():
            if self._shown.get(uri) != params:
                self.text_document_publish_diagnostics(params)
        self._shown = {uri: params for uri, params in shown.items() if params.diagnostics or params.version is not None}
        for detail, line in told.items():
            if detail not in self._told:
                self.tell(line)
                self.window_log_message(types.LogMessageParams(types.MessageType.Error, in_lines(detail)))
        self._told = set(told)
        if self._again:
            self._again = False
            self._task = asyncio.get_running_loop().create_task(self._refresh())

    async def _judge(
        self, collection: Collection, shown: dict[str, types.PublishDiagnosticsParams], told: dict[str, str]
    ) -> None:
        """Judge the open records of one collection."""
        repository = collection.renew().repository
        if left_out := repository.left_out:
            line = f"rules of the repository's own that are not run: {', '.join(left_out)}"
            told[line] = line
        found = Round()
        opened = dict(self._open_in(collection))
        texts = {path: text for path, (_, _, text) in opened.items()}
        if not texts:
            return
        for done, _ in enumerate(collection.judge_all(texts, found)):
            if done % SLICE == SLICE - 1:
                await asyncio.sleep(0)
        for crash in found.crashes:
            told[f"{crash.rule} on {crash.path}\n{crash.trace}"] = said_of(crash)
        for path, findings in found.findings.items():
            uri, version, text = opened.get(path) or ((collection.root / path).as_uri(), None, None)
            if text is None:
                text = collection.document(path).text or ""
            diagnostics = self._diagnostics(collection, repository.rules, findings, text, opened)
            shown[uri] = types.PublishDiagnosticsParams(uri, diagnostics, version)

    def _open_in(self, collection: Collection) -> Iterator[tuple[str, tuple[str, int | None, str]]]:
        """Yield the path, address, version and text of each open record of a collection."""
        for document in list(self.workspace.text_documents.values()):
            found = self.record_of(document.uri)
            if found is not None and found[0] is collection:
                yield found[1], (document.uri, document.version, document.source)

    def _diagnostics(
        self,
        collection: Collection,
        rules: Mapping[str, Rule],
        findings: list[Finding],
        text: str,
        opened: dict[str, tuple[str, int | None, str]],
    ) -> list[types.Diagnostic]:
        """Return findings of one text as diagnostics."""
        here = self.positions(text)
        texts = {path: known[2] for path, known in opened.items()}
        counted: dict[str, Positions] = {}

        def locate(one: Related) -> types.Location:
            if one.path not in counted:
                text = texts.get(one.path) or collection.document(one.path).text
                counted[one.path] = self.positions(text or "")
            uri = opened[one.path][0] if one.path in opened else (collection.root / one.path).as_uri()
            return types.Location(uri, counted[one.path].of_span(one.span))

        wants = self.client_capabilities.text_document
        shows = wants and wants.publish_diagnostics and wants.publish_diagnostics.related_information
        return [as_diagnostic(finding, here, locate, rules, related=bool(shows)) for finding in findings]
