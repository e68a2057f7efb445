"""Addresses: which host they are on, how they are cleaned for fetching, and which mean the same report."""

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_USUAL_PORTS = {"http": 80, "https": 443}
_AUTHORITY = re.compile(r"(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?=[/?#]|$)", re.IGNORECASE)
"""Scheme, host and port where every parser reads the same: no user, no backslash, nothing that is dropped or folded."""
_PASSING = re.compile(r"^(_|_t|t|timestamp|rand|random|spm|from|utm_\w+|jsessionid|share\w*|v)$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_MOBILE = re.compile(r"_wap(?=\.s?html?$)")
_KEPT = "/:@!$&'()*+,;=-._~%"


def host_of(address: str) -> str | None:
    """The host that an http(s) address is on, with its port where that is not the usual one; ``None`` if it is none."""
    written = _AUTHORITY.match(address)
    if written is None:
        return None
    scheme, host, port = written[1].lower(), written[2].lower(), written[3]
    return host if port in (None, str(_USUAL_PORTS[scheme])) else f"{host}:{port}"


def clean_address(address: str) -> str:
    """An address as it is fetched: host in lower case, usual port, fragment, session and doubled slashes gone.

    Raises:
        ValueError: it is not an address.
    """
    parts = urlsplit(address.strip())
    host, port = (parts.hostname or "").rstrip("."), parts.port
    location = host if port in (None, _USUAL_PORTS.get(parts.scheme)) else f"{host}:{port}"
    path = _SESSION.sub("", re.sub(r"/{2,}", "/", parts.path)) or "/"
    folder = path.endswith(("/", "/.", "/.."))
    path = posixpath.normpath(path)
    if folder and path != "/":
        path += "/"
    return urlunsplit((parts.scheme, location, quote(path, safe=_KEPT), quote(parts.query, safe=_KEPT + "?"), ""))


def address_key(address: str) -> str:
    """What two addresses of the same report have in common.

    Scheme, ``www.``, the order of the query, what only marks a visit, and the mobile rendering
    (``…_wap.html``) make no difference.
    """
    parts = urlsplit(clean_address(address))
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not _PASSING.match(name))
    path = _MOBILE.sub("", unquote(parts.path))
    return urlunsplit(("", parts.netloc.removeprefix("www."), path, urlencode(query), "")).removeprefix("//")
