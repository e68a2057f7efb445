"""Who should have published, and sources that list too little."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from prefect.states import State

from flows.backfill import backfill
from flows.season import is_over
from samples.portal import Portal
from warehouse.query import rows


@pytest.fixture
def strict_home(tmp_path, monkeypatch) -> Path:
    """A home whose source expects one organ more than there is, and a floor that 2023 does not reach."""
    with Portal(port=0) as portal:
        directory = portal.write_source(tmp_path / "sources")
        file = directory / "sample.yaml"
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
        declared["floor"] = {2022: 90, 2023: 91}
        declared["expected"] = [{"organ": "云泽市民政局"}, {"organ": "云泽市不公开局", "since": 2022}]
        file.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
        monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
        monkeypatch.setenv("GOUJI_SOURCES", str(directory))
        yield tmp_path


def test_a_source_below_its_floor_fails_loudly_and_keeps_what_was_there(strict_home):
    state: State = backfill("2022-2023", return_state=True)
    snapshot = strict_home / "published" / "gouji.duckdb"
    assert state.is_failed()
    assert [row["year"] for row in rows(snapshot, "SELECT DISTINCT year FROM report")] == [2022]
    (problem,) = rows(snapshot, "SELECT code, year, detail FROM problem")
    assert (problem["code"], problem["year"]) == ("below_floor", 2023)
    assert "90 reports are listed, at least 91" in problem["detail"]

    coverage = {row["organ"]: row for row in rows(snapshot, "FROM coverage WHERE year = 2022")}
    assert coverage["云泽市民政局"]["status"] in ("published", "late")
    assert coverage["云泽市民政局"]["evidence"].startswith("http://127.0.0.1")
    assert coverage["云泽市不公开局"]["status"] == "missing"
    assert len(coverage) == 91


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
