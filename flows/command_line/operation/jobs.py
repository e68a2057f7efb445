"""The flows as commands: the same as the deployments, run in process."""

from dataclasses import asdict

import click

from flows.command_line.operation.running import run_flow, tell
from flows.command_line.output import json_option, language_option, print_json, print_mappings

_years_option = click.option("--years", help="2023, 2019-2024 or 2019,2022; every year on record if left out.")
_sources_option = click.option(
    "--source", "sources", multiple=True, help="Portal to ask; may be repeated; every one if left out."
)


@click.command(
    epilog="""\b
Examples:
  gouji backfill 2023
  gouji backfill 2019-2024 --source wenzhou
"""
)
@click.argument("years", metavar="YEAR")
@_sources_option
@click.option("--force", is_flag=True, help="Fetch and read anew what was fetched a short while ago or read before.")
@language_option
@json_option
def backfill(years: str, sources: tuple[str, ...], force: bool, lang: str, as_json: bool) -> int:
    """Fetch, read, load, audit and publish some years.

    YEAR is 2023, 2019-2024 or 2019,2022. Run it again to go on where an earlier run stopped. Exit code 1 if there
    were problems: see `gouji problems`.
    """
    return tell(run_flow("backfill", years=years, sources=list(sources) or None, force=force), lang, as_json)


@click.command(
    epilog="""\b
Examples:
  gouji refresh
  gouji refresh --source wenzhou --json
"""
)
@_sources_option
@language_option
@json_option
def refresh(sources: tuple[str, ...], lang: str, as_json: bool) -> int:
    """Bring in what is new or changed of the year now due.

    In 2024 these are the reports for 2023. Pages are asked for on condition that they changed. Exit code 1 if there
    were problems.
    """
    return tell(run_flow("refresh", sources=list(sources) or None), lang, as_json)


@click.command(
    epilog="""\b
Examples:
  gouji reextract
  gouji reextract --years 2019-2020 --source wenzhou
  gouji reextract --everything
"""
)
@_years_option
@_sources_option
@click.option("--everything", is_flag=True, help="Read also what today's extractor has read already.")
@language_option
@json_option
def reextract(years: str | None, sources: tuple[str, ...], everything: bool, lang: str, as_json: bool) -> int:
    """Read the archive again, after an upgrade.

    No portal is asked. What today's extractor reads in a page replaces what an earlier extractor read there. Exit
    code 1 if there were problems.
    """
    summary = run_flow("reextract", years=years, sources=list(sources) or None, everything=everything)
    return tell(summary, lang, as_json)


@click.command(
    epilog="""\b
Examples:
  gouji revalidate
  gouji revalidate --years 2023 --lang en
"""
)
@_years_option
@language_option
@json_option
def revalidate(years: str | None, lang: str, as_json: bool) -> int:
    """Assess the rules anew, after rules or waivers have changed. Nothing is fetched or read."""
    return tell(run_flow("revalidate", years=years), lang, as_json)


@click.command(
    epilog="""\b
Examples:
  gouji publish
"""
)
@language_option
@json_option
def publish(lang: str, as_json: bool) -> int:
    """Publish the warehouse as it stands, as the snapshot."""
    return tell(run_flow("publish"), lang, as_json)


@click.command(
    epilog="""\b
Examples:
  gouji housekeeping
  gouji housekeeping --keep-days 30
"""
)
@click.option("--keep-days", type=click.IntRange(1, 3650), default=90, show_default=True, help="Days to keep.")
@language_option
@json_option
def housekeeping(keep_days: int, lang: str, as_json: bool) -> None:
    """Remove leftovers of killed runs, and what is old.

    After some days list and error pages, request logs and run records. Of a lake, small files are merged too, and
    time travel ends after those days.

    Nothing is removed that a report was read from, nor anything of a run under way.
    """
    removed = [asdict(each) for each in run_flow("housekeeping", keep_days=keep_days)]
    if as_json:
        print_json(removed)
    else:
        print_mappings(removed, lang)
