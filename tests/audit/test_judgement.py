"""Whether a report can be published: said only where it is known, and with the reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from expectations import Severity
from samples.city import organs
from samples.dresses import dress_of, render
from samples.reports import sample_reports
from tasks.audit.check import check
from tasks.audit.judgement import Decision, Judgement, judge
from tasks.extract.extraction import extract
from tasks.extract.report import CellState, Report
from warehouse.forms import TableCode


@pytest.fixture(scope="module")
def right() -> Report:
    (organ,) = (each for each in organs() if each.name == "云泽市望湖区自然资源局")
    (sample,) = sample_reports(years=[2023], organs=[organ])
    return extract(render(sample, dress_of(sample)), item="2023.html")


def judged(report: Report, least: Severity = Severity.CRITICAL) -> Judgement:
    (verdicts,) = check([report])
    return judge(report, verdicts, least)


def changed(report: Report, row: str, column: str, value: int | None, state: CellState) -> Report:
    cells = tuple(
        cell._replace(value=None if value is None else Decimal(value), state=state)
        if (cell.table, cell.row, cell.column) == (TableCode.APPLICATIONS, row, column)
        else cell
        for cell in report.cells
    )
    return replace(report, cells=cells)


def test_a_report_without_a_fault_can_be_published(right: Report) -> None:
    judgement = judged(right)
    assert (judgement.decision, judgement.reasons) == (Decision.PUBLISH, ())
    assert judgement.sentence().chinese == "可以公布，另请与上年报告一并核对（这次没有给出）。"


def test_what_was_held_against_the_year_before_is_not_said_to_lack_it(right: Report) -> None:
    _, later = check([replace(right, year=2022), right])
    assert "没有给出" not in judge(right, later).sentence().chinese


def test_a_broken_identity_cannot(right: Report) -> None:
    judgement = judged(changed(right, "granted", "total", 9999, CellState.NUMBER))
    assert judgement.decision is Decision.MEND
    assert judgement.sentence().chinese.startswith("不能公布，因为有 1 处错误，不符合 A2、A3")


def test_a_total_left_blank_beside_filled_parts_cannot(right: Report) -> None:
    judgement = judged(changed(right, "concluded_total", "total", None, CellState.BLANK))
    assert judgement.decision is Decision.MEND
    assert "总计未填" in judgement.sentence().chinese


def test_a_blank_form_cannot(right: Report) -> None:
    blank = replace(right, cells=tuple(cell._replace(value=None, state=CellState.BLANK) for cell in right.cells))
    judgement = judged(blank)
    assert judgement.decision is Decision.MEND
    assert judgement.sentence().chinese == "不能公布，因为表格没有填写。"


def test_what_was_not_read_leaves_the_question_open(right: Report) -> None:
    rest = tuple(cell for cell in right.cells if cell.table is not TableCode.DISPUTES)
    tables = {table: edition for table, edition in right.tables.items() if table is not TableCode.DISPUTES}
    read = {table: found for table, found in right.completeness.items() if table is not TableCode.DISPUTES}
    missing = judged(replace(right, cells=rest, tables=tables, completeness=read))
    doubtful = judged(replace(right, doubtful=frozenset({TableCode.APPLICATIONS})))
    nothing = judged(extract(b"", item="empty.html"))
    for judgement in (missing, doubtful, nothing):
        assert judgement.decision is Decision.UNKNOWN
        assert judgement.sentence().chinese.startswith("无法判断，因为")
        assert judgement.sentence().english.startswith("Cannot be judged because ")


def test_the_severity_that_speaks_against_it_can_be_lower(right: Report) -> None:
    late = replace(right, organ="杭州市民政局", published_on=date(2024, 12, 13))
    assert judged(late).decision is Decision.PUBLISH
    assert "提示" in judged(late).sentence().chinese
    assert judged(late, Severity.INFO).decision is Decision.MEND
