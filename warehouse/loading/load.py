"""Staged batches into the store: idempotent by content, all or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.loading.counts import Counts
from warehouse.loading.staging import ITEM, STAGED_TABLES
from warehouse.loading.versions import FACTS, merge_versions
from warehouse.sql import literal
from warehouse.store import Connection, transaction


@dataclass(frozen=True)
class LoadCounts(Counts):
    """What loading changed: report versions that are new, those seen before, and cells inserted."""

    reports_new: int = 0
    reports_seen: int = 0
    cells: int = 0


def load_batch(connection: Connection, *directories: Path) -> LoadCounts:
    """Merge staged batches into the store, in one transaction; loading them again changes nothing.

    Most of what a transaction costs does not depend on how much is in it. Batches that hold the same report version are
    not loaded together.

    A report version is its organ, its year and its content. A new version is inserted with its cells; for a known one
    it is only noted where and when it was seen. What a newer extractor reads in a page replaces what the older one read
    in it. The version seen last of an organ's year is the current one, whatever the order of loading. The years whose
    reports changed are pending until their next audit.
    """
    if len(directories) > 1 and _share_a_version(connection, directories):
        half = len(directories) // 2
        return load_batch(connection, *directories[:half]) + load_batch(connection, *directories[half:])
    with _staged(connection, directories) as staged, transaction(connection):
        for name, statement in _MERGES:
            if name in staged:
                connection.execute(statement)
        counts = LoadCounts(*merge_versions(connection)) if staged.intersection(FACTS) else LoadCounts()
        if staged.intersection(("report", "succession", ITEM)):
            connection.execute(_DATE_NAMES)
    return counts


def _share_a_version(connection: Connection, directories: Sequence[Path]) -> bool:
    files = _files(directories, "report")
    if not files:
        return False
    count = f"SELECT count(DISTINCT report_id) < count(*) FROM {_parquet(files)}"
    return connection.execute(count).fetchone() == (True,)


@contextmanager
def _staged(connection: Connection, directories: Sequence[Path]) -> Iterator[frozenset[str]]:
    """Give every staged table a view, empty where no batch has a file of it; yield the names of those that have."""
    views = {**{name: f"SELECT * FROM {table} LIMIT 0" for name, table in STAGED_TABLES.items()}, ITEM: _NO_ITEMS}
    staged = {name: files for name in views if (files := _files(directories, name))}
    for name, empty in views.items():
        query = f"SELECT * FROM {_parquet(staged[name])}" if name in staged else empty
        connection.execute(f"CREATE OR REPLACE TEMP VIEW staged_{name} AS {query}")
    try:
        yield frozenset(staged)
    finally:
        for name in views:
            connection.execute(f"DROP VIEW IF EXISTS staged_{name}")


def _files(directories: Sequence[Path], name: str) -> list[Path]:
    return [file for directory in directories if (file := directory / f"{name}.parquet").exists()]


def _parquet(files: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"


_NO_ITEMS = "SELECT '' AS stage, '' AS item LIMIT 0"

_MERGES = (
    (
        "source",
        """
        MERGE INTO core.source AS known USING (
            FROM staged_source QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY loaded_at DESC) = 1
        ) AS staged ON known.source_id = staged.source_id
        WHEN MATCHED AND staged.loaded_at > known.loaded_at THEN UPDATE SET title = staged.title,
            publisher = staged.publisher, region_code = staged.region_code, home_url = staged.home_url,
            loaded_at = staged.loaded_at
        WHEN NOT MATCHED THEN INSERT
        """,
    ),
    (
        "organ",
        """
        MERGE INTO core.organ AS known USING (FROM staged_organ QUALIFY row_number() OVER (PARTITION BY organ_id) = 1)
            AS staged ON known.organ_id = staged.organ_id
        WHEN MATCHED AND (
            staged.level IS NOT NULL OR staged.parent_organ_id IS NOT NULL OR staged.region_code > known.region_code
            OR known.kind IS NULL
        ) AND (known.kind, known.region_code, known.level, known.parent_organ_id) IS DISTINCT FROM (
            coalesce(staged.kind, known.kind), greatest(staged.region_code, known.region_code),
            coalesce(staged.level, known.level), coalesce(staged.parent_organ_id, known.parent_organ_id)
        ) THEN UPDATE SET kind = coalesce(staged.kind, known.kind),
            region_code = greatest(staged.region_code, known.region_code), level = coalesce(staged.level, known.level),
            parent_organ_id = coalesce(staged.parent_organ_id, known.parent_organ_id)
        WHEN NOT MATCHED THEN INSERT
        """,
    ),
    (
        "organ_alias",
        """
        MERGE INTO core.organ_alias AS known USING (SELECT DISTINCT * FROM staged_organ_alias)
            AS staged ON known.organ_id = staged.organ_id AND known.alias = staged.alias
        WHEN NOT MATCHED THEN INSERT
        """,
    ),
    *(
        (table, statement)
        for table in ("expected_report", "source_floor")
        for statement in (
            f"DELETE FROM core.{table} WHERE (source_id, year) IN (SELECT (source_id, year) FROM staged_{table})",
            f"INSERT INTO core.{table} SELECT DISTINCT * FROM staged_{table}",
        )
    ),
    (
        ITEM,
        """
        DELETE FROM core.succession WHERE source_id IN (SELECT source_id FROM staged_source)
            AND EXISTS (SELECT 1 FROM staged_item WHERE stage = 'discover')
        """,
    ),
    ("succession", "INSERT INTO core.succession SELECT DISTINCT * FROM staged_succession"),
    (
        "link",
        """
        MERGE INTO raw.link AS known USING staged_link AS staged
            ON known.source_id = staged.source_id AND known.url = staged.url
        WHEN MATCHED THEN UPDATE SET title = staged.title, year = staged.year, listed_on = staged.listed_on,
            category = staged.category, last_listed_at = staged.last_listed_at, run_id = staged.run_id,
            organ_id = staged.organ_id, organ_name = staged.organ_name
        WHEN NOT MATCHED THEN INSERT
        """,
    ),
    (
        "page",
        """
        MERGE INTO raw.page AS known USING (FROM staged_page QUALIFY row_number() OVER (PARTITION BY page_id) = 1)
            AS staged ON known.page_id = staged.page_id
        WHEN MATCHED AND staged.extractor_version::INTEGER > known.extractor_version::INTEGER
            THEN UPDATE SET extractor_version = staged.extractor_version
        WHEN NOT MATCHED THEN INSERT
        """,
    ),
    (
        "problem",
        """
        MERGE INTO audit.problem AS known USING (
            FROM staged_problem QUALIFY row_number() OVER (PARTITION BY problem_id ORDER BY last_seen_at DESC) = 1
        ) AS staged ON known.problem_id = staged.problem_id
        WHEN MATCHED AND staged.last_seen_at > known.last_seen_at THEN UPDATE SET detail = staged.detail,
            attempts = staged.attempts, last_seen_at = staged.last_seen_at, run_id = staged.run_id, resolved_at = NULL
        WHEN NOT MATCHED THEN INSERT
        """,
    ),
    (
        ITEM,
        """
        UPDATE audit.problem SET resolved_at = now()
        WHERE resolved_at IS NULL AND (stage, item) IN (SELECT (stage, item) FROM staged_item)
            AND problem_id NOT IN (SELECT problem_id FROM staged_problem)
        """,
    ),
)
"""What merges what is staged, each with the staged table without which it changes nothing."""

# An organ's name is valid from a succession on, or until one, where no report of it says otherwise.
_DATE_NAMES = """
    UPDATE core.organ AS organ SET valid_from = dated.valid_from, valid_to = dated.valid_to
    FROM (
        SELECT organ_id, make_date(max(since_year) FILTER (begins), 1, 1) AS valid_from,
            make_date(min(since_year) FILTER (NOT begins) - 1, 12, 31) AS valid_to
        FROM (
            SELECT successor_organ_id AS organ_id, since_year, true AS begins FROM core.succession
            UNION ALL SELECT predecessor_organ_id, since_year, false FROM core.succession
        ) AS change
        WHERE NOT EXISTS (
            FROM core.report AS report
            WHERE report.organ_id = change.organ_id AND (report.year < change.since_year) = change.begins
        )
        GROUP BY organ_id
    ) AS dated
    WHERE organ.organ_id = dated.organ_id
        AND (organ.valid_from, organ.valid_to) IS DISTINCT FROM (dated.valid_from, dated.valid_to)
"""
