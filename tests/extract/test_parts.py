"""Documents with several reports, and with figures of other organs or years beside a report."""

import pytest

from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tests.extract.small_pages import codes
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
COLUMNS = [column.label.chinese for column in FORM.columns.values()]
TITLE = "青山县水利局{year}年政府信息公开工作年度报告"


def table(rows: list[list[str]]) -> str:
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{text}</td>' for text in row) + '</tr>' for row in rows)}</table>"


def applications(figure: int, columns: int = 7) -> str:
    rows = [["项目", *COLUMNS], *([row.label.chinese, *[str(figure)] * columns] for row in FORM.rows.values())]
    return table(rows)


def disputes(figure: str) -> str:
    header = ["类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [header, *([label, *[figure] * 5] for label in ("行政复议", "未经复议直接起诉", "复议后起诉"))]
    return table(rows)


def page(*pieces: str, window: str = "") -> Report:
    body = "".join(piece if piece.startswith("<") else f"<p>{piece}</p>" for piece in pieces)
    return extract(f"<html><head><title>{window}</title></head><body>{body}</body></html>".encode(), item="x")


def granted(report: Report) -> set[str]:
    return {cell.raw for cell in report.cells if cell.row == "granted"}


def test_every_report_of_a_page_is_read_by_its_own_organ_and_year() -> None:
    towns = [f"青山县{name}镇人民政府2023年政府信息公开工作年度报告" for name in ("东河", "西河", "南河")]
    pieces = [piece for n, title in enumerate(towns) for piece in (title, "一、总体情况", applications(n))]
    report = page("青山县各乡镇2023年政府信息公开工作年度报告汇编", *pieces)
    read = [(one.organ, one.year, granted(one)) for one in (report, *report.others)]
    assert read == [(f"青山县{name}镇人民政府", 2023, {str(n)}) for n, name in enumerate(("东河", "西河", "南河"))]
    assert "several_reports" in codes(report)


def test_the_report_of_the_page_is_the_one_that_its_window_names() -> None:
    older, newer = (TITLE.format(year=year) for year in (2021, 2022))
    report = page(older, applications(1), newer, applications(2), window=newer)
    assert (report.year, granted(report)) == (2022, {"2"})
    assert [(one.year, granted(one)) for one in report.others] == [(2021, {"1"})]


@pytest.mark.parametrize(
    "beside",
    [
        ["附：2021年度政府信息公开统计表（供对比）", applications(1)],
        ["青山县水库管理站2022年政府信息公开情况统计表", applications(1)],
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_tables_of_another_organ_or_year_are_left_out_and_told(beside: list[str], first: bool) -> None:
    own = [f"{TITLE.format(year=2022)}正文", "一、总体情况", applications(2)]
    report = page(TITLE.format(year=2022), *(beside + own if first else own + beside))
    assert granted(report) == {"2"}
    assert codes(report) & {"figures_left_out", "copies_differ"} == {"figures_left_out"}


@pytest.mark.parametrize(
    "caption", ["附：2021年度收到和处理政府信息公开申请情况", "附：水库管理站2022年政府信息公开情况统计表"]
)
def test_what_is_set_beside_a_section_ends_where_the_next_one_begins(caption: str) -> None:
    sections = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    beside = [caption, applications(1), "四、行政复议、行政诉讼情况", disputes("3")]
    report = page(TITLE.format(year=2022), *sections, applications(2), *beside)
    assert granted(report) == {"2"}
    assert {cell.raw for cell in report.cells if cell.row == "review"} == {"3"}
    assert codes(report) & {"figures_left_out", "copies_differ"} == {"figures_left_out"}


def test_sections_of_what_is_set_beside_a_report_are_not_the_reports() -> None:
    sections = ["一、总体情况", "三、收到和处理政府信息公开申请情况"]
    beside = [
        "附：2021年政府信息公开情况统计表",
        "一、申请情况",
        applications(1),
        "二、行政复议、行政诉讼情况",
        disputes("3"),
    ]
    report = page(TITLE.format(year=2022), *sections, applications(2), *beside)
    assert granted(report) == {"2"}
    assert not [cell for cell in report.cells if cell.row == "review"]


@pytest.mark.parametrize(
    "caption",
    [
        "附件：全县政府信息公开申请办理情况汇总表（含各乡镇、各部门，供参考）",
        "（一）全县政府信息公开总体情况（含各类案件）",
        "2022年比2021年增减情况（单位：件，正数为增加）",
        "本年度与上年度相比变化情况",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_tables_that_count_something_else_are_left_out_where_the_organs_own_stand(caption: str, first: bool) -> None:
    beside, own = [caption, applications(1)], ["（二）其中，水利局情况", applications(2)]
    prose = "全县政府信息公开工作情况汇报会已召开。"
    title = TITLE.format(year=2022)
    report = page(title, prose, "一、总体情况", *(beside + own if first else own + beside))
    assert granted(report) == {"2"}
    assert codes(report) & {"figures_left_out", "copies_differ"} == {"figures_left_out"}
    alone = page(title, "一、总体情况", *beside)
    assert granted(alone) == {"1"}
    assert "figures_left_out" not in codes(alone)


def test_the_figures_of_its_area_are_a_governments_own() -> None:
    caption = "全县政府信息公开申请办理情况汇总表"
    report = page("青山县人民政府2022年政府信息公开工作年度报告", caption, applications(2))
    assert granted(report) == {"2"}
    doubtful = page("青山县人民政府2022年政府信息公开工作年度报告", applications(1), caption, applications(2))
    assert "copies_differ" in codes(doubtful)


@pytest.mark.parametrize(
    "captions",
    [
        ("2021年度", "2022年度"),
        ("2022年", "2021年"),
        ("2021年（对照）", "2022年"),
        ("表1 2021年度（上年）收到和处理政府信息公开申请情况", "表2 2022年度收到和处理政府信息公开申请情况"),
    ],
)
def test_a_year_alone_above_a_table_is_the_table_s(captions: tuple[str, str]) -> None:
    tables = [piece for year in captions for piece in (year, applications(int(year[3])))]
    report = page(TITLE.format(year=2022), "三、收到和处理政府信息公开申请情况", *tables, "五、存在的主要问题")
    assert granted(report) == {"2"}
    assert "copies_differ" not in codes(report)


def test_tabs_are_told_apart_by_their_statistics_periods() -> None:
    tabs = [
        piece
        for year in (2023, 2022, 2021)
        for piece in (f"本报告数据统计期限自{year}年1月1日起至{year}年12月31日止。", applications(year % 10))
    ]
    report = page(TITLE.format(year=2022), "2023年", "2022年", "2021年", *tabs)
    assert (report.year, granted(report)) == (2022, {"2"})
    assert {one.year for one in report.others} == {2021, 2023}


def test_years_side_by_side_are_told_by_the_line_above() -> None:
    rows = [[row.label.chinese, *"0000000", *"1111111"] for row in FORM.rows.values()]
    header = [["项目", "2021年", "2022年"], ["", *COLUMNS, *COLUMNS]]
    table = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in (*header, *rows))
    read = {year: granted(page(TITLE.format(year=year), f"<table>{table}</table>")) for year in (2021, 2022, 2023)}
    assert read == {2021: {"0"}, 2022: {"1"}, 2023: set()}


DISPUTES = f"<table><tr><td>行政复议</td><td>行政诉讼</td></tr><tr>{'<td>0</td>' * 15}</tr></table>"


def test_a_title_behind_some_of_its_tables_is_that_of_them_all() -> None:
    licensing = "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>5</td></tr></table>"
    report = page(DISPUTES, applications(2), TITLE.format(year=2022), "填报日期：2023年1月16日", licensing)
    assert (report.organ, report.year, str(report.published_on)) == ("青山县水利局", 2022, "2023-01-16")
    assert granted(report) == {"2"}
    assert {cell.raw for cell in report.cells if cell.row == "licensing"} == {"5"}
    assert not codes(report) & {"several_reports", "table_missing", "year_unknown"}


@pytest.mark.parametrize("behind", [[applications(3)], [DISPUTES, TITLE.format(year=2021), DISPUTES]])
def test_a_title_behind_tables_is_not_theirs_if_its_own_are_the_same(behind: list[str]) -> None:
    report = page(applications(2), DISPUTES, TITLE.format(year=2022), *behind)
    assert "several_reports" in codes(report)
