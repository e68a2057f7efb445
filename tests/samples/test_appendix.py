"""The appendix of 2014 to 2018: its sums hold, and what it says stands on the page."""

import re
from decimal import Decimal
from html import unescape

import pytest

from samples.appendix import AppendixLayout, appendix_reports, render_appendix
from samples.dresses.layout import plain_number
from warehouse.forms.statistics import STATISTICS, members_of

REPORTS = list(appendix_reports(years=[2014, 2018]))


def test_every_line_with_a_unit_has_a_figure() -> None:
    for report in REPORTS:
        codes = [line.code for line in report.lines if line.code]
        assert codes == [code for code, indicator in STATISTICS.items() if indicator.unit]


@pytest.mark.parametrize("total", ["3.1", "3.2", "3.3", "3.3.4", "4", "5", "8.3"])
def test_nesting_sums_hold(total: str) -> None:
    for report in REPORTS:
        values = {line.code: line.value for line in report.lines}
        assert values[total] == sum((values[part.code] for part in members_of(total)), Decimal(0))


def test_some_tables_have_lines_of_their_own() -> None:
    own = [report for report in REPORTS if any(line.code is None for line in report.lines)]
    assert 0 < len(own) < len(REPORTS)


@pytest.mark.parametrize("layout", AppendixLayout)
def test_lines_stand_on_the_page_in_their_order(layout: AppendixLayout) -> None:
    for report in REPORTS[::9]:
        texts = iter(
            [unescape(text) for text in re.findall(r"<td>(.*?)</td>", render_appendix(report, layout).decode())]
        )
        for line in report.lines:
            assert any(text == line.label for text in texts)
            if layout is not AppendixLayout.WITHOUT_UNITS:
                assert next(texts) == line.unit
            assert next(texts) == plain_number(line.value)


def test_the_same_seed_gives_the_same_page() -> None:
    assert render_appendix(REPORTS[0]) == render_appendix(next(appendix_reports()))
    assert render_appendix(REPORTS[0]) != render_appendix(next(appendix_reports(seed=1)))
