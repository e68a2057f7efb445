"""Connections that go only where they may: to public addresses, or to networks that a source declares."""

import http.client
import ipaddress
import re
import socket
import ssl
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse

from tasks.fetch.deadline import hold

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HEADER_LINE = re.compile(rb"HTTP/|[!-9;-~]*:|[\t ]|\r?\n")
"""What the head of an answer may consist of: its status, headers, their continuations, and the empty line."""
_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 behind a translator (RFC 6052): the last 32 bits are the address."""


class PrivateAddressError(HTTPError):
    """A host's name resolves to an address that must not be fetched."""


class StaleConnectionError(HTTPError):
    """A connection that was kept from an earlier exchange had been given up by the host: nothing was answered on it."""


def is_allowed_address(address: str, networks: Iterable[Network]) -> bool:
    """Whether an IP address is public, or in one of ``networks``."""
    checked = _meant(ipaddress.ip_address(address.partition("%")[0]))
    if any(checked.version == network.version and checked in network for network in networks):
        return True
    if isinstance(checked, ipaddress.IPv6Address) and checked not in _PUBLIC_IPV6:
        return False
    return checked.is_global and not checked.is_multicast


def _meant(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 address leads to, if it leads to one, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class _HeaderLines:
    """The head of an answer without the lines that are no headers: a reader would stop at the first of them."""

    def __init__(self, wire: BinaryIO) -> None:
        self._wire = wire

    def readline(self, limit: int = -1) -> bytes:
        """The next line that is a status, a header, or the end of the head."""
        while (line := self._wire.readline(limit)) and not _HEADER_LINE.match(line):
            pass
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wire, name)


class _TolerantResponse(http.client.HTTPResponse):
    def begin(self) -> None:
        wire = self.fp
        self.fp = _HeaderLines(wire)  # type: ignore[assignment]
        super().begin()
        self.fp = wire


class _CheckedConnection(HTTPConnection):
    """Resolves the host's name once, and connects only to those of its addresses that are allowed.

    Its sockets are shut with the exchange that the thread has under way.
    """

    networks: tuple[Network, ...] = ()
    response_class = _TolerantResponse
    kept = False

    def request(self, *arguments: Any, **options: Any) -> None:
        self.kept = self.sock is not None
        if self.kept:
            hold(self.sock)
        super().request(*arguments, **options)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]
        try:
            return super().getresponse()
        except (http.client.BadStatusLine, ConnectionError) as error:
            if self.kept:
                raise StaleConnectionError(str(error)) from error
            raise

    def _new_conn(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        addresses = [str(entry[4][0]) for entry in found]
        refused = [address for address in addresses if not is_allowed_address(address, self.networks)]
        if refused:
            raise PrivateAddressError(f"{self.host} resolves to {refused[0]}, which is not a public address")
        failure: OSError = OSError("no address")
        for family, kind, protocol, _, address in found:
            connection = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    connection.setsockopt(*option)
                connection.settimeout(self.timeout)
                hold(connection)
                connection.connect(address)
            except TimeoutError as error:
                connection.close()
                raise ConnectTimeoutError(self, f"no connection to {self.host} within {self.timeout} s") from error
            except OSError as error:
                connection.close()
                failure = error
            else:
                sys.audit("http.client.connect", self, self.host, self.port)
                return connection
        raise NewConnectionError(self, f"no connection to {self.host}: {failure}") from failure


class CheckedAdapter(HTTPAdapter):
    """The transport of a session whose every connection is checked against the allowed networks."""

    def __init__(self, networks: Iterable[str], connections: int, context: ssl.SSLContext | None = None) -> None:
        self._networks = tuple(ipaddress.ip_network(network) for network in networks)
        self._context = context
        super().__init__(pool_connections=16, pool_maxsize=connections, pool_block=True)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pools of checked connections."""
        super().init_poolmanager(*arguments, **options, ssl_context=self._context)
        checked = {"networks": self._networks}
        plain = type("CheckedHTTPConnection", (_CheckedConnection,), checked)
        secure = type("CheckedHTTPSConnection", (_CheckedConnection, HTTPSConnection), checked)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("CheckedHTTPPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("CheckedHTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

    def request_url(self, request: PreparedRequest, proxies: object) -> str:
        """The path that is asked for: no proxy needs the whole address."""
        return request.path_url

    def get_connection_with_tls_context(
        self, request: PreparedRequest, verify: Any, proxies: object = None, cert: Any = None
    ) -> HTTPConnectionPool:
        """The pool of connections to the host itself, never to a proxy, which would hide the host's address."""
        host, options = self.build_connection_pool_key_attributes(request, verify, cert)
        if self._context is not None:
            options["ssl_context"] = self._context
        pool: HTTPConnectionPool = self.poolmanager.connection_from_host(**host, pool_kwargs=options)
        return pool
