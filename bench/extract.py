"""Extraction against a bare lxml parse and against pandas.read_html, on generated and real pages.

``python -m bench.extract`` prints the ratios of the times, measured in one run, alternating so that a busy machine
slows both alike, and the memory that one page takes.
"""

import io
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas
from lxml import etree

from bench import QUICK
from samples.dresses import DRESSES, render
from samples.reports import sample_reports
from tasks.extract.extraction import extract

ROUNDS = 10 if QUICK else 60
REAL_PAGE = Path(__file__).resolve().parents[2] / "shared" / "reports" / "shanghai-govoffice-2019.html"
DRESS_NAMES = ("word", "hanweb", "blank-zeros", "misaligned", "gb2312", "layout-tables", "plain")


def main() -> None:
    """Measure and print."""
    print(
        f"{'page':16}{'KB':>7}{'parse ms':>10}{'extract ms':>12}{'÷ parse':>9}{'÷ read_html':>13}{'memory ÷ size':>15}"
    )
    for name, page in _pages():
        parse, whole, grids = _fastest(
            lambda page=page: etree.HTML(page),  # type: ignore[misc]
            lambda page=page: extract(page, item="bench"),  # type: ignore[misc]
            lambda page=page: pandas.read_html(io.BytesIO(page)),  # type: ignore[misc]
        )
        print(
            f"{name:16}{len(page) / 1000:7.1f}{parse * 1000:10.2f}{whole * 1000:12.2f}"
            f"{whole / parse:9.2f}{whole / grids:13.2f}{_memory(page) / len(page):15.1f}"
        )


def _pages() -> Iterator[tuple[str, bytes]]:
    report = next(iter(sample_reports()))
    for name in DRESS_NAMES:
        yield name, render(report, DRESSES[name])
    if REAL_PAGE.exists():
        yield "shanghai 2019", REAL_PAGE.read_bytes()


def _fastest(*functions: Callable[[], object]) -> list[float]:
    """Return the least seconds that each function took, one after the other in every round."""
    least = [float("inf")] * len(functions)
    for _ in range(ROUNDS):
        for index, function in enumerate(functions):
            started = time.process_time()
            function()
            least[index] = min(least[index], time.process_time() - started)
    return least


def _memory(page: bytes) -> int:
    """The most bytes that Python holds while one page is extracted."""
    extract(page, item="bench")
    tracemalloc.start()
    extract(page, item="bench")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
