"""What is asked of a portal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tasks.fetch.response import Response
from tasks.pages import Exchange
from tasks.web.addresses import host_of


@dataclass(frozen=True)
class Request:
    """One request, and by which look at the answer it may turn out to be something else than was asked for.

    ``led_to`` is where redirects led from ``url``, as far as they were followed; ``refreshed`` tells that one of them
    was a page that does nothing but lead on.
    """

    url: str
    purpose: str
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    recognise: Callable[[Response], str | None] = lambda response: None
    led_to: str | None = None
    refreshed: bool = False

    @property
    def address(self) -> str:
        """The address that is asked."""
        return self.led_to or self.url

    @property
    def host(self) -> str:
        """The host that is asked."""
        return host_of(self.address) or ""

    @property
    def method(self) -> str:
        """How it is asked: a form is posted."""
        return "GET" if self.form is None else "POST"

    def begun(self, source: str, attempts: int, waited: float) -> Exchange:
        """The exchange that begins with it now, on behalf of a source, after so many seconds of waiting."""
        return Exchange(
            source=source,
            purpose=self.purpose,
            method=self.method,
            url=self.url,
            final_url=self.address,
            attempts=attempts,
            fetched_at=datetime.now(UTC),
            waited_ms=round(waited * 1000),
        )
