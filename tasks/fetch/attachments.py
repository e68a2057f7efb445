"""Documents that a page links to and that may hold the report itself."""

import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

_LINK = re.compile(
    r"""<(?:a|iframe|embed|object)\b[^>]*?(?:href|src|data)\s*=\s*["']?([^"'\s>]+)["']?[^>]*>(.{0,300}?)</""",
    re.DOTALL | re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd)(?=$|[?&#])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"/downfile\.jsp|/download(?:file)?\b|[?&]file(?:name|path)?=", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_REPORT_WORDS = re.compile(r"报告|年报|统计表|附件|附表|信息公开|20\d\d\s*年")
MOST_ATTACHMENTS = 5


def find_attachments(text: str, base: str) -> tuple[tuple[str, str], ...]:
    """The addresses of attached documents with their names, each once, in their order; five at most.

    A document counts when its name speaks of a report, an attachment or a year. A viewer's address
    (``viewer.html?file=…``) gives the document that it shows.
    """
    found: dict[str, str] = {}
    for target, inner in _LINK.findall(text):
        target = unescape(target)
        if not (_DOCUMENT.search(target) or _DOWNLOAD.search(target)):
            continue
        try:
            address = urljoin(base, _viewed(target))
        except ValueError:
            continue
        name = " ".join(_TAG.sub("", unescape(inner)).split()) or unquote(urlsplit(address).path.rsplit("/", 1)[-1])
        embedded = not _TAG.sub("", inner).strip()
        if (embedded or _REPORT_WORDS.search(name)) and address.startswith(("http://", "https://")):
            found.setdefault(address, name)
    return tuple(found.items())[:MOST_ATTACHMENTS]


def _viewed(target: str) -> str:
    """The document that a viewer's address shows, else the address itself."""
    viewed = re.search(r"viewer\.html?\?(?:.*&)?file=([^&#]+)", target, re.IGNORECASE)
    return unquote(viewed.group(1)) if viewed else target
