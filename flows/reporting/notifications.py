"""Telling operators: through Apprise, to WeCom, DingTalk, Feishu, Slack, e-mail, a webhook or all of them.

A message that cannot be delivered is a warning in the log. It never fails a run, and no address is ever logged.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

import apprise
from apprise.utils.parse import parse_urls
from prefect import Flow, State
from prefect.client.schemas.objects import FlowRun
from prefect.utilities.urls import url_for

from flows.reporting.digest import Digest, Language, digest
from flows.reporting.links import explorer
from flows.reporting.summary import RunSummary
from tasks.runs.context import RunContext
from tasks.runs.logs import log_of_run
from tasks.settings import Settings

_logger = logging.getLogger("gouji.notifications")

_SECRET_LENGTH = 6
_UNKNOWN = "Apprise knows no such address: see `gouji notify --help`"


@dataclass(frozen=True)
class Delivery:
    """What became of one message at one service. ``reason`` is empty if it was delivered."""

    service: str
    reason: str


def services(addresses: str) -> list[str]:
    """Name the services of some addresses, without the addresses."""
    return [_name(plugin, scheme) for plugin, scheme in _plugins(addresses)]


def send(message: Digest, addresses: str) -> list[Delivery]:
    """Send a message to every address, several being separated by spaces or commas."""
    kind = apprise.NotifyType.FAILURE if message.urgent else apprise.NotifyType.WARNING
    deliveries = []
    for plugin, scheme in _plugins(addresses):
        with _captured() as log:
            delivered = plugin and plugin.notify(body=message.body, title=message.title, notify_type=kind)
            reason = " ".join(log.getvalue().split()) or "no reason given"
        if delivered:
            reason = ""
        elif plugin is None:
            reason = _UNKNOWN
        deliveries.append(Delivery(_name(plugin, scheme), masked(reason, addresses)))
    return deliveries


def notify_of_run(flow: Flow[..., object], flow_run: FlowRun, state: State[object]) -> None:
    """Prefect's hook at the end of a flow run: send its digest, if there is anything to say.

    Runs inside other runs say nothing: the outermost one speaks for them.
    """
    settings = Settings()
    addresses = settings.notify.get_secret_value()
    if not addresses or flow_run.parent_task_run_id is not None:
        return
    with log_of_run(RunContext(str(flow_run.id), settings)):
        _notify(flow_run, state, addresses, settings.lang)


def _notify(flow_run: FlowRun, state: State[object], addresses: str, lang: Language) -> None:
    of_run = {"flow_run_id": str(flow_run.id)}
    try:
        message = digest(flow_run.name, _summary(state), _failure(state), lang, url_for(flow_run), explorer())
        if message is None:
            return
        undelivered = [delivery for delivery in send(message, addresses) if delivery.reason]
    except Exception as error:
        reason = masked(" ".join(str(error).split()), addresses)
        kind = type(error).__name__
        _logger.warning("no notification of %s was sent: %s: %s", flow_run.name, kind, reason, extra=of_run)
        return
    for delivery in undelivered:
        _logger.warning(
            "the notification of %s was not delivered to %s: %s; try `gouji notify --test`",
            flow_run.name,
            delivery.service,
            delivery.reason,
            extra=of_run,
        )


def masked(text: str, addresses: str) -> str:
    """Replace whatever of the addresses may be a secret."""
    for part in sorted(re.split(r"[\s,:/@?&=#]+", addresses), key=len, reverse=True):
        if len(part) >= _SECRET_LENGTH:
            text = text.replace(part, "***")
    return text


def _plugins(addresses: str) -> list[tuple[apprise.NotifyBase | None, str]]:
    """Return Apprise's service of every address, if it knows one, and the address's scheme."""
    with _captured():
        return [
            (apprise.Apprise.instantiate(address), address.partition("://")[0] if "://" in address else "")
            for address in parse_urls(addresses)  # type: ignore[no-untyped-call]
        ]


def _name(plugin: apprise.NotifyBase | None, scheme: str) -> str:
    return str(plugin.service_name) if plugin else f"unknown service {scheme}://…"


@contextmanager
def _captured() -> Iterator[StringIO]:
    """Keep what Apprise logs from every other log: it may hold an address."""
    logger = logging.getLogger(apprise.LOGGER_NAME)
    propagates, logger.propagate = logger.propagate, False
    try:
        with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
            yield log
    finally:
        logger.propagate = propagates


def _summary(state: State[object]) -> RunSummary | None:
    result = state.result(raise_on_failure=False) if state.data is not None else None
    return result if isinstance(result, RunSummary) else None


def _failure(state: State[object]) -> str | None:
    """Why a run did not end well, in one line."""
    if not (state.is_failed() or state.is_crashed()):
        return None
    return " ".join((state.message or state.name or "").split())


NOTIFYING: dict[str, Any] = {name: [notify_of_run] for name in ("on_completion", "on_failure", "on_crashed")}
"""How a flow is declared that tells operators of its end."""
