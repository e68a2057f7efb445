"""Whether the declared portals still are as declared: told before a season is lost to a list that moved."""

import logging

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.reporting.digest import survey_digest
from flows.reporting.notifications import send
from flows.running.parameters import SourceName
from flows.running.sources import choose_sources
from tasks.settings import Settings
from tasks.survey.standing import Standing, examine

_logger = logging.getLogger("gouji.survey")


@flow(name="survey", persist_result=False)
def survey(sources: list[SourceName] | None = None) -> int:
    """Look at every portal: its lists, this year's column, its counts, one report; tell what changed and what mends it.

    Args:
        sources: names of the portals to look at; every one if none is named.

    Nothing is changed by itself: `gouji sources update NAME` applies what is proposed. Returns how many changed.
    """
    settings = Settings()
    standings = [examine(source, settings) for source in choose_sources(settings.sources, sources)]
    changed = [standing for standing in standings if standing.changes]
    create_markdown_artifact(_page(standings), key="survey", description="Whether portals still are as declared")
    message = survey_digest(changed, settings.lang)
    addresses = settings.notify.get_secret_value()
    if message and addresses:
        for delivery in send(message, addresses):
            if delivery.reason:
                _logger.warning("the survey was not delivered to %s: %s", delivery.service, delivery.reason)
    return len(changed)


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
