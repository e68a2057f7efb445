"""Years, days and counts as Chinese texts write them: one reading for discovery, metadata and prose."""

from datetime import date

import pytest

from tasks.chinese import day_of, number, with_counts_in_digits, with_days_in_digits, year_in


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2020年1月21日 2019年年报", 2019),
        ("2020-01-21 某局2019年度政府信息公开年报", 2019),
        ("某局二〇一九年政府信息公开工作年度报告（2020年1月21日）", 2019),
        ("某局2019\u200b年政府信息公开工作年度报告", 2019),
        ("某局政府信息公开工作2025年度报告", 2025),
        ("某局二○二○年度报告", 2020),
        ("某局２０２３年度报告", 2023),
        ("2020年1月21日发布", None),
        ("2025年发布：某局2024年度信息公开年报", 2024),
        ("2024年发展和改革局年报", 2024),
        ("某局1998年年报", None),
    ],
)
def test_the_year_of_a_title_is_none_of_its_days(title: str, year: int | None) -> None:
    assert year_in(title) == year


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十一", 21), ("一百零五", 105), ("二〇", 20), ("两千三百", 2300), ("二〇一九", 2019)],
)
def test_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value


def test_counts_and_days_are_written_in_digits() -> None:
    assert with_counts_in_digits("收到一百二十件，办结1，160件，每一件") == "收到120件，办结1,160件，每一件"
    assert with_days_in_digits("二〇二〇年一月二十一日印发") == "2020年1月21日印发"


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert (day_of("2020", "2", "30"), day_of("2020", "02", "29")) == (None, date(2020, 2, 29))
