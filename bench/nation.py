"""The whole way, archive to published snapshot, over growing numbers of reports: seconds and memory of all processes.

``python -m bench.nation 1000 10000`` archives so many pages of a mix of dresses, reads, loads, audits and publishes
them, does it again with nothing changed, and again with one page changed. Where ``BENCH_HOME`` names a folder, archive
and warehouse stay there, and the archive is not filled again.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import QUICK
from bench.flows import archive_page, prefect, settle
from bench.memory import peak_of

YEARS = (2023, 2024)
DRESS_NAMES = ("word", "hanweb", "plain", "blank-zeros", "misaligned", "layout-tables")
_LINKS = "links.json"


def main() -> None:
    """Measure and print."""
    for count in map(int, sys.argv[1:] or (("200",) if QUICK else ("1000", "10000", "100000"))):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(os.environ.get("BENCH_HOME", folder)) / str(count)
            print(json.dumps(measure(home, count)), flush=True)


def measure(home: Path, count: int, portals: int = 1) -> dict[str, Any]:
    """Go the whole way with so many reports of so many portals; return seconds and peak bytes of every step."""
    if not (home / _LINKS).exists():
        _elsewhere(fill, home, count, portals)
    found: dict[str, Any] = {"reports": count}
    context = get_context("spawn")
    steps: Any = context.Queue()
    process = context.Process(target=_go, args=(home, steps))
    process.start()
    while process.is_alive():
        with peak_of(process.pid or 0) as peak:
            step = steps.get()
        if step is None:
            break
        found[step.pop("step")] = {**step, "peak_bytes": peak.bytes}
    process.join()
    return found


def fill(home: Path, count: int, portals: int) -> None:
    """Archive so many pages as if their portals had just been asked for them, and write down their links."""
    from pydantic import TypeAdapter

    from tasks.archive.store import Archive
    from tasks.pages import Link

    archive = Archive(str(home / "archive"))
    links = []
    for number, (report, body) in enumerate(_pages(count)):
        url = f"http://127.0.0.1:1/art/{report.year}/1/2/art_{number}.html"
        source = f"portal-{number * portals // count}"
        links.append(Link(source, url, report.title, report.year, report.published_on))
        archive_page(archive, url, body, source)
    (home / _LINKS).write_bytes(TypeAdapter(list[Link]).dump_json(links))


def _pages(count: int) -> Iterator[tuple[Any, bytes]]:
    from samples import many_organs, sample_reports
    from samples.dresses import DRESSES, render

    reports = sample_reports(organs=many_organs(-(-count // len(YEARS))), years=YEARS)
    for number, report in enumerate(islice(reports, count)):
        yield report, render(report, DRESSES[DRESS_NAMES[number % len(DRESS_NAMES)]])


def _elsewhere(work: Any, *arguments: Any) -> None:
    process = get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == 0


def _go(home: Path, steps: Any) -> None:
    try:
        links = _links_of(home)
        settle(home, "http://127.0.0.1:1", {link.source for link in links})
        os.environ["GOUJI_FRESHNESS_HOURS"] = "10000"
        with prefect(home):
            _steps(home, links, steps)
    finally:
        steps.put(None)


def _links_of(home: Path) -> tuple[Any, ...]:
    from pydantic import TypeAdapter

    from tasks.pages import Link

    return TypeAdapter(tuple[Link, ...]).validate_json((home / _LINKS).read_bytes())


def _steps(home: Path, links: tuple[Any, ...], steps: Any) -> None:
    from flows.backfill import backfill
    from flows.running import collect
    from tasks.archive.store import Archive
    from tasks.discover.discovery import Discovery
    from tasks.problems import Stage
    from tasks.stages import Listed
    from warehouse.loading.runs import StageWork

    listed = {
        source: Listed(Discovery(tuple(its), (), (), ()), (), StageWork(Stage.DISCOVER.value))
        for source, its in groupby(links, key=lambda link: link.source)
    }
    collect.discover_links = lambda source, *arguments: listed[source.name]  # type: ignore[assignment]
    years = f"{YEARS[0]}-{YEARS[-1]}"
    for name in ("everything", "nothing changed", "one changed"):
        if name == "one changed":
            archive = Archive(str(home / "archive"))
            page = archive.recall(links[0].url)
            assert page is not None
            assert page.exchange.sha256 is not None
            body = archive.get(page.exchange.sha256) + b"\n<!-- again -->"
            archive_page(archive, links[0].url, body, links[0].source)
        started, cpu = time.perf_counter(), time.process_time()
        summary = backfill(years)
        size = (home / "published" / "gouji.duckdb").stat().st_size
        steps.put(
            {
                "step": name,
                "seconds": round(time.perf_counter() - started, 2),
                "cpu_seconds": round(time.process_time() - cpu, 2),
                "new": summary.counts.reports_new,
                "bytes_a_report": round(size / len(links)),
            }
        )


if __name__ == "__main__":
    main()
