"""The application: addresses to pages, formats, headers, and errors in one line."""

import logging
import re
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from itertools import chain

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from explorer.asking import PAGE_ROWS, BadQuestionError, Question, question
from explorer.cache import Cache
from explorer.errors import ToldError
from explorer.files import LABELS, streamed, workbook
from explorer.headers import Compressed, SecurityHeaders
from explorer.pages import check, data
from explorer.pages.page import Context, Listing, MovedError, NotThereError, Page
from explorer.pictures import picture, source_of
from explorer.rendering import STATIC, render, static_path
from explorer.sandbox import SandboxError
from explorer.site import Offers, Site
from explorer.snapshots import Published, Snapshots
from explorer.uploads import UploadError, received
from warehouse.errors import QueryError, StoreError, StoreMissingError
from warehouse.snapshots.pool import BusyError
from warehouse.text import Text
from warehouse.values import json_text

_LONGEST_QUERY = 8_000
_MEDIA = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_FIRST_COME: Mapping[type[Exception], int] = {
    NotThereError: 404,
    BadQuestionError: 400,
    UploadError: 400,
    SandboxError: 400,
    BusyError: 503,
    QueryError: 503,
    StoreError: 503,
}

_PLAIN = re.compile(r"[\w.]{1,40}", re.ASCII)
"""Values of parameters that may stand in the name of a file."""

log = logging.getLogger(__name__)


def application(snapshots: Snapshots, offers: Offers | None = None) -> Starlette:
    """Return the application that shows whatever is published at the moment."""
    site = Site(snapshots, offers or Offers(), Cache())
    routes = [
        Route("/healthz", partial(_health, site)),
        Route("/robots.txt", _robots),
        Route(data.SNAPSHOT, partial(_snapshot, site)),
        Route("/static/{digest}/{name}", _static),
    ]
    for prefix, lang in (("", "zh"), ("/en", "en")):
        routes.append(Route(f"{prefix}/charts/{{name}}.{{form}}", partial(_picture, site, lang)))
        if site.offers.check:
            routes.append(Route(f"{prefix}{check.PAGE.path}", partial(_checked, site, lang), methods=["POST"]))
        for page in site.pages:
            for form in page.formats:
                routes.append(Route(f"{prefix}{page.path}.{form}", partial(_answer, site, page, lang, form)))
            path = prefix if prefix and page.path == "/" else f"{prefix}{page.path}"
            routes.append(Route(path, partial(_answer, site, page, lang, "html")))
    application = Starlette(
        routes=routes, exception_handlers={HTTPException: partial(_refused, site), Exception: partial(_failed, site)}
    )
    application.state.snapshots = snapshots
    application.router.redirect_slashes = True
    application.add_middleware(Compressed, minimum_size=1_000, compresslevel=5)
    application.add_middleware(SecurityHeaders)
    return application


def _answer(site: Site, page: Page, lang: str, form: str, request: Request) -> Response:
    """Answer one page in one format. Starlette runs it in a thread of its own."""
    try:
        published = site.snapshots.current()
        asked = published.places.settled(_question(page, lang, form, request))
        tag = site.tag(published, lang, form)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        headers = {"etag": tag, "cache-control": "max-age=0, must-revalidate", "vary": "accept-encoding"}
        if page.listing is not None and form != "html":
            address = site.offers.address or str(request.base_url)
            return _file(site, page.listing(asked), asked, form, headers, address.rstrip("/"))
        address = asked.address(asked.path, **asked.texts)
        content = site.cache.get((tag, address)) or _made(site, page, asked, form, address)
        return Response(content, media_type=_MEDIA[form], headers=headers)
    except MovedError as moved:
        return RedirectResponse(str(moved), status_code=302)
    except tuple(_FIRST_COME) as error:
        return _told(site, request, lang, error, page)


def _made(site: Site, page: Page, asked: Question, form: str, address: str) -> bytes:
    """Make a page from the snapshot that is current now, and keep it."""
    with site.snapshots.reading() as (published, lease):
        context = page.view(asked, lease)
    if form == "json" and page.data is not None:
        text = json_text(page.data(context)) + "\n"
    elif form == "csv" and page.csv is not None:
        text = "".join(page.csv(context))
    else:
        text = render(page.template, asked, **_frame(site, published, page), **context)
    content = text.encode()
    if page.is_kept:
        site.cache.put((site.tag(published, asked.lang, form), address), content)
    return content


async def _checked(site: Site, lang: str, request: Request) -> Response:
    """Answer reports that were sent with their sheets; nothing of them is kept, here or with the visitor."""
    try:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise UploadError(Text("只接受本站表单送来的文件", "files are taken from the form of this site only"))
        uploads = await received(request)
        return _sheets(site, lang, await run_in_threadpool(check.checked, uploads))
    except (UploadError, SandboxError) as error:
        return _sheets(site, lang, check.refused(error.told.wording(lang)), 400)
    except tuple(_FIRST_COME) as error:
        return _told(site, request, lang, error)


def _sheets(site: Site, lang: str, context: Context, status: int = 200) -> Response:
    asked = Question(check.PAGE.path, lang, {}, {})
    text = render(check.PAGE.template, asked, **_frame(site, site.snapshots.current(), check.PAGE), **context)
    return Response(text, status_code=status, media_type=_MEDIA["html"], headers={"cache-control": "no-store"})


