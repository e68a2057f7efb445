"""Who should have published, and sources that list too little."""

from datetime import date
from itertools import islice
from pathlib import Path

import pytest
import yaml
from prefect.states import State

from flows.backfill import backfill
from samples import sample_reports
from samples.dresses import DRESSES, render
from samples.portals.server import NOT_FOUND, PortalServer, Reply, Request
from tasks.calendar import is_over
from tests.flows.content import only_collect, write_plain_list, write_source
from tests.receiver import receiving
from warehouse.rows import rows_of
from warehouse.snapshots.query import rows
from warehouse.store import writer


@pytest.fixture
def strict_home(small_portal, tmp_path, monkeypatch) -> Path:
    """A home whose source expects one organ more than there is, and a floor that 2024 does not reach."""
    directory = write_source(small_portal, tmp_path / "sources")
    file = directory / "sample.yaml"
    declared = yaml.safe_load(file.read_text(encoding="utf-8"))
    declared["floor"] = {2023: 13, 2024: 14}
    declared["expected"] = [{"organ": "云泽市人民政府"}, {"organ": "云泽市不公开局", "since": 2022}]
    file.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    monkeypatch.setenv("GOUJI_SOURCES", str(directory))
    return tmp_path


def test_a_source_below_its_floor_fails_loudly_and_keeps_what_was_there(strict_home, monkeypatch):
    with receiving() as receiver:
        monkeypatch.setenv("GOUJI_NOTIFY", receiver.address)
        state: State = backfill("2023-2024", return_state=True)
    snapshot = strict_home / "published" / "gouji.duckdb"
    assert state.is_failed()
    assert [row["year"] for row in rows(snapshot, "SELECT DISTINCT year FROM report")] == [2023]
    (problem,) = rows(snapshot, "SELECT code, year, detail FROM problem")
    assert (problem["code"], problem["year"]) == ("below_floor", 2024)
    assert "13 reports are listed, at least 14" in problem["detail"]

    (message,) = receiver.messages
    critical = rows(snapshot, "FROM finding WHERE severity = 'critical' AND waiver IS NULL")
    assert critical
    assert "有来源列出的年报过少" in message["title"]
    assert f"新发现 {len(critical)} 处严重勾稽问题" in message["title"]
    assert "below_floor × 1" in message["message"]
    assert any(finding["sentence_zh"] in message["message"] for finding in critical)

    coverage = {row["organ"]: row for row in rows(snapshot, "FROM coverage WHERE year = 2023")}
    assert coverage["云泽市人民政府"]["status"] in ("published", "late")
    assert coverage["云泽市人民政府"]["evidence"].startswith("http://127.0.0.1")
    assert coverage["云泽市不公开局"]["status"] == "missing"
    assert len(coverage) == 14


LISTED = {f"/art/{number}.html": report for number, report in enumerate(islice(sample_reports(years=[2023]), 3))}
PAGES = {path: Reply(render(report, DRESSES["hanweb"])) for path, report in LISTED.items()}
LIST = Reply("".join(f"<li><a href='{path}'>{report.title}</a>2024-01-21</li>" for path, report in LISTED.items()))
FIRST, *OTHERS = LISTED


@pytest.mark.parametrize(
    ("answers", "statuses"),
    [
        (PAGES | {FIRST: NOT_FOUND}, ["published", "published", "unreadable"]),
        (dict.fromkeys(PAGES, Reply("", 500)), ["unreadable"] * 3),
    ],
)
def test_what_a_source_without_declared_organs_lists_and_does_not_show_is_unreadable(
    tmp_path, monkeypatch, answers, statuses
):
    def reply(request: Request) -> Reply:
        return LIST if request.path == "/list/" else answers.get(request.path, NOT_FOUND)

    with PortalServer(reply) as server:
        monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("GOUJI_SOURCES", str(write_plain_list(server, tmp_path / "sources")))
        only_collect([2023])
    with writer(tmp_path / "home" / "warehouse.duckdb") as connection:
        coverage = rows_of(connection, "FROM main.coverage WHERE year = 2023 ORDER BY status, organ")
    assert [row["status"].replace("late", "published") for row in coverage] == statuses
    assert {row["organ"] for row in coverage} == {report.organ.name for report in LISTED.values()}
    assert {row["basis"] for row in coverage if row["status"] == "unreadable"} == {"listed"}


@pytest.mark.parametrize(
    ("year", "today", "over"),
    [
        (2023, date(2024, 1, 20), False),
        (2023, date(2024, 3, 31), False),
        (2023, date(2024, 4, 1), True),
        (2023, date(2025, 1, 1), True),
    ],
)
def test_a_floor_counts_once_the_last_statutory_date_has_passed(year, today, over):
    assert is_over(year, today) is over
