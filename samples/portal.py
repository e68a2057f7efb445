"""The sample portal: a real HTTP server on loopback."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from samples.inconsistencies import published_reports
from samples.lists import hanweb_page, hanweb_records, index_pages, page_count, trs_page
from samples.portals.server import LoggedRequest, PortalServer, Reply, Request
from samples.reports import SampleReport
from samples.site import Answer, Column, Entry, build_columns

DEFAULT_PORT = 8419
SOURCE_FILE = Path(__file__).parent / "sources" / "sample.yaml"
"""How Gouji reaches the portal on its default port."""

_HTML = "text/html; charset=utf-8"
_PROXY_PATH = "/module/web/jpage/dataproxy.jsp"
_NOT_FOUND = Reply("<html><body>404 您访问的页面不存在</body></html>", 404)


class Portal(PortalServer):
    """Serves reports until the ``with`` block ends. ``port`` 0 takes a free one; ``reports`` defaults to those of 云泽.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, port: int = DEFAULT_PORT, reports: Iterable[SampleReport] | None = None):
        self.columns = build_columns(published_reports() if reports is None else reports)
        self._entries = {entry.path: entry for column in self.columns for entry in column.entries}
        self._pages = _static_pages(self.columns)
        self._proxied = {column.number: column for column in self.columns if column.is_hanweb}
        super().__init__(self._reply, port)

    @property
    def url(self) -> str:
        """The portal's base address, without a slash at the end."""
        return self.address

    @property
    def requests(self) -> list[LoggedRequest]:
        """Every request so far."""
        return self.log

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
        path = self._path_of(report)
        self._entries[path] = replace(self._entries[path], report=report)
        return path

    def withdraw(self, report: SampleReport) -> str:
        """Answer 404 at the address of a report that is still listed, and return its path.

        Raises:
            KeyError: the portal has no report of this organ and year.
        """
        path = self._path_of(report)
        del self._entries[path]
        return path

    def _path_of(self, report: SampleReport) -> str:
        for path, entry in self._entries.items():
            if entry.report and entry.report.identity == report.identity:
                return path
        raise KeyError(report.identity)

    def answer(self, path: str) -> Answer | None:
        """What a GET of ``path`` gets, or ``None`` where there is nothing."""
        if entry := self._entries.get(path):
            return entry.answer
        page = self._pages.get(path)
        return Answer(page.encode(), _HTML) if page is not None else None

    def _reply(self, request: Request) -> Reply:
        answer = self._records(request) if request.method == "POST" else self.answer(request.path)
        if answer is None:
            return _NOT_FOUND
        validators = {}
        if answer.modified:
            modified = _time_of(answer.modified)
            validators = {"ETag": answer.etag, "Last-Modified": format_datetime(modified, usegmt=True)}
            if _is_known(answer.etag, modified, request.headers):
                return Reply(status=304, content_type=answer.content_type, headers=validators)
        return Reply(answer.body, content_type=answer.content_type, headers=validators)

    def _records(self, request: Request) -> Answer | None:
        """What the data proxy answers."""
        column = self._proxied.get(request.form.get("columnid", "")) if request.path == _PROXY_PATH else None
        try:
            first, last = (int(request.query[name]) for name in ("startrecord", "endrecord"))
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


def _is_known(etag: str, modified: datetime, headers: Mapping[str, str]) -> bool:
    """Whether a client already has an answer, by its validators."""
    if known := headers.get("if-none-match"):
        return etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and modified <= since


def _time_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 20, tzinfo=UTC)
