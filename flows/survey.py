"""Whether the declared portals still are as declared: told before a season is lost to a list that moved."""

import logging

from prefect import State, flow
from prefect.artifacts import create_markdown_artifact

from flows.reporting.digest import survey_digest
from flows.reporting.notifications import NOTIFYING, send
from flows.reporting.summary import RunSummary
from flows.running.parameters import SourceName
from flows.running.run import conclude, on_record
from flows.running.sources import choose_sources
from tasks.calendar import season_year, today
from tasks.problems import Stage
from tasks.runs.metrics import measure, record_work
from tasks.settings import Settings
from tasks.survey.standing import Standing, examine_all
from warehouse.loading.runs import RunCounts

_logger = logging.getLogger("gouji.survey")


@flow(name="survey", persist_result=False, **NOTIFYING)
def survey(sources: list[SourceName] | None = None) -> State[RunSummary]:
    """Look at every portal: its lists, this year's column, its counts, one report; tell what changed and what mends it.

    Args:
        sources: names of the portals to look at; every one if none is named.

    Nothing is changed by itself: `gouji sources update NAME` applies what is proposed.
    """
    settings = Settings()
    year = season_year(today())
    with on_record([year - 1, year]) as run, measure(Stage.DISCOVER) as work:
        standings = list(examine_all(choose_sources(settings.sources, sources), settings))
        work.items = sum(sum(standing.reports) for standing in standings)
        run.add(RunCounts(links=work.items, pages_fetched=sum(standing.requests for standing in standings)))
    record_work([work], run.context)
    create_markdown_artifact(_page(standings), key="survey", description="Whether portals still are as declared")
    _tell([standing for standing in standings if standing.changes], settings)
    return conclude(run)


def _tell(changed: list[Standing], settings: Settings) -> None:
    message = survey_digest(changed, settings.lang)
    addresses = settings.notify.get_secret_value()
    if message and addresses:
        for delivery in send(message, addresses):
            if delivery.reason:
                _logger.warning("the survey was not delivered to %s: %s", delivery.service, delivery.reason)


def _page(standings: list[Standing]) -> str:
    """Every source with its counts, then of each that changed what is told and proposed."""
    lines = ["| source | reports | reports the year before | changes |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {one.name} | {one.reports[0]} | {one.reports[1]} | {len(one.changes)} |" for one in standings]
    for standing in standings:
        if standing.changes:
            lines += ["", f"## {standing.name}", ""]
            lines += [f"- {change.text}" for change in standing.changes]
            lines += ["", "```diff", standing.diff, "```"] if standing.diff else []
    return "\n".join(lines)
