"""``gouji backfill``: the backfill flow, in process."""

import os
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from flows.command_line.output import console, json_option, language_option, print_json, print_table

if TYPE_CHECKING:
    from flows.summary import RunSummary
    from tasks.settings import Settings


@click.command(
    epilog="""\b
Examples:
  gouji backfill 2023
  gouji backfill 2019-2024 --source wenzhou
"""
)
@click.argument("years", metavar="YEAR")
@click.option("--source", "sources", multiple=True, help="Portal to ask; may be repeated; every one if left out.")
@click.option("--force", is_flag=True, help="Fetch pages anew that were fetched a short while ago.")
@language_option
@json_option
def backfill(years: str, sources: tuple[str, ...], force: bool, lang: str, as_json: bool) -> int:
    """Fetch, read, load, audit and publish the reports of YEAR: 2023, 2019-2024 or 2019,2022.

    Run it again to go on where an earlier run stopped. Exit code 1 if there were problems: see `gouji problems`.
    """
    summary = run_backfill(years, sources, force=force)
    if as_json:
        from dataclasses import asdict

        print_json(asdict(summary))
    else:
        print_summary(summary, lang)
    return 1 if summary.problems else 0


def run_backfill(years: str, sources: tuple[str, ...] = (), *, force: bool = False) -> "RunSummary":
    """Run the backfill flow here and now, with bars instead of logs; return its summary."""
    from flows.sources import choose_sources
    from flows.years import parse_years
    from tasks.home import check_home
    from tasks.settings import Settings

    settings = Settings()
    parse_years(years)
    check_home(settings.home)
    choose_sources(settings.sources, sources)
    _settle_prefect(settings)
    from flows.backfill import backfill as backfill_flow
    from flows.progress import progress_bars

    with progress_bars():
        state = backfill_flow(years, list(sources) or None, force, return_state=True)
        summary = state.result(raise_on_failure=False)
    if isinstance(summary, Exception):
        raise summary
    return summary


def print_summary(summary: "RunSummary", lang: str) -> None:
    """Print what a run did and what stands now for its years."""
    counts, out = summary.counts, console()
    out.print(
        f"[bold]{summary.reports}[/] reports of {summary.organs} organs, [bold]{summary.cells}[/] cells; this run: "
        f"{counts.links} listed, {counts.pages_fetched} fetched, {counts.pages_unchanged} unchanged, "
        f"{counts.reports_new} new report versions."
    )
    if summary.rules:
        print_table(
            ("rule", "severity", "title", "findings"),
            [(rule.rule_id, rule.severity, getattr(rule, f"title_{lang}"), rule.failed) for rule in summary.rules],
            title="Findings by rule",
        )
    if summary.problems:
        print_table(
            ("stage", "code", "items", "for example"),
            [(problem.stage, problem.code, problem.items, problem.example) for problem in summary.problems],
            title="Problems by code",
        )
    if summary.worst:
        out.print("Most important findings")
        for worst in summary.worst:
            sentence = escape(getattr(worst, f"sentence_{lang}"))
            out.print(f"  [bold]{escape(worst.organ)} {worst.year}[/] {worst.rule_id}: {sentence}")


def _settle_prefect(settings: "Settings") -> None:
    """Give Prefect what an in-process run needs, before it is imported; whatever the operator has set stays."""
    database = (settings.home / "prefect.db").resolve()
    for name, value in {
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "gouji",
    }.items():
        os.environ.setdefault(name, value)
