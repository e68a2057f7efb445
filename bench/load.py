"""Loading staged Parquet against DuckDB's own ``CREATE TABLE AS`` on the same files, and publishing against a copy.

``python -m bench.load`` prints the median ratios, cells a second and bytes a report.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from bench import QUICK
from samples import many_organs, sample_reports
from warehouse import store
from warehouse.loading.load import load_batch
from warehouse.loading.staging import write_batch
from warehouse.snapshots.publish import publish

ORGANS = 250 if QUICK else 2500
YEARS = range(2021, 2025)
ROUNDS = 5


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        batch, reports, cells = _staged(directory / "batch")
        print(f"{reports} reports, {cells} cells in one staged batch")
        loads, copies, publications, plain = [], [], [], []
        for number in range(ROUNDS):
            working = directory / f"{number}.duckdb"
            loads.append(_seconds(lambda path=working: _load(path, batch)))
            copies.append(_seconds(lambda path=directory / f"{number}.ctas": _create_as(path, batch)))
            _publish(working, directory / "published.duckdb")  # writes the comments, once in a store's life
            publications.append(_seconds(lambda path=working: _publish(path, directory / "published.duckdb")))
            plain.append(_seconds(lambda path=working: _copy(path, directory / "copy.duckdb")))
        load, copy = statistics.median(loads), statistics.median(copies)
        print(
            f"load: {load:.2f} s, {cells / load / 1e6:.2f} M cells/s; "
            f"CREATE TABLE AS {copy:.2f} s; ratio {load / copy:.2f}"
        )
        publication, bare = statistics.median(publications), statistics.median(plain)
        ratio = publication / bare
        print(f"publish: {publication:.3f} s; checkpoint and copy to the disk {bare:.3f} s; ratio {ratio:.2f}")
        print(f"file size: {(directory / '0.duckdb').stat().st_size / reports:.0f} bytes a report")


def _seconds(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _load(path: Path, batch: Path) -> None:
    with store.writer(path) as connection:
        load_batch(connection, batch)


def _create_as(path: Path, batch: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        for file in batch.glob("*.parquet"):
            connection.execute(f"CREATE TABLE {file.stem} AS SELECT * FROM read_parquet('{file}')")


def _publish(working: Path, published: Path) -> None:
    with store.writer(working) as connection:
        publish(connection, working, published)


def _copy(working: Path, target: Path) -> None:
    with duckdb.connect(str(working)) as connection:
        connection.execute("CHECKPOINT")
        shutil.copyfile(working, target)
    with target.open("rb+") as copy:
        os.fsync(copy.fileno())


def _staged(directory: Path) -> tuple[Path, int, int]:
    now = datetime(2025, 4, 1, tzinfo=UTC)
    tables: dict[str, list[dict[str, Any]]] = {"organ": [], "sighting": [], "reading": [], "report": [], "cell": []}
    for report in sample_reports(organs=many_organs(ORGANS), years=YEARS):
        organ_id = f"9901-{report.organ.name}"
        report_id = f"{organ_id}-{report.year}"
        tables["organ"].append({"organ_id": organ_id, "name": report.organ.name})
        shown = {"url": f"http://portal.example/{report_id}", "evidence_sha256": report_id}
        tables["sighting"].append({**shown, "seen_at": now})
        tables["reading"].append({**shown, "report_id": report_id, "extractor_version": "1"})
        tables["report"].append(
            {
                "report_id": report_id,
                "organ_id": organ_id,
                "organ_name": report.organ.name,
                "year": report.year,
                "published_on": date(report.year + 1, 1, 20),
                "source_id": "bench",
                "page_id": report_id,
                "url": shown["url"],
                "page_sha256": report_id,
                "content_sha256": report_id,
                "cells_expected": len(report.figures),
                "cells_read": len(report.figures),
                "is_current": False,
                "fetched_at": now,
                "first_seen_at": now,
                "last_seen_at": now,
                "extractor_version": "1",
                "run_id": "bench",
            }
        )
        tables["cell"].extend(
            {
                "report_id": report_id,
                "table_code": table,
                "edition": report.editions[table],
                "row_code": row,
                "column_code": column,
                "value": Decimal(value),
                "state": "number",
                "raw": str(value),
                "place_table": 0,
                "place_row": position // 7,
                "place_cell": position % 7,
            }
            for position, ((table, row, column), value) in enumerate(report.figures.items())
        )
    return write_batch(directory, tables), len(tables["report"]), len(tables["cell"])


if __name__ == "__main__":
    main()
