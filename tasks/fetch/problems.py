"""What can go wrong while pages are fetched: every code with its meaning and what to do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.fetch.response import Response


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One word of the problems' vocabulary: what it means, and what an operator does about it."""

    code: str
    meaning: str
    remedy: str


_AGAIN = "run the backfill again later; what was fetched is not fetched again"
_BROWSER = "open the address in a browser; if the report is there, tell the maintainers how the portal answers now"

FETCH_CODES = {
    code.code: code
    for code in (
        ProblemCode("unreachable", "the host could not be reached, or the connection broke", _AGAIN),
        ProblemCode("timeout", "the answer did not come, or did not end, in time", _AGAIN),
        ProblemCode(
            "name_not_resolved", "the host name does not resolve", "check the host in the source file and the DNS"
        ),
        ProblemCode(
            "tls_failed",
            "the host's certificate could not be verified",
            "if the portal's chain is known to be broken, declare tls with a reason in the source file",
        ),
        ProblemCode("http_error", "the portal answered with an error status", _BROWSER),
        ProblemCode("not_found", "the portal says that the page is not there (404 or 410)", _BROWSER),
        ProblemCode(
            "rate_limited", "the portal asked to slow down (429), and went on asking", "raise politeness.interval"
        ),
        ProblemCode("host_resting", "the host failed so often in a row that it is left alone for a while", _AGAIN),
        ProblemCode("interrupted", "the run was stopped before the page was asked for", _AGAIN),
        ProblemCode(
            "host_not_allowed",
            "the address, or one that it redirects to, is not on a host that the source declares",
            "if the host belongs to the portal, add it to hosts in the source file",
        ),
        ProblemCode(
            "private_address",
            "the host's name resolves to a private, loopback or otherwise not public address",
            "if the portal really is there, declare the network in the source file",
        ),
        ProblemCode("robots_unreachable", "the portal could not say what its robots.txt allows", _AGAIN),
        ProblemCode("robots_refused", "the portal's robots.txt does not want this page fetched", "respect it"),
        ProblemCode("bad_address", "the address cannot be fetched at all", "mend the address where it comes from"),
        ProblemCode("redirect_loop", "the redirects do not end", _BROWSER),
        ProblemCode(
            "too_large", "the answer is larger than GOUJI_MAXIMUM_BYTES", "raise it if the report is really that large"
        ),
        ProblemCode(
            "decompression_bomb",
            "a compressed answer unpacks to more than GOUJI_MAXIMUM_BYTES",
            "report it to the portal",
        ),
        ProblemCode("bad_encoding", "the answer's compression is broken", _AGAIN),
        ProblemCode("truncated", "the answer ended before it was complete", _AGAIN),
        ProblemCode("empty_answer", "the answer has no content", _AGAIN),
        ProblemCode("wrong_content_type", "the answer is neither a page nor a document", _BROWSER),
        ProblemCode("soft_404", "the portal says that the page is not there, with a status that says it is", _BROWSER),
        ProblemCode(
            "waf_challenge", "a firewall answered instead of the portal", "raise politeness.interval, run again later"
        ),
        ProblemCode("login_page", "a login page answered instead of the report", _BROWSER),
        ProblemCode("empty_shell", "the page has no text of its own: scripts would fill it in a browser", _BROWSER),
        ProblemCode(
            "scraped_mirror", "the page is a copy that somebody else made of the report", "remove the host or link"
        ),
    )
}


class FetchError(Exception):
    """An address that could not be had.

    ``transient`` errors may pass when tried again. ``response`` is what was answered, as far as it came.
    """

    def __init__(self, code: str, detail: str, *, transient: bool = False) -> None:
        super().__init__(detail)
        self.code = FETCH_CODES[code].code
        self.detail = detail
        self.transient = transient
        self.attempts = 1
        self.response: Response | None = None

    @property
    def missing(self) -> bool:
        """Whether the portal says that there is no such page."""
        return self.code in {"not_found", "soft_404"}

    @property
    def host_trouble(self) -> bool:
        """Whether the host rather than the page is to blame, so that it should be left in peace for a while."""
        status = self.response.status if self.response else 0
        return self.code in _HOST_TROUBLE or status >= 500


_HOST_TROUBLE = frozenset(
    {"unreachable", "timeout", "name_not_resolved", "tls_failed", "rate_limited", "waf_challenge"}
)
