"""As an operator: a real Prefect server and process worker, `prefect deploy --all`, `prefect deployment run`."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from click.testing import CliRunner
from prefect.server.schemas.schedules import CronSchedule

from flows.command_line import gouji
from flows.operating import prefect_history
from flows.operating.deployments import TIMEZONE, as_prefect_yaml, deployments
from flows.running.sources import choose_sources
from samples import planted
from tests import REPOSITORY
from tests.flows.content import write_source
from tests.flows.servers import GOUJI, PREFECT, deploy_all, prefect, running, wait_until
from warehouse.snapshots.query import rows
from warehouse.store import writer

pytestmark = pytest.mark.timeout(900)
"""A bound for machines that are busy with something else."""


@pytest.fixture(scope="module")
def environment(prefect_server, small_portal, tmp_path_factory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("operator")
    sources = write_source(small_portal, home / "sources")
    return {**prefect_server, "GOUJI_HOME": str(home / "gouji"), "GOUJI_SOURCES": str(sources)}


@pytest.fixture(scope="module")
def worker(environment, tmp_path_factory) -> Iterator[Path]:
    """A process worker with every deployment that `gouji serve --prefect-yaml` writes down; yields its log."""
    folder = tmp_path_factory.mktemp("worker")
    log = folder / "worker.log"
    deploy_all(environment, folder)
    with running(PREFECT, "worker", "start", "--pool", "gouji", environment=environment, log=log):
        yield log


def api(environment: dict[str, str], path: str, **filters: object) -> object:
    """Ask the server, again while its database is busy, as every client of Prefect does."""
    for _ in range(60):
        answer = httpx.post(f"{environment['PREFECT_API_URL']}{path}", json=filters, timeout=30)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.5)
    return answer.raise_for_status().json()


def test_deployed_backfill_runs_on_a_worker_and_publishes(environment, worker):
    prefect("deployment", "run", "backfill/backfill", "--param", "years=2024", "--watch", environment=environment)
    snapshot = Path(environment["GOUJI_HOME"]) / "published" / "gouji.duckdb"
    (run,) = rows(snapshot, "SELECT state, flow FROM audit.run")
    assert run == {"state": "completed", "flow": "backfill"}, worker.read_text()
    organs = {row["organ"] for row in rows(snapshot, "SELECT DISTINCT organ FROM report")}
    found = rows(snapshot, "SELECT DISTINCT organ, year, rule_id FROM finding WHERE severity = 'critical'")
    declared = {
        (each.organ, each.year, each.rule)
        for each in planted(2024)
        if each.severity == "critical" and each.organ in organs
    }
    assert {(row["organ"], row["year"], row["rule_id"]) for row in found} == declared

    artifacts = api(environment, "/artifacts/latest/filter")
    (summary,) = [artifact for artifact in artifacts if artifact["key"] == "backfill-summary"]
    assert "## Findings by rule" in summary["data"]
    children = {run["name"] for run in api(environment, "/flow_runs/filter", flows={"name": {"any_": ["collect"]}})}
    assert "collect-sample-2024" in children


def test_bad_parameters_are_refused_before_a_run_begins(environment, worker):
    url = f"{environment['PREFECT_API_URL']}/deployments"
    deployment = httpx.get(f"{url}/name/backfill/backfill").json()
    form = deployment["parameter_openapi_schema"]["properties"]
    assert form["years"]["description"].startswith("the report years")
    refused = httpx.post(f"{url}/{deployment['id']}/create_flow_run", json={"parameters": {"years": ["2024"]}})
    assert refused.status_code == 409


@pytest.mark.long
def test_a_cancelled_run_stops_and_leaves_the_next_to_go_on(environment, worker, small_portal):
    file = Path(environment["GOUJI_SOURCES"]) / "sample.yaml"
    usual = file.read_text(encoding="utf-8")
    file.write_text(usual.replace("interval: 0", "interval: 1"), encoding="utf-8")
    asked = len(small_portal.requests)
    url = environment["PREFECT_API_URL"]
    deployment = httpx.get(f"{url}/deployments/name/backfill/backfill").json()
    again = {"parameters": {"years": "2024", "force": True}}
    run = httpx.post(f"{url}/deployments/{deployment['id']}/create_flow_run", json=again).json()
    wait_until(lambda: len(small_portal.requests) > asked + 2)
    httpx.post(f"{url}/flow_runs/{run['id']}/set_state", json={"state": {"type": "CANCELLING"}})
    wait_until(lambda: httpx.get(f"{url}/flow_runs/{run['id']}").json()["state_type"] == "CANCELLED")
    file.write_text(usual, encoding="utf-8")
    with writer(Path(environment["GOUJI_HOME"]) / "warehouse.duckdb", wait_seconds=30) as connection:
        found = connection.execute("SELECT state FROM audit.run WHERE run_id = ?", [run["id"]]).fetchall()
    assert found == [("cancelled",)], worker.read_text()


def test_a_deployment_that_no_source_has_any_more_is_named_with_how_to_be_rid_of_it(environment, worker, monkeypatch):
    (refresh,) = api(environment, "/flows/filter", flows={"name": {"any_": ["refresh"]}})
    gone = api(environment, "/deployments/", name="gone", flow_id=refresh["id"], tags=["gouji"])
    for name in ("GOUJI_SOURCES", "PREFECT_API_URL"):
        monkeypatch.setenv(name, environment[name])
    written = CliRunner().invoke(gouji, ["serve", "--prefect-yaml"])
    told = [line for line in written.stderr.splitlines() if "refresh/gone" in line]
    assert [line.partition(": ")[2] for line in told] == ["prefect deployment delete refresh/gone"]
    assert "refresh/sample" not in written.stderr
    url = f"{environment['PREFECT_API_URL']}/deployments/{gone['id']}"
    wait_until(lambda: httpx.delete(url, timeout=30).status_code in (httpx.codes.NO_CONTENT, httpx.codes.NOT_FOUND))


def test_what_is_forgotten_of_old_runs_leaves_no_artifact(environment, monkeypatch):
    monkeypatch.setattr(prefect_history, "FLOWS", ("forgotten",))
    flow = api(environment, "/flows/", name="forgotten")
    run = api(environment, "/flow_runs/", flow_id=flow["id"], state={"type": "COMPLETED"})
    of_run = {"flow_run_id": {"any_": [run["id"]]}}
    api(environment, "/artifacts/", key="forgotten", data="[]", flow_run_id=run["id"])
    assert len(api(environment, "/artifacts/filter", artifacts=of_run)) == 1
    assert prefect_history.forget_flow_runs(datetime.now(UTC) + timedelta(minutes=1)).items == 1
    assert api(environment, "/artifacts/filter", artifacts=of_run) == []
    assert api(environment, "/flow_runs/filter", flow_runs={"id": {"any_": [run["id"]]}}) == []


def test_prefect_yaml_is_what_the_declaration_says():
    declared = as_prefect_yaml(deployments(choose_sources(REPOSITORY / "sources", None)))
    assert (REPOSITORY / "prefect.yaml").read_text(encoding="utf-8") == declared, "run `make deployments`"


@cache
def days_of_2025() -> frozenset[str]:
    """The days on which a source is refreshed in 2025, as Prefect's server reads the declared schedules."""
    begin, end = (datetime(2025, month, day, tzinfo=ZoneInfo(TIMEZONE)) for month, day in ((1, 1), (12, 31)))
    declared = deployments(choose_sources(REPOSITORY / "sources", ["wenzhou"]))[-1]
    moments = [
        moment.astimezone(ZoneInfo(TIMEZONE))
        for schedule in declared.schedules
        for moment in asyncio.run(
            CronSchedule(cron=schedule.cron, timezone=TIMEZONE, day_or=not schedule.both).get_dates(400, begin, end)
        )
    ]
    assert {moment.hour for moment in moments} == {5}
    return frozenset(f"{moment:%m-%d}" for moment in moments)


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (["01-01"], 0),
        ([f"01-{day:02}" for day in range(2, 32)] + [f"02-{day:02}" for day in range(1, 11)], 40),
        ([f"02-{day:02}" for day in range(11, 25)], 4),
        ([f"03-{day:02}" for day in range(3, 17)], 4),
        ([f"04-{day:02}" for day in range(1, 11)], 3),
        ([f"04-{day:02}" for day in range(11, 31)], 0),
        ([f"06-{day:02}" for day in range(1, 31)], 1),
    ],
)
def test_sources_are_refreshed_after_the_statutory_calendar(days, count):
    assert TIMEZONE == "Asia/Shanghai"
    assert len(days_of_2025().intersection(days)) == count


