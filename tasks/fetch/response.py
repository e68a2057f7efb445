"""One answer as it came over the wire."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

from tasks.encodings import Encoding, decide_encoding


@dataclass(frozen=True)
class Response:
    """An answer with its body after content decoding. ``headers`` are those that matter, in lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime
    sha256: str | None = None
    attempts: int = 1
    duration_ms: int = 0
    waited_ms: int = 0

    @property
    def content_type(self) -> str | None:
        """The declared content type with its parameters."""
        return self.headers.get("content-type")

    @property
    def retry_after(self) -> float | None:
        """The seconds that it asks to wait, given as seconds or as a date; ``None`` where it does not say.

        A date without a zone is in universal time, as every date of HTTP is.
        """
        value = self.headers.get("retry-after", "").strip()
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
        return decide_encoding(self.body, self.content_type)

    @cached_property
    def text(self) -> str:
        """The decoded body."""
        return self.encoding.decode(self.body)
