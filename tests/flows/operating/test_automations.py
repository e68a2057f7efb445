"""What the server watches for by itself, on a real one, with a real receiver."""

from datetime import timedelta
from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.events import emit_event
from prefect.events.related import tags_as_related_resources
from prefect.states import Pending, Running, Scheduled

from flows.operating.automations import create_automations
from tests.flows.servers import wait_until
from tests.receiver import receiving

SOON = timedelta(seconds=10)
"""The shortest time that Prefect can wait for what does not happen."""


@flow
def watched() -> None:
    pass


def emit(event: str, run: FlowRun) -> None:
    emit_event(
        f"prefect.flow-run.{event}",
        resource={"prefect.resource.id": f"prefect.flow-run.{run.id}", "prefect.resource.name": run.name},
        related=tags_as_related_resources(set(run.tags)),
    )


@pytest.fixture
def client(prefect_server):
    with get_client(sync_client=True) as client:
        yield client


@pytest.mark.long
def test_silent_runs_are_crashed_and_late_ones_told_of_and_others_left_alone(client):
    def state_of(run_id: UUID) -> str:
        return str(client.read_flow_run(run_id).state_type.value)

    with receiving() as receiver:
        for lang in ("en", "zh"):
            made = create_automations(receiver.address, lang, silence=SOON, lateness=SOON)
        known = [each for automation in made for each in client.read_automations_by_name(automation.name)]
        silent, foreign, late, pending = (
            client.create_flow_run(watched, name=name, tags=[tag], state=state)
            for name, tag, state in (
                ("silent", "gouji", Running()),
                ("foreign", "other", Running()),
                ("late", "gouji", Scheduled()),
                ("pending", "gouji", Pending()),
            )
        )
        for run in (silent, foreign):
            emit("heartbeat", run)
        emit("Late", late)
        emit("Pending", pending)
        wait_until(lambda: len(receiver.messages) == 3)
        wait_until(lambda: state_of(silent.id) == state_of(pending.id) == "CRASHED")
        titles = {message["title"] for message in receiver.messages}
        states = [state_of(run.id) for run in (silent, foreign, late, pending)]
        create_automations("", "zh")
    left = [each for automation in made for each in client.read_automations_by_name(automation.name)]
    for automation in left:
        client.delete_automation(automation.id)
    assert len(known) == len(made) == 3, "made twice, there once"
    assert titles == {"勾稽 silent：运行中断", "勾稽 late：没有开始", "勾稽 pending：未能启动"}
    assert states == ["CRASHED", "RUNNING", "SCHEDULED", "CRASHED"]
    assert [automation.name for automation in left] == [made[0].name, made[2].name], (
        "without an address there is nobody to tell of late runs"
    )
