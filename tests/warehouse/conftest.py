from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from warehouse.loading.staging import write_batch
from warehouse.rows import Row
from warehouse.store import Connection, memory

MOMENT = datetime(2024, 1, 20, 8, 0, tzinfo=UTC)


def report_no(report_id: str) -> int:
    """Number a report version of a store that nothing is loaded into, but rows inserted."""
    return crc32(report_id.encode()) >> 1


def report_row(report_id: str, **changes: Any) -> Row:
    return {
        "report_id": report_id,
        "report_no": report_no(report_id),
        "organ_id": "9901-云泽市民政局",
        "organ_name": "云泽市民政局",
        "year": 2023,
        "title": "云泽市民政局2023年政府信息公开工作年度报告",
        "published_on": date(2024, 1, 15),
        "publisher": None,
        "origins": "{}",
        "source_id": "sample",
        "page_id": f"page-{report_id}",
        "url": "http://portal.example/1.html",
        "page_sha256": f"sha-{report_id}",
        "content_sha256": report_id,
        "cells_expected": 1,
        "cells_read": 1,
        "is_current": False,
        "fetched_at": MOMENT,
        "first_seen_at": MOMENT,
        "last_seen_at": MOMENT,
        "extractor_version": "1",
        "run_id": "run",
        **changes,
    }


def facts(report: Row) -> dict[str, list[Row]]:
    """When the page of a report was seen, and that it was read in it."""
    shown = {"url": report["url"], "evidence_sha256": report["page_sha256"]}
    return {
        "sighting": [{**shown, "seen_at": report[moment]} for moment in ("first_seen_at", "last_seen_at")],
        "reading": [{**shown, "report_id": report["report_id"], "extractor_version": report["extractor_version"]}],
    }


def cell_row(report_id: str, value: int = 1) -> Row:
    return {
        "report_id": report_id,
        "report_no": report_no(report_id),
        "table_code": "applications",
        "edition": "2021",
        "row_code": "received_new",
        "column_code": "total",
        "value": Decimal(value),
        "state": "number",
        "raw": str(value),
        "place_table": 0,
        "place_row": 0,
        "place_cell": 0,
    }


def problem_row(**changes: Any) -> Row:
    return {
        "problem_id": "p1",
        "source_id": "sample",
        "year": 2023,
        "stage": "fetch",
        "item": "http://portal.example/1.html",
        "code": "unreachable",
        "detail": "no answer",
        "attempts": 3,
        "first_seen_at": MOMENT,
        "last_seen_at": MOMENT,
        "run_id": "run",
        **changes,
    }


@pytest.fixture(scope="session")
def made_once() -> Iterator[Connection]:
    with memory() as connection:
        yield connection


@pytest.fixture
def connection(made_once: Connection) -> Iterator[Connection]:
    """An empty store in memory, made once and emptied after every test."""
    yield made_once
    empty(made_once)


def empty(connection: Connection) -> None:
    """Take from a store all that was loaded into it."""
    tables = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE schema_name IN ('core', 'audit', 'raw') AND table_name NOT IN ('migration', 'region')"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("SET TimeZone = 'Asia/Shanghai'")


@pytest.fixture
def stage(tmp_path: Path) -> Callable[..., Path]:
    """Stage report versions, each given as (report id, changes), with one cell each."""
    count = 0

    def write(*versions: tuple[str, Row], **tables: Any) -> Path:
        nonlocal count
        count += 1
        reports = [report_row(report_id, **changes) for report_id, changes in versions]
        rows = {
            "organ": [{"organ_id": "9901-云泽市民政局", "name": "云泽市民政局", "kind": "department"}],
            "report": reports,
            **{name: [row for report in reports for row in facts(report)[name]] for name in ("sighting", "reading")},
            "cell": [cell_row(report_id) for report_id, _ in versions],
            **tables,
        }
        return write_batch(tmp_path / "staging" / str(count), rows)

    return write
