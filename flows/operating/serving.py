"""Every deployment served from this process, without a work pool."""

from contextlib import suppress
from importlib import import_module

from prefect import serve as serve_deployments
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.operating.deployments import ONE_AT_A_TIME, TIMEZONE, Deployment


def serve(declared: tuple[Deployment, ...], runs_at_once: int) -> None:
    """Serve deployments until the process is told to stop; their schedules are paused from then on."""
    served = [_served(deployment) for deployment in declared]
    # Prefect's runner answers SIGTERM by exiting; here there is a server to stop first.
    with suppress(SystemExit):
        serve_deployments(*served, limit=runs_at_once, print_starting_message=False)


def _served(deployment: Deployment) -> RunnerDeployment:
    flow = getattr(import_module(f"flows.{deployment.flow}"), deployment.flow)
    served: RunnerDeployment = flow.to_deployment(
        deployment.name,
        description=deployment.description,
        tags=list(deployment.tags),
        parameters=dict(deployment.parameters),
        schedules=[_schedule(schedule.slug, schedule.cron, schedule.both) for schedule in deployment.schedules],
        concurrency_limit=ConcurrencyLimitConfig.model_validate(ONE_AT_A_TIME),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return served


def _schedule(slug: str, cron: str, both: bool) -> Schedule:
    return Cron(cron, timezone=TIMEZONE, day_or=not both, slug=slug)
