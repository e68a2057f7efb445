"""The Prefect server that a command finds, or starts and never leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.operating import server as operating
from flows.operating.server import ServerError, check_answer
from tests.flows.content import write_source
from tests.flows.servers import GOUJI, wait_until
from tests.processes import is_gone

SIGNALS = [signal.SIGTERM, signal.SIGKILL]


def children(process: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


_STARTS_A_PROGRAM = """
import subprocess, sys, time
command = [sys.executable, "-m", "flows.operating.tethered", "http.server", "--bind", "127.0.0.1", "0"]
with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True) as program:
    print(program.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("how", SIGNALS)
def test_a_tethered_program_ends_with_whoever_started_it(how):
    starter = subprocess.Popen([sys.executable, "-c", _STARTS_A_PROGRAM], stdout=subprocess.PIPE, text=True)
    program = int(starter.stdout.readline())
    assert not is_gone(program)
    starter.send_signal(how)
    wait_until(lambda: is_gone(program), 60)
    starter.wait()


_MAKES_GARBAGE = """
import threading, time
class Knot:
    def __init__(self):
        self.itself = self
    def __del__(self):
        print(threading.current_thread().name, flush=True)
Knot()
for _ in range(100_000):
    [].append(lambda: None)
time.sleep(600)
"""


def test_garbage_of_a_program_is_collected_in_a_thread_of_its_own(tmp_path):
    (tmp_path / "littering.py").write_text(_MAKES_GARBAGE)
    command = [sys.executable, "-m", "flows.operating.collected_aside", "littering"]
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout.readline() == "garbage\n"
        program.kill()


@pytest.mark.long
@pytest.mark.parametrize("how", SIGNALS)
def test_a_command_that_is_ended_leaves_no_server_behind(how, small_portal, tmp_path):
    sources = write_source(small_portal, tmp_path / "sources")
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = {**usual, "GOUJI_HOME": str(tmp_path / "home"), "GOUJI_SOURCES": str(sources)}
    before = len(small_portal.requests)
    with (tmp_path / "log").open("wb") as log:
        command = subprocess.Popen([GOUJI, "backfill", "2024"], env=environment, stdout=log, stderr=log)
    wait_until(lambda: len(small_portal.requests) > before + 2 or command.poll() is not None)
    (server,) = children(command.pid)
    command.send_signal(how)
    assert command.wait(60) != 0
    wait_until(lambda: is_gone(server), 60)
    assert "Traceback" not in (tmp_path / "log").read_text()


_TWO_FLOWS = """
import sys
from pathlib import Path
from flows.operating.server import prefect_server
addresses = set()
for _ in range(2):
    with prefect_server(Path(sys.argv[1])) as address:
        from prefect import flow
        addresses.add(address)
        assert flow(lambda: 7, name="seven")() == 7
assert len(addresses) == 1
"""


@pytest.mark.long
def test_flows_of_one_process_share_its_server(tmp_path):
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-c", _TWO_FLOWS, tmp_path / "log"]
    done = subprocess.run(
        command, env={**usual, "PREFECT_HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        yield somebody.getsockname()[1]


def test_a_port_that_is_taken_is_told_before_anything_is_started(taken_port, tmp_path):
    with (
        temporary_settings(restore_defaults={PREFECT_API_URL}),
        pytest.raises(ServerError, match=f"port {taken_port} is taken.*--port"),
        operating.prefect_server(tmp_path / "log", taken_port),
    ):
        pass


@contextmanager
def answering(status: int) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()


def test_a_server_that_wants_a_password_is_told_with_the_settings_name():
    with answering(401) as address, pytest.raises(ServerError, match="let PREFECT_API_AUTH_STRING be"):
        check_answer(address)


def test_an_address_that_leads_nowhere_is_told_at_once(prefect_server, taken_port):
    started = time.monotonic()
    for address, said in (
        ("http://127.0.0.1:1/api", "start it, mend PREFECT_API_URL, or unset it"),
        ("http://no-such-host.invalid/api", "mend PREFECT_API_URL"),
        ("nowhere", "mend PREFECT_API_URL"),
        (prefect_server["PREFECT_API_URL"] + "/elsewhere", "PREFECT_API_URL ends in /api"),
    ):
        with pytest.raises(ServerError, match=said) as caught:
            check_answer(address)
        assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 60
    check_answer(prefect_server["PREFECT_API_URL"])
