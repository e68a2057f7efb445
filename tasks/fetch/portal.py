"""What all threads that ask one portal share: the session with its connections, the gates of its hosts."""

import threading
from collections.abc import Callable
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3

from tasks.fetch.gate import HostGate
from tasks.fetch.network import CheckedAdapter
from tasks.fetch.robots import RobotsRules
from tasks.fetch.security import security_context
from tasks.settings import Settings
from tasks.sources.declaration import Source
from tasks.web.addresses import host_of


class Portal:
    """One source's shared state in this process. Get it with :func:`portal_for`."""

    def __init__(self, source: Source, settings: Settings) -> None:
        self.source = source
        self.settings = settings
        self._gates: dict[str, HostGate] = {}
        self._robots: dict[str, RobotsRules] = {}
        self._lock = threading.Lock()
        self._robots_locks: dict[str, threading.Lock] = {}

    @cached_property
    def session(self) -> requests.Session:
        """A session that never leaves the allowed networks, follows no redirect and retries nothing by itself.

        Raises:
            FetchError: the source declares certificates that cannot be read.
        """
        session = requests.Session()
        session.trust_env = False
        session.headers.update(
            {
                "User-Agent": user_agent(self.settings),
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Language": "zh-CN,zh;q=0.9",
            }
        )
        if self.source.tls and not self.source.tls.verify:
            session.verify = False
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        context = security_context(self.source.tls, self.source.folder)
        adapter = CheckedAdapter(self.source.networks, self.source.politeness.connections, context)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return session

    def gate(self, host: str) -> HostGate:
        """The gate of a host, shared with every source that declares it; the strictest limits hold."""
        gate = self._gates.get(host)
        if gate is None:
            gate = self._gates[host] = self._shared_gate(host)
        return gate

    def _shared_gate(self, host: str) -> HostGate:
        polite = self.source.politeness
        folder = self.settings.home / "hosts"
        with _registry_lock:
            gate = _gates.get((folder, host))
            if gate is None:
                gate = HostGate(folder, host, polite.connections, polite.interval, self.settings.rest_seconds)
                _gates[folder, host] = gate
        gate.limit(polite.connections, polite.interval)
        return gate

    def robots(self, address: str, fetch: Callable[[str], str | None]) -> RobotsRules:
        """The rules of an address's host; ``fetch`` gets robots.txt, once and by one thread."""
        origin = f"{urlsplit(address).scheme}://{host_of(address)}"
        with self._lock:
            lock = self._robots_locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._robots or self._robots[origin].outdated:
                self._robots[origin] = RobotsRules(fetch(f"{origin}/robots.txt"))
                delay = self._robots[origin].crawl_delay(user_agent(self.settings))
                if delay is not None:
                    self.gate(host_of(address) or origin).slow_down(delay)
            return self._robots[origin]


@cache
def user_agent(settings: Settings) -> str:
    """Who asks, honestly, and how to reach them."""
    contact = f"; {settings.contact}" if settings.contact else ""
    return f"Gouji/{version('gouji')} (annual disclosure reports{contact})"


_gates: dict[tuple[Path, str], HostGate] = {}
_portals: dict[tuple[str, str], Portal] = {}
_registry_lock = threading.Lock()


def portal_for(source: Source, settings: Settings) -> Portal:
    """The portal that every thread of this process shares for a source as declared."""
    key = (source.model_dump_json(), settings.model_dump_json())
    with _registry_lock:
        if key not in _portals:
            _portals[key] = Portal(source, settings)
        return _portals[key]
