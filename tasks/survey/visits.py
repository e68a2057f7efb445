"""Asking a portal that nobody has declared yet: each page once, not too many, and only hosts of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.archive.store import Archive
from tasks.fetch.client import Client
from tasks.fetch.problems import FetchError
from tasks.runs.stopping import Stop
from tasks.settings import Settings
from tasks.sources.adapter import Answer
from tasks.sources.declaration import Listing, Source
from tasks.web.addresses import clean_address, host_of, resolve

MOST_REQUESTS = 80
"""Requests that the survey of one portal may make for pages and lists."""
_MOST_HOSTS = 12
_SUFFIX = re.compile(r"\.(?:gov|org|com|edu|net|ac|[a-z]{2})\.cn$|\.[a-z]+$")
"""Below which names are given to sites: gov.cn, zj.cn, example."""


class TooManyRequests(Exception):  # noqa: N818
    """A survey has made as many requests as it may."""


@dataclass
class Visits:
    """What a survey asks of a portal, on behalf of a source that is not declared yet. Use it in a ``with`` block."""

    source: Source
    settings: Settings
    archive: Archive
    most: int = MOST_REQUESTS
    stop: Stop | None = None
    failures: dict[str, FetchError] = field(default_factory=dict)
    """The addresses that could not be had, with the reason."""
    moved_to: str | None = None
    """Where an answer redirected to, if one did, and that is on a host that may not be asked."""
    _answers: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = field(default_factory=dict)

    def __enter__(self) -> "Visits":
        self._client = Client(self.source, self.settings, self.archive, self.stop)
        return self

    def __exit__(self, *raised: object) -> None:
        self._client.__exit__(*raised)

    def ask(self, url: str, *, form: Mapping[str, str] | None = None) -> Answer:
        """A page of the portal, asked for once however often it is wanted.

        Raises:
            FetchError: it cannot be had.
            TooManyRequests: enough was asked.
        """
        key = (clean_address(url), tuple(sorted((form or {}).items())))
        if key in self._answers:
            return self._answers[key]
        if url in self.failures and form is None:
            raise self.failures[url]
        if len(self._client.exchanges) >= self.most:
            raise TooManyRequests
        try:
            self._answers[key] = self._client.ask(url, form=form)
        except FetchError as error:
            self.failures[url] = error
            if error.code == "host_not_allowed":
                self.moved_to = self._client.exchanges[-1].headers.get("location") if self._client.exchanges else None
            raise
        return self._answers[key]

    def ask_onward(self, url: str) -> Answer:
        """As :meth:`ask`, and where a page redirects to a host that the portal may have beside its own, that one's."""
        try:
            return self.ask(url)
        except FetchError as error:
            target = resolve(url, self.moved_to) if error.code == "host_not_allowed" and self.moved_to else ""
            if not self.admits(target):
                raise
            return self.ask(target)

    def admits(self, address: str) -> bool:
        """Whether an address is on a host of the portal's; one of the same site is taken in as it is met."""
        host = host_of(address)
        if host is None or host in self.source.hosts:
            return host is not None
        if len(self.source.hosts) >= _MOST_HOSTS or not is_sister(host, self.source.hosts[0]):
            return False
        self._client.__exit__(None, None, None)
        spent = self._client.exchanges
        self.source = self.source.model_copy(update={"hosts": (*self.source.hosts, host)})
        self._client = Client(self.source, self.settings, self.archive, self.stop)
        self._client.exchanges.extend(spent)
        return True

    def ask_beyond(self, url: str, *, form: Mapping[str, str] | None = None) -> Answer:
        """As :meth:`ask`, for a proof, which is bounded by itself."""
        self.most = len(self._client.exchanges) + 1
        return self.ask(url, form=form)

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return len(self._client.exchanges)


def is_sister(host: str, home: str) -> bool:
    """Whether a host may belong to the portal at ``home``: it stands below its name, beside it, or at the same address.

    Beside a department's host, the one that is the government's own does not count.
    """
    host, home = (re.sub(r":\d+$", "", one) for one in (host, home))
    if host == home or host.endswith(f".{home.removeprefix('www.')}"):
        return True
    suffix = _SUFFIX.search(home)
    site = home[: suffix.start()].rpartition(".")[2] + suffix[0] if suffix else ""
    return bool(suffix) and host.endswith(f".{site}") and host != f"www.{site}"


def undeclared(name: str, address: str, **fields: object) -> Source:
    """The source that a survey asks on behalf of, before anything is known but an address: its host, with and without
    ``www``. ``fields`` are those that the user gives, such as ``networks`` and ``politeness``.

    Raises:
        ValueError: the address is none, or a field does not fit.
    """
    host = host_of(address)
    if host is None:
        raise ValueError(f"{address} is no web address: it begins with http:// or https://")
    named = not host.replace(".", "").replace(":", "").isdigit() and not host.startswith("[")
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    hosts = (host, other) if named else (host,)
    listing = Listing(address=address, adapter="plain_list")
    return Source.model_validate({"name": name, "title": host, "hosts": hosts, "lists": (listing,), **fields})
