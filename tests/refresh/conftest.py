"""A registry of our own on this machine: it serves what it is told to, and misbehaves on request."""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Serve = Callable[["Handler"], None]
LINGER = struct.pack("ii", 1, 0)
"""A socket that is closed with this is reset: the other side sees the connection fail."""


class Handler(BaseHTTPRequestHandler):
    """Answers with whatever stands next on the server's list for the path, the last one again and again."""

    protocol_version = "HTTP/1.1"
    server: "Registry"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, dict(self.headers)))
        script = self.server.scripts.get(path) or [say(404, b"Resource not found.", "text/plain")]
        serve = script.pop(0) if len(script) > 1 else script[0]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            serve(self)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def reply(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
        """Send one answer, its length as told."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        """Break the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
        self.connection.close()
        self.close_connection = True


class Registry(ThreadingHTTPServer):
    """The server, what it will say, and what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scripts: dict[str, list[Serve]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.hang = threading.Event()
        """Set when the test is over: what hangs until then is let go."""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """Say nothing: connections break here on purpose."""


def say(status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> Serve:
    """Return a plain answer; `retry_after` becomes Retry-After."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return lambda handler: handler.reply(status, body, {"Content-Type": kind, **named})


def say_json(value: Any, **headers: str) -> Serve:
    """Return an answer with a JSON value."""
    return say(200, json.dumps(value).encode(), **headers)


class Still:
    """A clock that moves only when somebody waits, or with each look by `step`."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
        self.seconds = 0.0
        self.step = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        self.seconds += self.step
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Still:
    return Still()


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Registry() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.hang.set()
        server.shutdown()
        thread.join()
