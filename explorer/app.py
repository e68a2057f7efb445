"""The application: addresses to pages, formats, headers, and errors in one line."""

import logging
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from explorer.asking import PAGE_ROWS, BadQuestionError, Question, question
from explorer.headers import SecurityHeaders
from explorer.pages import PAGES
from explorer.pages.page import MovedError, NotThereError, Page
from explorer.pictures import picture
from explorer.rendering import STATIC, render, static_path
from explorer.snapshots import Published, Snapshots
from warehouse.errors import QueryError, StoreError, StoreMissingError
from warehouse.export.writing import csv_lines, json_lines
from warehouse.snapshots.pool import BusyError
from warehouse.values import json_text

_STREAM_SECONDS = 120.0
_LONGEST_QUERY = 8_000
_MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_FIRST_COME = {NotThereError: 404, BadQuestionError: 400, BusyError: 503, QueryError: 503, StoreError: 503}

log = logging.getLogger(__name__)


def application(snapshots: Snapshots) -> Starlette:
    """Return the application that shows whatever is published at the moment."""
    routes = [
        Route("/healthz", partial(_health, snapshots)),
        Route("/robots.txt", _robots),
        Route("/static/{digest}/{name}", _static),
    ]
    for prefix, lang in (("", "zh"), ("/en", "en")):
        routes.append(Route(f"{prefix}/charts/{{name}}.{{form}}", partial(_picture, snapshots, lang)))
        for page in PAGES:
            for form in page.formats:
                routes.append(Route(f"{prefix}{page.path}.{form}", partial(_answer, snapshots, page, lang, form)))
            path = prefix if prefix and page.path == "/" else f"{prefix}{page.path}"
            routes.append(Route(path, partial(_answer, snapshots, page, lang, "html")))
    application = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _failed})
    application.state.snapshots = snapshots
    application.router.redirect_slashes = True
    application.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    application.add_middleware(SecurityHeaders)
    return application


def _answer(snapshots: Snapshots, page: Page, lang: str, form: str, request: Request) -> Response:
    """Answer one page in one format. Starlette runs it in a thread of its own."""
    try:
        asked = _question(page, lang, form, request)
        published = snapshots.current()
        tag = _tag(published, lang, form)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        headers = {"etag": tag, "cache-control": "max-age=0, must-revalidate", "vary": "accept-encoding"}
        if form in ("csv", "json") and page.listing is not None:
            return _stream(snapshots, page, asked, form, headers)
        with snapshots.reading() as (published, lease):
            context = page.view(asked, lease)
            if form == "json" and page.data is not None:
                return Response(json_text(page.data(context)) + "\n", media_type=_MEDIA["json"], headers=headers)
        text = render(page.template, asked, **_frame(published, page, asked), **context)
        return Response(text, media_type="text/html", headers=headers)
    except MovedError as moved:
        return RedirectResponse(str(moved), status_code=302)
    except tuple(_FIRST_COME) as error:
        return _told(request, lang, error)


def _question(page: Page, lang: str, form: str, request: Request) -> Question:
    if len(request.url.query) > _LONGEST_QUERY:
        raise BadQuestionError(f"the address is longer than {_LONGEST_QUERY} characters")
    path = request.url.path.removeprefix("/en") if lang == "en" else request.url.path
    parts = {key: str(value) for key, value in request.path_params.items()}
    suffix = "" if form == "html" else f".{form}"
    return question(path.removesuffix(suffix) or "/", lang, parts, request.query_params.multi_items(), page.parameters)


def _frame(published: Published, page: Page, asked: Question) -> dict[str, Any]:
    """What the frame of every page needs."""
    return {
        "published": published,
        "formats": page.formats,
        "page_rows": PAGE_ROWS,
        "release": version("gouji"),
        "is_list": page.listing is not None,
    }


def _stream(snapshots: Snapshots, page: Page, asked: Question, form: str, headers: dict[str, str]) -> Response:
    """Send a whole list as it is computed; the snapshot is held until it is sent."""
    if page.listing is None:
        raise NotThereError(asked.path)
    listing = page.listing(asked)
    chunks = _chunks(snapshots, listing.sql, dict(listing.parameters), form)
    first = next(chunks)
    name = f"gouji-{asked.path.strip('/').replace('/', '-') or 'list'}.{form}"
    if form == "csv" and name.isascii():
        headers = {**headers, "content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_with(first, chunks), media_type=_MEDIA[form], headers=headers)


def _chunks(snapshots: Snapshots, sql: str, parameters: dict[str, Any], form: str) -> Iterator[str]:
    with snapshots.reading() as (_, lease), lease.answer(sql, _STREAM_SECONDS, **parameters) as found:
        if form == "csv":
            yield "\ufeff"
            yield from csv_lines(found)
        else:
            yield from json_lines(found)


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _picture(snapshots: Snapshots, lang: str, request: Request) -> Response:
    """Answer a chart alone, to be put anywhere."""
    form = request.path_params["form"]
    try:
        if form not in ("svg", "png", "json"):
            raise NotThereError(request.url.path)
        asked = list(request.query_params.multi_items())
        with snapshots.reading() as (published, lease):
            content = picture(request.path_params["name"], form, lang, asked, lease)
        headers = {"etag": _tag(published, lang, form), "cross-origin-resource-policy": "cross-origin"}
        return Response(content, media_type=_MEDIA[form], headers=headers)
    except tuple(_FIRST_COME) as error:
        return _told(request, lang, error)


def _health(snapshots: Snapshots, request: Request) -> Response:
    try:
        with snapshots.reading() as (published, lease):
            lease.rows("SELECT 1")
    except StoreError as error:
        return PlainTextResponse(f"{error}\n", status_code=503)
    return PlainTextResponse(f"ok {published.id}\n")


def _robots(request: Request) -> Response:
    rules = ("/*.csv", "/*.json", "/*?page=", "/*&page=", "/charts/", "/en/charts/")
    return PlainTextResponse("User-agent: *\n" + "".join(f"Disallow: {rule}\n" for rule in rules))


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    path = STATIC / name
    if path.parent != STATIC or not path.is_file() or request.url.path != static_path(name):
        raise HTTPException(404)
    return FileResponse(path, headers={"cache-control": "public, max-age=31536000, immutable"})


def _tag(published: Published, lang: str, form: str) -> str:
    return f'"{published.id}-{version("gouji")}-{lang}-{form}"'


def _told(request: Request, lang: str, error: Exception) -> Response:
    status = next(code for kind, code in _FIRST_COME.items() if isinstance(error, kind))
    key = "no snapshot" if isinstance(error, StoreMissingError) else f"error {status}"
    return _error_page(request, lang, status, key, str(error))


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    lang = "en" if request.url.path.startswith("/en") else "zh"
    key = f"error {status}" if status in (400, 404, 405) else "error 400"
    return _error_page(request, lang, status, key, "")


def _failed(request: Request, error: Exception) -> Response:
    log.exception("%s could not be shown", request.url.path, exc_info=error)
    lang = "en" if request.url.path.startswith("/en") else "zh"
    return _error_page(request, lang, 500, "error 500", "")


def _error_page(request: Request, lang: str, status: int, key: str, detail: str) -> Response:
    headers = {"retry-after": "2"} if status == 503 else {}
    if request.url.path.endswith((".json", ".csv", ".svg", ".png")):
        return PlainTextResponse((detail or key) + "\n", status_code=status, headers=headers)
    asked = Question("/", lang, {}, {})
    text = render("error.html", asked, status=status, key=key, detail=detail)
    return Response(text, status_code=status, media_type="text/html", headers=headers)
