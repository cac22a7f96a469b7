"""Which requests of an editor are answered, and by what."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types

from tallysheet.editor.collection import as_bytes
from tallysheet.editor.completion import complete
from tallysheet.editor.diagnostics import LONGEST, SOURCE, message_of
from tallysheet.editor.hover import hover_text
from tallysheet.editor.mends import Edit, Mends
from tallysheet.editor.places import place_at
from tallysheet.editor.positions import Positions
from tallysheet.editor.server import WAIT, Server
from tallysheet.reader import read
from tallysheet.reader.inert import inert
from tallysheet.settings import FILE

ALL_TITLE = "mend all that can be mended without judgement"
ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"


def make_server(given: Path | None = None, *, own: bool = True) -> Server:
    """Return a server that answers every request of this module; `own` is false to run no code of a repository."""
    server = Server(given, own=own)
    follow(server)
    answer(server)
    return server


def follow(server: Server) -> None:
    """Have a server follow what is opened, changed and closed."""

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        server.find_repositories()
        watch(server)
        server.schedule(0)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(_: types.DidOpenTextDocumentParams) -> None:
        server.schedule(0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(_: types.DidChangeTextDocumentParams) -> None:
        server.schedule(WAIT)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_: types.DidSaveTextDocumentParams) -> None:
        server.schedule(0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(_: types.DidCloseTextDocumentParams) -> None:
        server.schedule(0)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(_: types.DidChangeWatchedFilesParams) -> None:
        server.schedule(WAIT)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        server.find_repositories()
        server.schedule(0)

    @server.feature(types.SHUTDOWN)
    def asked_to_end(_: Any) -> None:
        server.asked_to_end = True

    @server.feature(types.EXIT)
    def ended(_: Any) -> None:
        server.ended = True


def watch(server: Server) -> None:
    """Ask the editor to tell of changes to records, schema, rules and settings, if it can be asked."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched is None or not watched.dynamic_registration:
        return  # what changed is seen all the same when a record is opened, typed in or saved
    patterns = (f"**/{FILE}", "**/*.yaml", "**/*.json", "**/*.py")
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(each) for each in patterns])
    registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def answer(server: Server) -> None:
    """Have a server answer what is asked of an open record."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        if (opened := server.opened(params.text_document.uri)) is None:
            return None
        positions = server.positions(opened.text)
        document = read(as_bytes(opened.text))
        here = place_at(document, positions, positions.index(params.position))
        said = hover_text(opened.engine, opened.path, document, here) if here else None
        if here is None or said is None:
            return None
        content = types.MarkupContent(types.MarkupKind.PlainText, said)
        return types.Hover(content, positions.range(here.start, here.end))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", '"', "[", ","]))
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        if (opened := server.opened(params.text_document.uri)) is None:
            return []
        positions = server.positions(opened.text)
        return complete(opened.engine, opened.text, positions.index(params.position), positions)

    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        if (opened := server.opened(params.text_document.uri)) is None:
            return []
        mends = Mends(opened.engine, opened.path, opened.text, opened.schema_line)
        found = actions(mends, server.positions(opened.text), params)
        asks = server.client_capabilities.text_document
        shows_why = asks and asks.code_action and asks.code_action.disabled_support
        if mends.whole.why and shows_why and wanted(ALL, params.context.only):
            why = types.CodeActionDisabled(inert(f"left alone: {mends.whole.why}", LONGEST))
            found.append(types.CodeAction(ALL_TITLE, ALL, disabled=why))
        return found


def actions(mends: Mends, positions: Positions, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the mends that settle findings in the range that is asked for, and the one that makes all mends."""
    uri = params.text_document.uri
    found: list[types.CodeAction] = []
    if wanted(types.CodeActionKind.QuickFix.value, params.context.only):
        for finding in mends.findings:
            place = positions.of_span(finding.span)
            if not touches(place, params.range) or not (edits := mends.of(finding, positions)):
                continue
            told = [one for one in params.context.diagnostics if one.range == place and one.code == finding.rule]
            action = types.CodeAction(title_of(mends.text, edits), types.CodeActionKind.QuickFix, is_preferred=True)
            action.diagnostics = [one for one in told if one.message.startswith(message_of(finding))]
            action.edit = as_edit(uri, edits, positions)
            found.append(action)
    if mends.all and wanted(ALL, params.context.only):
        found.append(types.CodeAction(ALL_TITLE, ALL, edit=as_edit(uri, mends.all, positions)))
    return found


def wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Tell whether actions of a kind are asked for: all are where none is named, and a kind asks for those below it."""
    names = [one.value if isinstance(one, types.CodeActionKind) else one for one in only or ()]
    return only is None or any(name in ("", kind) or kind.startswith(f"{name}.") for name in names)


def touches(one: types.Range, other: types.Range) -> bool:
    """Tell whether two ranges have a place in common, be it the one where both end."""
    return one.start <= other.end and other.start <= one.end


def title_of(text: str, edits: tuple[Edit, ...]) -> str:
    """Return what an action is called."""
    if len(edits) == 1 and edits[0].pointer:
        (edit,) = edits
        return f"write {inert(edit.text)} for {inert(text[edit.start : edit.end])}"
    return "mend how this is written"


def as_edit(uri: str, edits: tuple[Edit, ...], positions: Positions) -> types.WorkspaceEdit:
    """Return edits of one text as the protocol has them."""
    changes = [types.TextEdit(positions.range(edit.start, edit.end), edit.text) for edit in edits]
    return types.WorkspaceEdit(changes={uri: changes})
