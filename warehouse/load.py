"""Staged batches into the store: idempotent by content, one transaction a batch."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.sql import literal
from warehouse.staging import ITEM, STAGED_TABLES
from warehouse.store import Connection, transaction


@dataclass(frozen=True)
class LoadCounts:
    """What one batch changed: report versions that are new, those seen before, and cells inserted."""

    reports_new: int = 0
    reports_seen: int = 0
    cells: int = 0

    def __add__(self, other: "LoadCounts") -> "LoadCounts":
        return LoadCounts(
            self.reports_new + other.reports_new, self.reports_seen + other.reports_seen, self.cells + other.cells
        )


def load_batch(connection: Connection, directory: Path) -> LoadCounts:
    """Merge one staged batch into the store, in one transaction; loading it again changes nothing.

    A report version is its organ, its year and its content. A new version is inserted with its cells; a known
    one only moves its ``last_seen_at``. What another extractor version reads in a page replaces what the earlier one
    read in it. The newest version seen of an organ's year becomes the current one, whatever the order of loading.
    The years of the staged and the replaced reports are pending until their next audit.
    """
    with _staged(connection, directory), transaction(connection):
        for statement in _MERGES:
            connection.execute(statement)
        counts = _counts(connection)
        connection.execute(_MARK_PENDING)
        _remove_earlier_readings(connection)
        for statement in _INSERT_REPORTS:
            connection.execute(statement)
        connection.execute(_MARK_CURRENT)
    return counts


@contextmanager
def _staged(connection: Connection, directory: Path) -> Iterator[None]:
    """Give every staged file a view, empty where the batch has no such file."""
    views = {**{name: f"SELECT * FROM {table} LIMIT 0" for name, table in STAGED_TABLES.items()}, ITEM: _NO_ITEMS}
    for name, empty in views.items():
        file = directory / f"{name}.parquet"
        query = f"SELECT * FROM read_parquet({literal(str(file))})" if file.exists() else empty
        connection.execute(f"CREATE OR REPLACE TEMP VIEW staged_{name} AS {query}")
    try:
        yield
    finally:
        for name in views:
            connection.execute(f"DROP VIEW IF EXISTS staged_{name}")


def _remove_earlier_readings(connection: Connection) -> None:
    """Remove what another extractor version read in the staged pages; findings stay where the same is read again."""
    connection.execute(
        f"DELETE FROM audit.finding WHERE report_id IN ({_EARLIER_READINGS}) "
        "AND report_id NOT IN (SELECT report_id FROM staged_report)"
    )
    for table in (*(f"core.{part}" for part in _PARTS_OF_REPORT), "core.report"):
        connection.execute(f"DELETE FROM {table} WHERE report_id IN ({_EARLIER_READINGS})")


def _counts(connection: Connection) -> LoadCounts:
    row = connection.execute(_COUNT).fetchone()
    return LoadCounts(*row) if row else LoadCounts()


_NO_ITEMS = "SELECT '' AS stage, '' AS item LIMIT 0"

_MERGES = (
    """
    MERGE INTO core.source AS known USING (FROM staged_source QUALIFY row_number() OVER (PARTITION BY source_id) = 1)
        AS staged ON known.source_id = staged.source_id
    WHEN MATCHED THEN UPDATE SET title = staged.title, publisher = staged.publisher,
        region_code = staged.region_code, home_url = staged.home_url
    WHEN NOT MATCHED THEN INSERT
    """,
    """
    MERGE INTO core.organ AS known USING (FROM staged_organ QUALIFY row_number() OVER (PARTITION BY organ_id) = 1)
        AS staged ON known.organ_id = staged.organ_id
    WHEN MATCHED AND (staged.level IS NOT NULL OR staged.parent_organ_id IS NOT NULL) THEN UPDATE SET
        kind = staged.kind, level = staged.level, parent_organ_id = staged.parent_organ_id
    WHEN NOT MATCHED THEN INSERT
    """,
    """
    MERGE INTO core.organ_alias AS known USING (SELECT DISTINCT * FROM staged_organ_alias)
        AS staged ON known.organ_id = staged.organ_id AND known.alias = staged.alias
    WHEN NOT MATCHED THEN INSERT
    """,
    *(
        statement
        for table, key in (
            ("expected_report", "(source_id, year)"),
            ("source_floor", "(source_id, year)"),
        )
        for statement in (
            f"DELETE FROM core.{table} WHERE {key} IN (SELECT {key} FROM staged_{table})",
            f"INSERT INTO core.{table} SELECT DISTINCT * FROM staged_{table}",
        )
    ),
    """
    DELETE FROM core.succession WHERE source_id IN (SELECT source_id FROM staged_source)
        AND EXISTS (SELECT 1 FROM staged_item WHERE stage = 'discover')
    """,
    "INSERT INTO core.succession SELECT DISTINCT * FROM staged_succession",
    """
    MERGE INTO raw.link AS known USING staged_link AS staged
        ON known.source_id = staged.source_id AND known.url = staged.url
    WHEN MATCHED THEN UPDATE SET title = staged.title, year = staged.year, listed_on = staged.listed_on,
        category = staged.category, last_listed_at = staged.last_listed_at, run_id = staged.run_id
    WHEN NOT MATCHED THEN INSERT
    """,
    """
    MERGE INTO raw.page AS known USING staged_page AS staged ON known.page_id = staged.page_id
    WHEN MATCHED THEN UPDATE SET extractor_version = staged.extractor_version
    WHEN NOT MATCHED THEN INSERT
    """,
    """
    MERGE INTO audit.problem AS known USING staged_problem AS staged ON known.problem_id = staged.problem_id
    WHEN MATCHED THEN UPDATE SET detail = staged.detail, attempts = staged.attempts, resolved_at = NULL,
        last_seen_at = greatest(known.last_seen_at, staged.last_seen_at), run_id = staged.run_id
    WHEN NOT MATCHED THEN INSERT
    """,
    """
    MERGE INTO audit.stage_metric AS known USING staged_stage_metric AS staged ON known.run_id = staged.run_id
        AND known.source_id IS NOT DISTINCT FROM staged.source_id AND known.year IS NOT DISTINCT FROM staged.year
        AND known.stage = staged.stage AND known.batch = staged.batch
    WHEN NOT MATCHED THEN INSERT
    """,
    """
    UPDATE audit.problem SET resolved_at = now()
    WHERE resolved_at IS NULL AND (stage, item) IN (SELECT (stage, item) FROM staged_item)
        AND problem_id NOT IN (SELECT problem_id FROM staged_problem)
    """,
)

_EARLIER_READINGS = """
    SELECT known.report_id FROM core.report AS known JOIN (
        SELECT url, page_sha256, extractor_version FROM staged_report
        UNION SELECT url, sha256, extractor_version FROM staged_page WHERE extractor_version IS NOT NULL
    ) AS reading ON known.url = reading.url AND known.page_sha256 = reading.page_sha256
    WHERE known.extractor_version <> reading.extractor_version
