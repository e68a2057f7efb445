"""Every deployment served from this process, without a work pool."""

from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module

from prefect import serve as serve_deployments
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.operating.deployments import ONE_AT_A_TIME, TAG, TIMEZONE, Deployment

_AT_ONCE = 200


def serve(declared: tuple[Deployment, ...], runs_at_once: int) -> None:
    """Serve deployments until the process is told to stop; their schedules are paused from then on."""
    served = [_served(deployment) for deployment in declared]
    # Prefect's runner answers SIGTERM by exiting; here there is a server to stop first.
    with suppress(SystemExit):
        serve_deployments(*served, limit=runs_at_once, print_starting_message=False)


def surplus(declared: Iterable[Deployment]) -> list[str]:
    """Name the deployments on the server that are Gouji's and that no declaration and no source has any more.

    They go on firing, and fail, until somebody deletes them. That is a person's to do, for whoever serves other sources
    on the same server has declared them.
    """
    kept = {f"{deployment.flow}/{deployment.name}" for deployment in declared}
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    with get_client(sync_client=True) as client:
        found: list[DeploymentResponse] = []
        while page := client.read_deployments(deployment_filter=ours, limit=_AT_ONCE, offset=len(found)):
            found += page
        names = {f"{client.read_flow(deployment.flow_id).name}/{deployment.name}" for deployment in found}
    return sorted(names - kept)


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
