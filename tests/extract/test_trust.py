"""What keeps a wrong figure from passing in silence: editions, copies, two readings, names that disagree."""

from dataclasses import replace

import pytest

from samples.dresses import DRESSES, render
from samples.reports import SampleReport, sample_reports
from tasks.extract.documents import Document, Table
from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tasks.extract.tables.agreement import disagreements
from tasks.extract.tables.by_grid import read_grid
from tasks.extract.tables.by_order import read_order
from tasks.extract.tables.reshaping import rows_of
from tasks.extract.tables.texts import texts_in_order
from warehouse.forms import FORMS, Edition, TableCode

HEADER = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
APPLICATIONS_2019 = [row.label.chinese for row in FORMS[TableCode.APPLICATIONS, Edition.E2019].rows.values()]


def sample() -> SampleReport:
    return next(iter(sample_reports(years=[2019])))


def page(*tables: list[list[str]], title: str = "某市某局2021年政府信息公开工作年度报告", prose: str = "") -> bytes:
    body = "".join(f"<table>{''.join(f'<tr>{cells(row)}</tr>' for row in rows)}</table>" for rows in tables)
    return f"<html><body><h1>{title}</h1><p>{prose}</p>{body}</body></html>".encode()


def cells(row: list[str]) -> str:
    return "".join(f"<td>{text}</td>" for text in row)


def applications(figure: str = "0") -> list[list[str]]:
    return [HEADER, *([label, *[figure] * 7] for label in APPLICATIONS_2019)]


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def test_the_edition_follows_the_labels_not_the_year() -> None:
    report = extract(page(applications()), item="x")
    assert report.year == 2021
    assert report.tables == {"applications": "2019"}
    assert report.completeness[TableCode.APPLICATIONS].complete


def test_columns_of_one_edition_are_never_read_as_the_other() -> None:
    old = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "1", "2", "3"]]
    new = [["信息内容", "本年处理决定数量"], ["行政许可", "4"], ["行政处罚", "5"], ["行政强制", "6"]]
    report = extract(page(old, new), item="x")
    assert report.tables == {"proactive": "2021"}
    assert {(cell.row, cell.column) for cell in report.cells} == {
        ("licensing", "decisions"),
        ("penalties", "decisions"),
        ("coercion", "decisions"),
    }
    assert {"labels_conflict", "table_incomplete"} <= set(codes(report))


def test_a_table_without_its_total_column_is_incomplete_and_nothing_is_guessed() -> None:
    report = extract(page([row[:-1] for row in applications("1")]), item="x")
    assert {cell.column for cell in report.cells} == set(FORMS[TableCode.APPLICATIONS, Edition.E2019].columns) - {
        "total"
    }
    assert "table_incomplete" in codes(report)


def test_columns_in_another_order_follow_the_header() -> None:
    header = ["", "总计", *HEADER[1:-1]]
    rows = [header, *([label, "9", *map(str, range(6))] for label in APPLICATIONS_2019)]
    report = extract(page(rows), item="x")
    granted = {cell.column: cell.raw for cell in report.cells if cell.row == "granted"}
    assert granted["total"] == "9"
    assert granted["natural_person"] == "0"
    assert granted["other"] == "5"


@pytest.mark.parametrize(
    "lines",
    [
        [["", "自然人", "法人或其他组织", "总计"], HEADER],
        [["", "自然人", "法人或其他组织", "总计"], ["", "自然人", "总计", *HEADER[2:-1]]],
        [["", "申请人情况"], ["商业企业", "", "本列数据的勾稽关系", *HEADER[3:]]],
    ],
)
def test_columns_printed_in_two_lines_of_a_header_are_one(lines: list[list[str]]) -> None:
    rows = [*([*line, "", "", ""] for line in lines), *([label, *"0101114", "", "", ""] for label in APPLICATIONS_2019)]
    report = extract(page(rows), item="x")
    assert [cell.raw for cell in report.cells if cell.row == "granted"] == list("0101114")


def test_a_running_number_before_a_row_of_blanks_is_no_figure_of_it() -> None:
    rows = [[str(number), label, *[""] * 7] for number, label in enumerate(APPLICATIONS_2019, 1)]
    others = ["1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他"]
    rows[20:21] = [["21", "（六）其他处理", "1", label, *[""] * 7] for label in others]
    report = extract(page([HEADER, *rows]), item="x")
    assert report.completeness[TableCode.APPLICATIONS].complete
    assert {cell.raw for cell in report.cells} == {""}


