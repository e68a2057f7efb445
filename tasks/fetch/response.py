"""One answer as it came over the wire."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

from tasks.pages import Exchange
from tasks.web.encodings import Encoding, decide_encoding


@dataclass(frozen=True)
class Response:
    """An exchange with the body that came, after content decoding."""

    exchange: Exchange
    body: bytes = b""

    @property
    def url(self) -> str:
        """The address that answered."""
        return self.exchange.final_url

    @property
    def status(self) -> int:
        """The status of the answer; 0 while there is none."""
        return self.exchange.status or 0

    @property
    def led(self) -> bool:
        """Whether redirects led there from another address."""
        return self.exchange.final_url != self.exchange.url

    @property
    def retry_after(self) -> float | None:
        """The seconds that it asks to wait, given as seconds or as a date; ``None`` where it does not say.

        A date without a zone is in universal time, as every date of HTTP is.
        """
        value = self.exchange.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return float(value)
        try:
            until = parsedate_to_datetime(value)
            until = until.astimezone(UTC) if until.tzinfo else until.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return None
        return max(0.0, (until - datetime.now(UTC)).total_seconds())

    @cached_property
    def encoding(self) -> Encoding:
        """How the body is to be decoded."""
        if self.exchange.encoding and self.exchange.encoding_source:
            return Encoding(self.exchange.encoding, self.exchange.encoding_source)
        return decide_encoding(self.body, self.exchange.content_type)

    @cached_property
    def text(self) -> str:
        """The decoded body."""
        return self.encoding.decode(self.body)
