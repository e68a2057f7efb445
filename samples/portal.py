"""The sample portal: a real HTTP server on loopback."""

import sys
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

from samples.inconsistencies import published_reports
from samples.lists import hanweb_page, hanweb_records, index_pages, page_count, trs_page
from samples.reports import SampleReport
from samples.site import Answer, Column, Entry, build_columns

DEFAULT_PORT = 8419
SOURCE_FILE = Path(__file__).parent / "sources" / "sample.yaml"
"""How Gouji reaches the portal on its default port."""

_HTML = "text/html; charset=utf-8"
_PROXY_PATH = "/module/web/jpage/dataproxy.jsp"
_LARGEST_FORM = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request as answered. ``at`` is the time of a monotonic clock, in seconds."""

    at: float
    method: str
    path: str
    status: int


class Portal:
    """Serves reports until the ``with`` block ends. ``port`` 0 takes a free one; ``reports`` defaults to those of 云泽.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, port: int = DEFAULT_PORT, reports: Iterable[SampleReport] | None = None):
        self.columns = build_columns(published_reports() if reports is None else reports)
        self.requests: list[Request] = []
        """Every request so far, in the order of the answers."""
        self._entries = {entry.path: entry for column in self.columns for entry in column.entries}
        self._pages = _static_pages(self.columns)
        self._proxied = {column.number: column for column in self.columns if column.is_hanweb}
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The portal's base address, without a slash at the end."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every document by its path."""
        return self._entries

    def write_source(self, directory: Path) -> Path:
        """Write the source file for this portal at its real port into a folder, and return the folder."""
        directory.mkdir(parents=True, exist_ok=True)
        usual = f"127.0.0.1:{DEFAULT_PORT}"
        text = SOURCE_FILE.read_text(encoding="utf-8").replace(usual, urlsplit(self.url).netloc)
        (directory / SOURCE_FILE.name).write_text(text, encoding="utf-8")
        return directory

    def correct(self, report: SampleReport) -> str:
        """Show another version of a published report at the address of the old one, and return its path.

        Raises:
            KeyError: the portal has no report of this organ and year.
        """
        for path, entry in self._entries.items():
            if entry.report and entry.report.identity == report.identity:
                self._entries[path] = replace(entry, report=report)
                return path
        raise KeyError(report.identity)

    def wait(self) -> None:
        """Serve until interrupted."""
        while self._thread.is_alive():
            self._thread.join(timeout=1)

    def answer(self, path: str) -> Answer | None:
        """What a GET of ``path`` gets, or ``None`` where there is nothing."""
        if entry := self._entries.get(path):
            return entry.answer
        page = self._pages.get(path)
        return Answer(page.encode(), _HTML) if page is not None else None

    def records(self, query: Mapping[str, list[str]], form: Mapping[str, list[str]]) -> Answer | None:
        """What the data proxy answers to a POST."""
        column = self._proxied.get(form.get("columnid", [""])[0])
        try:
            first, last = (int(query[name][0]) for name in ("startrecord", "endrecord"))
        except (KeyError, ValueError):
            return None
        return Answer(hanweb_records(column, first, last).encode(), "text/xml; charset=utf-8") if column else None


def _static_pages(columns: tuple[Column, ...]) -> dict[str, str]:
    pages = dict(index_pages(columns))
    pages["/robots.txt"] = "User-agent: *\nDisallow: /admin/\n"
    for column in columns:
        if column.is_hanweb:
            pages[f"{column.path}index.html"] = hanweb_page(column)
            continue
        for number in range(page_count(column)):
            pages[f"{column.path}index{f'_{number}' if number else ''}.html"] = trs_page(column, number)
        pages[column.path] = pages[f"{column.path}index.html"]
    return pages


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, portal: Portal, port: int):
        self.portal = portal
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep silent about clients that hang up; anything else is an error of the portal's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "SamplePortal"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_GET(self) -> None:
        self._send(self.server.portal.answer(urlsplit(self.path).path))

    do_HEAD = do_GET  # noqa: N815 (the standard library's naming)

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(min(int(length), _LARGEST_FORM)) if length.isdecimal() else b""
        form = parse_qs(body.decode("utf-8", "replace"))
        is_proxy = parts.path == _PROXY_PATH
        self._send(self.server.portal.records(parse_qs(parts.query), form) if is_proxy else None)

    def _send(self, answer: Answer | None) -> None:
        status, body = HTTPStatus.OK, b""
        if answer is None:
            status = HTTPStatus.NOT_FOUND
            answer = Answer("<html><body>404 您访问的页面不存在</body></html>".encode(), _HTML)
        if status is HTTPStatus.OK and self._is_known(answer):
            status = HTTPStatus.NOT_MODIFIED
        else:
            body = answer.body
        self.server.portal.requests.append(Request(time.monotonic(), self.command, self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", answer.content_type)
        if answer.modified:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(_time_of(answer.modified), usegmt=True))
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_known(self, answer: Answer) -> bool:
        """Whether the client already has this answer, by its validators."""
        if answer.modified is None:
            return False
        if known := self.headers.get("If-None-Match"):
            return answer.etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since") or "")
        except ValueError:
            return False
        return since.tzinfo is not None and _time_of(answer.modified) <= since

    def log_message(self, format: str, *args: object) -> None:
        """Requests are kept in :attr:`Portal.requests` instead of on the screen."""


def _time_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 20, tzinfo=UTC)
