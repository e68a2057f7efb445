"""How politely hosts were asked, from the records of the requests."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from tasks.records import Exchange


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
    """Sum up requests host by host, the busiest first."""
    by_host: defaultdict[str, list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        by_host[exchange.host].append(exchange)
    summaries = (_summary(host, asked) for host, asked in by_host.items())
    return tuple(sorted(summaries, key=lambda summary: (-summary.requests, summary.host)))


def _summary(host: str, asked: list[Exchange]) -> HostSummary:
    asked = sorted(asked, key=lambda exchange: exchange.started_at)
    starts = [exchange.started_at for exchange in asked]
    intervals = [(later - earlier).total_seconds() for earlier, later in pairwise(starts)]
    return HostSummary(
        host=host,
        requests=len(asked),
        failed=sum(exchange.problem is not None for exchange in asked),
        retries=sum(exchange.attempt > 1 for exchange in asked),
        slowed_down=sum(exchange.status == 429 or "retry-after" in exchange.headers for exchange in asked),
        first_at=starts[0],
        last_at=starts[-1],
        waited=sum(exchange.waited_ms for exchange in asked) / 1000,
        longest_wait=max(exchange.waited_ms for exchange in asked) / 1000,
        shortest_interval=min(intervals, default=None),
        most_at_once=_most_at_once(asked),
    )


def _most_at_once(asked: list[Exchange]) -> int:
    """The most requests that were under way at the same moment."""
    begun = [(exchange.started_at.timestamp(), 1) for exchange in asked]
    ended = [(exchange.started_at.timestamp() + exchange.duration_ms / 1000, -1) for exchange in asked]
    most = under_way = 0
    for _, change in sorted(begun + ended):
        under_way += change
        most = max(most, under_way)
    return most
