import json
import logging
from collections.abc import Iterator

import pytest

from tasks.runs.logs import hide_passwords, json_lines
from warehouse.errors import StoreError

LOGGER = logging.getLogger("gouji.problems")


def test_every_line_is_json_with_its_place(tmp_path):
    with json_lines(tmp_path / "logs" / "gouji.jsonl", "run-1"):
        LOGGER.info("%s: 无应答", "unreachable", extra={"source": "wenzhou", "stage": "fetch", "item": "http://a/1"})
        LOGGER.warning("two\nlines")
    LOGGER.warning("after the run")
    first, second = [json.loads(line) for line in (tmp_path / "logs" / "gouji.jsonl").read_text("utf-8").splitlines()]
    assert {first[name] for name in ("run", "source", "stage", "item")} == {"run-1", "wenzhou", "fetch", "http://a/1"}
    assert first["message"] == "unreachable: 无应答"
    assert (second["level"], second["message"]) == ("warning", "two\nlines")


def test_the_last_line_says_what_a_run_ended_by(tmp_path):
    with pytest.raises(OSError, match="full"), json_lines(tmp_path / "gouji.jsonl", "run-1"):
        raise OSError("the disk is full")
    (line,) = [json.loads(line) for line in (tmp_path / "gouji.jsonl").read_text("utf-8").splitlines()]
    assert (line["level"], line["message"]) == ("error", "OSError: the disk is full")
    assert "test_logs.py" in line["exception"]


def test_a_file_that_cannot_be_written_is_one_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    for _ in range(2):
        with caplog.at_level(logging.WARNING), json_lines(tmp_path / "file" / "gouji.jsonl", "run-1"):
            LOGGER.warning("goes on")
    assert caplog.text.count("GOUJI_LOG") == 1
    assert caplog.text.count("goes on") == 2


@pytest.fixture
def usual_records() -> Iterator[None]:
    usual = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(usual)


def test_no_password_stands_in_any_line_whoever_logs_it(tmp_path, caplog, usual_records):
    dsn = "host=catalogue user=gouji password=geheim"
    hide_passwords()

    def fail() -> None:
        try:
            raise OSError(f'unable to connect at "{dsn}"')
        except OSError as error:
            logging.getLogger("prefect.engine").exception("failed")
            raise StoreError("the lake cannot be reached") from error

    LOGGER.warning("cannot reach %s", dsn)
    logging.getLogger("prefect.flow_runs").error("postgresql://gouji:geheim@catalogue/lake does not answer")
    with pytest.raises(StoreError), json_lines(tmp_path / "gouji.jsonl", "run-1"):
        fail()
    assert "geheim" not in caplog.text
    written = (tmp_path / "gouji.jsonl").read_text("utf-8")
    assert "geheim" not in written
    assert "unable to connect" in written
