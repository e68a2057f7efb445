"""The Prefect server that flows of this process report to: the configured one, or one that ends with this process."""

import atexit
import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import prefect.context
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_KEY,
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
)

from warehouse.errors import GoujiError

_STARTUP_SECONDS = 300.0
_SHUTDOWN_SECONDS = 20.0
_ANSWER_SECONDS = 15.0

_WHOLE = ("prefect", "server", "start")
_KEPT_OVER_RESTARTS = {
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem"
}
"""Who holds a slot is known to a server that starts again; else the slot's deployment would be blocked for good."""

_RECORDER = "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER"
_TOGETHER = {
    f"{_RECORDER}_BATCH_SIZE": "100",
    f"{_RECORDER}_READ_BATCH_SIZE": "100",
    f"{_RECORDER}_FLUSH_INTERVAL": "1",
}
"""What became of tasks is written down by the second, not one by one: SQLite has one writer, and flows wait for it."""

_BARE = ("uvicorn", "--factory", "prefect.server.api.server:create_app", "--log-level", "error", "--lifespan", "on")
_OF_THIS_PROCESS_ONLY = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
"""As Prefect starts its temporary servers."""


class ServerError(GoujiError):
    """The Prefect server cannot be started or does not answer."""


@contextmanager
def prefect_server(log: Path, port: int | None = None) -> Iterator[str]:
    """Yield the address of the configured Prefect API, or that of a server of this process's own.

    At a ``port`` it has its interface and its services, and lives as long as the block; without one it is there for
    the flows of this process, one after the other. It goes with this process, however that ends. Raises
    :class:`ServerError` if nothing answers or the port is taken.
    """
    if configured := PREFECT_API_URL.value():
        check_answer(configured)
        yield configured
    elif port is None:
        address, process = _own_server(log)
        _wait_for(process, address, log)
        os.environ["PREFECT_UI_URL"] = ""
        _lead_to(address)
        _send_no_heartbeats()
        yield address
    else:
        address = f"http://127.0.0.1:{_checked(port)}/api"
        with _started(address, log, bare=False) as process:
            _wait_for(process, address, log)
            _lead_to(address)
            yield address


def launch(log: Path) -> None:
    """Let a server of this process's own start beside whatever comes next, unless an API is configured."""
    if not PREFECT_API_URL.value():
        _own_server(log)


@cache
def _own_server(log: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """Start the server of this process's own, once."""
    address = f"http://127.0.0.1:{_free_port()}/api"
    stack = ExitStack()
    process = stack.enter_context(_started(address, log, bare=True))
    atexit.register(stack.close)
    return address, process


def _lead_to(address: str) -> None:
    """Let this process use a server. Prefect read its settings when it was imported; its own threads know no others."""
    os.environ["PREFECT_API_URL"] = address
    prefect.context.GLOBAL_SETTINGS_CONTEXT = prefect.context.root_settings_context()


def _send_no_heartbeats() -> None:
    """Let flows send no heartbeats: nobody looks for them, and every flow would wait for its last to be slept out."""
    root = prefect.context.root_settings_context()
    settings = root.settings.copy_with_update(updates={PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
    prefect.context.GLOBAL_SETTINGS_CONTEXT = root.model_copy(update={"settings": settings})


@contextmanager
def _started(address: str, log: Path, *, bare: bool) -> Iterator[subprocess.Popen[bytes]]:
    host, port = urlsplit(address).hostname, urlsplit(address).port
    command = [*(_BARE if bare else _WHOLE), "--host", str(host), "--port", str(port)]
    settings = _OF_THIS_PROCESS_ONLY if bare else _KEPT_OVER_RESTARTS
    log.parent.mkdir(parents=True, exist_ok=True)
    # A session of its own: a Ctrl-C is for this process, which stops the server last.
    with (
        log.open("ab") as output,
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "flows.operating.tethered", "flows.operating.collected_aside", *command],
            env={**_TOGETHER, **os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_SHUTDOWN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{address}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise ServerError(f"no Prefect server could be started at {address}: see {log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _checked(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ServerError(
                f"port {port} is taken by another process; choose another with --port, or name the Prefect server that "
                "is there with PREFECT_API_URL"
            ) from error
    return port


def check_answer(address: str) -> None:
    """Raise :class:`ServerError` with what to do if the configured Prefect API does not let this process in."""
    try:
        answer = httpx.get(f"{address}/admin/version", headers=_authorisation(), timeout=_ANSWER_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ServerError(
            f"no Prefect server answers at {address} ({error}); start it, mend PREFECT_API_URL, or unset it to run "
            "without one"
        ) from error
    if answer.status_code in (401, 403):
        raise ServerError(
            f"the Prefect server at {address} wants a password: let PREFECT_API_AUTH_STRING be what its "
            "PREFECT_SERVER_API_AUTH_STRING is"
        )
    if not answer.is_success:
        raise ServerError(
            f"{address} answers {answer.status_code}, as no Prefect API does; PREFECT_API_URL ends in /api, as in "
            "http://127.0.0.1:4200/api"
        )


def _authorisation() -> dict[str, str]:
    if password := PREFECT_API_AUTH_STRING.value():
        return {"Authorization": f"Basic {b64encode(password.get_secret_value().encode()).decode()}"}
    if key := PREFECT_API_KEY.value():
        return {"Authorization": f"Bearer {key.get_secret_value()}"}
    return {}
