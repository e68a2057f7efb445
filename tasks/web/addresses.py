"""Addresses as browsers read them: which host they are on, where a link leads, and which mean the same report."""

import re
from urllib.parse import quote, urlsplit

import ada_url

_USUAL_PORTS = {"http": 80, "https": 443}
_AUTHORITY = re.compile(r"(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?=[/?#]|$)", re.IGNORECASE)
"""Scheme, host and port where every parser reads the same: no user, no backslash, nothing that is dropped or folded."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_QUERY_ENCODINGS = {"gb18030": "gbk", "big5": "big5", "big5hkscs": "big5hkscs"}
"""The codecs of queries on pages in these encodings; on all others it is UTF-8."""
_AS_THEY_ARE = "".join(map(chr, {*range(0x20, 0x7F)} - {*b"&#;"}))
"""Second bytes of a character that happen to be ASCII are not escaped, a character that the codec lacks is."""
_ROOT_DOT = re.compile(r"^(https?://[^/?#]*?)\.(?=(?::\d+)?/)")
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_MOBILE = re.compile(r"_wap(?=\.s?html?$)")
_FILE = re.compile(r"\.(?:s?html?|pdf|docx?|xlsx?|wps)$", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_MARKS_OF_A_VISIT = re.compile(
    r"(?:spm|utm_\w+|jsessionid|share_?\w*|isappinstalled)(?:=.*)?"
    r"|(?:_|_?t|ts|v|r|time|timestamp|rand|random)=(?:\d{10,}|0?\.\d+)"
    r"|from=(?:timeline|(?:single|group)message)",
    re.IGNORECASE,
)
"""Parts of a query that differ from visit to visit: marks of who sent the link, moments and random fractions."""


def host_of(address: str) -> str | None:
    """The host that an http(s) address is on, with its port where that is not the usual one; ``None`` if it is none."""
    written = _AUTHORITY.match(address)
    if written is None:
        return None
    scheme, host, port = written[1].lower(), written[2].lower(), written[3]
    return host if port in (None, str(_USUAL_PORTS[scheme])) else f"{host}:{port}"


def resolve(base: str, reference: str, encoding: str = "utf-8") -> str:
    """Where a reference on the page ``base`` leads, as a browser asks for it (the URL Standard), without fragment.

    ``encoding`` is the page's, in which a browser sends the query that it finds there.

    Raises:
        ValueError: it is not an address.
    """
    path, mark, query = reference.partition("#")[0].partition("?")
    codec = _QUERY_ENCODINGS.get(encoding, "utf-8")
    query = _BEYOND_ASCII.sub(
        lambda found: quote(found[0].encode(codec, "xmlcharrefreplace"), safe=_AS_THEY_ARE), query
    )
    return str(ada_url.join_url(base, f"{path}{mark}{query}"))


def clean_address(address: str) -> str:
    """An address as it is fetched: as a browser asks for it, without fragment, session, and the root's dot.

    Raises:
        ValueError: it is not an address.
    """
    asked = str(ada_url.normalize_url(address.partition("#")[0]))
    return _SESSION.sub("", _ROOT_DOT.sub(r"\1", asked))


def address_key(address: str) -> str:
    """What two addresses of the same report have in common, and no two addresses of different reports.

    Scheme, ``www.``, doubled slashes, the order of the query, what only marks a visit, how a character is escaped, and
    the mobile rendering (``…_wap.html``) make no difference.
    """
    parts = urlsplit(clean_address(address))
    path = _MOBILE.sub("", re.sub(r"/{2,}", "/", _escaped_alike(parts.path)))
    query = sorted(part for part in _escaped_alike(parts.query).split("&") if part)
    telling = [part for part in query if not _MARKS_OF_A_VISIT.fullmatch(part)]
    if not telling and not _FILE.search(path):
        telling = query
    return f"{parts.netloc.removeprefix('www.')}{path}{'?' if telling else ''}{'&'.join(telling)}"


def _escaped_alike(part: str) -> str:
    """The same escapes for the same bytes: in capitals, and none for what needs none."""
    return _ESCAPE.sub(_escape, part)


def _escape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if _UNRESERVED.fullmatch(character) else found[0].upper()