"""

_MARK_PENDING = f"""
    INSERT INTO audit.pending SELECT gen_random_uuid()::VARCHAR, year FROM (
        SELECT year FROM staged_report
        UNION SELECT year FROM core.report WHERE report_id IN ({_EARLIER_READINGS})
    )
"""

_COUNT = """
    SELECT
        (SELECT count(*) FROM staged_report WHERE report_id NOT IN (SELECT report_id FROM core.report)),
        (SELECT count(*) FROM staged_report WHERE report_id IN (SELECT report_id FROM core.report)),
        (SELECT count(*) FROM staged_cell WHERE report_id NOT IN (SELECT report_id FROM core.report))
"""

_PARTS_OF_REPORT = ("report_table", "cell", "statistics_line", "statement")

_INSERT_REPORTS = (
    *(
        f"""
        INSERT INTO core.{table} SELECT * FROM staged_{table}
        WHERE report_id NOT IN (SELECT report_id FROM core.report)
        """
        for table in _PARTS_OF_REPORT
    ),
    """
    MERGE INTO core.report AS known USING staged_report AS staged ON known.report_id = staged.report_id
    WHEN MATCHED THEN UPDATE SET
        first_seen_at = least(known.first_seen_at, staged.first_seen_at),
        last_seen_at = greatest(known.last_seen_at, staged.last_seen_at)
    WHEN NOT MATCHED THEN INSERT
    """,
)

_MARK_CURRENT = """
    UPDATE core.report AS report SET is_current = ranked.newest
    FROM (
        SELECT report_id, row_number() OVER (
            PARTITION BY organ_id, year ORDER BY last_seen_at DESC, published_on DESC NULLS LAST, report_id
        ) = 1 AS newest
        FROM core.report
        WHERE (organ_id, year) IN (SELECT (organ_id, year) FROM staged_report)
            OR (organ_id, year) NOT IN (SELECT (organ_id, year) FROM core.report WHERE is_current)
    ) AS ranked
    WHERE report.report_id = ranked.report_id AND report.is_current IS DISTINCT FROM ranked.newest
"""
