"""What a run stands on fails under it, and leaves no trace: server, database, worker, portal, disk, clock, code."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.backfill import backfill
from flows.reextract import reextract
from samples.portal import Portal
from tasks import stages
from tasks.load import reading as read
from tasks.runs import remaining
from tests import REPOSITORY
from tests.flows.content import content_of, write_source
from tests.flows.servers import (
    GOUJI,
    PREFECT,
    deploy_all,
    environment_of,
    prefect,
    running,
    start_server,
    wait_until,
)
from tests.postgres import DEBIANS, running_postgres
from tests.processes import children_of, free_port, kill_tree
from warehouse.snapshots.query import rows

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

Environment = dict[str, str]


@pytest.fixture(scope="module")
def undisturbed(small_home) -> dict[str, Any]:
    backfill("2024")
    return content_of(small_home / "published" / "gouji.duckdb")


@pytest.fixture
def operator(small_portal, tmp_path) -> Environment:
    """The settings of an operator whose only source is the small portal, asked slowly enough to be disturbed."""
    return settings_of(tmp_path, small_portal)


def settings_of(folder: Path, portal: Portal) -> Environment:
    file = write_source(portal, folder / "sources") / "sample.yaml"
    slow = file.read_text(encoding="utf-8").replace("interval: 0", "interval: 0.3")
    file.write_text(slow, encoding="utf-8")
    home = str(folder / "gouji")
    return {"GOUJI_HOME": home, "GOUJI_SOURCES": str(file.parent), "GOUJI_BATCH_SIZE": "4"}


@contextmanager
def own_server(folder: Path, **settings: str) -> Iterator["Server"]:
    server = Server(folder, settings)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Server:
    """A Prefect server that may be killed, and started again with the database that it had."""

    def __init__(self, folder: Path, settings: Environment) -> None:
        self._folder = folder / "prefect"
        self._folder.mkdir()
        self.environment = {**environment_of(self._folder, free_port()), **settings}

    def start(self) -> None:
        self._process = start_server(self._folder, self.environment)

    def kill(self) -> None:
        kill_tree(self._process.pid)
        self._process.wait()

    def run_states(self) -> list[str]:
        """The states of all backfills, the newest first."""
        top = {"flows": {"name": {"any_": ["backfill"]}}, "sort": "START_TIME_DESC"}
        answer = httpx.post(f"{self.environment['PREFECT_API_URL']}/flow_runs/filter", json=top)
        return [run["state_type"] for run in answer.raise_for_status().json()]


def half_way(portal: Portal) -> "Asked":
    return Asked(portal, len(portal.requests))


class Asked:
    """Waits until a portal was asked so often that a run is under way, and far from its end."""

    def __init__(self, portal: Portal, before: int) -> None:
        self._portal, self._before = portal, before

    def wait(self) -> None:
        wait_until(lambda: len(self._portal.requests) > self._before + 9)


@contextmanager
def half_way_through_a_run(environment: Environment, portal: Portal, log: Path) -> Iterator[None]:
    """Run a backfill up to its middle; once the block is through, wait for its end, which must be an orderly one."""
    under_way = half_way(portal)
    with running(GOUJI, "backfill", "2024", environment=environment, log=log) as run:
        under_way.wait()
        yield
        run.wait(400)
    assert "Traceback" not in log.read_text()


def run_again(environment: Environment) -> None:
    """Run the backfill as an operator would once all is well again."""
    done = subprocess.run(
        [GOUJI, "backfill", "2024"], env=environment, capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def snapshot_of(environment: Environment) -> Path:
    return Path(environment["GOUJI_HOME"]) / "published" / "gouji.duckdb"


def test_a_server_that_is_killed_under_a_run(undisturbed, operator, small_portal, tmp_path):
    with own_server(tmp_path) as server:
        environment = {**server.environment, **operator}
        with half_way_through_a_run(environment, small_portal, tmp_path / "run.log"):
            server.kill()
            server.start()
        run_again(environment)
    assert content_of(snapshot_of(environment)) == undisturbed


@pytest.mark.skipif(DEBIANS is None, reason="PostgreSQL with pg_trgm, which Prefect's server needs, is not installed")
def test_a_database_that_is_killed_under_server_and_lake(undisturbed, operator, small_portal, tmp_path):
    with running_postgres(DEBIANS) as database:
        database.new_database("prefect")
        url = f"postgresql+asyncpg://gouji@127.0.0.1:{database.port}/prefect"
        lake = {"GOUJI_WAREHOUSE": database.new_lake(), "GOUJI_LAKE_DATA": str(tmp_path / "lake")}
        with own_server(tmp_path, PREFECT_API_DATABASE_CONNECTION_URL=url) as server:
            environment = {**server.environment, **operator, **lake}
            with half_way_through_a_run(environment, small_portal, tmp_path / "run.log"):
                database.kill()
                database.start()
            run_again(environment)
        assert content_of(snapshot_of(environment)) == undisturbed


def test_a_worker_that_loses_its_power(undisturbed, operator, small_portal, tmp_path):
    heartbeat = {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}
    with own_server(tmp_path, **heartbeat) as server:
        environment = {**server.environment, **operator}
        deploy_all(environment, tmp_path)
        subprocess.run([GOUJI, "notify", "--automations"], env=environment, capture_output=True, check=True)
        start = ("deployment", "run", "backfill/backfill", "--param", "years=2024")
        worker = (PREFECT, "worker", "start", "--pool", "gouji")
        under_way = half_way(small_portal)
        with running(*worker, environment=environment, log=tmp_path / "first.log") as first:
            prefect(*start, environment=environment)
            under_way.wait()
            kill_tree(first.pid)
        with running(*worker, environment=environment, log=tmp_path / "second.log"):
            prefect(*start, "--watch", environment=environment)
            wait_until(lambda: server.run_states() == ["COMPLETED", "CRASHED"])
    snapshot = snapshot_of(environment)
    assert content_of(snapshot) == undisturbed
    assert [row["state"] for row in rows(snapshot, "SELECT state FROM audit.run ORDER BY started_at")] == [
        "crashed",
        "completed",
    ]


def test_a_run_whose_worker_is_killed_ends_as_crashed_and_the_next_one_goes_on(
    undisturbed, operator, small_portal, tmp_path
):
    with own_server(tmp_path) as server:
        environment = {**server.environment, **operator}
        deploy_all(environment, tmp_path)
        start = ("deployment", "run", "backfill/backfill", "--param", "years=2024")
        worker = (PREFECT, "worker", "start", "--pool", "gouji")
        under_way = half_way(small_portal)
        with running(*worker, environment=environment, log=tmp_path / "first.log") as first:
            prefect(*start, environment=environment)
            under_way.wait()
            first.kill()
        wait_until(lambda: server.run_states() == ["CRASHED"])
        with running(*worker, environment=environment, log=tmp_path / "second.log"):
            prefect(*start, "--watch", environment=environment)
    assert content_of(snapshot_of(environment)) == undisturbed


def test_a_run_whose_worker_is_killed_before_it_is_on_record_ends_as_crashed(operator, small_portal, tmp_path):
    with own_server(tmp_path) as server:
        environment = {**server.environment, **operator}
        deploy_all(environment, tmp_path)
        before = len(small_portal.requests)
        with running(
            PREFECT, "worker", "start", "--pool", "gouji", environment=environment, log=tmp_path / "log"
        ) as it:
            prefect("deployment", "run", "backfill/backfill", "--param", "years=2024", environment=environment)
            wait_until(lambda: any(map(is_engine, children_of(it.pid))))
            it.kill()
        wait_until(lambda: server.run_states()[0] not in ("PENDING", "RUNNING"))
        assert server.run_states() == ["CRASHED"]
    assert len(small_portal.requests) == before, "a run without its worker asks nobody"


def is_engine(process: int) -> bool:
    """Whether a process that a worker started is through with preparing, and becomes the flow."""
    with suppress(OSError):
        command = Path(f"/proc/{process}/cmdline").read_bytes()
        return b"engine" in command and b"supervisor" not in command
    return False


SHIPPED = dict(
    line.split("=", 1)
    for line in (REPOSITORY / "deploy" / "gouji.env").read_text(encoding="utf-8").splitlines()
    if line.startswith("PREFECT_SERVER_CONCURRENCY")
)


def test_a_server_that_starts_again_while_a_slot_is_held_blocks_no_deployment_for_good(tmp_path):
    short = {"PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "30"}
    with own_server(tmp_path, **SHIPPED, **short) as server, httpx.Client() as client:

        def post(path: str, **body: object) -> dict[str, Any]:
            answer = client.post(f"{server.environment['PREFECT_API_URL']}{path}", json=body)
            return answer.raise_for_status().json()

        def begins(run: dict[str, Any]) -> bool:
            return post(f"/flow_runs/{run['id']}/set_state", state={"type": "PENDING"})["status"] == "ACCEPT"

        flow = post("/flows/", name="held")
        one_at_a_time = {"concurrency_limit": 1, "concurrency_options": {"collision_strategy": "ENQUEUE"}}
        deployment = post("/deployments/", name="held", flow_id=flow["id"], **one_at_a_time)
        killed, waiting = (post(f"/deployments/{deployment['id']}/create_flow_run") for _ in range(2))
        assert begins(killed)
        assert not begins(waiting)
        server.kill()
        server.start()
        assert not begins(waiting)
        wait_until(lambda: begins(waiting), 180)


def test_a_portal_that_is_down_for_a_day(small_portal, prefect_server, tmp_path):
    reports = [entry.report for entry in small_portal.entries.values() if entry.report]
    port, log = free_port(), tmp_path / "run.log"
    with Portal(port=port, reports=reports) as portal:
        usual = {**prefect_server, **settings_of(tmp_path / "undisturbed", portal)}
        run_again(usual)
        impatient = {"GOUJI_FETCH_ATTEMPTS": "1", "GOUJI_REST_SECONDS": "0.1"}
        disturbed = {**prefect_server, **settings_of(tmp_path / "disturbed", portal)}
        under_way = half_way(portal)
        run = subprocess.Popen(
            [GOUJI, "backfill", "2024"],
            env={**disturbed, **impatient},
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
        )
        under_way.wait()
    assert run.wait(400) == 0, log.read_text()
    assert "Traceback" not in log.read_text()
    assert {row["code"] for row in rows(snapshot_of(disturbed), "FROM problem")} <= {"unreachable", "host_resting"}
    next_day = {**disturbed, **impatient, "GOUJI_FRESHNESS_HOURS": "0"}
    subprocess.run([GOUJI, "backfill", "2024"], env=next_day, capture_output=True, check=False)
    with Portal(port=port, reports=reports):
        run_again(disturbed)
    assert content_of(snapshot_of(disturbed)) == content_of(snapshot_of(usual))


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=140m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a disk that can be filled can only be mounted by root")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_disk_that_fills_up(undisturbed, operator, prefect_server, small_portal, small_disk, tmp_path):
    environment = {**prefect_server, **operator, "GOUJI_HOME": str(small_disk)}
    filler, log = small_disk / "filler", tmp_path / "run.log"
    with half_way_through_a_run(environment, small_portal, log):
        fill_up(filler)
    assert "No space left on device" in log.read_text()
    filler.unlink()
    run_again(environment)
    assert content_of(snapshot_of(environment)) == undisturbed


def fill_up(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65_536)):
            pass


@pytest.mark.parametrize("shift", ["+2d", "-2d"])
def test_a_clock_that_jumps(undisturbed, operator, prefect_server, small_portal, tmp_path, shift):
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed (Debian: apt-get install faketime)")
    environment = {**prefect_server, **operator}
    wrong = {**environment, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    under_way = half_way(small_portal)
    log = tmp_path / "run.log"
    with running("faketime", "-f", shift, GOUJI, "backfill", "2024", environment=wrong, log=log) as run:
        under_way.wait()
        kill_tree(run.pid)
    run_again(environment)
    assert content_of(snapshot_of(environment)) == undisturbed


def test_an_upgrade_in_mid_season(undisturbed, operator, monkeypatch):
    for name, value in operator.items():
        monkeypatch.setenv(name, value)
    with monkeypatch.context() as yesterday:
        for module in (stages, remaining):
            yesterday.setattr(module, "EXTRACTOR_VERSION", "0")
        extract = read.extract
        yesterday.setattr(read, "extract", lambda *page, **known: misread(extract(*page, **known)))
        backfill("2024")
    snapshot = snapshot_of(os.environ)
    current = (
        "SELECT * EXCLUDE (report_id) FROM cell ORDER BY ALL",
        "SELECT finding_id, sentence_zh FROM finding ORDER BY ALL",
    )
    before = [rows(snapshot, sql) for sql in current]
    backfill("2024")
    reextract()
    read_right = [rows(snapshot, sql) for sql in current]
    assert read_right != before
    assert content_of(snapshot)["audit.finding"] == undisturbed["audit.finding"]
    assert content_of(snapshot)["problems"] == undisturbed["problems"]


def misread(report):
    """What an extractor reads that takes the first figure of a report for another."""
    first, *others = report.cells
    return (
        replace(report, cells=(first._replace(value=(first.value or 0) + Decimal(1000)), *others)) if others else report
    )
