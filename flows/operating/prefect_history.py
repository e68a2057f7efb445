"""What Prefect's own database keeps of flow runs."""

from datetime import datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterEndTime,
)

from tasks.keeping.housekeeping import Removed

FLOWS = ("backfill", "refresh", "collect", "reextract", "reread", "revalidate", "publish", "survey", "housekeeping")
_AT_ONCE = 200


def forget_flow_runs(before: datetime) -> Removed:
    """Remove Gouji's flow runs that ended before a moment from Prefect's database: task runs, logs and artifacts too.

    Prefect's own vacuum would remove everybody's runs of a server that is shared, and runs in no temporary one.
    """
    flows = FlowFilter(name=FlowFilterName(any_=list(FLOWS)))
    ended = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=before))
    count = 0
    with get_client(sync_client=True) as client:
        while runs := client.read_flow_runs(flow_filter=flows, flow_run_filter=ended, limit=_AT_ONCE):
            of_runs = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id for run in runs]))
            while artifacts := client.read_artifacts(artifact_filter=of_runs, limit=_AT_ONCE):
                for artifact in artifacts:
                    client.delete_artifact(artifact.id)
            for run in runs:
                client.delete_flow_run(run.id)
            count += len(runs)
    return Removed("Prefect flow runs", count)