def test_sources_are_spread_over_the_hour():
    minutes = [
        each.schedules[0].cron.split()[0]
        for each in deployments(choose_sources(REPOSITORY / "sources", None))
        if each.flow == "refresh" and each.schedules
    ]
    assert len(set(minutes)) > len(minutes) / 2


@pytest.mark.long
def test_served_deployments_run_on_schedule_until_told_to_stop(environment, worker, tmp_path):
    log = tmp_path / "serve.log"
    with running(GOUJI, "serve", environment={**environment, "GOUJI_HOME": str(tmp_path)}, log=log) as served:
        wait_until(lambda: "Serving" in log.read_text())
        soon = (datetime.now(UTC) + timedelta(seconds=10)).isoformat()
        prefect(
            "deployment", "schedule", "create", "publish/publish", "--interval", "60", "--anchor-date", soon,
            environment=environment,
        )  # fmt: skip
        wait_until(lambda: (tmp_path / "published" / "gouji.duckdb").exists())
        prefect("deployment", "schedule", "clear", "publish/publish", "-y", environment=environment)
        served.terminate()
        assert served.wait(30) == 0, log.read_text()
    output = log.read_text()
    assert "Traceback" not in output
    assert output.rstrip().endswith("Stopped.")
    (run,) = rows(tmp_path / "published" / "gouji.duckdb", "SELECT DISTINCT flow, state FROM audit.run")
    assert run == {"flow": "publish", "state": "completed"}
