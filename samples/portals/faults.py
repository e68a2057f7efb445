"""A portal at its worst: the pages of another one, each with a fault of its own, some passing, some not."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import chain, repeat

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request

Fault = Callable[[ListedReport, Reply, int], Reply]
"""What stands in for a report's page: made of the report, the good answer, and how often it was asked for before."""

BOMB_BYTES = 8_000_000
_DRIP_SECONDS = 0.06
_ENDLESS_PAUSE = 0.01
_WAF = "<html><head><script>document.cookie='__jsl_clid=1';location.href=location.pathname</script></head></html>"
_GONE = "<html><head><title>页面不存在</title></head><body><p>您访问的页面不存在或已被删除</p></body></html>"
_LOGIN = (
    "<html><body><form>用户名<input name=u>密码<input type='password' name=p><button>登录</button></form></body></html>"
)
_SHELL = "<!DOCTYPE html><html><body><div id='app'></div><script src='/app.js'></script></body></html>"


def _wire(write: Callable[[BaseHTTPRequestHandler], None]) -> Reply:
    return Reply(wire=write)


def _head(handler: BaseHTTPRequestHandler, length: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", str(length))
    handler.end_headers()


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def _break_off(body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, len(body))
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    return write


def _understate_length(body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, len(body) // 2)
        handler.wfile.write(body)
        handler.close_connection = True

    return write


def _stall(handler: BaseHTTPRequestHandler) -> None:
    _head(handler, 1000)
    handler.wfile.write(b"<html>")
    handler.wfile.flush()
    handler.rfile.read(1)  # until the client hangs up
    handler.close_connection = True


def _drip(handler: BaseHTTPRequestHandler) -> None:
    _head(handler, 10_000)
    for _ in range(3000):
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(_DRIP_SECONDS)
    handler.close_connection = True


def _endless(pieces: Callable[[], Iterator[bytes]]) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that never ends: a piece, and another, as long as somebody reads."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        for piece in pieces():
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(_ENDLESS_PAUSE)

    return write


_STATUS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _STATUS + b"Transfer-Encoding: chunked\r\n"
_EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"
"""A stored block of deflate that holds nothing."""


def _dripping(*first: bytes, then: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    return _endless(lambda: chain(first, repeat(then)))


ENDLESS = {
    "header lines": _dripping(b"HTTP/1.1 200 OK\r\n", then=b"nothing\r\n"),
    "a header's line": _dripping(b"HTTP/1.1 200 OK\r\nX-Long: ", then=b"x"),
    "interim answers": _dripping(then=b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a chunk's extension": _dripping(_CHUNKED + b"\r\n", b"1;", then=b"x"),
    "trailers": _dripping(_CHUNKED + b"\r\n5\r\n<p>a\n\r\n0\r\n", then=b"X: 1\r\n"),
    "empty compressed blocks": _dripping(_STATUS + b"Content-Encoding: deflate\r\n\r\n", then=_EMPTY_BLOCK),
    "empty compressed answers": _dripping(
        _STATUS + b"Content-Encoding: gzip\r\n\r\n", then=gzip.compress(b"", mtime=0)
    ),
    "a body": _dripping(_STATUS + b"\r\n", then=b" "),
}
"""Answers that never end, each past the timeouts of its sockets in another way."""


def _bytes(reply: Reply) -> bytes:
    return reply.body.encode() if isinstance(reply.body, str) else reply.body


def once(fault: Fault) -> Fault:
    """A fault that shows on the first request only."""
    return lambda report, good, asked: fault(report, good, asked) if asked == 0 else good


def _answer(reply: Reply) -> Fault:
    return lambda report, good, asked: reply


_ERROR = _answer(Reply("<html><body>Internal Server Error</body></html>", 500))
_UNAVAILABLE = _answer(Reply("<html><body>Service Unavailable</body></html>", 503))
_HANG_UP = _answer(_wire(_hang_up))
_TRUNCATED: Fault = lambda report, good, asked: _wire(_break_off(_bytes(good)))  # noqa: E731
_SHORT_LENGTH: Fault = lambda report, good, asked: _wire(_understate_length(_bytes(good)))  # noqa: E731
_LYING_CHARSET: Fault = lambda report, good, asked: Reply(  # noqa: E731
    str(good.body).replace("utf-8", "iso-8859-1").encode("gb18030"), content_type="text/html; charset=utf-8"
)
_MIRROR: Fault = lambda report, good, asked: Reply(  # noqa: E731
    str(good.body).translate(str.maketrans("报开机关请诉议讼总体务条", "報開機關請訴議訟總體務條"))
)
_PACKED = {"Content-Encoding": "gzip"}

PASSING: dict[str, Fault] = {
    "503 once": once(_UNAVAILABLE),
    "hangs up once": once(_HANG_UP),
    "truncated once": once(_TRUNCATED),
    "429 once": once(_answer(Reply("", 429, headers={"Retry-After": "1"}))),
    "broken compression once": once(_answer(Reply(b"\x1f\x8b\x08broken", headers=_PACKED))),
    "lying charset": _LYING_CHARSET,
    "compressed": lambda report, good, asked: Reply(gzip.compress(_bytes(good)), headers=_PACKED),
    "redirected": lambda report, good, asked: Reply("", 302, headers={"Location": f"/moved/{report.number}.html"}),
}
"""Faults in spite of which the report can be had."""

LASTING: dict[str, Fault] = {
    "not_found": _answer(Reply(_GONE, 404)),
    "http_error": _ERROR,
    "unreachable": _HANG_UP,
    "truncated": lambda report, good, asked: (_TRUNCATED if report.number % 2 else _SHORT_LENGTH)(report, good, asked),
    "timeout": lambda report, good, asked: _wire(_stall if report.number % 2 else _drip),
    "redirect_loop": lambda report, good, asked: Reply("", 302, headers={"Location": f"?again={asked % 2}"}),
    "host_not_allowed": _answer(Reply("", 302, headers={"Location": "file:///etc/passwd"})),
    "decompression_bomb": lambda report, good, asked: Reply(gzip.compress(bytes(BOMB_BYTES)), headers=_PACKED),
    "too_large": lambda report, good, asked: Reply(b"<p>" * (BOMB_BYTES // 3)),
    "waf_challenge": lambda report, good, asked: Reply(_WAF, 412 if report.number % 2 else 200),
    "soft_404": _answer(Reply(_GONE)),
    "login_page": _answer(Reply(_LOGIN)),
    "empty_shell": _answer(Reply(_SHELL)),
    "scraped_mirror": _MIRROR,
    "wrong_content_type": _answer(Reply(b"\x89PNG\r\n\x1a\n\x00\x00", content_type="image/png")),
    "empty_answer": _answer(Reply("")),
}
"""Faults because of which the report cannot be had, by the problem's code."""


@dataclass(frozen=True)
class FaultPortal:
    """The pages of ``portal``; every report without a fault in ``faults`` is answered as it should be."""

    portal: SmallPortal
    faults: dict[str, Fault]
    _asked: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> Reply:
        """Answer with the page's fault, if it has one."""
        report = self.portal.report_at(request.path)
        if request.path.startswith("/moved/"):
            return Reply(self.portal.reports[int(request.path[7:-5])].body)
        fault = self.faults.get(request.path)
        good = self.portal(request)
        if report is None or fault is None:
            return good
        with self._lock:
            asked = self._asked[request.path]
            self._asked[request.path] += 1
        return fault(report, good, asked)
