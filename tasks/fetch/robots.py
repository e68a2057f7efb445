"""What a host's robots.txt allows."""

import time

from protego import Protego

_VALID_SECONDS = 24 * 3600.0


class RobotsRules:
    """The rules of one host; without a robots.txt everything is allowed."""

    def __init__(self, text: str | None) -> None:
        self._rules = Protego.parse(text or "")
        self._read_at = time.monotonic()

    @property
    def outdated(self) -> bool:
        """Whether the rules are older than a day."""
        return time.monotonic() - self._read_at > _VALID_SECONDS

    def allows(self, address: str, agent: str) -> bool:
        """Whether ``agent`` may fetch ``address``."""
        return bool(self._rules.can_fetch(address, agent))

    def crawl_delay(self, agent: str) -> float | None:
        """The seconds between two requests that the host asks for, if it does."""
        delay = self._rules.crawl_delay(agent)
        return None if delay is None else float(delay)
