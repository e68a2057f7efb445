"""Reading and staging pages of the archive: the processor time that a report takes, and what further cores give.

``python -m bench.reading`` prints both for a mix of dresses, one after the other in one run, beside a bare parse of the
same pages. ``REPORTS=20000 python -m bench.reading`` measures more.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from lxml import etree

from bench.flows import archive_page
from samples import many_organs, sample_reports
from samples.dresses import DRESSES, render
from samples.warehouse import sample_source
from tasks.archive.store import Archive
from tasks.extract import EXTRACTOR_VERSION
from tasks.load.batch import Batch
from tasks.pages import Link, Obtained, Page
from tasks.runs.readers import Readers, cores, stage

REPORTS = int(os.environ.get("REPORTS", "4800"))
BATCH = 200
MIX = ("word", "hanweb", "plain", "blank-zeros", "misaligned", "layout-tables")
ROUNDS = 3


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(f"{folder}/archive")
        pages = _archived(archive)
        batches = [pages[start : start + BATCH] for start in range(0, len(pages), BATCH)]
        parse = _processor_seconds(lambda: _parse(pages, archive))
        ratios = []
        for _ in range(ROUNDS):
            one = _measured(lambda: [_stage(stage, each, archive, Path(folder)) for each in batches])
            readers = Readers(cores())
            _in_threads(readers.stage, batches[: 2 * cores()], archive, Path(folder))  # they start
            all_of_them = _measured(lambda: _in_threads(readers.stage, batches, archive, Path(folder)))  # noqa: B023
            readers.close()
            ratios.append(one / all_of_them)
        alone = _processor_seconds(lambda: [_stage(stage, each, archive, Path(folder)) for each in batches])
    print(f"{len(pages)} pages of {len(MIX)} dresses, in batches of {BATCH}, on {cores()} cores")
    print(f"  read and stage  {1000 * alone / len(pages):6.2f} ms of CPU a report  (at most 4)")
    print(f"  bare parse      {1000 * parse / len(pages):6.2f} ms, the archive's decompression included")
    print(f"  every core      {max(ratios):6.2f} x as fast as one  (at least 1.8); rounds: {[*map(_short, ratios)]}")
    print(f"  memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB here")


def _parse(pages: Sequence[Page], archive: Archive) -> None:
    for page in pages:
        etree.HTML(archive.get(page.sha256))


def _short(ratio: float) -> str:
    return f"{ratio:.2f}"


def _in_threads(read: Callable[..., Any], batches: Sequence[Sequence[Page]], archive: Archive, folder: Path) -> None:
    with ThreadPoolExecutor(2 * cores()) as pool:
        list(pool.map(lambda batch: _stage(read, batch, archive, folder), batches))


def _stage(read: Callable[..., Any], pages: Sequence[Page], archive: Archive, folder: Path) -> None:
    batch = Batch(sample_source(), "bench", datetime.now(UTC), EXTRACTOR_VERSION)
    directory, _ = read(pages, archive, batch, folder / pages[0].sha256)
    assert directory is not None


def _archived(archive: Archive) -> list[Page]:
    reports = sample_reports(organs=many_organs(REPORTS), years=[2024])
    pages = []
    for number, (report, dress) in enumerate(zip(reports, cycle(MIX), strict=False)):
        body = render(report, DRESSES[dress])
        url = f"http://127.0.0.1:1/art/2025/1/2/art_{number}.html"
        exchange = archive_page(archive, url, body)
        link = Link("sample", url, report.title, 2024, report.published_on)
        pages.append(Page(link, exchange, (), Obtained.FETCHED, exchange.fetched_at))
    return pages


def _measured(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _processor_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
