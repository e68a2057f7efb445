"""The day is China's, wherever Gouji runs."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest

from flows.running.years import YearsError, parse_years
from tasks.audit.validate import validate_years
from tasks.calendar import is_over, season_year, today
from tasks.runs.context import RunContext
from tasks.settings import Settings
from warehouse.store import writer

NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
"""When 2027 begins in China."""


@pytest.fixture
def far_west(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose day is always the one before China's."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "FAR+16")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[datetime]:
    class Clock(datetime):
        moment = NEW_YEAR

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return cls.moment.astimezone(tz)

    monkeypatch.setattr("tasks.calendar.datetime", Clock)
    return Clock


def test_a_year_begins_when_it_does_in_china(clock):
    assert parse_years("2026-2027") == (2026, 2027)
    assert season_year(today()) == 2026
    clock.moment -= timedelta(seconds=1)
    assert season_year(today()) == 2025
    with pytest.raises(YearsError, match="2008 to 2026"):
        parse_years("2027")


def test_a_year_is_over_once_the_statutory_time_for_its_reports_is():
    assert not is_over(2025, date(2026, 3, 31))
    assert is_over(2025, date(2026, 4, 1))


def test_a_waiver_expires_when_its_last_day_is_over_in_china(far_west, tmp_path):
    entry = "- {{rule: A1, organ: 某某局, year: 2024, reason: 机关已书面说明, by: 王某, until: {}}}\n"
    text = "".join(entry.format(today() - timedelta(days=age)) for age in (0, 1))
    (tmp_path / "waivers.yaml").write_text(text, encoding="utf-8")
    settings = Settings(home=tmp_path, waivers=tmp_path / "waivers.yaml")
    validate_years([2024], RunContext("run", settings))
    with writer(settings.store) as connection:
        states = connection.execute("SELECT state FROM audit.waiver ORDER BY position").fetchall()
    assert states == [("unused",), ("expired",)]
