"""Where an answer sends its reader on to: by its status, or as a page that does nothing else."""

import re
from urllib.parse import quote

from tasks.fetch.problems import FetchError
from tasks.fetch.recognise import is_document, visible_text
from tasks.fetch.response import Response
from tasks.web.addresses import resolve
from tasks.web.links import Leads, find_links, parse_page

_STATUSES = frozenset({301, 302, 303, 307, 308})
_KEEPING_THE_FORM = frozenset({307, 308})
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_NOTHING_ELSE = 200
_ONLY_STATEMENT = re.compile(
    r"""<script[^>]*>\s*(?:(?:window|self|top|document)\.)*location(?:\.href\s*=|\s*=|\.replace\(|\.assign\()\s*"""
    r"""(["'])([^"'<>]+)\1\s*\)?\s*;?\s*</script>""",
    re.IGNORECASE,
)
"""A script that goes to another page and does nothing else, on no condition."""


def redirect_target(response: Response) -> str | None:
    """Where the status of an answer redirects to; ``None`` when it does not.

    Raises:
        FetchError: it is no address.
    """
    location = response.exchange.headers.get("location")
    if response.status not in _STATUSES or location is None:
        return None
    # Headers come as Latin-1, whichever bytes were sent: these are what is asked for.
    return _resolved(response, quote(location.encode("latin-1", "replace"), safe=_ASCII))


def keeps_form(response: Response) -> bool:
    """Whether what was posted is posted again where the answer redirects to."""
    return response.status in _KEEPING_THE_FORM


def refresh_target(response: Response) -> str | None:
    """The page that a page without anything of its own goes on to, by meta refresh or script; ``None`` for any other.

    Raises:
        FetchError: it is no address.
    """
    lowered = response.body.lower()
    if is_document(response.body) or not (b"refresh" in lowered or b"location" in lowered):
        return None
    text = response.text
    if len(visible_text(text)) > _NOTHING_ELSE:
        return None
    scripted = _ONLY_STATEMENT.search(text)
    target = _resolved(response, scripted[2]) if scripted else _refresh(response)
    return target if target != response.url else None


def _refresh(response: Response) -> str | None:
    try:
        tree = parse_page(response.text)
    except ValueError:
        return None
    links = () if tree is None else find_links(tree, response.url, response.encoding.name)
    return next((link.address for link in links if link.leads is Leads.REFRESH), None)


def _resolved(response: Response, reference: str) -> str:
    try:
        return resolve(response.url, reference, response.encoding.name)
    except ValueError:
        raise FetchError("bad_address", f"{response.url} redirects to something that is no address") from None
