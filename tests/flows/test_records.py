"""A run's record: what it did, however it ended, and a log from its first moment to its last word."""

import errno
import json
import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from logging.handlers import QueueHandler
from pathlib import Path
from queue import Queue
from threading import Event, Thread, get_ident, main_thread

import pytest
from prefect import State, flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.logging.handlers import APILogWorker
from prefect.runtime import flow_run

from flows.backfill import backfill
from flows.publish import publish
from flows.running import collect as collect_module
from flows.running import loading as loading_module
from flows.running.run import on_record
from tasks.runs.context import RunContext
from tasks.runs.home import HomeError
from tasks.runs.locks import loading
from tasks.runs.stopping import stop_of
from tasks.settings import Settings
from tests.flows.content import only_collect, write_source
from warehouse.store import writer

BATCH = 1
"""Reports in a batch: whichever batch is first, it is as large as the others."""


@pytest.fixture
def settings(small_portal, tmp_path, monkeypatch) -> Settings:
    """Of a home that nothing was loaded into yet."""
    sources = write_source(small_portal, tmp_path / "sources")
    for name, value in {"HOME": tmp_path, "SOURCES": sources, "BATCH_SIZE": BATCH}.items():
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    return Settings()


class _Call(logging.Handler):
    """Calls somebody at the first progress that is told."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call: Callable[[], None] | None = call

    def emit(self, record: logging.LogRecord) -> None:
        if self._call is not None and hasattr(record, "progress"):
            call, self._call = self._call, None
            call()


@contextmanager
def handled_by(handler: logging.Handler):
    logger = logging.getLogger("gouji")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


def recorded(settings: Settings) -> dict[str, object]:
    with writer(settings.store) as connection:
        (run,) = connection.execute("SELECT state, links, pages_fetched, reports_new FROM audit.run").fetchall()
        (held,) = connection.execute("SELECT count(*) FROM core.report").fetchall()
    return dict(zip(("state", "links", "pages_fetched", "reports_new", "held"), (*run, *held), strict=True))


def interrupt_and_wait() -> None:
    """Press Ctrl-C after the first batch, and go on once the run has understood."""
    stopped = Event()
    stop_of(str(flow_run.get_parameters()["run_id"])).tell(stopped)
    assert get_ident() != main_thread().ident
    signal.pthread_kill(main_thread().ident, signal.SIGINT)
    assert stopped.wait(60)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Heed Ctrl-C, which a process that was started in the background ignores."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


def test_what_an_interrupted_run_did_is_on_record(settings, interruptible):
    with handled_by(_Call(interrupt_and_wait)), pytest.raises(KeyboardInterrupt):
        backfill("2024")
    found = recorded(settings)
    assert (found["state"], found["links"]) == ("cancelled", 13)
    assert BATCH <= found["held"] < 13
    assert found["pages_fetched"] >= found["reports_new"] == found["held"]


def test_what_a_source_did_is_on_record_where_prefect_gives_its_state_back_bare(settings, monkeypatch):
    """As where the server's answer to a state is lost: asked again, it tells the state that it has, and no more."""
    child = collect_module.collect_year.with_options

    def bare(**options: object):
        return lambda *arguments, **more: State(type=child(**options)(*arguments, **more).type)

    monkeypatch.setattr(collect_module.collect_year, "with_options", bare)
    only_collect([2024])
    found = recorded(settings)
    assert found["reports_new"] == found["pages_fetched"] == found["held"] == 13


def test_what_a_source_did_before_it_failed_is_on_record(settings, monkeypatch):
    load, loaded = loading_module.load_staged, []

    def full_disk(directories: Sequence[Path], run: RunContext):
        if loaded:
            raise OSError("the disk is full")
        loaded.extend(directories)
        return load(directories, run)

    monkeypatch.setattr(loading_module, "load_staged", full_disk)
    only_collect([2024])
    found = recorded(settings)
    assert (found["state"], found["reports_new"], found["held"]) == ("completed", len(loaded), len(loaded))
    with writer(settings.store) as connection:
        (problem,) = connection.execute("SELECT item, code, detail FROM audit.problem").fetchall()
    assert problem[:2] == ("sample 2024", "internal_error")
    assert "the disk is full" in problem[2]


def test_what_was_fetched_is_counted_though_it_could_not_be_loaded(settings, monkeypatch):
    def full_disk(directories: Sequence[Path], run: RunContext):
        raise OSError("the disk is full")

    monkeypatch.setenv("GOUJI_BATCH_SIZE", "100")
    monkeypatch.setattr(loading_module, "load_staged", full_disk)
    only_collect([2024])
    found = recorded(settings)
    assert (found["pages_fetched"], found["reports_new"], found["held"]) == (13, 0, 0)


def test_the_log_goes_on_to_the_last_word_of_a_run(settings, monkeypatch):
    log = settings.home / "gouji.jsonl"
    monkeypatch.setenv("GOUJI_LOG", str(log))
    monkeypatch.setenv("GOUJI_NOTIFY", "json://127.0.0.1:9/")
    told: Queue[logging.LogRecord] = Queue()
    with handled_by(QueueHandler(told)):
        with loading(settings, print):
            publisher = Thread(target=copy_context().run, args=(publish,), kwargs={"return_state": True})
            publisher.start()
            while "no other run is loading" not in told.get(timeout=120).getMessage():
                pass
            settings.published.parent.write_text("a file in the place of the folder", encoding="utf-8")
        publisher.join()
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert len({line["run"] for line in lines}) == 1
    waited, failed, untold = lines[-3:]
    assert "no other run is loading" in waited["message"]
    assert failed["level"] == "error"
    assert str(settings.published.parent) in failed["message"]
    assert "not delivered" in untold["message"]


def test_a_disk_that_fills_up_under_a_run_is_one_line(settings):
    @flow(persist_result=False)
    def filling() -> None:
        with on_record([2024]):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/disk/index.html")

    with pytest.raises(HomeError, match=r"^/disk/index.html: the disk is full; make room"):
        filling()


def test_no_password_stands_in_prefect_s_log_nor_in_ours(settings, monkeypatch):
    lake = "ducklake:postgres:host=127.0.0.1 port=1 dbname=gouji password=geheim"
    log = settings.home / "gouji.jsonl"
    for name, value in {"WAREHOUSE": lake, "LAKE_DATA": settings.home, "LOG": log}.items():
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    state = only_collect([2024], return_state=True)
    APILogWorker.drain_all(timeout=10)
    of_run = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[state.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        lines = [line.message for line in client.read_logs(of_run)]
    assert state.is_failed()
    assert any("Connection refused" in line for line in lines)
    assert "Connection refused" in log.read_text("utf-8")
    for written in (state.message, *lines, log.read_text("utf-8")):
        assert "geheim" not in written
