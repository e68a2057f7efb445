"""Operators are told, through a real receiver, when and only when a run needs a person."""

import logging
from collections.abc import Callable, Iterator
from uuid import uuid4
from warnings import catch_warnings

import pytest
from prefect import State, flow
from prefect.client.schemas.objects import FlowRun
from prefect.states import Completed, Failed

from flows.reporting.digest import digest
from flows.reporting.notifications import masked, notify_of_run
from flows.reporting.summary import ProblemCount
from tests.flows.reporting.summaries import BELOW, NEW, OF_THE_FUTURE, UNREACHABLE, summary
from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> Callable[[State], None]:
    """Let Prefect's hook see a run that ended in a state, with notifications on."""
    monkeypatch.setenv("GOUJI_NOTIFY", receiver.address)
    return lambda state: notify_of_run(quiet, FlowRun(flow_id=uuid4(), name="backfill-2023"), state)


@flow(on_failure=[notify_of_run], persist_result=False)
def failing() -> None:
    raise RuntimeError("the disk is full")


@flow(persist_result=False)
def quiet() -> None:
    failing(return_state=True)


def test_a_failed_run_is_told_once_with_its_reason_and_what_to_do(receiver, monkeypatch):
    monkeypatch.setenv("GOUJI_NOTIFY", receiver.address)
    failing(return_state=True)
    (message,) = receiver.messages
    assert "运行失败" in message["title"]
    assert "the disk is full" in message["message"]
    assert "再次运行" in message["message"]
    assert message["type"] == "failure"
    quiet()
    assert len(receiver.messages) == 1, "the outermost run speaks for those inside"


def test_a_source_below_its_floor_is_told_in_the_language_of_choice(ended, receiver, monkeypatch):
    monkeypatch.setenv("GOUJI_LANG", "en")
    ended(Failed(message="88 reports", data=summary(problems=(UNREACHABLE, BELOW))))
    (message,) = receiver.messages
    assert message["title"].endswith("a source lists too few reports")
    lines = message["message"].splitlines()
    assert lines[1].startswith("• below_floor × 1")
    assert "lower the floor in the source file" in lines[1]


def test_new_critical_findings_are_told_with_their_sentences(ended, receiver):
    ended(Completed(data=summary(new=(NEW,) * 10, new_critical=4000)))
    (message,) = receiver.messages
    assert "新发现 4000 处严重勾稽问题" in message["title"]
    assert message["message"].count("新收 3 加结转 1，不等于 5") == 3
    assert message["type"] == "warning"


def test_a_run_that_needs_nobody_says_nothing(ended, receiver):
    ended(Completed(data=summary(problems=(UNREACHABLE,))))
    assert receiver.messages == []


def test_what_is_not_delivered_is_a_warning_without_secrets_and_keeps_nothing_from_the_others(
    ended, receiver, monkeypatch, caplog
):
    refusing, down, unknown = receiver.address, "json://127.0.0.1:9/hook/secret-token", "nosuch://secret-token"
    receiver.status = 503
    monkeypatch.setenv("GOUJI_NOTIFY", f"{unknown} {down}, {refusing}")
    with caplog.at_level(logging.INFO), catch_warnings(action="error"):
        ended(Failed(message="the disk is full"))
    warnings = [record for record in caplog.records if record.name == "gouji.notifications"]
    assert [record.levelname for record in warnings] == ["WARNING"] * 3
    assert "503" in warnings[2].getMessage()
    assert len(receiver.messages) == 1
    assert "secret-token" not in caplog.text


def test_secrets_are_masked_wherever_they_stand():
    text = "POST https://u5er:passw0rd@example.org/hook/abcdef?key=0123456 failed"
    clean = masked(text, "jsons://u5er:passw0rd@example.org/hook/abcdef?key=0123456")
    assert not [secret for secret in ("passw0rd", "abcdef", "0123456") if secret in clean]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_digest_fits_the_narrowest_service(lang):
    many = tuple(ProblemCount("extract", code, 1, "") for code in ("table_missing", "copies_differ", "columns_unclear"))
    worst = summary(new=(NEW,) * 10, new_critical=10, problems=(BELOW, *many, UNREACHABLE))
    page = "https://prefect.example.org/runs/flow-run/" + "0" * 36
    for summary_of, reason in ((worst, None), (None, "磁盘已满" * 900)):
        message = digest("backfill-2019-2024", summary_of, reason, lang, page)
        assert message is not None
        assert len((message.title + message.body).encode()) <= 2048
        assert message.body.endswith(page)
        assert reason is None or "磁盘已满" in message.body


def test_a_code_of_another_version_keeps_no_digest_back():
    message = digest("backfill-2023", summary(problems=(BELOW, OF_THE_FUTURE)), None, "en")
    assert message is not None
    assert "• of_the_future × 3: " in message.body
