"""The cookbook's questions over ten thousand reports and over many more, made by copying the sample warehouse.

``python -m bench.questions`` prints for each size the median seconds of every question, and those of one scan of all
cells, as JSON. ``COPIES=1110 python -m bench.questions`` asks some 600,000 reports.
"""

import json
import os
import shutil
import statistics
import tempfile
from pathlib import Path

import duckdb

from bench import QUICK
from bench.explorer import SCAN, replicate, seconds_of, with_views_as_written
from samples.cookbook import questions
from samples.warehouse import build
from warehouse import mart
from warehouse.snapshots.query import query

COPIES = [int(each) for each in os.environ.get("COPIES", "2" if QUICK else "18 110").split()]
ROUNDS = 3
_COOKBOOK = Path(__file__).resolve().parents[1] / "docs" / "cookbook.md"


def main() -> None:
    """Measure and print."""
    asked = dict(questions(_COOKBOOK.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        sample = build(Path(folder)).path
        for copies in COPIES:
            snapshot = Path(folder) / f"{copies}.duckdb"
            shutil.copyfile(sample, snapshot)
            with duckdb.connect(str(snapshot)) as connection:
                replicate(connection, copies)
                with_views_as_written(connection)
                mart.build(connection)
                (reports,) = connection.execute("SELECT count(*) FROM core.report").fetchone() or (0,)
                scan = seconds_of(lambda connection=connection: connection.execute(SCAN).fetchall())
            taken = {
                title: round(statistics.median(seconds_of(lambda: query(snapshot, sql)) for _ in range(ROUNDS)), 3)  # noqa: B023
                for title, sql in asked.items()
            }
            slowest = dict(sorted(taken.items(), key=lambda each: -each[1]))
            print(json.dumps({"reports": reports, "scan": round(scan, 3), "questions": slowest}, ensure_ascii=False))


if __name__ == "__main__":
    main()
