"""Running a flow here and now, and telling what it did."""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from flows.command_line.output import console, print_json, print_table

if TYPE_CHECKING:
    from flows.reporting.summary import RunSummary
    from tasks.settings import Settings

_WORST_SHOWN = 3


def run_flow(name: str, **parameters: Any) -> Any:
    """Run the flow of a name with bars instead of logs; return its result or raise what it raised.

    Years and sources are checked before Prefect is started, for an answer at once.
    """
    from flows.running.sources import choose_sources
    from flows.running.years import parse_years
    from tasks.runs.home import LEAST_FREE_BYTES, check_home
    from tasks.settings import Settings

    settings = Settings()
    if parameters.get("years") is not None:
        parse_years(parameters["years"])
    if "sources" in parameters:
        choose_sources(settings.sources, parameters["sources"])
    check_home(settings.home, least_free=0 if name == "housekeeping" else LEAST_FREE_BYTES)
    settle_prefect(settings)
    from flows.operating.server import prefect_server
    from flows.running.progress import progress_bars

    flow = getattr(import_module(f"flows.{name}"), name)
    with prefect_server(settings.home / "prefect-server.log"), progress_bars():
        result = flow(**parameters, return_state=True).result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    return result


def tell(summary: "RunSummary", lang: str, as_json: bool) -> int:
    """Print a run's summary, for people or for programs; return the exit code that it deserves."""
    if as_json:
        from dataclasses import asdict

        print_json(asdict(summary))
    else:
        print_summary(summary, lang)
    return 1 if summary.problems else 0


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
        for worst in summary.worst[:_WORST_SHOWN]:
            sentence = escape(getattr(worst, f"sentence_{lang}"))
            out.print(f"  [bold]{escape(worst.organ)} {worst.year}[/] {worst.rule_id}: {sentence}")


def settle_prefect(settings: "Settings") -> None:
    """Give Prefect what an in-process run needs, before it is imported; whatever the operator has set stays."""
    database = (settings.home / "prefect.db").resolve()
    for name, value in {
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "gouji",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }.items():
        os.environ.setdefault(name, value)
