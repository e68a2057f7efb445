"""Four readers in two processes ask in a loop while two years are loaded, batch by batch, and published."""

import json
import subprocess
import sys

from samples.city import organs
from samples.reports import sample_reports
from samples.warehouse import FIRST_RUN, listed, sample_source, stage
from tests import REPOSITORY
from warehouse import store
from warehouse.loading.load import load_batch
from warehouse.snapshots.publish import publish

PROCESSES, YEARS, BATCH = 2, (2022, 2023), 3
ORGANS = organs()[2:8]


def test_no_reader_ever_errs_or_sees_half_a_year(tmp_path):
    working, published, stop = tmp_path / "warehouse.duckdb", tmp_path / "published" / "gouji.duckdb", tmp_path / "stop"
    with store.writer(working) as connection:
        publish(connection, working, published)
    readers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.warehouse.snapshots.stress_reader", published, stop, str(len(ORGANS))],
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )
        for _ in range(PROCESSES)
    ]
    try:
        for reader in readers:
            assert reader.stdout.readline() == "ready\n"
        source = sample_source()
        for year in YEARS:
            shown = list(listed(source, sample_reports(years=[year], organs=ORGANS)))
            for start in range(0, len(shown), BATCH):
                directory = stage(source, shown[start : start + BATCH], "run", FIRST_RUN, tmp_path / f"{year}-{start}")
                with store.writer(working) as connection:
                    load_batch(connection, directory)
            with store.writer(working) as connection:
                publish(connection, working, published, keep=2)
        stop.touch()
        told = [one for reader in readers for one in json.loads(reader.communicate(timeout=120)[0])]
    finally:
        for reader in readers:
            reader.kill()
    assert [reader["wrong"] for reader in told] == [[]] * 4
    possible = [list(YEARS[:count]) for count in range(len(YEARS) + 1)]
    assert all(years in possible for reader in told for years in reader["seen"])
    assert all(list(YEARS) in reader["seen"] and reader["asked"] >= 3 for reader in told)
