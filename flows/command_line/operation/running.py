"""Running a flow here and now, and telling what it did."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from flows.command_line.output import console, print_json, print_table
from flows.reporting.words import SEVERITIES
from tasks.calendar import CHINA

if TYPE_CHECKING:
    from flows.reporting.summary import Correction, RunSummary, WorstFinding
    from tasks.settings import Settings

_WORST_SHOWN = 3
_SERVER_LOG = "prefect-server.log"


def run_flow(name: str, **parameters: Any) -> Any:
    """Run the flow of a name with bars instead of logs; return its result or raise what it raised.

    Years and sources are checked before Prefect is started, for an answer at once.
    """
    from flows.running.sources import choose_sources
    from flows.running.years import parse_years
    from tasks.runs.home import LEAST_FREE_BYTES
    from tasks.settings import Settings

    settings = Settings()
    if parameters.get("years") is not None:
        parse_years(parameters["years"])
    if "sources" in parameters:
        choose_sources(settings.sources, parameters["sources"])
    start_prefect(settings, least_free=0 if name == "housekeeping" else LEAST_FREE_BYTES)
    from flows.operating.server import prefect_server
    from flows.running.progress import progress_bars

    flow = getattr(import_module(f"flows.{name}"), name)
    with prefect_server(settings.home / _SERVER_LOG), progress_bars():
        result = flow(**parameters, return_state=True).result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    return result


def start_prefect(settings: "Settings", least_free: int) -> None:
    """Let the Prefect server that flows will report to start beside whatever comes next, if the home can be used."""
    from tasks.runs.home import check_home

    check_home(settings.home, least_free)
    settle_prefect(settings)
    from flows.operating.server import launch

    launch(settings.home / _SERVER_LOG)


def tell(summary: "RunSummary", lang: str, as_json: bool) -> int:
    """Print a run's summary, for people or for programs; return the exit code that it deserves."""
    if as_json:
        print_json(asdict(summary))
    else:
        print_summary(summary, lang)
    return 1 if summary.problems else 0


_WORDS = {
    "zh": {
        "held": "现有 {organs} 个机关的报告 {reports} 份，{cells} 格；本次列出 {links} 份，抓取 {fetched} 页，"
        "未变 {unchanged} 页，新版本 {new} 份。",
        "unchanged": "自 {since} 公布的快照以来没有变化，未另行公布。",
        "rules": "规则 级别 名称 发现",
        "findings": "各规则的发现",
        "stages": "阶段 代码 数量 例如",
        "problems": "各类问题",
        "worst": "最应先看的发现",
        "corrections": "悄然更正（gouji revisions）",
        "coverage": "{source} {year}：已公布 {published}（其中逾期 {late}），未能读取 {unreadable}，"
        "未见 {missing}（gouji coverage）",
    },
    "en": {
        "held": "{reports} reports of {organs} organs, {cells} cells; this run: {links} listed, {fetched} fetched, "
        "{unchanged} unchanged, {new} new report versions.",
        "unchanged": "Nothing has changed since the snapshot of {since}; none was published.",
        "rules": "rule severity title findings",
        "findings": "Findings by rule",
        "stages": "stage code items example",
        "problems": "Problems by code",
        "worst": "Most important findings",
        "corrections": "Silent corrections (gouji revisions)",
        "coverage": "{source} {year}: {published} published ({late} late), {unreadable} unreadable, {missing} missing "
        "(gouji coverage)",
    },
}


def print_summary(summary: "RunSummary", lang: str) -> None:
    """Print what a run did and what stands now for its years."""
    words, counts, out = _WORDS[lang], summary.counts, console()
    out.print(
        words["held"].format(
            organs=summary.organs,
            reports=f"[bold]{summary.reports}[/]",
            cells=f"[bold]{summary.cells}[/]",
            links=counts.links,
            fetched=counts.pages_fetched,
            unchanged=counts.pages_unchanged,
            new=counts.reports_new,
        )
    )
    if summary.unchanged_since is not None:
        out.print(
            words["unchanged"].format(since=f"{summary.unchanged_since.astimezone(CHINA):%F %T}"), highlight=False
        )
    for covered in summary.coverage:
        if covered.missing or covered.unreadable:
            out.print(words["coverage"].format(**asdict(covered)), markup=False)
    if summary.rules:
        print_table(
            words["rules"].split(),
            [
                (rule.rule_id, SEVERITIES[lang][rule.severity], getattr(rule, f"title_{lang}"), rule.failed)
                for rule in summary.rules
            ],
            title=words["findings"],
        )
    if summary.problems:
        print_table(
            words["stages"].split(),
            [(problem.stage, problem.code, problem.items, problem.example) for problem in summary.problems],
            title=words["problems"],
        )
    _print_sentences(words["worst"], summary.worst, lang)
    _print_sentences(words["corrections"], summary.corrections, lang)


def _print_sentences(title: str, told: "Sequence[WorstFinding | Correction]", lang: str) -> None:
    out = console()
    if told:
        out.print(title)
    for each in told[:_WORST_SHOWN]:
        rule = f" {each.rule_id}" if hasattr(each, "rule_id") else ""
        out.print(f"  [bold]{escape(each.organ)} {each.year}[/]{rule}: {escape(getattr(each, f'sentence_{lang}'))}")


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
