"""Real Prefect processes for the tests: one server for all of them, workers and commands beside it."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings
from prefect.testing.cli import CycloptsCliRunner

from flows.operating.deployments import as_prefect_yaml, deployments
from flows.running.sources import choose_sources
from tests import REPOSITORY
from tests.processes import free_port

PREFECT = Path(sys.executable).with_name("prefect")
GOUJI = Path(sys.executable).with_name("gouji")
_QUICK = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "3600",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
}


def environment_of(folder: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    url = f"http://127.0.0.1:{port}/api"
    return {**inherited, **_QUICK, "PREFECT_HOME": str(folder), "PREFECT_API_URL": url}


@contextmanager
def shared_server(root: Path) -> Iterator[dict[str, str]]:
    """The environment of a Prefect server that every test process under ``root`` uses; the last to leave stops it.

    The first to come starts it, and does not wait for it.
    """
    folder = root / "prefect"
    folder.mkdir(exist_ok=True)
    users = folder / "users"
    with _alone(folder):
        if not users.exists():
            port = free_port()
            (folder / "port").write_text(str(port))
            server = _launch_server(folder, environment_of(folder, port))
            (folder / "pid").write_text(str(server.pid))
        with users.open("a") as file:
            file.write(f"{os.getpid()}\n")
    try:
        yield environment_of(folder, int((folder / "port").read_text()))
    finally:
        with _alone(folder):
            left = [line for line in users.read_text().split() if line != str(os.getpid())]
            users.write_text("".join(f"{line}\n" for line in left))
            if not left:
                users.unlink()
                with suppress(ProcessLookupError):
                    os.killpg(int((folder / "pid").read_text()), signal.SIGTERM)


def start_server(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a Prefect server where an environment leads to, in a process group of its own; wait until it answers."""
    server = _launch_server(folder, environment)
    wait_for_server(environment)
    return server


def _launch_server(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "flows.operating.collected_aside"),
                *("prefect", "server", "start"),
                "--host",
                "127.0.0.1",
                "--port",
                str(urlsplit(environment["PREFECT_API_URL"]).port),
            ],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def running(*command: str | Path, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process beside the test; it is told to stop at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def prefect(*arguments: str, environment: dict[str, str]) -> str:
    """Run a command of Prefect in this process, again where its server's database was busy when its client asked."""
    leads_there = {PREFECT_API_URL: environment["PREFECT_API_URL"], PREFECT_HOME: environment["PREFECT_HOME"]}
    with chdir(REPOSITORY), temporary_settings(leads_there):
        for _ in range(5):
            done = CycloptsCliRunner().invoke(["--no-prompt", *arguments])
            if "503 Service Unavailable" not in done.output:
                break
    assert done.exit_code == 0, done.output
    return str(done.output)


def deploy_all(environment: dict[str, str], folder: Path) -> None:
    """Make the work pool, and deploy to it all that ``gouji serve --prefect-yaml`` writes down."""
    file = folder / "prefect.yaml"
    declared = deployments(choose_sources(Path(environment["GOUJI_SOURCES"]), None))
    file.write_text(as_prefect_yaml(declared), encoding="utf-8")
    prefect("work-pool", "create", "gouji", "--type", "process", environment=environment)
    prefect("deploy", "--all", "--prefect-file", str(file), environment=environment)


def wait_until(holds: Callable[[], object], seconds: float = 400.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.25)


def wait_for_server(environment: dict[str, str]) -> None:
    """Wait until the server where an environment leads to answers."""
    url = f"{environment['PREFECT_API_URL']}/health"
    with httpx.Client() as client:  # one: each reads all certificates that there are

        def answers() -> bool:
            with suppress(httpx.TransportError):
                return client.get(url).is_success
            return False

        wait_until(answers, 180)
