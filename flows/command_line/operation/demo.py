"""``gouji demo``: everything once, on the sample portal."""

import os
import shutil
import sys
import time
from pathlib import Path

import click

from flows.command_line.operation.running import print_summary, run_flow, start_prefect
from flows.command_line.output import console, language_option


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

    started = time.monotonic()
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
        click.echo(f"Sample portal at {portal.url}; backfilling {years} from it into {settings.home}/ ...")
        os.environ["GOUJI_SOURCES"] = str(write_source(portal, settings.home / "demo", last))
        first = run_flow("backfill", years=years)
        print_summary(first, lang)
        click.echo(f"\nThe portal has corrected a report in silence; asking again for {last} ...")
        correct()
        os.environ["GOUJI_FRESHNESS_HOURS"] = "0"
        print_summary(run_flow("backfill", years=str(last)), lang)
    _print_what_next(settings.published, first.docs, time.monotonic() - started)
    return 0


def _print_what_next(snapshot: Path, docs: str, seconds: float) -> None:
    out = console()
    out.print()
    out.print(f"Done in {seconds:.0f} s. What to look at next:")
    gouji = "gouji" if shutil.which("gouji") else sys.argv[0]
    for arguments, what in (
        ("explore", "every report, figure, organ and finding on a page, in a browser"),
        ("findings --severity critical", "every rule a report breaks, in a sentence each"),
        ("revisions", "what was corrected in silence"),
        ("problems", "what could not be fetched or read, and why"),
        ("coverage", "who should have published and did not"),
        ("query \"SELECT organ, year, total FROM applications WHERE row_code = 'received_new' LIMIT 5\"", "SQL"),
        ("check FILE", "one report of your own"),
    ):
        out.print(f"  {gouji} {arguments}", markup=False)
        out.print(f"      {what}", style="dim")
    out.print(f"  {snapshot}  the snapshot: open it with any DuckDB client")
    out.print(f"  {docs}  Great Expectations' Data Docs")
