"""An editor that speaks with `tallysheet lsp` over its standard input and output, by pygls' own client."""

import asyncio
import re
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

Result = TypeVar("Result")
PROJECT = Path(__file__).resolve().parents[2]
LONGEST = 60
"""Seconds after which an answer that does not come fails the test; nothing waits for them to pass."""


@dataclass
class Editor:
    """An editor with one folder open: what it sends, and what it was shown."""

    root: Path
    client: LanguageClient
    capabilities: types.ServerCapabilities = field(default_factory=types.ServerCapabilities)
    messages: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    shown: list[types.PublishDiagnosticsParams] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def uri(self, path: str) -> str:
        """Return the address of a file."""
        return (self.root / path).as_uri()

    def listen(self) -> None:
        """Keep what the server shows."""

        async def published(params: types.PublishDiagnosticsParams) -> None:
            await self.keep(self.shown, params)

        async def told(params: types.ShowMessageParams) -> None:
            await self.keep(self.messages, params.message)

        async def logged(params: types.LogMessageParams) -> None:
            await self.keep(self.log, params.message)

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(told)
        self.client.feature(types.WINDOW_LOG_MESSAGE)(logged)

    async def keep(self, where: list[Any], what: Any) -> None:
        """Keep one thing and wake who waits for it."""
        async with self.news:
            where.append(what)
            self.news.notify_all()

    async def until(self, holds: Callable[[], Any]) -> Any:
        """Wait until something that was shown makes `holds` true, and return what it gives."""
        try:
            async with asyncio.timeout(LONGEST), self.news:
                await self.news.wait_for(holds)
        except TimeoutError:
            pytest.fail(f"never shown; instead: {self.shown[-2:]}, {self.messages}, {self.log}")
        return holds()

    def last(self, path: str, version: int | None = None) -> types.PublishDiagnosticsParams | None:
        """Return what was last shown of a file, of one version of it if that is named."""
        found = [one for one in self.shown if one.uri == self.uri(path) and version in (None, one.version)]
        return found[-1] if found else None

    async def open(self, path: str, text: str) -> list[types.Diagnostic]:
        """Open a text, and return what is found in it."""
        self.send_open(path, text)
        return list((await self.until(lambda: self.last(path, 1))).diagnostics)

    def send_open(self, path: str, text: str) -> None:
        """Open a text."""
        item = types.TextDocumentItem(self.uri(path), "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def change(self, path: str, text: str, version: int) -> list[types.Diagnostic]:
        """Change a text, and return what is found in it."""
        self.send_change(path, text, version)
        return list((await self.until(lambda: self.last(path, version))).diagnostics)

    def send_change(self, path: str, text: str, version: int) -> None:
        """Change a text."""
        document = types.VersionedTextDocumentIdentifier(version, self.uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def actions(
        self, path: str, diagnostics: list[types.Diagnostic], only: list[types.CodeActionKind | str] | None = None
    ) -> list[types.CodeAction]:
        """Return the actions that are offered for a whole file."""
        everywhere = types.Range(types.Position(0, 0), types.Position(100_000, 0))
        context = types.CodeActionContext(diagnostics, only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(path)), everywhere, context)
        found = await self.client.text_document_code_action_async(params)
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def hover(self, path: str, place: types.Position) -> str | None:
        """Return what is said of a place."""
        params = types.HoverParams(types.TextDocumentIdentifier(self.uri(path)), place)
        found = await self.client.text_document_hover_async(params)
        if found is None:
            return None
        assert isinstance(found.contents, types.MarkupContent)
        assert found.contents.kind is types.MarkupKind.PlainText
        return found.contents.value

    async def complete(self, path: str, place: types.Position) -> list[types.CompletionItem]:
        """Return what may be written at a place."""
        params = types.CompletionParams(types.TextDocumentIdentifier(self.uri(path)), place)
        found = await self.client.text_document_completion_async(params)
        assert isinstance(found, list)
        return found


def capabilities(encodings: list[types.PositionEncodingKind | str] | None = None) -> types.ClientCapabilities:
    """Return what a client of our days can do."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=encodings),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
            code_action=types.CodeActionClientCapabilities(disabled_support=True),
        ),
    )


def speak(
    root: Path,
    scenario: Callable[[Editor], Awaitable[Result]],
    can: types.ClientCapabilities | None = None,
    said: bytes = rb"",
    options: tuple[str, ...] = (),
) -> Result:
    """Return what a scenario with an editor comes to; the server must end well, having logged `said`, a pattern."""

    async def session() -> Result:
        editor = Editor(root, LanguageClient("an editor", "1"))
        editor.listen()
        await editor.client.start_io(sys.executable, "-m", "tallysheet", "lsp", "--stdio", *options, cwd=root)
        asked = types.InitializeParams(can or capabilities(), root_uri=root.as_uri())
        editor.capabilities = (await editor.client.initialize_async(asked)).capabilities
        editor.client.initialized(types.InitializedParams())
        result = await scenario(editor)
        await editor.client.shutdown_async(None)
        editor.client.exit(None)
        await editor.client.stop()  # type: ignore[no-untyped-call] # pygls gives it no types
        server = editor.client._server
        assert server is not None
        assert server.stderr is not None
        assert re.fullmatch(said, await server.stderr.read())
        assert server.returncode == 0
        return result

    return asyncio.run(session())


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of this project's own collection, which is the current folder."""
    for name in ("records", "schema"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "tallysheet.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def position(text: str, index: int) -> types.Position:
    """Return where an index stands, in UTF-16 units, worked out the slow way."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    last = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(last.encode("utf-16-le", "surrogatepass")) // 2)


def index_of(text: str, place: types.Position, unit: str = "utf-16-le", size: int = 2) -> int:
    """Return the index of a position, worked out the slow way."""
    index, line, units = 0, 0, 0
    while index < len(text) and (line, units) < (place.line, place.character):
        if text[index] == "\n" or (text[index] == "\r" and text[index + 1 : index + 2] != "\n"):
            line, units = line + 1, 0
        else:
            units += len(text[index].encode(unit, "surrogatepass")) // size
        index += 1
    assert (line, units) == (place.line, place.character)
    return index


def applied(text: str, edits: Any) -> str:
    """Return a text with the edits of the protocol made, all of which count in the text as it was."""
    places = sorted((index_of(text, e.range.start), index_of(text, e.range.end), e.new_text) for e in edits)
    for start, end, new in reversed(places):
        text = text[:start] + new + text[end:]
    return text


@pytest.fixture
def tools() -> dict[str, Any]:
    """Return the functions of this file: test folders are no packages."""
    return {"speak": speak, "position": position, "index_of": index_of, "applied": applied, "can": capabilities}
