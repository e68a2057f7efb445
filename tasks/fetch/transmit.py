"""One request and its answer, read within bounds of size and time."""

import threading
from dataclasses import replace

import requests
from requests.cookies import extract_cookies_to_jar
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from tasks.fetch.deadline import Ended, deadline
from tasks.fetch.network import PrivateAddressError, StaleConnectionError
from tasks.fetch.problems import FetchError
from tasks.fetch.request import Request
from tasks.fetch.response import Response
from tasks.fetch.security import is_outdated
from tasks.pages import Exchange
from tasks.settings import Settings

_CHUNK_BYTES = 65_536
_KEPT_OF_FAILURES = 1_000_000
_TOLD_BY_WHAT_CAME = frozenset({"too_large", "decompression_bomb"})
_KEPT_HEADERS = frozenset(
    {
        "content-type",
        "content-length",
        "content-encoding",
        "content-disposition",
        "etag",
        "last-modified",
        "date",
        "server",
        "location",
        "retry-after",
    }
)


def transmit(
    request: Request, begun: Exchange, session: requests.Session, settings: Settings, stopped: threading.Event
) -> Response:
    """Make a request once: the whole answer to it, whatever its status, with the exchange that it ``begun``.

    It ends in time, and soon after ``stopped`` is set, whatever the portal does.

    Raises:
        FetchError: no answer, or not a whole one; its ``response`` holds what came of it.
    """
    with deadline(settings.answer_timeout, stopped) as bound:
        try:
            response = _exchanged(request, begun, session, settings)
        except FetchError as error:
            if bound.ended is None or error.code in _TOLD_BY_WHAT_CAME:
                raise
            raise _ended(bound.ended, error.response, settings) from None
    if bound.ended is not None:
        raise _ended(bound.ended, response, settings)
    return response


def _ended(why: Ended, response: Response | None, settings: Settings) -> FetchError:
    """The error of an exchange that was ended; what came of it may look whole, and is not."""
    if why is Ended.STOPPED:
        error = FetchError("interrupted", "the run was stopped while the answer came")
    else:
        error = FetchError("timeout", f"the answer had not ended after {settings.answer_timeout:g} s", transient=True)
    error.response = response
    return error


def _exchanged(request: Request, begun: Exchange, session: requests.Session, settings: Settings) -> Response:
    answer = _send(request, session, settings)
    kept = {name.lower(): value for name, value in answer.headers.items() if name.lower() in _KEPT_HEADERS}
    exchange = replace(begun, status=answer.status_code, headers=kept)
    parts: list[bytes] = []
    try:
        _read_into(parts, answer, settings.maximum_bytes)
    except FetchError as error:
        error.response = Response(exchange, b"".join(parts)[:_KEPT_OF_FAILURES])
        raise
    finally:
        answer.close()
    return Response(exchange, b"".join(parts))


def _send(request: Request, session: requests.Session, settings: Settings) -> requests.Response:
    """The head of the answer. A stale connection is no answer of the host: the next one is tried, at last a new one."""
    while True:
        try:
            prepared = _prepared(request, session)
            # The adapter is asked itself: a session would read the body of a redirect to its end, however large it is.
            answer = session.get_adapter(request.address).send(
                prepared,
                stream=True,
                timeout=(settings.connect_timeout, settings.read_timeout),
                verify=session.verify or False,
                cert=None,
                proxies={},
            )
            extract_cookies_to_jar(session.cookies, prepared, answer.raw)  # type: ignore[no-untyped-call]
            return answer
        except StaleConnectionError:
            continue
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise _failure(error, request.address, settings) from None


def _prepared(request: Request, session: requests.Session) -> requests.PreparedRequest:
    prepared = requests.PreparedRequest()
    prepared.prepare_method(request.method)
    prepared.prepare_url(request.address, None)
    prepared.prepare_headers({**session.headers, **request.headers})
    if session.cookies:
        prepared.prepare_cookies(session.cookies)
    prepared.prepare_body(request.form, None)
    return prepared


def _failure(error: Exception, url: str, settings: Settings) -> FetchError:
    """What an exception of requests or urllib3 means, from the first of its causes that says it."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, PrivateAddressError):
            return FetchError("private_address", str(cause))
        if isinstance(cause, NameResolutionError):
            return FetchError("name_not_resolved", f"the host of {url} does not resolve", transient=True)
        if isinstance(cause, ConnectTimeoutError) and not isinstance(cause, NewConnectionError):
            return FetchError("timeout", f"no connection within {settings.connect_timeout:g} s", transient=True)
        if isinstance(cause, ReadTimeoutError):
            return FetchError("timeout", f"no answer within {settings.read_timeout:g} s", transient=True)
    if any(map(is_outdated, causes)):
        return FetchError("tls_outdated", f"no connection that is safe today: {_first_line(causes[-1])}")
    if isinstance(error, requests.exceptions.SSLError):
        return FetchError("tls_failed", f"no trusted connection: {_first_line(causes[-1])}")
    if isinstance(error, ValueError) and not isinstance(error, requests.ConnectionError):
        return FetchError("bad_address", f"not an address that can be fetched: {_first_line(error)}")
    return FetchError("unreachable", f"no answer: {_first_line(causes[-1])}", transient=True)


def _causes(error: BaseException) -> list[BaseException]:
    """An exception and what it was made of, from the outside in."""
    found: list[BaseException] = []
    pending: list[object] = [error]
    while pending:
        current = pending.pop(0)
        if isinstance(current, BaseException) and current not in found:
            found.append(current)
            pending += [getattr(current, "reason", None), current.__cause__, *current.args]
    return found


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _read_into(parts: list[bytes], answer: requests.Response, maximum_bytes: int) -> None:
    """Read a streamed answer to its end, as it comes, unpacking no more than is allowed."""
    size = 0
    try:
        while part := answer.raw.read1(_CHUNK_BYTES, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > maximum_bytes:
                packed = "Content-Encoding" in answer.headers
                verb = "unpacks to" if packed else "has"
                code = "decompression_bomb" if packed else "too_large"
                raise FetchError(code, f"the answer {verb} more than {maximum_bytes} bytes")
    except ReadTimeoutError:
        raise FetchError("timeout", f"no more bytes came after {size}", transient=True) from None
    except DecodeError:
        raise FetchError("bad_encoding", "the answer's compression is broken", transient=True) from None
    except (ProtocolError, HTTPError, OSError):
        raise FetchError("truncated", f"the answer broke off after {size} bytes", transient=True) from None
