"""How politely hosts were asked, from the records of the requests."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from tasks.pages import Exchange


@dataclass(frozen=True, slots=True)
class HostSummary:
    """What one host was asked for. Waits are what politeness held back, in seconds."""

    host: str
    requests: int
    failed: int
    retries: int
    slowed_down: int
    """Answers that asked to wait (429, or a ``Retry-After``)."""
    first_at: datetime
    last_at: datetime
    waited: float
    longest_wait: float
    shortest_interval: float | None
    """Seconds between the starts of two requests at the least; ``None`` when there was only one."""
    most_at_once: int


def summarise_hosts(exchanges: Iterable[Exchange]) -> tuple[HostSummary, ...]:
    """Sum up requests host by host, the busiest first. Of each request no more than its times are kept."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for exchange in exchanges:
        tallies[exchange.host].add(exchange)
    summaries = (tally.summary(host) for host, tally in tallies.items())
    return tuple(sorted(summaries, key=lambda summary: (-summary.requests, summary.host)))


class _Tally:
    """What one host was asked for, counted; the times in seconds since the epoch."""

    def __init__(self) -> None:
        self.failed = self.retries = self.slowed_down = 0
        self.waited_ms = self.longest_wait_ms = 0
        self.starts = array("d")
        self.ends = array("d")

    def add(self, exchange: Exchange) -> None:
        self.failed += exchange.problem is not None
        self.retries += exchange.attempts > 1
        self.slowed_down += exchange.status == 429 or "retry-after" in exchange.headers
        self.waited_ms += exchange.waited_ms
        self.longest_wait_ms = max(self.longest_wait_ms, exchange.waited_ms)
        self.starts.append(exchange.fetched_at.timestamp())
        self.ends.append(self.starts[-1] + exchange.duration_ms / 1000)

    def summary(self, host: str) -> HostSummary:
        starts = sorted(self.starts)
        return HostSummary(
            host=host,
            requests=len(starts),
            failed=self.failed,
            retries=self.retries,
            slowed_down=self.slowed_down,
            first_at=datetime.fromtimestamp(starts[0], UTC),
            last_at=datetime.fromtimestamp(starts[-1], UTC),
            waited=self.waited_ms / 1000,
            longest_wait=self.longest_wait_ms / 1000,
            shortest_interval=min((round(later - earlier, 3) for earlier, later in pairwise(starts)), default=None),
            most_at_once=self._most_at_once(),
        )

    def _most_at_once(self) -> int:
        """The most requests that were under way at the same moment."""
        changes = [*((start, 1) for start in self.starts), *((end, -1) for end in self.ends)]
        return max(accumulate(change for _, change in sorted(changes)))