def _question(page: Page, lang: str, form: str, request: Request) -> Question:
    if len(request.url.query) > _LONGEST_QUERY:
        raise BadQuestionError(
            Text(f"地址超过 {_LONGEST_QUERY} 个字符", f"the address is longer than {_LONGEST_QUERY} characters")
        )
    path = request.url.path.removeprefix("/en") if lang == "en" else request.url.path
    parts = {key: str(value) for key, value in request.path_params.items()}
    suffix = "" if form == "html" else f".{form}"
    known = {**page.parameters, **LABELS} if form in ("csv", "xlsx") and page.listing is not None else page.parameters
    return question(path.removesuffix(suffix) or "/", lang, parts, request.query_params.multi_items(), known)


def _frame(site: Site, published: Published, page: Page) -> Context:
    """What the frame of every page needs."""
    return {
        "published": published,
        "offers": site.offers,
        "formats": page.formats,
        "page_rows": PAGE_ROWS,
        "release": version("gouji"),
    }


def _file(site: Site, listing: Listing, asked: Question, form: str, headers: dict[str, str], address: str) -> Response:
    """Send a whole list as a file. ``address`` is that of the site, for links in it."""
    asked_for = (text for _, text in sorted(asked.texts.items()) if _PLAIN.fullmatch(text))
    name = f"{'-'.join(('gouji', *asked.path.strip('/').split('/'), *asked_for))}.{form}"
    if form != "json" and name.isascii():
        headers = {**headers, "content-disposition": f'attachment; filename="{name}"'}
    labels = asked.values.get("labels")
    if form == "xlsx":
        return Response(workbook(site.snapshots, listing, labels, address), media_type=_MEDIA[form], headers=headers)
    chunks = streamed(site.snapshots, listing, form, labels, address)
    first = next(chunks)
    if form == "csv":
        first += next(chunks)
    return StreamingResponse(chain([first], chunks), media_type=_MEDIA[form], headers=headers)


def _picture(site: Site, lang: str, request: Request) -> Response:
    """Answer a chart alone, to be put anywhere."""
    form = request.path_params["form"]
    try:
        if form not in ("svg", "png", "json"):
            raise NotThereError(Text(request.url.path, request.url.path))
        asked = list(request.query_params.multi_items())
        with site.snapshots.reading() as (published, lease):
            source = source_of(published, lang)
            content = picture(request.path_params["name"], form, lang, asked, lease, source)
        headers = {"etag": site.tag(published, lang, form), "cross-origin-resource-policy": "cross-origin"}
        return Response(content, media_type=_MEDIA[form], headers=headers)
    except tuple(_FIRST_COME) as error:
        return _told(site, request, lang, error)


def _health(site: Site, request: Request) -> Response:
    try:
        with site.snapshots.reading() as (published, lease):
            lease.rows("SELECT 1")
    except (StoreError, BusyError) as error:
        return PlainTextResponse(f"{error}\n", status_code=503)
    return PlainTextResponse(f"ok {published.id}\n")


def _snapshot(site: Site, request: Request) -> Response:
    """Send the whole snapshot as it lies there; parts of it as well, so that a broken download goes on."""
    try:
        published = site.snapshots.current()
    except StoreError as error:
        return _told(site, request, "zh", error)
    kept = published.file or site.snapshots.path
    name = kept.name if published.file else f"gouji-{published.id}.duckdb"
    return FileResponse(kept, media_type="application/octet-stream", filename=name)


def _robots(request: Request) -> Response:
    rules = (
        "/*.csv",
        "/*.json",
        "/*.xlsx",
        "/*.duckdb",
        "/*?page=",
        "/*&page=",
        "/*/source",
        "/*sql",
        "/*check",
        "/charts/",
        "/en/charts/",
    )
    return PlainTextResponse("User-agent: *\n" + "".join(f"Disallow: {rule}\n" for rule in rules))


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    path = STATIC / name
    if path.parent != STATIC or not path.is_file() or request.url.path != static_path(name):
        raise HTTPException(404)
    return FileResponse(path, headers={"cache-control": "public, max-age=31536000, immutable"})


def _told(site: Site, request: Request, lang: str, error: Exception, page: Page | None = None) -> Response:
    """Say in one line what cannot be answered; below a question that a page refuses stands its form, as filled in."""
    status = next(code for kind, code in _FIRST_COME.items() if isinstance(error, kind))
    key = "no snapshot" if isinstance(error, StoreMissingError) else f"error {status}"
    detail = error.told.wording(lang) if isinstance(error, ToldError) else str(error)
    form: Context = {}
    if page is not None and page.listing and isinstance(error, BadQuestionError) and error.parameter:
        form = {"action": request.url.path, "parameters": page.parameters, "wrong": error.parameter}
    return _error_page(site, request, lang, status, key, detail, form)


def _refused(site: Site, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    lang = "en" if request.url.path.startswith("/en") else "zh"
    key = f"error {status}" if status in (400, 404, 405) else "error 400"
    return _error_page(site, request, lang, status, key, "")


def _failed(site: Site, request: Request, error: Exception) -> Response:
    log.exception("%s could not be shown", request.url.path, exc_info=error)
    lang = "en" if request.url.path.startswith("/en") else "zh"
    return _error_page(site, request, lang, 500, "error 500", "")


def _error_page(
    site: Site, request: Request, lang: str, status: int, key: str, detail: str, form: Context | None = None
) -> Response:
    headers = {"retry-after": "2"} if status == 503 else {}
    if request.url.path.endswith((".json", ".csv", ".xlsx", ".svg", ".png", ".duckdb")):
        return PlainTextResponse((detail or key) + "\n", status_code=status, headers=headers)
    entered = {name: text[:200] for name, text in request.query_params.items()} if form else {}
    asked = Question("/", lang, {}, {}, entered)
    text = render("error.html", asked, offers=site.offers, status=status, key=key, detail=detail, form=form)
    return Response(text, status_code=status, media_type="text/html", headers=headers)
