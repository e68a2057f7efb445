"""Asking a portal: one polite request after another, with retries, redirects and a record of each."""

import random
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from tasks.archive.store import Archive
from tasks.fetch.gate import LONGEST_WAIT_SECONDS, HostGate, wait_unless
from tasks.fetch.portal import portal_for, user_agent
from tasks.fetch.problems import FETCH_KINDS, HOST_TROUBLE, FetchError
from tasks.fetch.recognise import foreign_to_lists, is_document
from tasks.fetch.redirects import keeps_form, redirect_target, refresh_target
from tasks.fetch.request import Request
from tasks.fetch.response import Response
from tasks.fetch.transmit import transmit
from tasks.pages import Exchange
from tasks.runs.stopping import Stop
from tasks.settings import Settings
from tasks.sources.declaration import Source

NOT_MODIFIED = 304
_MOST_REDIRECTS = 5
_TELLING_STATUSES = frozenset({404, 410, 429})
_NOTHING_OF_ITS_OWN = frozenset({None, "empty_shell", "truncated"})
_PASSING_STATUSES = frozenset({408, 425, 500, 502, 503, 504, 520, 522, 523, 524})


class Client:
    """Asks one source's hosts on behalf of one batch. Safe to use from several threads.

    ``exchanges`` holds a record of every request, failures too; records and bodies are in the archive. Use it in a
    ``with`` block, so that the records are brought together in the end.
    """

    def __init__(self, source: Source, settings: Settings, archive: Archive, stop: Stop | None = None) -> None:
        self.source = source
        self.settings = settings
        self.archive = archive
        self.exchanges: list[Exchange] = []
        self._log = archive.request_log()
        self._portal = portal_for(source, settings)
        self._stopped = threading.Event()
        if stop is not None:
            stop.tell(self._stopped)

    def stop(self) -> None:
        """Ask nothing more: whoever waits gives up at once, or once it gets the connection it waits for."""
        self._stopped.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._log.close()

    def ask(self, url: str, *, form: Mapping[str, str] | None = None) -> Response:
        """A list page: GET ``url``, or POST ``form`` to it.

        Raises:
            FetchError: it cannot be had, or something else answered in its place.
        """
        return self.request(Request(url, "list", form, recognise=foreign_to_lists))

    def request(self, request: Request) -> Response:
        """The answer to a request, made again where that may help.

        Raises:
            FetchError: it cannot be had.
        """
        attempts = 1
        while True:
            wait_unless(self._stopped, 0)
            try:
                return self._follow(request, attempts)
            except FetchError as error:
                error.attempts = attempts
                if not error.transient or attempts == self.settings.fetch_attempts:
                    raise
            pause = self.settings.retry_seconds * 2 ** (attempts - 1) * random.uniform(1, 1.5)  # noqa: S311
            wait_unless(self._stopped, pause)
            attempts += 1

    def _follow(self, request: Request, attempts: int) -> Response:
        """Ask, and go where redirects lead, and once where a page leads that does nothing else, if it is allowed."""
        visited: list[str] = []
        while True:
            self._check_allowed(request)
            response, target = self._once(request, attempts)
            if target is None:
                return response
            visited.append(request.address)
            # A firewall sets a cookie and sends back to the same address, once.
            if visited.count(target) > 1 or len(visited) > _MOST_REDIRECTS:
                raise FetchError("redirect_loop", f"redirected {len(visited)} times, at last to {target}")
            form = request.form if keeps_form(response) else None
            refreshed = request.refreshed or response.status < 300
            request = replace(request, led_to=target, form=form, refreshed=refreshed)

    def _check_allowed(self, request: Request) -> None:
        address = request.address
        if not self.source.allows(address):
            led = f" (where {request.url} leads)" if request.led_to else ""
            raise FetchError("host_not_allowed", f"{address}{led} is not on a host that {self.source.name} declares")
        if request.purpose == "robots" or not self.source.politeness.robots:
            return
        rules = self._portal.robots(address, self._robots_text)
        if not rules.allows(address, user_agent(self.settings)):
            raise FetchError("robots_refused", f"the robots.txt of {request.host} refuses {address}")

    def _robots_text(self, url: str) -> str | None:
        """A host's robots.txt; ``None`` when there is none. While a host cannot say, nothing of it is fetched.

        What ails the host itself is told as such: it is mended otherwise than an answer that only its robots.txt gives.
        """
        try:
            return self._follow(Request(url, "robots"), 1).text
        except FetchError as error:
            if error.unasked:
                raise
            if not error.host_trouble:
                return None
            code = error.code if error.code in HOST_TROUBLE else "robots_unreachable"
            raise FetchError(code, f"{url}: {error.detail}", transient=error.transient) from None

    def _once(self, request: Request, attempts: int) -> tuple[Response, str | None]:
        """One request on the wire, recorded whatever comes of it; and the address that the answer sends on to."""
        gate = self._portal.gate(request.host)
        target: str | None = None
        failure: FetchError | None = None
        with gate.turn(self._stopped) as waited:
            begun, started = request.begun(self.source.name, attempts, waited), time.monotonic()
            try:
                response = transmit(request, begun, self._portal.session, self.settings, self._stopped)
            except FetchError as error:
                response, failure = error.response or Response(begun), error
            duration = time.monotonic() - started
        if failure is None:
            target, failure = _judged(request, response)
        response = self._recorded(response, duration, failure)
        if failure is not None:
            failure.response = response
        self._settle(gate, failure)
        if failure is not None:
            raise failure
        return response, target

    def _settle(self, gate: HostGate, failure: FetchError | None) -> None:
        """Tell the gate how the host does, and whether it asked to be left in peace."""
        if failure is None or not failure.host_trouble:
            gate.succeeded()
            return
        if failure.suspicion and not gate.suspect(failure.response.url if failure.response else ""):
            return
        asked = failure.response.retry_after if failure.response else None
        if asked is None:
            gate.failed()
            return
        gate.pause(asked)
        failure.transient = failure.transient and asked <= LONGEST_WAIT_SECONDS

    def _recorded(self, response: Response, duration: float, failure: FetchError | None) -> Response:
        """The response with its body in the archive and its exchange on record."""
        body = response.body
        encoding = response.encoding if body and not is_document(body) else None
        exchange = replace(
            response.exchange,
            duration_ms=round(duration * 1000),
            encoding=encoding.name if encoding else None,
            encoding_source=encoding.source if encoding else None,
            bytes=len(body),
            sha256=self.archive.put(body) if body else None,
            problem=failure.code if failure else None,
        )
        self.exchanges.append(exchange)
        self._log.add(exchange)
        return replace(response, exchange=exchange)


