"""The record of flow runs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import datetime

from warehouse.loading.counts import Counts
from warehouse.store import Connection, insert_values, transaction


@dataclass(frozen=True)
class RunCounts(Counts):
    """What one run did. ``findings`` and ``problems`` are those that stand after it, over its years and sources."""

    links: int = 0
    pages_fetched: int = 0
    pages_unchanged: int = 0
    reports_new: int = 0
    reports_seen: int = 0
    findings: int = 0
    problems: int = 0


@dataclass
class StageWork(Counts):
    """What one stage did.

    ``items`` are links, pages, reports or whatever the stage deals with; ``seconds`` wall time of all workers
    together; ``bytes`` what it read or wrote; ``retries`` how many requests were repeated.
    """

    stage: str
    items: int = 0
    seconds: float = 0.0
    bytes: int = 0
    retries: int = 0


def record_stages(
    connection: Connection, run_id: str, source: str | None, year: int | None, work: Sequence[StageWork], at: datetime
) -> None:
    """Record what the stages of a run did for a source and a year, or for all of them."""
    with transaction(connection):
        insert_values(connection, "audit.stage_metric", [(run_id, source, year, *astuple(each), at) for each in work])


def start_run(
    connection: Connection, *, run_id: str, flow: str, parameters: Mapping[str, object], version: str, at: datetime
) -> None:
    """Record that a run began; one begun before under the same identity begins anew. Parameters are kept as JSON."""
    with transaction(connection):
        connection.execute("DELETE FROM audit.run WHERE run_id = ?", [run_id])
        connection.execute(
            "INSERT INTO audit.run (run_id, flow, parameters, state, gouji_version, started_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [run_id, flow, json.dumps(parameters, ensure_ascii=False), "running", version, at],
        )


def finish_run(connection: Connection, *, run_id: str, state: str, counts: RunCounts, at: datetime) -> None:
    """Record how a run ended and what it did."""
    figures = asdict(counts)
    assignments = ", ".join(f"{name} = ?" for name in figures)
    with transaction(connection):
        connection.execute(
            f"UPDATE audit.run SET state = ?, finished_at = ?, {assignments} WHERE run_id = ?",
            [state, at, *figures.values(), run_id],
        )


def unfinished_runs(connection: Connection) -> tuple[str, ...]:
    """Return the identities of the runs that have not said how they ended."""
    found = connection.execute("SELECT run_id FROM audit.run WHERE state = 'running' ORDER BY started_at").fetchall()
    return tuple(run_id for (run_id,) in found)


def mark_crashed(connection: Connection, run_ids: Sequence[str]) -> None:
    """Record that runs ended without saying so. When they did nobody knows: ``finished_at`` stays empty."""
    if not run_ids:
        return
    with transaction(connection):
        connection.execute(
            "UPDATE audit.run SET state = 'crashed' WHERE state = 'running' AND list_contains(?::VARCHAR[], run_id)",
            [list(run_ids)],
        )


def forget_runs(connection: Connection, before: datetime) -> int:
    """Remove the records, validations and metrics of runs that began before a moment; return how many runs they were.

    A run stays, however old, while the latest validation of some year is its.
    """
    old = f"SELECT run_id FROM audit.run WHERE started_at < $before AND run_id NOT IN ({_LATEST_VALIDATIONS})"
    with transaction(connection):
        found = [run_id for (run_id,) in connection.execute(old, {"before": before}).fetchall()]
        for table in ("validation", "stage_metric", "run"):
            connection.execute(f"DELETE FROM audit.{table} WHERE list_contains(?::VARCHAR[], run_id)", [found])
    return len(found)


_LATEST_VALIDATIONS = """
    SELECT run_id FROM audit.validation QUALIFY validated_at = max(validated_at) OVER (PARTITION BY year)
"""


def standing_counts(connection: Connection, years: Sequence[int]) -> tuple[int, int]:
    """Return how many findings stand in the current reports of some years, and how many problems are open."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM main.finding WHERE year IN (SELECT unnest(?::INTEGER[]))), "
        "(SELECT count(*) FROM main.problem WHERE year IS NULL OR year IN (SELECT unnest(?::INTEGER[])))",
        [list(years), list(years)],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)
