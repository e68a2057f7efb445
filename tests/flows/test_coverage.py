"""Who should have published, and sources that list too little."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from prefect.states import State

from flows.backfill import backfill
from tasks.calendar import is_over
from tests.flows.content import write_source
from tests.receiver import receiving
from warehouse.snapshots.query import rows


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
