"""A session with the language server: what it follows, what it leaves alone, how it ends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

RAISES = (
    '"""Raises."""\nfrom collections.abc import Iterator\nfrom typing import Any\n'
    "from tallysheet.rules import Answer, At\n"
    'SCOPE = "record"\nSEVERITY = "error"\nWAIVABLE = False\n'
    "def check(record: Any, at: At) -> Iterator[Answer]:\n    {body}\n    yield from ()\n"
)


def rules_of(found: list[types.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# What is typed counts, not what is saved: a slip is found in the open text and gone when it is mended there.
def test_the_open_text_is_judged(repo: Any, tools: Any) -> None:
    good = text_of(repo.good())

    async def scenario(editor: Any) -> None:
        assert await editor.open("records/good.yaml", good) == []
        wrong = good.replace('percent: "24"', 'percent: "42"')
        assert rules_of(await editor.change("records/good.yaml", wrong, 2)) == ["proportion"]
        assert await editor.change("records/good.yaml", good, 3) == []

    tools["speak"](repo.root, scenario)


# While somebody types on nothing is judged: of changes that come at once only the last one is.
def test_changes_that_come_at_once_are_judged_once(repo: Any, tools: Any) -> None:
    good = text_of(repo.good())

    async def scenario(editor: Any) -> None:
        await editor.open("records/good.yaml", good)
        for version in range(2, 40):
            editor.send_change("records/good.yaml", good + "#" * version, version)
        await editor.change("records/good.yaml", good, 40)
        assert [one.version for one in editor.shown] == [1, 40]

    tools["speak"](repo.root, scenario)


# Rules on the repository see an open record as the editor holds it and the others as they lie on disk, a new one that
# is not saved included; what they find in a record that is not open is shown too, and taken back.
def test_records_are_compared_with_one_another(repo: Any, tools: Any) -> None:
    with_doi = 'identifiers: {doi: "10.1000/xyz123"}\n'
    one, other = text_of(repo.good("one")), text_of(repo.good("other"))
    repo.write("records/other.yaml", other + with_doi)

    async def scenario(editor: Any) -> None:
        assert await editor.open("records/one.yaml", one) == []
        await editor.change("records/one.yaml", one + with_doi, 2)
        closed = await editor.until(lambda: editor.last("records/other.yaml"))
        assert rules_of(closed.diagnostics) == ["unique-doi"]
        assert closed.diagnostics[0].related_information[0].location.uri == editor.uri("records/one.yaml")
        assert await editor.change("records/one.yaml", one, 3) == []
        await editor.until(lambda: not editor.last("records/other.yaml").diagnostics)
        new = one.replace("id: one", "id: zero") + with_doi
        assert rules_of(await editor.open("records/zero.yaml", new)) == ["unique-doi"]
        assert await editor.open("records/other.yaml", other) == []
        await editor.until(lambda: not editor.last("records/zero.yaml", 1).diagnostics)

    tools["speak"](repo.root, scenario)


# What changes on disk is seen when the editor tells of it, or at the next change of a text.
def test_records_on_disk_are_read_again(repo: Any, tools: Any) -> None:
    with_doi = 'identifiers: {doi: "10.1000/xyz123"}\n'
    one, other = text_of(repo.good("one")), text_of(repo.good("other"))

    async def scenario(editor: Any) -> None:
        assert await editor.open("records/one.yaml", one + with_doi) == []
        repo.write("records/other.yaml", other + with_doi)
        changes = [types.FileEvent(editor.uri("records/other.yaml"), types.FileChangeType.Changed)]
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
        found = await editor.until(lambda: editor.last("records/other.yaml"))
        assert rules_of(found.diagnostics) == ["unique-doi"]

    tools["speak"](repo.root, scenario)


# A file outside the records gets nothing, whatever it holds: no finding, no action, no word; nor does a README.
def test_what_is_no_record_gets_nothing(repo: Any, tools: Any) -> None:
    wrong = text_of(repo.wrong())
    strangers = ["other/wrong.yaml", "wrong.yaml", "records/README.md", "../elsewhere/records/wrong.yaml"]

    async def scenario(editor: Any) -> None:
        for path in strangers:
            item = types.TextDocumentItem(f"{editor.root.as_uri()}/{path}", "yaml", 1, wrong)
            editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        item = types.TextDocumentItem("untitled:Untitled-1", "yaml", 1, wrong)
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert rules_of(await editor.open("records/wrong.yaml", wrong)) == ["proportion"]
        assert {one.uri for one in editor.shown} == {editor.uri("records/wrong.yaml")}
        assert await editor.actions("wrong.yaml", []) == []
        assert await editor.hover("wrong.yaml", types.Position(0, 0)) is None
        assert await editor.complete("wrong.yaml", types.Position(0, 0)) == []

    tools["speak"](repo.root, scenario)


# A file among the records that can't be one is told of as check tells of it, saved or not.
@pytest.mark.parametrize(
    ("path", "rule"),
    [("records/Odd Name.yaml", "odd-name"), ("records/a.yml", "not-a-record"), ("records/l.yaml", "file-type")],
)
def test_what_can_be_no_record_is_told(path: str, rule: str, repo: Any, tools: Any) -> None:
    good = text_of(repo.good())
    if rule == "not-a-record":
        repo.write(path, good)
    if rule == "file-type":
        (repo.root / path).symlink_to("good.yaml")

    async def scenario(editor: Any) -> list[str]:
        return rules_of(await editor.open(path, good))

    assert tools["speak"](repo.root, scenario) == [rule]


# A rule that raises is told, once, with its trace in the log; the others are heard, and the server goes on.
@pytest.mark.parametrize("body", ["raise ValueError('\\x1b[31mbad')", "raise SystemExit(0)"])
def test_a_rule_that_raises_is_told(body: str, repo: Any, tools: Any) -> None:
    repo.write("tallysheet.yaml", "validators: [rules]\n")
    repo.write("rules/raises.py", RAISES.format(body=body))
    wrong = text_of(repo.wrong())

    async def scenario(editor: Any) -> None:
        assert rules_of(await editor.open("records/wrong.yaml", wrong)) == ["proportion"]
        await editor.until(lambda: editor.log)
        await editor.change("records/wrong.yaml", wrong + "# again\n", 2)
        said = "rule raises failed on records/wrong.yaml: nothing is known of what it judges there"
        assert editor.messages == [f"tallysheet: internal error: {said}"]
        assert "raises.py" in editor.log[0]
        assert "\x1b" not in editor.log[0]

    tools["speak"](repo.root, scenario)


# Asked to run no code of the repository, the server runs none, and says so.
def test_no_code_of_the_repository_is_run_if_asked(repo: Any, tools: Any) -> None:
    repo.write("tallysheet.yaml", "validators: [rules]\n")
    repo.write("rules/raises.py", RAISES.format(body="raise ValueError"))
    wrong = text_of(repo.wrong())

    async def scenario(editor: Any) -> None:
        assert rules_of(await editor.open("records/wrong.yaml", wrong)) == ["proportion"]
        await editor.until(lambda: editor.log)
        said = "rules of the repository's own that are not run: rules/raises.py"
        assert editor.messages == [f"tallysheet: {said}"]

    tools["speak"](repo.root, scenario, options=("--no-repository-rules",))


# What a rule prints does not break into the protocol.
def test_a_rule_that_prints_does_no_harm(repo: Any, tools: Any) -> None:
    repo.write("tallysheet.yaml", "validators: [rules]\n")
    repo.write("rules/prints.py", RAISES.format(body="print('Content-Length: 3', flush=True, end='\\r\\n\\r\\n')"))
    good = text_of(repo.good())

    async def scenario(editor: Any) -> None:
        assert await editor.open("records/good.yaml", good) == []

    # It is on standard error, where nothing else is.
    tools["speak"](repo.root, scenario, said=rb"(Content-Length: 3\r\n\r\n)+")


# Settings that can't be used are told, and nothing is shown as if it were judged; mended, they count at once.
def test_settings_and_schema_are_read_again(repo: Any, tools: Any) -> None:
    wrong = text_of(repo.wrong())

    async def scenario(editor: Any) -> None:
        assert rules_of(await editor.open("records/wrong.yaml", wrong)) == ["proportion"]
        repo.write("tallysheet.yaml", "severities: {proportion: of}\n")
        editor.send_change("records/wrong.yaml", wrong + "#", 2)
        await editor.until(lambda: editor.messages and not editor.last("records/wrong.yaml").diagnostics)
        assert editor.messages[0].startswith("tallysheet: tallysheet.yaml:1:")
        assert await editor.hover("records/wrong.yaml", types.Position(0, 0)) is None
        repo.write("tallysheet.yaml", 'severities: {proportion: "off"}\nschema: own/main.json\n')
        repo.write(
            "own/main.json",
            json.dumps(
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["zz"]}
            ),
        )
        assert rules_of(await editor.change("records/wrong.yaml", wrong, 3)) == ["schema"]
        repo.write("tallysheet.yaml", 'severities: {quote: "off"}\n')
        assert rules_of(await editor.change("records/wrong.yaml", wrong, 4)) == ["proportion"]

    tools["speak"](repo.root, scenario)


# What was closed is no longer shown.
def test_a_closed_record_is_taken_back(repo: Any, tools: Any) -> None:
    wrong = text_of(repo.wrong())

    async def scenario(editor: Any) -> None:
        await editor.open("records/wrong.yaml", wrong)
        document = types.TextDocumentIdentifier(editor.uri("records/wrong.yaml"))
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))
        await editor.until(lambda: not editor.last("records/wrong.yaml").diagnostics)

    tools["speak"](repo.root, scenario)


def lsp(root: Path, sent: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Return what becomes of a server to which bytes are sent, after which its input is closed."""
    command = [sys.executable, "-m", "tallysheet", "lsp", *arguments]
    return subprocess.run(command, input=sent, capture_output=True, cwd=root, timeout=60, check=False)


