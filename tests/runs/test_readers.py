"""Readers: processes that read and stage the batches of one run."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from samples import many_organs, sample_reports
from samples.dresses import DRESSES, render
from samples.warehouse import sample_source
from tasks.archive.store import Archive
from tasks.load.batch import Batch
from tasks.pages import Link, Page
from tasks.runs.context import RunContext
from tasks.runs.readers import ReaderError, Readers, on_every_core, stage, stage_for
from tasks.settings import Settings
from tests.pages import NOON, archived
from tests.processes import children_of, is_gone

PAGES = 30


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(str(tmp_path / "archive"))


@pytest.fixture
def pages(archive: Archive) -> list[Page]:
    """Pages of the archive, the last of which is no report."""
    reports = islice(sample_reports(organs=many_organs(PAGES)), PAGES - 1)
    bodies = [*(render(report, DRESSES["plain"]) for report in reports), b"<p>404</p>"]
    links = (Link("sample", f"http://portal.example/{number:03d}", "", 2024, None) for number in range(PAGES))
    return [archived(link, NOON, archive.put(body)) for link, body in zip(links, bodies, strict=True)]


@pytest.fixture
def readers() -> Iterator[Readers]:
    readers = Readers(1)
    yield readers
    readers.close()


def batch() -> Batch:
    return Batch(sample_source(), "run", NOON, "1")


class Waiting(Archive):
    """An archive that gives nothing until it is told to go on."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.go_on = threading.Event()

    def get(self, sha256: str) -> bytes:
        self.go_on.wait()
        return super().get(sha256)


@contextmanager
def taken(readers: Readers, pages: Sequence[Page], folder: Path) -> Iterator[None]:
    """Let the run's own process be at a batch meanwhile, so that the next one goes to a reader."""
    archive = Waiting(str(folder / "archive"))
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(readers.stage, pages, archive, batch(), folder / "here")
        try:
            _until(lambda: readers.is_reading_here)
            yield
        finally:
            archive.go_on.set()
            reading.result()


def endless(page: Page, root: Path) -> Page:
    """A page like another one, with which nobody is ever through: its body is a pipe that nobody writes to."""
    sha256 = Archive(str(root)).put(f"<p>{page.link.url}".encode())
    (file,) = root.rglob(f"{sha256}*")
    file.unlink()
    os.mkfifo(file)
    return replace(page, exchange=replace(page.exchange, sha256=sha256))


def _until(holds: Callable[[], object]) -> None:
    while not holds():
        time.sleep(0.01)


def _rows(directory: Path) -> dict[str, list[dict[str, object]]]:
    return {file.stem: pq.read_table(file).to_pylist() for file in directory.glob("*.parquet")}


def _told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(line.getMessage(), line.code) for line in caplog.records if line.name == "gouji.problems"]


def test_a_reader_stages_and_logs_what_the_run_itself_would(readers, pages, archive, tmp_path, caplog):
    caplog.set_level(logging.INFO, "gouji")
    here, _ = stage(pages, archive, batch(), tmp_path / "one")
    lines = _told(caplog)
    caplog.clear()
    with taken(readers, pages, tmp_path):
        there, work = readers.stage(pages, archive, batch(), tmp_path / "other")
        assert _told(caplog) == lines != []
    assert _rows(there) == _rows(here)
    assert len({row["report_id"] for row in _rows(there)["cell"]}) == PAGES - 1
    assert (work.items, work.bytes) == (PAGES, sum(page.exchange.bytes for page in pages))


def test_a_batch_whose_reader_is_killed_fails_and_the_next_is_read(readers, pages, archive, tmp_path):
    before = children_of(os.getpid())
    with taken(readers, pages, tmp_path), ThreadPoolExecutor(1) as pool:
        waits = endless(pages[0], tmp_path / "archive")
        reading = pool.submit(readers.stage, [waits, *pages[1:]], archive, batch(), tmp_path / "killed")
        _until(lambda: children_of(os.getpid()) - before)
        (reader,) = children_of(os.getpid()) - before
        os.kill(reader, signal.SIGKILL)
        with pytest.raises(ReaderError, match="ended with -9"):
            reading.result()
        directory, _ = readers.stage(pages, archive, batch(), tmp_path / "next")
    assert not (tmp_path / "killed").exists()
    assert len(_rows(directory)["report"]) == PAGES - 1


def test_what_a_reader_raises_is_raised_and_it_takes_the_next_batch(readers, pages, archive, tmp_path):
    (tmp_path / "file").touch()
    before = children_of(os.getpid())
    with taken(readers, pages, tmp_path):
        for _ in range(2):
            with pytest.raises(NotADirectoryError):
                readers.stage(pages, archive, batch(), tmp_path / "file" / "batch")
        assert len(children_of(os.getpid()) - before) == 1


def _read_until_killed(pages: Sequence[Page], root: Path, folder: Path) -> None:
    readers, pool = Readers(1), ThreadPoolExecutor(2)
    for number in range(2):
        waits = endless(replace(pages[0], link=replace(pages[0].link, url=f"{number}")), root)
        pool.submit(readers.stage, [waits, *pages[1:]], Archive(str(root)), batch(), folder / str(number))


def test_no_reader_outlives_its_run(pages, tmp_path):
    context = multiprocessing.get_context("spawn")
    run = context.Process(target=_read_until_killed, args=(pages, tmp_path / "archive", tmp_path))
    run.start()
    _until(lambda: children_of(run.pid))
    (reader,) = children_of(run.pid)
    run.kill()
    run.join()
    _until(lambda: is_gone(reader))


def test_readers_end_with_the_run_they_are_of(pages, tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.runs.readers.cores", lambda: 2)
    run = RunContext("run", Settings(home=tmp_path))
    before = children_of(os.getpid())
    with on_every_core(run), ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: stage_for(run, pages, batch(), tmp_path / f"{number}"), range(6)))
        started = children_of(os.getpid()) - before
    assert len(started) <= 2
    assert children_of(os.getpid()) <= before
    assert stage_for(run, pages, batch(), tmp_path / "after")[0] == tmp_path / "after"


@pytest.mark.parametrize(("cores", "runner"), [(1, "processes"), (8, "threads")])
def test_a_run_without_readers_reads_in_its_own_process(cores, runner, pages, tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.runs.readers.cores", lambda: cores)
    run = RunContext("run", Settings(home=tmp_path, task_runner=runner))
    before = children_of(os.getpid())
    with on_every_core(run), ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: stage_for(run, pages, batch(), tmp_path / f"{number}"), range(4)))
        assert children_of(os.getpid()) <= before
