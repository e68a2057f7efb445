"""Fetching and reading on a Dask cluster of two worker processes: the same warehouse as in threads."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.backfill import backfill
from flows.running.runners import TaskRunnerError, task_runner
from tasks.settings import Settings
from tests.flows.content import content_of

if TYPE_CHECKING:
    from distributed import Client


@pytest.fixture(scope="module")
def cluster() -> Iterator["Client"]:
    from distributed import Client, LocalCluster  # a second, which only this test is worth

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setenv("GOUJI_BATCH_SIZE", "3")


@pytest.mark.long
def test_a_cluster_brings_about_the_same_warehouse_as_threads(
    cluster, small_home, small_batches, tmp_path, monkeypatch
):
    backfill("2024")
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    monkeypatch.setenv("GOUJI_TASK_RUNNER", cluster.scheduler.address)
    summary = backfill("2024")
    assert summary.counts.reports_new == 13
    assert all(count > 0 for count in cluster.run(lambda dask_worker: dask_worker.state.executed_count).values())
    published = Path("published") / "gouji.duckdb"
    assert content_of(tmp_path / published) == content_of(small_home / published)


@pytest.mark.long
def test_a_scheduler_that_does_not_answer_is_told_in_one_line():
    with (
        pytest.raises(TaskRunnerError, match="no Dask scheduler answers at tcp"),
        task_runner(Settings(task_runner="tcp://127.0.0.1:1")),
    ):
        pass
