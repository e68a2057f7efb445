"""What Prefect's server watches for by itself: runs that fall silent, that nobody starts, or that do not begin.

A run that fails, or whose process dies under a worker, tells of itself (:mod:`flows.reporting.notifications`). These
are for what no process is left to tell of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

from prefect.automations import Automation
from prefect.blocks.notifications import SlackWebhook
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.settings import get_current_settings

from flows.operating.deployments import TAG
from flows.reporting.digest import Language

BLOCK = "gouji-notify"
"""The block that holds GOUJI_NOTIFY, encrypted, on the server."""

_ENDED = tuple(f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed"))
_BEATS_MISSED = 3


@dataclass(frozen=True)
class _Watch:
    """One automation: it fires where none of ``expected`` follows ``after`` within a time.

    With a ``reason``, the run is marked as crashed for it.
    """

    name: str
    after: str
    expected: tuple[str, ...]
    within: timedelta
    reason: str | None
    subject: dict[Language, str]
    body: dict[Language, str]


def default_silence() -> timedelta:
    """How long a run may be silent: some of the heartbeats that it is set to send."""
    return timedelta(seconds=_BEATS_MISSED * (get_current_settings().flows.heartbeat_frequency or 180))


def create_automations(
    addresses: str, lang: Language, *, silence: timedelta | None = None, lateness: timedelta = timedelta(minutes=15)
) -> Sequence[Automation]:
    """Create Gouji's automations on the server, or bring them up to date, and return them.

    ``silence`` is how long a run may go without a heartbeat before it counts as crashed, ``lateness`` how long it may
    wait for a worker, and a worker for it to begin. Without ``addresses`` nobody is told: silent runs, and those that
    do not begin, are marked all the same.
    """
    block_id = None
    if addresses:
        # Of the blocks that every server knows, this one hands any address to Apprise.
        block_id = cast(UUID, SlackWebhook(url=addresses).save(BLOCK, overwrite=True))
    wanted = [_automation(watch, block_id, lang) for watch in _watches(silence or default_silence(), lateness)]
    with get_client(sync_client=True) as client:
        for automation in wanted:
            known = client.read_automations_by_name(automation.name)
            for surplus in known if not automation.actions else known[1:]:
                client.delete_automation(surplus.id)
            if automation.actions and known:
                automation.id = known[0].id
                automation.update()
            elif automation.actions:
                automation.create()
    return [automation for automation in wanted if automation.actions]


def _watches(silence: timedelta, lateness: timedelta) -> tuple[_Watch, ...]:
    heartbeat = "prefect.flow-run.heartbeat"
    return (
        _Watch(
            name="gouji: a silent run is crashed",
            after=heartbeat,
            expected=(heartbeat, *_ENDED),
            within=silence,
            reason="no heartbeat came: its process is gone",
            subject={
                "zh": "勾稽 {{ flow_run.name }}：运行中断",
                "en": "Gouji {{ flow_run.name }}: the run fell silent",
            },
            body={
                "zh": "进程已无声息，已标记为 Crashed。核对服务器与 worker，再次运行即可：已完成的不会重做。\n"
                "{{ flow_run|ui_url }}",
                "en": "Its process is gone; it is marked as crashed. Look at the server and the worker, then run "
                "again: what is done is not done again.\n{{ flow_run|ui_url }}",
            },
        ),
        _Watch(
            name="gouji: a late run is told",
            after="prefect.flow-run.Late",
            expected=("prefect.flow-run.Pending", "prefect.flow-run.Running", *_ENDED),
            within=lateness,
            reason=None,
            subject={"zh": "勾稽 {{ flow_run.name }}：没有开始", "en": "Gouji {{ flow_run.name }}: nobody starts it"},
            body={
                "zh": "已过计划时间而无 worker 领取：核对 worker 是否在运行（systemctl status gouji-worker）。\n"
                "{{ flow_run|ui_url }}",
                "en": "It is due and no worker takes it: see whether the worker runs (systemctl status gouji-worker).\n"
                "{{ flow_run|ui_url }}",
            },
        ),
        _Watch(
            name="gouji: a run left pending is told",
            after="prefect.flow-run.Pending",
            expected=("prefect.flow-run.Running", "prefect.flow-run.AwaitingConcurrencySlot", *_ENDED),
            within=lateness,
            reason="its worker did not begin it",
            subject={"zh": "勾稽 {{ flow_run.name }}：未能启动", "en": "Gouji {{ flow_run.name }}: it does not begin"},
            body={
                "zh": "worker 已领取而未开始，已标记为 Crashed：查看其日志（journalctl -u gouji-worker），再次运行。\n"
                "{{ flow_run|ui_url }}",
                "en": "A worker took it, and it never began; it is marked as crashed: look at the worker's log "
                "(journalctl -u gouji-worker) and run it again.\n{{ flow_run|ui_url }}",
            },
        ),
    )


def _automation(watch: _Watch, block_id: UUID | None, lang: Language) -> Automation:
    actions: list[ActionTypes] = []
    if watch.reason:
        actions.append(ChangeFlowRunState(state=StateType.CRASHED, message=watch.reason))
    if block_id:
        actions.append(SendNotification(block_document_id=block_id, subject=watch.subject[lang], body=watch.body[lang]))
    return Automation(
        name=watch.name,
        description=watch.body["en"].partition("\n")[0],
        trigger=EventTrigger(
            after={watch.after},
            expect=set(watch.expected),
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related={"prefect.resource.role": "tag", "prefect.resource.id": f"prefect.tag.{TAG}"},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=watch.within,
        ),
        actions=actions,
    )