def test_a_subtotal_column_is_left_out() -> None:
    header = [*HEADER[:-1], "小计", "总计"]
    rows = [header, *([label, *map(str, range(8))] for label in APPLICATIONS_2019)]
    report = extract(page(rows), item="x")
    assert [cell.raw for cell in report.cells if cell.row == "granted"] == ["0", "1", "2", "3", "4", "5", "7"]


def test_rows_that_hold_too_many_figures_are_not_read() -> None:
    rows = [[label, *map(str, range(9))] for label in APPLICATIONS_2019]
    report = extract(page(rows), item="x")
    assert not report.cells
    assert "table_incomplete" in codes(report)


def test_equal_copies_are_one_table_and_different_ones_a_problem() -> None:
    same = extract(page(applications(), applications()), item="x")
    assert len(same.cells) == 161
    assert "copies_differ" not in codes(same)
    different = extract(page(applications("1"), applications("2")), item="x")
    assert "copies_differ" in codes(different)
    assert different.doubtful == {TableCode.APPLICATIONS}


def test_the_visible_copy_is_preferred_to_a_hidden_one() -> None:
    document = page(applications("1"), applications("2")).replace(b"<table>", b"<table style='display: none'>", 1)
    report = extract(document, item="x")
    assert {cell.raw for cell in report.cells} == {"2"}


def test_no_figure_of_a_hidden_copy_stands_for_a_visible_blank() -> None:
    document = page(applications("1"), applications("")).replace(b"<table>", b"<table style='display: none'>", 1)
    report = extract(document, item="x")
    assert {cell.raw for cell in report.cells} == {""}


@pytest.mark.parametrize("in_one_table", [False, True])
def test_a_row_that_a_report_lacks_is_not_taken_from_a_blank_form(in_one_table: bool) -> None:
    form, figures = applications(""), applications("3")
    del figures[4]
    report = extract(page([*form, *figures]) if in_one_table else page(form, figures), item="x")
    assert {cell.raw for cell in report.cells if cell.state == "number"} == {"3"}
    assert "table_incomplete" in codes(report)


def test_footnotes_and_struck_figures_are_not_digits() -> None:
    rows = applications()
    rows[1][1], rows[1][2] = "5<sup>1</sup>", "<s>3</s>4"
    report = extract(page(rows), item="x")
    received = {cell.column: (cell.state, cell.raw) for cell in report.cells if cell.row == "received_new"}
    assert received["natural_person"] == ("number", "5¹")
    assert received["commercial_enterprise"] == ("number", "4")


def test_both_readings_agree_on_every_sample_page() -> None:
    for name in ("plain", "blank-zeros", "misaligned", "split-tables"):
        report = extract(render(sample(), DRESSES[name]), item=name)
        assert not report.doubtful


def test_readings_that_disagree_make_the_table_doubtful() -> None:
    document = Document([Table(0, applications("7"))])
    rows = {table.ordinal: rows_of(table) for table in document.tables}
    first, second = read_grid(document, rows), read_order(texts_in_order(document, rows))
    assert not disagreements(first, second)
    shifted = [replace(reading, values=[("8", 0, 0, 0), *reading.values[:-1]]) for reading in second]
    assert set(disagreements(first, shifted)) == {TableCode.APPLICATIONS}


def test_names_and_years_that_disagree_are_problems() -> None:
    prose = "来源：市财政局 本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。"
    report = extract(page(applications(), title="某市水利局2021年政府信息公开工作年度报告", prose=prose), item="x")
    assert (report.organ, report.year) == ("某市水利局", 2021)
    assert {"year_disputed", "organ_disputed"} <= set(codes(report))
    assert report.origins["organ"] == "title"


def test_what_the_page_does_not_say_is_a_problem() -> None:
    report = extract(page(applications(), title="政府信息公开工作年度报告"), item="x")
    assert (report.organ, report.year) == (None, None)
    assert {"year_unknown", "organ_unknown"} <= set(codes(report))


def test_years_in_chinese_numerals_and_from_the_period() -> None:
    report = extract(page(applications(), title="某市水利局二〇一九年政府信息公开工作年度报告"), item="x")
    assert (report.organ, report.year) == ("某市水利局", 2019)
    prose = "统计期限自2020年1月1日起至12月31日止。"
    report = extract(page(applications(), title="某市水利局政府信息公开工作年度报告", prose=prose), item="x")
    assert (report.year, report.origins["year"]) == (2020, "statistics period")