def _judged(request: Request, response: Response) -> tuple[str | None, FetchError | None]:
    """Where a whole answer sends on to, and what it says against itself, by its status or by what is in it."""
    status = response.status
    try:
        if target := redirect_target(response):
            return target, None
        if status == NOT_MODIFIED and request.headers:
            return None, None
        code = None if status in _TELLING_STATUSES else request.recognise(response)
        may_refresh = status < 300 and not request.refreshed and request.purpose != "robots"
        if may_refresh and code in _NOTHING_OF_ITS_OWN and (target := refresh_target(response)):
            return target, None
    except FetchError as error:
        return None, error
    return None, _refusal(response, code)


def _refusal(response: Response, code: str | None) -> FetchError | None:
    """Why an answer is not what was asked for; ``code`` is what it was recognised as."""
    status = response.status
    if status in {404, 410}:
        return FetchError("not_found", f"the portal answered {status}")
    if status == 429:
        return FetchError("rate_limited", "the portal asked to slow down (429)", transient=True)
    if code == "waf_challenge":
        return FetchError(code, f"a firewall answered with status {status}")
    if status >= 300:
        return FetchError("http_error", f"the portal answered {status}", transient=status in _PASSING_STATUSES)
    if not response.body:
        return FetchError("empty_answer", f"the portal answered {status} without content", transient=True)
    if code is None:
        return None
    return FetchError(code, f"{FETCH_KINDS[code].cause.english} (status {status})", transient=code == "truncated")
