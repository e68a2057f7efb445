"""The legacy appendix of 2014 to 2018."""

from decimal import Decimal

from tasks.extract.extraction import extract
from tasks.extract.report import CellState, Report
from warehouse.forms.statistics import STATISTICS, members_of


def page(rows: list[list[str]]) -> bytes:
    body = "".join(f"<tr>{''.join(f'<td><p>{text}</p></td>' for text in row)}</tr>" for row in rows)
    title = "<h1>某市水利局2016年政府信息公开工作年度报告</h1>"
    return f"<html><body>{title}<table>{body}</table></body></html>".encode()


def appendix(numbered: bool = False) -> list[list[str]]:
    rows = [["统计指标", "单位", "统计数"]]
    for ordinal, indicator in enumerate(STATISTICS.values()):
        figure = str(ordinal) if indicator.unit else ""
        row = [indicator.label.chinese, indicator.unit or "——", figure]
        rows.append([str(ordinal + 1), *row] if numbered else row)
    return rows


def figures(report: Report) -> dict[str | None, Decimal | None]:
    return {line.code: line.value for line in report.statistics}


EXPECTED = {code: Decimal(ordinal) for ordinal, (code, line) in enumerate(STATISTICS.items()) if line.unit}


def test_every_line_is_read_under_its_code() -> None:
    report = extract(page(appendix()), item="x")
    assert (report.organ, report.year) == ("某市水利局", 2016)
    assert figures(report) == EXPECTED
    assert not report.problems
    assert len({line.place for line in report.statistics}) == len(report.statistics)


def test_a_column_of_running_numbers_is_no_figure() -> None:
    assert figures(extract(page(appendix(numbered=True)), item="x")) == EXPECTED


def test_labels_that_occur_twice_follow_the_order() -> None:
    lines = {line.code: line.label for line in extract(page(appendix()), item="x").statistics}
    assert lines["4.2"] == lines["5.2"] == "（二）被依法纠错数"


def test_local_lines_are_kept_under_their_own_label() -> None:
    rows = appendix()
    rows.insert(5, ["其中：公开财政预决算信息数", "条", "77"])
    report = extract(page(rows), item="x")
    assert [(line.label, line.value) for line in report.statistics if line.code is None] == [
        ("其中：公开财政预决算信息数", Decimal(77))
    ]
    assert {code: value for code, value in figures(report).items() if code} == EXPECTED


def test_damaged_labels_blanks_and_money() -> None:
    rows = appendix()
    by_label = {row[0]: row for row in rows}
    by_label["4.不同意公开答复数"][0] = "4.不同公开答复数"
    by_label["1.当面申请数"][2] = ""
    by_label["七、依申请公开信息收取的费用"][2] = "0.35"
    lines = {line.code: line for line in extract(page(rows), item="x").statistics}
    assert lines["3.3.4"].label == "4.不同公开答复数"
    assert (lines["3.1.1"].state, lines["3.1.1"].value) == (CellState.BLANK, None)
    assert (lines["7"].value, lines["7"].unit) == (Decimal("0.35"), "万元")


def test_codes_are_paths() -> None:
    assert [line.code for line in members_of("3.1")] == ["3.1.1", "3.1.2", "3.1.3", "3.1.4"]
    assert all(line.parent is None or line.parent in STATISTICS for line in STATISTICS.values())


def test_of_several_columns_of_figures_the_one_for_all_is_read() -> None:
    rows = [[*row[:2], "7" if row[2] else "", row[2]] for row in appendix()]
    rows[0] = ["统计指标", "单位", "市本级", "合计"]
    report = extract(page(rows), item="x")
    assert {code: value for code, value in figures(report).items() if value is not None} == EXPECTED


def test_several_columns_of_figures_without_one_for_all_are_not_read() -> None:
    rows = [[*row[:2], "7" if row[2] else "", row[2]] for row in appendix()]
    rows[0] = ["统计指标", "单位", "市本级", "县级"]
    report = extract(page(rows), item="x")
    assert {line.state for line in report.statistics} == {CellState.UNREADABLE}
    assert {"figure_unreadable"} <= {problem.code for problem in report.problems}
