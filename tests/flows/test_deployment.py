"""As an operator: a real Prefect server and process worker, `prefect deploy --all`, `prefect deployment run`."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from samples import planted
from samples.portal import Portal
from warehouse.query import rows

REPOSITORY = Path(__file__).resolve().parents[2]
PREFECT = Path(sys.executable).with_name("prefect")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*arguments: str, environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PREFECT, *arguments], cwd=REPOSITORY, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def prefect(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [PREFECT, "--no-prompt", *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wait_for(url: str) -> None:
    for _ in range(240):
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Iterator[dict[str, str]]:
    home = tmp_path_factory.mktemp("operator")
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with Portal(port=0) as portal:
        environment = {
            **inherited,
            "PREFECT_HOME": str(home / "prefect"),
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "GOUJI_HOME": str(home / "gouji"),
            "GOUJI_SOURCES": str(portal.write_source(home / "sources")),
        }
        with running("server", "start", "--port", str(port), environment=environment, log=home / "server.log"):
            wait_for(f"http://127.0.0.1:{port}/api/health")
            yield environment


def test_deployed_backfill_runs_on_a_worker_and_publishes(environment, tmp_path):
    prefect("work-pool", "create", "gouji", "--type", "process", environment=environment)
    prefect("deploy", "--all", environment=environment)
    with running("worker", "start", "--pool", "gouji", environment=environment, log=tmp_path / "worker.log"):
        prefect("deployment", "run", "backfill/backfill", "--param", "years=2024", "--watch", environment=environment)
    snapshot = Path(environment["GOUJI_HOME"]) / "published" / "gouji.duckdb"
    (run,) = rows(snapshot, "SELECT state, flow FROM run")
    assert run == {"state": "completed", "flow": "backfill"}
    found = rows(snapshot, "SELECT DISTINCT rule_id FROM finding WHERE severity = 'critical'")
    declared = {planting.rule for planting in planted(2024) if planting.severity == "critical"}
    assert {row["rule_id"] for row in found} == declared

    artifacts = httpx.post(f"{environment['PREFECT_API_URL']}/artifacts/latest/filter", json={}).json()
    (summary,) = [artifact for artifact in artifacts if artifact["key"] == "backfill-summary"]
    assert "## Findings by rule" in summary["data"]


def test_refresh_is_scheduled_after_the_statutory_calendar(environment):
    deployment = httpx.get(f"{environment['PREFECT_API_URL']}/deployments/name/refresh/refresh").json()
    crons = {schedule["slug"]: schedule["schedule"] for schedule in deployment["schedules"]}
    assert {schedule["timezone"] for schedule in crons.values()} == {"Asia/Shanghai"}
    assert crons["daily-january"]["cron"].endswith("2-31 1 *"), json.dumps(crons)
