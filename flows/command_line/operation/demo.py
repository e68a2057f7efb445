"""``gouji demo``: everything once, on the sample portal."""

import os
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import click

from flows.command_line.operation.running import print_summary, run_flow, start_prefect
from flows.command_line.output import console, language_option

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "begun": "示范网站在 {url}；把 {years} 年的报告采集到 {home}/ …",
        "corrected": "网站悄然更正了一份报告；再次采集 {year} 年 …",
        "done": "用时 {seconds:.0f} 秒。接下来可以看：",
        "explore": "在浏览器中看每份报告、每个数字、机关和不符之处",
        "findings --severity critical": "每一处不符，一句一条",
        "revisions": "悄然更正了什么",
        "problems": "什么没能采集或读取，为什么",
        "coverage": "谁应当公布而没有公布",
        "query": "SQL",
        "check FILE": "核对自己的一份报告",
        "snapshot": "快照：任何 DuckDB 客户端都可以打开",
        "docs": "Great Expectations 的 Data Docs",
    },
    "en": {
        "begun": "Sample portal at {url}; backfilling {years} from it into {home}/ ...",
        "corrected": "The portal has corrected a report in silence; asking again for {year} ...",
        "done": "Done in {seconds:.0f} s. What to look at next:",
        "explore": "every report, figure, organ and finding on a page, in a browser",
        "findings --severity critical": "every rule a report breaks, in a sentence each",
        "revisions": "what was corrected in silence",
        "problems": "what could not be fetched or read, and why",
        "coverage": "who should have published and did not",
        "query": "SQL",
        "check FILE": "one report of your own",
        "snapshot": "the snapshot: open it with any DuckDB client",
        "docs": "Great Expectations' Data Docs",
    },
}
_QUERY = "query \"SELECT organ, year, total FROM applications WHERE row_code = 'received_new' LIMIT 5\""
_NEXT = ("explore", "findings --severity critical", "revisions", "problems", "coverage", "query", "check FILE")


@click.command(
    epilog="""\b
Examples:
  gouji demo
  gouji demo --years 2023-2024 --port 8500
"""
)
@click.option("--years", default="2019-2024", show_default=True, help="Report years to backfill.")
@click.option("--port", type=click.IntRange(1024, 65535), default=8419, show_default=True, help="Port of the portal.")
@language_option
def demo(years: str, port: int, lang: str) -> int:
    """Try everything once, on a sample portal.

    Starts a portal of a fictional city on this machine, backfills it, and shows what was found. Everything is real
    but the city: HTTP, Prefect, DuckDB, Great Expectations. State lands in GOUJI_HOME.
    """
    from flows.running.years import parse_years
    from tasks.runs.home import LEAST_FREE_BYTES
    from tasks.settings import Settings

    started, words = time.monotonic(), _WORDS[lang]
    settings = Settings()
    last = max(parse_years(years))
    start_prefect(settings, LEAST_FREE_BYTES)
    from samples.events import eventful_portal, write_source

    if not settings.published.exists():
        # Nothing is known yet, so an audit will be made: what takes seconds to import is there when the server is up.
        import expectations.suites.checkpoint  # noqa: F401

    try:
        opened, correct = eventful_portal(port, last)
    except OSError as error:
        raise click.UsageError(f"port {port}: {error.strerror}; choose another one with --port") from error
    with opened as portal:
        click.echo(words["begun"].format(url=portal.url, years=years, home=settings.home))
        os.environ["GOUJI_SOURCES"] = str(write_source(portal, settings.home / "demo", last))
        first = run_flow("backfill", years=years)
        print_summary(first, lang)
        click.echo("\n" + words["corrected"].format(year=last))
        correct()
        os.environ["GOUJI_FRESHNESS_HOURS"] = "0"
        print_summary(run_flow("backfill", years=str(last)), lang)
    _print_what_next(words, settings.published, first.docs, time.monotonic() - started)
    return 0


def _print_what_next(words: Mapping[str, str], snapshot: Path, docs: str, seconds: float) -> None:
    out = console()
    out.print()
    out.print(words["done"].format(seconds=seconds))
    gouji = "gouji" if shutil.which("gouji") else sys.argv[0]
    for each in _NEXT:
        out.print(f"  {gouji} {_QUERY if each == 'query' else each}", markup=False)
        out.print(f"      {words[each]}", style="dim")
    out.print(f"  {snapshot}  {words['snapshot']}")
    out.print(f"  {docs}  {words['docs']}")