def message(method: str, params: Any = None, **more: Any) -> bytes:
    """Return one message of the protocol."""
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


BEGIN = message("initialize", {"capabilities": {}, "processId": None, "rootUri": None}, id=1) + message(
    "initialized", {}
)


# A closed input ends the server, wherever it was: before, within and after a message.
@pytest.mark.parametrize("sent", [b"", b"Content-Length: 100\r\n", b"Content-Length: 100\r\n\r\n{", BEGIN], ids=len)
def test_a_closed_input_ends_it(sent: bytes, repo: Any) -> None:
    ended = lsp(repo.root, sent)
    assert ended.returncode == 0
    assert b"\x1b" not in ended.stderr


# A message that is none is told, and the next one is answered.
@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"\xff\xfe", b'{"jsonrpc": "2.0", "id": 5, "method": 7}', b'{"a": "\x1b[31m"}']
)
def test_a_malformed_message_is_survived(body: bytes, repo: Any) -> None:
    bad = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    ended = lsp(repo.root, BEGIN + bad + message("shutdown", id=2) + message("exit"))
    assert ended.returncode == 0
    assert b'"id": 2' in ended.stdout or b'"id":2' in ended.stdout
    assert b"\x1b" not in ended.stderr + ended.stdout


# An editor that ends the server without having asked for it before is told so by the exit code, as the protocol has it.
def test_an_end_unasked_for_is_told(repo: Any) -> None:
    assert lsp(repo.root, BEGIN + message("exit")).returncode == 1
    assert lsp(repo.root, BEGIN + message("shutdown", id=2) + message("exit")).returncode == 0


