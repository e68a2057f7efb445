"""Every deployment served from this process, without a work pool, on a Prefect server that is there or started here."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

import httpx
from prefect import serve as serve_deployments
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

from flows.operating.deployments import ONE_AT_A_TIME, TIMEZONE, Deployment
from warehouse.errors import GoujiError

_STARTUP_SECONDS = 180.0
_SHUTDOWN_SECONDS = 20.0


class ServerError(GoujiError):
    """The Prefect server cannot be started or does not answer."""


def serve(declared: tuple[Deployment, ...], runs_at_once: int) -> None:
    """Serve deployments until the process is told to stop; their schedules are paused from then on."""
    served = [_served(deployment) for deployment in declared]
    # Prefect's runner answers SIGTERM by exiting; here there is a server to stop first.
    with suppress(SystemExit):
        serve_deployments(*served, limit=runs_at_once, print_starting_message=False)


def _served(deployment: Deployment) -> RunnerDeployment:
    flow = getattr(import_module(f"flows.{deployment.flow}"), deployment.flow)
    served: RunnerDeployment = flow.to_deployment(
        deployment.name,
        description=deployment.description,
        tags=list(deployment.tags),
        parameters=dict(deployment.parameters),
        schedules=[_schedule(schedule.slug, schedule.cron, schedule.both) for schedule in deployment.schedules],
        concurrency_limit=ConcurrencyLimitConfig.model_validate(ONE_AT_A_TIME),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return served


def _schedule(slug: str, cron: str, both: bool) -> Schedule:
    return Cron(cron, timezone=TIMEZONE, day_or=not both, slug=slug)


@contextmanager
def prefect_server(port: int, log: Path) -> Iterator[str]:
    """Yield the address of the Prefect API: the configured one, or that of a server that lives as long as the block.

    Raises :class:`ServerError` if it does not answer in time.
    """
    if configured := PREFECT_API_URL.value():
        yield configured
        return
    address = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log.parent.mkdir(parents=True, exist_ok=True)
    # A session of its own: a Ctrl-C is for this process, which stops the server last.
    with (
        log.open("ab") as output,
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        ) as server,
    ):
        try:
            _wait_for(server, address, log)
            os.environ["PREFECT_API_URL"] = address
            with temporary_settings({PREFECT_API_URL: address}):
                yield address
        finally:
            _stop(server)


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{address}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise ServerError(f"no Prefect server could be started at {address}: see {log}; choose another port with --port")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
