"""Extraction from several threads at once, as Prefect's thread pool does it."""

from concurrent.futures import ThreadPoolExecutor

from samples.dresses import DRESSES, render
from samples.reports import sample_reports
from tasks.extract.extraction import extract


def test_threads_read_what_one_reads() -> None:
    report = next(iter(sample_reports(years=[2022])))
    pages = [render(report, DRESSES[name]) for name in ("plain", "word", "layout-tables", "gb2312", "text")] * 8
    alone = [extract(page, item="x") for page in pages]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda page: extract(page, item="x"), pages))
    assert together == alone
    assert all(not read.problems for read in together)