# Without the extra the command says how to install it.
def test_without_the_extra_it_says_what_to_install(repo: Any) -> None:
    hide = "import sys; sys.modules['pygls'] = sys.modules['lsprotocol'] = None"
    program = f"{hide}; from tallysheet.command import main; sys.exit(main(['lsp']))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=repo.root, check=False)
    install = "install it with: python -m pip install 'tallysheet[lsp]'"
    assert ended.stderr == f"tallysheet: the language server needs lsprotocol, which is not installed; {install}\n"
    assert (ended.returncode, ended.stdout) == (2, "")


# No other command pays for the server: nothing of pygls is imported by check.
def test_check_imports_nothing_of_the_server(repo: Any) -> None:
    repo.good()
    program = (
        "import sys; from tallysheet.command import main; code = main(['check']);"
        "print(code, sorted({m.split('.')[0] for m in sys.modules} & {'pygls', 'lsprotocol', 'cattrs', 'asyncio'}),"
        " 'tallysheet.editor' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=repo.root, check=False)
    assert ended.stdout.splitlines()[-1] == "0 [] False"


# A root that is no folder is a wrong use.
def test_a_root_that_is_no_folder_is_refused(repo: Any) -> None:
    ended = lsp(repo.root, b"", "--root", "nowhere")
    assert (ended.returncode, ended.stderr) == (2, b"tallysheet: --root: nowhere is no folder\n")
