"""``gouji demo``: everything once, on the sample portal."""

import os
import shutil
import sys
import time

import click

from flows.command_line.operation.running import print_summary, run_flow
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
    from samples.portal import Portal
    from tasks.settings import Settings

    started = time.monotonic()
    settings = Settings()
    with Portal(port=port) as portal:
        click.echo(f"Sample portal at {portal.url}; backfilling {years} from it into {settings.home}/ ...")
        os.environ["GOUJI_SOURCES"] = str(portal.write_source(settings.home / "demo"))
        summary = run_flow("backfill", years=years)
    print_summary(summary, lang)
    out = console()
    out.print()
    out.print(f"Done in {time.monotonic() - started:.0f} s. What to look at next:")
    gouji = "gouji" if shutil.which("gouji") else sys.argv[0]
    for arguments, what in (
        ("findings --severity critical", "every rule a report breaks, in a sentence each"),
        ("query \"SELECT organ, year, total FROM applications WHERE row_code = 'received_new' LIMIT 5\"", "SQL"),
        ("problems", "what could not be fetched or read, and why"),
        ("check FILE", "one report of your own"),
    ):
        out.print(f"  {gouji} {arguments}", markup=False)
        out.print(f"      {what}", style="dim")
    out.print(f"  {settings.published}  the snapshot: open it with any DuckDB client")
    out.print(f"  {summary.docs}  Great Expectations' Data Docs")
    return 0
