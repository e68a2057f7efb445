"""A real HTTP server on loopback that keeps a log of what was asked, when, and over which connection."""

import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came. Header names are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``wire`` takes over the connection instead, to misbehave on it."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    wire: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass(slots=True)
class LoggedRequest:
    """When a request came and its answer was ready, by the server's monotonic clock."""

    method: str
    target: str
    connection: int
    started: float
    ended: float = 0.0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


App = Callable[[Request], Reply]

NOT_FOUND = Reply("<html><head><title>404 Not Found</title></head><body>404</body></html>", 404)


class PortalServer:
    """Serves an app on a port of loopback, by default a free one, while the ``with`` block runs.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, app: App, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.log: list[LoggedRequest] = []
        handler = type("Handler", (_Handler,), {"app": staticmethod(app), "log": self.log})
        self._server = _Server(("127.0.0.1", port), handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.address = f"{'https' if tls else 'http'}://{self.host}"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self) -> None:
        """Serve until interrupted."""
        while self._thread.is_alive():
            self._thread.join(timeout=1)

    def asked(self, path: str) -> int:
        """How often a path (with its query) was asked for."""
        return sum(entry.target == path for entry in self.log)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep silent about clients that go away; anything else is an error of the app's."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    app: App
    log: list[LoggedRequest]

    def _answer(self) -> None:
        entry = LoggedRequest(self.command, self.path, self.client_address[1], time.monotonic())
        entry.headers = {name.lower(): value for name, value in self.headers.items()}
        self.log.append(entry)
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length).decode() if length else ""
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        form = dict(parse_qsl(sent, keep_blank_values=True))
        reply = self.app(Request(self.command, parts.path, query, form, entry.headers))
        entry.status = reply.status
        # Once it is sent, the client may ask again before this thread has its next turn.
        entry.ended = time.monotonic()
        if reply.wire is not None:
            reply.wire(self)
        else:
            self._send(reply)

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815

    def _send(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        headers = {"Content-Type": reply.content_type, "Content-Length": str(len(body)), **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.status != 304 and self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """The log is kept, not printed."""
