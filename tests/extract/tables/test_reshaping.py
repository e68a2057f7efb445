"""Tables printed in another shape than that of the form: folded, turned, several rows in one, one figure a row."""

import re
from collections.abc import Sequence

import pytest

from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

EDITIONS = [Edition.E2019, Edition.E2021]
COLUMNS = [column.label.chinese for column in FORMS[TableCode.APPLICATIONS, Edition.E2021].columns.values()]


def _lines(edition: Edition) -> list[list[str]]:
    form = FORMS[TableCode.APPLICATIONS, edition]
    return [
        [row.label.chinese, *(str(100 + place * 10 + column) for column in range(7))]
        for place, row in enumerate(form.rows.values())
    ]


def _is_read(table: Sequence[Sequence[str]], edition: Edition) -> None:
    report = read(table)
    assert [figures_of(report, row) for row in FORMS[TableCode.APPLICATIONS, edition].rows] == [
        figures for _, *figures in _lines(edition)
    ]
    assert not {"readings_disagree", "copies_differ", "table_incomplete"} & codes(report) - {"table_missing"}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("first", [12, 13, 14])
def test_a_folded_table(edition: Edition, first: int) -> None:
    lines = _lines(edition)
    left, right = lines[:first], lines[first:]
    blank = [""] * 8
    longer = max(len(left), len(right))
    rows = [
        [*one, *other]
        for one, other in zip(
            [*left, *[blank] * (longer - len(left))], [*right, *[blank] * (longer - len(right))], strict=True
        )
    ]
    _is_read([["项目", *COLUMNS] * 2, *rows], edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_rows_of_a_group_as_lines_of_one(edition: Edition) -> None:
    form = FORMS[TableCode.APPLICATIONS, edition]
    lines = dict(zip(form.rows, _lines(edition), strict=True))
    table = [["项目", *COLUMNS]]
    for group in form.groups[1:]:
        own = [line for row, line in lines.items() if form.rows[row].group == group.code]
        table.append([group.label.chinese, *("<br>".join(cells) for cells in zip(*own, strict=True))])
    gathered = {group.code for group in form.groups[1:]}
    table += [line for row, line in lines.items() if form.rows[row].group not in gathered]
    _is_read(table, edition)


def test_lines_of_figures_that_are_fewer_than_their_labels_are_not_told_apart() -> None:
    labels = "<br>".join(["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物"])
    report = read([["项目", *COLUMNS], ["（五）不予处理", labels, *["1<br>2"] * 7]])
    assert not [cell for cell in report.cells if cell.value is not None]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_turned_table(edition: Edition, depth: int) -> None:
    form = FORMS[TableCode.APPLICATIONS, edition]
    lines = _lines(edition)
    groups = {group.code: group.label.chinese for group in form.groups[1:]}
    above = list(dict.fromkeys(groups.get(row.group or "", row.label.chinese) for row in form.rows.values()))
    below = [row.label.chinese for row in form.rows.values() if row.group in groups]
    header = [["申请人情况", *above], below] if depth > 1 else [["申请人情况", *(line[0] for line in lines)]]
    if depth > 2:
        header = [["申请人情况", *above[:2], form.groups[0].label.chinese, above[-1]], above[2:-1], below]
    rows = [[column, *(line[at] for line in lines)] for at, column in enumerate(COLUMNS, 1)]
    rows[1].insert(0, "法人或其他组织")
    _is_read([*header, *rows], edition)


def test_a_turned_table_that_lacks_a_row_is_not_read() -> None:
    lines = _lines(Edition.E2021)
    header = ["申请人情况", *(line[0] for line in lines[1:])]
    report = read([header, *([column, *(line[at] for line in lines)] for at, column in enumerate(COLUMNS, 1))])
    assert not [cell for cell in report.cells if cell.value is not None]


def test_one_figure_a_row_behind_the_label_of_its_column() -> None:
    report = read(
        [
            ["条款", "信息内容", "指标", "数量"],
            ["第二十条第（一）项", "规章", "本年制发件数", "1"],
            ["本年废止件数", "2"],
            ["现行有效件数", "3"],
            ["行政规范性文件", "本年制发件数", "4"],
            ["本年废止件数", "5"],
            ["现行有效件数", "6"],
            ["第二十条第（五）项", "行政许可", "本年处理决定数量", "7"],
            ["第二十条第（八）项", "行政事业性收费", "本年收费金额（单位：万元）", "8.5"],
        ]
    )
    assert figures_of(report, "regulations") == ["1", "2", "3"]
    assert figures_of(report, "normative_documents") == ["4", "5", "6"]
    assert figures_of(report, "licensing") == ["7"]
    assert [cell.value for cell in report.cells if cell.row == "fees"] == [85000]
    assert "readings_disagree" not in codes(report)


def test_one_figure_a_row_keeps_its_place() -> None:
    report = read(
        [["指标", "数量"], ["规章", "本年制发件数", "1"], ["", "本年废止件数", "2"], ["", "现行有效件数", "3"]]
    )
    places = [(cell.place.row, cell.place.cell) for cell in report.cells if cell.row == "regulations" and cell.place]
    assert places == [(1, 2), (2, 2), (3, 2)]


@pytest.mark.parametrize("years", [("2021年", "2020年"), ("2020年", "2021年"), ("本年", "上年")])
def test_years_that_alternate_below_each_column(years: tuple[str, str]) -> None:
    own = years.index("2021年" if "2021年" in years else "本年")
    rows = []
    for label, *figures in _lines(Edition.E2021):
        pairs = [[f"9{figure}", f"9{figure}"] for figure in figures]
        for pair, figure in zip(pairs, figures, strict=True):
            pair[own] = figure
        rows.append([label, *(figure for pair in pairs for figure in pair)])
    _is_read([["项目", *COLUMNS], [*years] * len(COLUMNS), *rows], Edition.E2021)


def test_years_that_do_not_alternate_evenly_tell_nothing() -> None:
    years = ["2021年", "2020年", "2020年", "2021年"] * 3 + ["2021年", "2020年"]
    rows = [[label, *(figure for figure in figures for _ in range(2))] for label, *figures in _lines(Edition.E2021)]
    report = read([["项目", *COLUMNS], years, *rows])
    assert not [cell for cell in report.cells if cell.table is TableCode.APPLICATIONS and cell.value is not None]


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@pytest.mark.parametrize("is_repeated", [False, True])
@pytest.mark.parametrize("unit", ["", "件"])
def test_section_four_as_one_figure_a_row(is_repeated: bool, unit: str) -> None:
    figures = {"行政复议": "10001", "行政诉讼（未经复议直接起诉）": "02002", "行政诉讼（复议后起诉）": "30003"}
    rows = [
        [*([label] if is_repeated or not at else []), outcome, figures[label][at], *([unit] if unit else [])]
        for label in figures
        for at, outcome in enumerate(OUTCOMES)
    ]
    report = read([["类别", "结果", "数量（件）"], *rows])
    assert figures_of(report, "review") == [*"10001"]
    assert figures_of(report, "litigation_direct") == [*"02002"]
    assert figures_of(report, "litigation_after_review") == [*"30003"]
    assert not {"readings_disagree", "copies_differ"} & codes(report)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_record_for_each_figure_with_the_whole_path_of_its_row(edition: Edition) -> None:
    form = FORMS[TableCode.APPLICATIONS, edition]
    groups = {group.code: group for group in form.groups}
    records = [["单位名称", "年度", "表名", "一级指标", "二级指标", "三级指标", "列名", "数值", "单位"]]
    for row, (_, *figures) in zip(form.rows.values(), _lines(edition), strict=True):
        path, group = [row.label.chinese], row.group
        while group is not None:
            path, group = [groups[group].label.chinese, *path], groups[group].parent
        before = ["某市某局", "2021", "三、收到和处理政府信息公开申请情况", *path, *[""] * (3 - len(path))]
        records += [[*before, column, figure, "件"] for column, figure in zip(COLUMNS, figures, strict=True)]
    _is_read(records, edition)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("at", [0, 5, 6, 7])
@pytest.mark.parametrize("sign", ["0", "/", "3"])
@pytest.mark.parametrize("number", [r"", r"^(\d\.|（.）)"])
def test_a_row_with_one_figure_whose_label_is_a_columns_too_is_a_row(
    edition: Edition, at: int, sign: str, number: str
) -> None:
    form = FORMS[TableCode.APPLICATIONS, edition]
    groups = {group.code: group.label.chinese for group in form.groups}
    alone = [*[""] * at, sign, *[""] * (7 - at)]
    rows = [["项目", *COLUMNS, "备注"]]
    for row in form.rows.values():
        path = [groups["outcomes"], groups[row.group]] if row.group in groups else []
        figures = alone if row.code in ("other_remaining", "concluded_total") else [""] * 8
        rows.append([*path, re.sub(number, "", row.label.chinese), *figures])
    report = read(rows)
    for code in form.rows:
        assert figures_of(report, code) == (alone[:7] if code in ("other_remaining", "concluded_total") else [""] * 7)


@pytest.mark.parametrize("number", ["3.", ""])
def test_a_row_of_one_column_alone_whose_label_is_a_columns_too_is_a_row(number: str) -> None:
    labels = [row.label.chinese for row in FORMS[TableCode.APPLICATIONS, Edition.E2021].rows.values()]
    rows = [[label, "1"] for label in labels]
    rows[labels.index("3.其他")] = ["（六）其他处理", f"{number}其他", "5"]
    report = read([["项目", "自然人"], *rows])
    assert figures_of(report, "other_remaining") == (["5"] if number else [])
    assert {cell.column for cell in report.cells} == {"natural_person"}


@pytest.mark.parametrize("cut", [1, 3, 4, 6])
def test_columns_in_tables_of_their_own(cut: int) -> None:
    form = FORMS[TableCode.APPLICATIONS, Edition.E2021]
    rows = [[row.label.chinese, *"6210009"] for row in form.rows.values()]
    parts = [[["项目", *COLUMNS[:cut]], *(row[: cut + 1] for row in rows)]]
    parts.append([["项目", *COLUMNS[cut:]], *([row[0], *row[cut + 1 :]] for row in rows)])
    for tables in (parts, parts[::-1]):
        report = read(*tables)
        assert figures_of(report, "granted") == [*"6210009"]
        assert report.completeness[TableCode.APPLICATIONS].complete
        assert not {"readings_disagree", "copies_differ"} & codes(report)


def test_columns_in_tables_of_their_own_that_do_not_add_up_are_not_put_together() -> None:
    labels = [row.label.chinese for row in FORMS[TableCode.APPLICATIONS, Edition.E2021].rows.values()]
    parts = (
        [["项目", *COLUMNS[:3]], *([label, *"621"] for label in labels)],
        [["项目", *COLUMNS[3:]], *([label, *"0004"] for label in labels)],
    )
    report = read(*parts)
    assert not report.completeness[TableCode.APPLICATIONS].complete


def test_a_row_of_a_table_of_ones_own_gives_way_to_that_of_the_form() -> None:
    labels = [row.label.chinese for row in FORMS[TableCode.APPLICATIONS, Edition.E2021].rows.values()]
    quarters = [["", "一季度", "二季度", "三季度", "四季度", "办结", "未办结", "全年"], [labels[0], *"1234019"]]
    form = [["项目", *COLUMNS], *([label, *"6210009"] for label in labels)]
    report = read(quarters, form)
    assert figures_of(report, "received_new") == [*"6210009"]
    assert "copies_differ" not in codes(report)


@pytest.mark.parametrize("names", [("行政复议", "未经复议直接起诉", "复议后起诉"), None])
@pytest.mark.parametrize("order", [OUTCOMES, OUTCOMES[::-1]])
@pytest.mark.parametrize("further", [(), ("行政诉讼小计",)])
def test_section_four_with_results_as_rows(
    names: tuple[str, ...] | None, order: list[str], further: tuple[str, ...]
) -> None:
    names = names or ("行政诉讼（复议后起诉）", "行政复议", "行政诉讼（未经复议直接起诉）")
    figures = [[3, 2, 1, 2, 8], [2, 2, 2, 3, 9], [1, 2, 2, 0, 5]]
    by_result = {text: [str(figures[way][at]) for way in range(3)] for at, text in enumerate(OUTCOMES)}
    rows = [[text, *by_result[text], *("99" for _ in further)] for text in order]
    report = read([["处理结果", *names, *further], *rows])
    read_rows = [figures_of(report, row) for row in ("review", "litigation_direct", "litigation_after_review")]
    turn = [0, 1, 2] if names[0] == "行政复议" else [1, 2, 0]
    assert read_rows == [list(map(str, figures[way])) for way in turn]


@pytest.mark.parametrize("title", ["收到和处理政府信息公开申请情况（申请人：{}）", "（申请人类型：{}）"])
def test_a_table_for_each_applicant(title: str) -> None:
    lines = [
        [label, *map(str, [*range(at, at + 6), 6 * at + 15])] for at, (label, *_) in enumerate(_lines(EDITIONS[1]))
    ]
    tables = [
        [[title.format(name), ""], ["办理情况", "数量"], *([line[0], line[column + 1]] for line in lines)]
        for column, name in enumerate(COLUMNS)
    ]
    report = read(*tables[::-1])
    assert [figures_of(report, row) for row in FORMS[TableCode.APPLICATIONS, EDITIONS[1]].rows] == [
        line[1:] for line in lines
    ]
